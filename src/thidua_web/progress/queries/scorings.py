"""Reads of scorings: which somebody sees, who takes part, what the three sources have said, and what it comes to."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import msgspec
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from thidua.scoring.points import Entry, Score, UnitFacts, score_sheet
from thidua.scoring.ranking import Ranking, rank
from thidua.scoring.sources import Disagreement, compare, settle_sheet
from thidua.scoring.table import ScoringTable
from thidua_web.accounts.access import Access
from thidua_web.progress.models import Report, ScoreEntry, ScoreEvidence, ScoreSheet, Scoring, Source
from thidua_web.progress.stages import ScoringState
from thidua_web.register.models import BlocHead, BlocMember, Unit
from thidua_web.register.queries.blocs import names_on

# Figures that only the chain of tie-breakers asks for are entered beside the criteria, under keys of their own.
COUNT = "count:"


class Party(NamedTuple):
    """A unit that takes part, as it was called on the scoring's day. `ended`: it is no more, and gets no rank."""

    unit: Unit
    name: str
    ended: bool

    @property
    def key(self) -> str:
        """What the core calls it."""
        return str(self.unit.pk)


class Said(NamedTuple):
    """One sheet with its entries by criterion."""

    sheet: ScoreSheet
    entries: Mapping[str, ScoreEntry]


class Scores(NamedTuple):
    """A unit's points by its sources, None where a source has said nothing that counts, and what they come to."""

    party: Party
    own: Score | None
    peer: Score | None
    standing: Score | None
    settled: Score
    quarrels: tuple[Disagreement, ...]

    def of(self, source: str) -> Score | None:
        return {Source.OWN: self.own, Source.PEER: self.peer, Source.STANDING: self.standing}[Source(source)]


class Board(NamedTuple):
    """Everything that a scoring has come to so far."""

    table: ScoringTable
    said: Mapping[tuple[int, str], Said]
    evidence: Mapping[tuple[int, str], list[ScoreEvidence]]
    """By unit and criterion."""
    scores: Mapping[int, Scores]
    ranking: Ranking

    @property
    def parties(self) -> list[Party]:
        return [one.party for one in self.scores.values()]


# Who sees what ------------------------------------------------------------------------------------------------------


def seen_by(access: Access) -> QuerySet[Scoring]:
    """Scorings of blocs made in reach, and those that a unit in reach takes part in."""
    units = access.reach("score.see").values("pk")
    inside = BlocMember.objects.filter(bloc=OuterRef("bloc"), unit__in=units, valid_from__lte=OuterRef("on"))
    inside = inside.filter(Q(valid_to=None) | Q(valid_to__gte=OuterRef("on")))
    with_sheet = ScoreSheet.objects.filter(scoring=OuterRef("pk"), unit__in=units, unit__valid_to__isnull=False)
    return Scoring.objects.filter(Q(bloc__unit__in=units) | Exists(inside) | Exists(with_sheet))


def scorings(access: Access, *, bloc: int | None = None) -> QuerySet[Scoring]:
    """The newest year first."""
    rows = seen_by(access).select_related("bloc__unit", "campaign")
    if bloc is not None:
        rows = rows.filter(bloc=bloc)
    return rows.order_by("-year", "bloc__sort_text", "-pk")


def scoring(scoring_id: int) -> Scoring | None:
    found = Scoring.objects.select_related("bloc__unit", "campaign", "opened_by", "published_by")
    return found.filter(pk=scoring_id).first()


def taking_part(scoring: Scoring) -> set[int]:
    """Keys of the members on the scoring's day, and of ended units that were scored."""
    members = BlocMember.objects.valid(on=scoring.on).filter(bloc=scoring.bloc_id).values_list("unit_id", flat=True)
    scored = ScoreSheet.objects.filter(scoring=scoring, unit__valid_to__isnull=False)
    return set(members) | set(scored.values_list("unit_id", flat=True))


