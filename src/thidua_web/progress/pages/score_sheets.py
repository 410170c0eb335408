"""One unit's sheet: criteria by section with what each source said, how it was reckoned, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext

from thidua.explain import sentence
from thidua.scoring.decimals import in_words
from thidua.scoring.parts import Criterion, ScoringTable
from thidua.scoring.points import Points, Score
from thidua.scoring.what_if import Doubt
from thidua_web.progress.forms import scores as cells
from thidua_web.progress.models import ScoreEntry, ScoreEvidence, Source
from thidua_web.progress.pages.score_tables import language, say_formula, say_limit, say_points, say_standard
from thidua_web.progress.queries.scorings import COUNT, asked_counts, numbers

# Keys of figures that people know as letters of a formula; longer ones say no more than the label.
LONGEST_LETTER = 2
QUIET = frozenset({"scoring.not_entered", "scoring.not_judged", "scoring.missing_inputs", "scoring.needs_evidence"})


@dataclass(frozen=True)
class Cell:
    """One figure to fill in. `choices` where it is a yes or a no."""

    id: str
    label: str
    unit: str
    value: str
    fault: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class Said(NamedTuple):
    """What a source said of a criterion: points in words, how reckoned, its note. `waits`: points not known yet."""

    source: str
    label: str
    points: str
    working: str
    note: str
    waits: str


@dataclass(frozen=True)
class Line:
    """One criterion. `cells` where the viewer enters points, `said` what the sources have said."""

    criterion: Criterion
    standard: str
    formula: str
    said: list[Said]
    cells: list[Cell] = field(default_factory=list)
    note: Cell | None = None
    working: str = ""
    hints: list[str] = field(default_factory=list)
    evidence: list[ScoreEvidence] = field(default_factory=list)
    needs_evidence: bool = False
    quarrel: str = ""
    rank: str = ""
    reason_asked: bool = False


class Group(NamedTuple):
    label: str
    standard: str
    points: str
    lines: list[Line]


@dataclass(frozen=True)
class Shown:
    """What somebody sees of a sheet. `editing`: the source whose points they enter, "" where they read."""

    table: ScoringTable
    editing: str
    columns: tuple[Source, ...]
    scores: Mapping[str, Score | None]
    entries: Mapping[str, Mapping[str, ScoreEntry]]
    evidence: Mapping[str, list[ScoreEvidence]]
    quarrels: Mapping[str, Any] = field(default_factory=dict)
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    raw: Mapping[str, str] | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    reasons_asked: frozenset[str] = frozenset()
    counted: Score | None = None
    """What the sheet comes to: of the standing body's, with the points of the others where it gave none."""


def groups(shown: Shown) -> list[Group]:
    """By section; what stands outside of sections last."""
    score = shown.counted
    found = [
        Group(
            one.label,
            say_limit(one.max_points),
            say_points(score.by_section[one.key]) if score else "",
            [_line(shown, criterion) for criterion in shown.table.of_section(one.key)],
        )
        for one in shown.table.sections
    ]
    outside = [_line(shown, criterion) for criterion in shown.table.of_section("")]
    if outside:
        found.append(Group(gettext("Điểm thưởng, điểm trừ"), "", "", outside))
    return found


def _line(shown: Shown, criterion: Criterion) -> Line:
    key = criterion.key
    files = shown.evidence.get(key, [])
    quarrel, doubt = shown.quarrels.get(key), shown.doubts.get(key)
    mine = shown.scores.get(shown.editing) if shown.editing else None
    part = mine.by_criterion[key] if mine else None
    said = [_said(shown, source, criterion) for source in shown.columns if source != shown.editing]
    return Line(
        criterion=criterion,
        standard=say_standard(criterion),
        formula=say_formula(criterion),
        said=said,
        cells=_cells(shown, criterion) if shown.editing else [],
        note=_note(shown, key) if shown.editing else None,
        working=say_working(part) if part else "",
        hints=say_hints(part) if part else [],
        evidence=files,
        needs_evidence=criterion.evidence_required and not files,
        quarrel=sentence(quarrel.finding, language()) if quarrel else "",
        rank=sentence(doubt.finding, language()) if doubt and quarrel else "",
        reason_asked=key in shown.reasons_asked,
    )


