"""Nominations and submissions as values of the core: the same number of queries for one as for two thousand."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from thidua.law.criteria import Subject
from thidua.nominations import values
from thidua.nominations.reports import text_of
from thidua.rules.facts import Facts
from thidua_web.campaigns.addressees import group_of
from thidua_web.eligibility.queries.cases import Case
from thidua_web.eligibility.queries.facts import Asked, facts_of
from thidua_web.eligibility.queries.rows import came_from
from thidua_web.nominations.models import Attendee, Claim, Confirmation, DossierFile, Nomination, Part
from thidua_web.nominations.queries.doubles import doubles_of, proposed_before, repeats_of, standing_of
from thidua_web.nominations.queries.loading import code_of, code_of_user, nominee_id
from thidua_web.nominations.queries.offers import cases_of, terms_of
from thidua_web.register.models import Appointment, Unit, UnitKind
from thidua_web.register.nominees import name_of

BUSINESSES = frozenset({UnitKind.ENTERPRISE, UnitKind.COOPERATIVE})
LEADER, BUSINESS = "leader", "business"


class Sent(NamedTuple):
    """What a unit has put into one dossier, in the order of the page."""

    claims: list[Claim]
    files: list[DossierFile]
    confirmations: list[Confirmation]


@dataclass(frozen=True)
class Held:
    """What is stored beside the rows: what was sent, doubles, earlier proposals and repeats by nomination."""

    sent: Mapping[int, Sent]
    units: Mapping[int, Unit]
    posts: Mapping[int, list[Appointment]]
    before: Mapping[int, tuple[str, ...]]
    chairs: Mapping[int, str]
    doubles: Mapping[int, tuple[values.Double, ...]]
    proposed: Mapping[int, tuple[values.Proposed, ...]]
    repeats: Mapping[int, tuple[values.Repeated, ...]]


def nomination_values(
    rows: Sequence[Nomination], on: datetime.date, held: Held | None = None
) -> dict[int, values.Nomination]:
    """By nomination; `on` is today, for those that were not lodged yet. `held` is what was read already."""
    cases = cases_of(rows, on)
    facts = facts_by_nomination(rows, cases)
    terms = terms_of(rows)
    held = held or held_of(rows)
    found = {}
    for row in rows:
        plan = terms.get(row.offer_id) if row.offer_id else None
        papers = tuple(part.quote for part in plan.dossier) if plan else ()
        found[row.pk] = _nomination(row, cases[row.pk], facts[row.pk], held, papers)
    return found


def facts_by_nomination(rows: Sequence[Nomination], cases: Mapping[int, Case]) -> dict[int, Facts]:
    """What is known of each nominee, for the year, campaign and day of its case."""
    groups: dict[tuple[Any, ...], list[Nomination]] = defaultdict(list)
    for row in rows:
        case = cases[row.pk]
        campaign = case.campaign
        groups[row.subject, case.offer.year, campaign.pk if campaign else None, case.on].append(row)
    found: dict[int, Facts] = {}
    for (subject, year, _, on), together in groups.items():
        asked = Asked(subject, year, cases[together[0].pk].campaign, on)
        known = facts_of(asked, {nominee_id(one) for one in together})
        found |= {one.pk: known.get(nominee_id(one), Facts(subject=subject)) for one in together}
    return found


# --- What is stored beside them ---------------------------------------------------------------------------------------


def held_of(rows: Sequence[Nomination]) -> Held:
    standing = standing_of(rows)
    return Held(
        sent=_sent([row.pk for row in rows]),
        units=_units(rows),
        posts=_posts(rows),
        before=_before({row.unit_id for row in rows if row.person_id}),
        chairs=_chairs({row.submission_id for row in rows}),
        doubles=doubles_of(rows, standing),
        proposed=proposed_before(rows, standing),
        repeats=repeats_of(rows),
    )


def _sent(keys: Sequence[int]) -> dict[int, Sent]:
    of = {"nomination__in": keys}
    claims = _grouped(Claim.objects.filter(**of).select_related("verdict_by").order_by("place", "pk"))
    files = _grouped(DossierFile.objects.filter(**of).select_related("file").order_by("pk"))
    confirmations = _grouped(Confirmation.objects.filter(**of).order_by("pk"))
    return {key: Sent(claims[key], files[key], confirmations[key]) for key in keys}


def _grouped(found: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for one in found:
        grouped[one.nomination_id].append(one)
    return grouped


def place_of(row: Nomination) -> Unit:
    """The unit that a nominee stands in; a collective stands in itself."""
    if row.collective:
        return row.collective
    return row.person.unit if row.person else row.household.unit  # type: ignore[union-attr]


def _units(rows: Sequence[Nomination]) -> dict[int, Unit]:
    """Every unit on the way up from a nominee, and from whoever proposes."""
    paths = {path for row in rows for path in (place_of(row).path, row.unit.path)}
    keys = {int(part) for path in paths for part in path.split("/") if part}
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=keys)}


def _posts(rows: Sequence[Nomination]) -> dict[int, list[Appointment]]:
    people = [row.person_id for row in rows if row.person_id]
    found: dict[int, list[Appointment]] = defaultdict(list)
    for post in Appointment.objects.filter(person__in=people).select_related("unit").order_by("valid_from"):
        found[post.person_id].append(post)
    return found


def _before(units: set[int]) -> dict[int, tuple[str, ...]]:
    """By unit the paths of those that it took over from: who worked there worked in it."""
    olds = came_from(units)
    paths = dict(
        Unit.objects.filter(pk__in={old for found in olds.values() for old in found}).values_list("pk", "path")
    )
    return {unit: tuple(paths[old] for old in found if old in paths) for unit, found in olds.items()}


def _chairs(submissions: Iterable[int]) -> dict[int, str]:
    """Who chaired the unit's own meeting, by submission."""
    rows = Attendee.objects.filter(meeting__submission__in=submissions, part=Part.CHAIR, person__isnull=False)
    return {key: f"person-{person}" for key, person in rows.values_list("meeting__submission_id", "person_id")}