def parties(scoring: Scoring, today: datetime.date) -> list[Party]:
    """Members on the scoring's day and ended units that were scored, in the order of the bloc: by name."""
    members = set(BlocMember.objects.valid(on=scoring.on).filter(bloc=scoring.bloc_id).values_list("unit", flat=True))
    scored = ScoreSheet.objects.filter(scoring=scoring.pk, unit__valid_to__isnull=False).values("unit")
    units = list(Unit.objects.filter(Q(pk__in=members) | Q(pk__in=scored)))
    names = names_on([unit.pk for unit in units], scoring.on)
    found = [Party(unit, names.get(unit.pk, unit.name), _ended(unit, scoring.on, today)) for unit in units]
    return sorted(found, key=lambda party: (party.unit.sort_text, party.unit.pk))


def _ended(unit: Unit, on: datetime.date, today: datetime.date) -> bool:
    """By the scoring's day, or by now: what is no more gets no rank."""
    return unit.valid_to is not None and unit.valid_to < max(on, today)


def head_of(scoring: Scoring, on: datetime.date) -> BlocHead | None:
    """Who leads the bloc now."""
    return BlocHead.objects.valid(on=on).filter(bloc=scoring.bloc_id).select_related("unit").first()


# What they come to --------------------------------------------------------------------------------------------------


def table_of(scoring: Scoring) -> ScoringTable:
    return _table(msgspec.json.encode(scoring.table))


@lru_cache(maxsize=32)
def _table(frozen: bytes) -> ScoringTable:
    """With its formulas taken apart once, not for every page."""
    return msgspec.json.decode(frozen, type=ScoringTable)


def asked_counts(table: ScoringTable) -> dict[str, str]:
    """Figures of the unit that the chain asks for and no criterion does: what each is called, by its key."""
    inputs = {given.key for criterion in table.criteria for given in criterion.inputs}
    links = [link for link in table.chain if link.by == "count" and link.of not in inputs]
    return {link.of: link.label or link.of for link in links}


def board(scoring: Scoring, today: datetime.date, *, only: int | None = None) -> Board:
    """The same eight queries however many units and criteria there are.

    `only` that unit, by its key: for those who see nothing of the others, and while somebody types.
    """
    table = table_of(scoring)
    taking = [party for party in parties(scoring, today) if only in (None, party.unit.pk)]
    said, evidence = _said(scoring, only)
    reports = _first_reports(scoring, [party.unit.pk for party in taking])
    scores = {party.unit.pk: _scores(table, party, said, evidence, reports) for party in taking}
    ranking = rank(
        [one.settled for one in scores.values()],
        table.tie_breakers,
        dissolved={party.key for party in taking if party.ended},
        labels=table.labels,
        names={party.key: party.name for party in taking},
    )
    return Board(table, said, evidence, scores, ranking)


def _said(
    scoring: Scoring, only: int | None
) -> tuple[dict[tuple[int, str], Said], dict[tuple[int, str], list[ScoreEvidence]]]:
    # In no order: the order of a sheet's rows goes by its unit's name, which costs more than to read them.
    sheets = ScoreSheet.objects.filter(scoring=scoring).select_related("scorer", "sent_by").order_by()
    held = ScoreEntry.objects.filter(sheet__scoring=scoring).order_by()
    files = ScoreEvidence.objects.filter(entry__sheet__scoring=scoring).order_by("pk")
    files = files.annotate(of_unit=F("entry__sheet__unit"), of=F("entry__criterion")).select_related("file")
    if only is not None:
        sheets, held, files = sheets.filter(unit=only), held.filter(sheet__unit=only), files.filter(of_unit=only)
    entries: defaultdict[int, dict[str, ScoreEntry]] = defaultdict(dict)
    for entry in held:
        entries[entry.sheet_id][entry.criterion] = entry
    evidence: defaultdict[tuple[int, str], list[ScoreEvidence]] = defaultdict(list)
    for file in files:
        evidence[file.of_unit, file.of].append(file)
    return {(sheet.unit_id, sheet.source): Said(sheet, entries[sheet.pk]) for sheet in sheets}, dict(evidence)