def _said(shown: Shown, source: Source, criterion: Criterion) -> Said:
    score, entry = shown.scores.get(source), shown.entries.get(source, {}).get(criterion.key)
    part = score.by_criterion[criterion.key] if score else None
    given = part if part and part.given else None
    return Said(
        source=source.value,
        label=str(source.label),
        points=say_points(given.points) if given else "",
        working=say_working(given) if given else "",
        note=entry.note if entry and score else "",
        waits=say_waiting(given) if given else "",
    )


def say_working(part: Points) -> str:
    """ "45/50 × 10 = 9,0"; nothing where nobody entered anything, or where it is but the points that were judged."""
    if not part.given:
        return ""
    words = part.working.in_words(language())
    return words if part.working.criterion.tree is not None or "=" in words or "→" in words else ""


def say_waiting(part: Points) -> str:
    """Why points that were given do not count yet."""
    if part.points is not None:
        return ""
    if part.claimed is not None:
        return gettext("%(points)s khi có minh chứng") % {"points": say_points(part.claimed)}
    return gettext("chưa đủ số liệu")


def say_hints(part: Points) -> list[str]:
    """What is noticed of an entry; what is simply not filled in yet is seen without words."""
    if not part.given:
        return []
    quiet = QUIET - {"scoring.needs_evidence", "scoring.missing_inputs"}
    return [sentence(finding, language()) for finding in part.findings if finding.code not in quiet]


def _cells(shown: Shown, criterion: Criterion) -> list[Cell]:
    entry = shown.entries.get(shown.editing, {}).get(criterion.key)
    held = numbers(entry) if entry else {}
    found = []
    for given in criterion.inputs:
        cell = cells.input_id(criterion.key, given.key)
        yes_no = given.source == "yes_no"
        unit = "%" if given.source in ("percent", "survey") and not given.unit else given.unit
        choices = (("", ""), ("1", gettext("có")), ("0", gettext("không"))) if yes_no else ()
        short = criterion.tree is not None and len(given.key) <= LONGEST_LETTER
        label = f"{given.key}. {given.label}" if short else given.label
        found.append(_cell(shown, cell, label, held.get(given.key), unit=unit, choices=choices))
    if criterion.tree is None:
        value = entry.points if entry else None
        label = gettext("Điểm trừ") if criterion.kind == "deduction" else gettext("Điểm")
        found.append(_cell(shown, cells.points_id(criterion.key), label, value))
    return found


def _cell(  # noqa: PLR0913 - what a cell is
    shown: Shown,
    cell: str,
    label: str,
    value: Decimal | None,
    *,
    unit: str = "",
    choices: tuple[tuple[str, str], ...] = (),
) -> Cell:
    text = shown.raw.get(cell, "") if shown.raw is not None else _typed(value)
    return Cell(cell, label, unit, text, shown.faults.get(cell, ""), choices)


def _typed(value: Decimal | None) -> str:
    """As somebody would type it."""
    if value is None:
        return ""
    plain = Decimal(value)
    return in_words(Decimal(f"{plain.normalize():f}"), "vi", grouped=False)


def _note(shown: Shown, key: str) -> Cell:
    cell = cells.note_id(key)
    entry = shown.entries.get(shown.editing, {}).get(key)
    text = shown.raw.get(cell, "") if shown.raw is not None else entry.note if entry else ""
    return Cell(cell, gettext("Ghi chú"), "", text, shown.faults.get(cell, ""))


def count_cells(shown: Shown) -> list[Cell]:
    """Figures that only the tie-breakers ask for."""
    found = []
    for key, label in asked_counts(shown.table).items():
        entry = shown.entries.get(shown.editing, {}).get(f"{COUNT}{key}")
        value = numbers(entry).get(key) if entry else None
        found.append(_cell(shown, cells.count_id(key), label, value))
    return found


class Sum(NamedTuple):
    label: str
    points: str
    short: str


def sums(shown: Shown) -> list[Sum]:
    """The total of each source but the one in hand; `short` tells what it lacks."""
    found = []
    for source in shown.columns:
        score = shown.scores.get(source)
        if score is not None and source != shown.editing:
            found.append(Sum(str(source.label), say_points(score.total), say_short(score)))
    return found


def say_short(score: Score) -> str:
    """What a total lacks: "còn 3 tiêu chí chưa có điểm, đang có 61,5"."""
    if score.complete:
        return ""
    said = {"n": len(score.missing), "known": say_points(score.known)}
    return gettext("còn %(n)s tiêu chí chưa có điểm, đang có %(known)s") % said


def missing_labels(table: ScoringTable, keys: Iterable[str]) -> list[str]:
    return [table.labels.get(key, key) for key in keys]