# --- One --------------------------------------------------------------------------------------------------------------


def _nomination(row: Nomination, case: Case, facts: Facts, held: Held, plan: tuple[str, ...]) -> values.Nomination:
    line = _line(row, held.units)
    since, until = _in_unit(row, held.posts.get(row.person_id or 0, []), held.before.get(row.unit_id, ()))
    claims, files, confirmations = held.sent[row.pk]
    return values.Nomination(
        ref=str(row.pk),
        nominee=code_of(row),
        name=row.name,
        subject=_subject(row),
        award=row.award,
        merit=row.merit,  # type: ignore[arg-type]
        year=row.year,
        offer=case.offer,
        facts=facts,
        lodged_on=row.lodged_on,
        register_name=name_of(row.nominee) if not row.household_id else "",
        unit_codes=tuple(f"unit-{unit.pk}" for unit in line),
        unit_names=tuple(unit.name for unit in line),
        unit_group=_group(row, held.units),
        nominee_since=since,
        nominee_until=until,
        dissolved_on=row.collective.valid_to if row.collective else None,
        since=row.since,
        until=row.until,
        summary=row.summary,
        report=text_of(row.sections, _subject(row), row.merit),  # type: ignore[arg-type]
        claims=tuple(_claim(one, files) for one in claims),
        papers=tuple(
            values.HeldPaper(code=file.paper, name=file.name, dated=file.dated) for file in files if file.paper
        ),
        plan_papers=plan,
        confirmations=tuple(map(_confirmation, confirmations)),
        repeats=held.repeats.get(row.pk, ()),
        doubles=held.doubles.get(row.pk, ()),
        proposed=held.proposed.get(row.pk, ()),
        groups=facts.groups,
        is_leader=_leads(facts, held.posts.get(row.person_id or 0, [])),
        business=_is_business(row, facts),
        deed=f"deed-{row.deed_id}" if row.deed_id else "",
        prepared_by=code_of_user(row.submission.prepared_by),
        signed_by=code_of_user(row.submission.signed_by),
        chaired_by=held.chairs.get(row.submission_id, ""),
    )


def _subject(row: Nomination) -> Subject:
    return row.subject  # type: ignore[return-value]


def _line(row: Nomination, units: Mapping[int, Unit]) -> list[Unit]:
    """The nominee's unit and those above it, its own first."""
    keys = [int(part) for part in reversed(place_of(row).path.split("/")) if part]
    return [units[key] for key in keys if key in units]


def _group(row: Nomination, units: Mapping[int, Unit]) -> str | None:
    """What kind of unit it counts as: that of whoever proposes."""
    kind = units[row.unit_id].kind if row.unit_id in units else row.unit.kind
    return group_of(kind)


Days = tuple[datetime.date | None, datetime.date | None]


def _in_unit(row: Nomination, posts: Sequence[Appointment], before: tuple[str, ...]) -> Days:
    """From when to when the nominee was of the proposing unit, or of one it took over from; None where not known."""
    if row.collective:
        return row.collective.valid_from, row.collective.valid_to
    own = [post for post in posts if post.unit.path.startswith((row.unit.path, *before))]
    if not own:
        return None, None
    ended = None if any(post.valid_to is None for post in own) else max(post.valid_to for post in own if post.valid_to)
    return own[0].valid_from, ended


def _claim(claim: Claim, files: Sequence[DossierFile]) -> values.Claim:
    return values.Claim(
        key=str(claim.pk),
        words=claim.words,
        since=claim.since,
        until=claim.until,
        evidence=sum(file.claim_id == claim.pk for file in files),
        verdict=claim.verdict,  # type: ignore[arg-type]
        note=claim.verdict_note,
    )


def _confirmation(one: Confirmation) -> values.Confirmation:
    return values.Confirmation(
        body=one.body, asked_on=one.asked_on, answered_on=one.answered_on, yes=one.yes, paper=one.paper
    )


def _leads(facts: Facts, posts: Sequence[Appointment]) -> bool | None:
    """A recorded group decides; heading a unit says yes; nothing says no."""
    if facts.groups is not None and LEADER in facts.groups:
        return True
    if any(post.is_head for post in posts):
        return True
    return False if facts.groups and "direct" in facts.groups else None


def _is_business(row: Nomination, facts: Facts) -> bool:
    """An enterprise, a cooperative, or somebody of that group."""
    if facts.groups is not None and BUSINESS in facts.groups:
        return True
    return bool(row.collective and row.collective.kind in BUSINESSES)