def _first_reports(scoring: Scoring, units: Iterable[int]) -> dict[int, datetime.date]:
    """Of the campaign; of the year where the scoring stands for itself."""
    rows = Report.objects.filter(unit__in=list(units), sent_on__isnull=False)
    if scoring.campaign_id:
        rows = rows.filter(day__duty__campaign=scoring.campaign_id)
    else:
        rows = rows.filter(sent_on__year=scoring.year)
    return dict(rows.order_by().values_list("unit").annotate(first=Min("sent_on")))


def _scores(
    table: ScoringTable,
    party: Party,
    said: Mapping[tuple[int, str], Said],
    evidence: Mapping[tuple[int, str], list[ScoreEvidence]],
    reports: Mapping[int, datetime.date],
) -> Scores:
    """A sheet counts once it is sent; the standing body's counts as it is written."""
    unit = party.unit.pk
    proven = {key for owner, key in evidence if owner == unit}
    by_source: dict[str, Score | None] = {}
    for source in Source:
        there = said.get((unit, source))
        counts = there is not None and (source == Source.STANDING or there.sheet.sent_at is not None)
        by_source[source] = (
            score_of(table, party.key, there.entries, source, proven, reports.get(unit)) if there and counts else None
        )
    own, peer, standing = (by_source[source] for source in (Source.OWN, Source.PEER, Source.STANDING))
    settled = settle_sheet(table, own or score_sheet(table, {}, unit=party.key), peer, standing)
    return Scores(party, own, peer, standing, settled, compare(table, own, peer, standing))


def score_of(  # noqa: PLR0913, PLR0917 - what a sheet comes with
    table: ScoringTable,
    unit: str,
    entries: Mapping[str, ScoreEntry],
    source: str,
    proven: set[str],
    first_report: datetime.date | None = None,
) -> Score:
    """`proven`: criteria for which the unit has handed in a file; the standing body has looked whether it needs one."""
    given = {
        key: Entry(
            inputs=numbers(entry),
            judged=entry.points,
            evidence=key in proven or source == Source.STANDING,
        )
        for key, entry in entries.items()
        if key in table.by_key
    }
    facts = UnitFacts(first_report=first_report, counts=_counts(table, entries))
    return score_sheet(table, given, unit=unit, facts=facts)


def numbers(entry: ScoreEntry) -> dict[str, Decimal | None]:
    return {key: None if value is None else Decimal(value) for key, value in entry.inputs.items()}


def _counts(table: ScoringTable, entries: Mapping[str, ScoreEntry]) -> dict[str, Decimal]:
    """By the key of the figure, whichever criterion asks for it or none does."""
    wanted = {link.of for link in table.chain if link.by == "count"}
    found = {}
    for entry in entries.values():
        for key, value in numbers(entry).items():
            if key in wanted and value is not None:
                found[key] = value
    return found


# Work that waits ----------------------------------------------------------------------------------------------------


def own_waiting(unit: int, on: datetime.date) -> list[Scoring]:
    """Scorings in which the unit has not sent its own points."""
    inside = BlocMember.objects.filter(bloc=OuterRef("bloc"), unit=unit, valid_from__lte=OuterRef("on"))
    inside = inside.filter(Q(valid_to=None) | Q(valid_to__gte=OuterRef("on")))
    sent = ScoreSheet.objects.filter(scoring=OuterRef("pk"), unit=unit, source=Source.OWN, sent_at__isnull=False)
    rows = Scoring.objects.filter(Exists(inside), ~Exists(sent), state=ScoringState.OWN)
    return list(rows.select_related("bloc").order_by("own_due", "pk"))


def peers_waiting(unit: int) -> list[ScoreSheet]:
    """Sheets of others that the unit checks and has not sent."""
    rows = ScoreSheet.objects.filter(scorer=unit, source=Source.PEER, sent_at=None, scoring__state=ScoringState.PEER)
    return list(rows.select_related("scoring__bloc", "unit").order_by("scoring__peer_due", "pk"))


def made_waiting(unit: int) -> list[Scoring]:
    """Scorings of the unit's own blocs that are not published; how many of each kind of sheet have been sent."""
    rows = Scoring.objects.filter(bloc__unit=unit).exclude(state=ScoringState.PUBLISHED)
    return list(rows.select_related("bloc").order_by("pk"))
