"""What the checks look at: a plan's reading, its raw text as lines and as one flow, and the dates that matter."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, get_args, get_type_hints

from thidua.findings import Basis, Evidence, Finding, Outcome
from thidua.plans.checks.citations import Citation, find_citations
from thidua.plans.reading import KINDS, Fact, Period, Reading
from thidua.vietnamese.folding import search_key
from thidua.vietnamese.normal import Normal, join, normalise_line

PHASE = re.compile(
    r"\b(?:dot|giai doan|chang|buoc|vong|ky|hiep)\s*(?:thu\s+)?(\d{1,2}|[ivx]{1,4}|nhat|mot|hai|ba|bon|tu)\b"
)
_ORDINALS = {
    "nhat": 1, "mot": 1, "i": 1, "hai": 2, "ii": 2, "ba": 3, "iii": 3, "bon": 4, "tu": 4, "iv": 4, "v": 5, "vi": 6,
}  # fmt: skip
_NOT_STATE = re.compile(
    r"\b(?:tinh|thanh|dang|huyen|quan) uy\b|\bdang bo\b|ban (?:chap hanh|thuong vu)|lien doan lao dong|\bcong doan\b"
    r"|\b(?:tinh |thanh |huyen )?doan\b(?! dai bieu)|^hoi (?!dong)|mat tran|mttq"
)
_MOVEMENT = re.compile(r"phat dong|phong trao|dot thi dua|thi dua (?:cao diem|dac biet)")

LAW = "Luật Thi đua, khen thưởng số 06/2022/QH15"
CLERICAL = "Nghị định số 30/2020/NĐ-CP"
_CLERICAL_SINCE = date(2020, 3, 5)


@dataclass(frozen=True)
class Phase:
    """A numbered period of a level ("Đợt 2", cấp huyện) that has both its days."""

    number: int
    level: str
    start: date
    end: date
    period: Period


@dataclass(frozen=True)
class Plan:
    """`on` is the day of checking; `parent` the reading of the plan that this one carries out."""

    reading: Reading
    raw: str
    parent: Reading | None = None
    on: date | None = None

    @cached_property
    def lines(self) -> list[Normal]:
        """Non-empty lines in normal form; a cell of a flattened table is a line of its own."""
        lines, start = [], 0
        for text in re.split(r"(?<=[\n|\f])", self.raw):
            normal = normalise_line(text.rstrip("\r\n|\f"), start)
            if normal.text:
                lines.append(normal)
            start += len(text)
        return lines

    @cached_property
    def flow(self) -> Normal:
        """The whole text on one line: what a line break or a page break parted stands together again."""
        return join(self.lines)

    @cached_property
    def lower(self) -> str:
        return self.flow.text.lower()

    @cached_property
    def citations(self) -> list[Citation]:
        return list(find_citations(self.flow.folded))

    @cached_property
    def day(self) -> date | None:
        """The plan's own day; the last of its month where the day is blank.

        A plan without any date is taken as issued before its campaign starts, at the latest on the day of checking.
        """
        if self.dated:
            return self.dated
        partial = self.reading.header.date_partial
        if partial and (match := re.fullmatch(r"(\d{4})-(\d\d)", partial.value)):
            year, month = int(match[1]), int(match[2])
            return date(year, month, monthrange(year, month)[1])
        return min((day for day in (self.start, self.on) if day), default=None)

    @cached_property
    def dated(self) -> date | None:
        """The day written in the heading, where it is whole."""
        field = self.reading.header.date
        return date.fromisoformat(field.value) if field and len(field.value) == 10 else None

    @cached_property
    def whole(self) -> Period | None:
        """The period of the whole campaign: the longest one that is neither a phase nor one level's."""
        wholes = [p for p in self.reading.periods if not p.level and phase_number(p) is None and (p.start or p.end)]
        return max(wholes, key=lambda p: ((p.end or date.max) - (p.start or p.end or date.max)).days, default=None)

    @cached_property
    def start(self) -> date | None:
        if self.whole and self.whole.start:
            return self.whole.start
        return min((p.start for p in self.reading.periods if p.start), default=None)

    @cached_property
    def end(self) -> date | None:
        """The last day of the campaign; None where the text does not fix it."""
        if self.whole:
            return self.whole.end
        return max((p.end for p in self.reading.periods if p.end), default=None)

    @cached_property
    def phases(self) -> list[list[Phase]]:
        """Phases by level, each level in the order of their numbers."""
        levels: dict[str, list[Phase]] = {}
        for period in self.reading.periods:
            number = phase_number(period)
            if number is not None and period.start and period.end:
                level = period.level or ""
                levels.setdefault(search_key(level), []).append(Phase(number, level, period.start, period.end, period))
        return [sorted(phases, key=lambda p: p.number) for phases in levels.values()]

    @cached_property
    def last_day(self) -> date | None:
        """The last day on which anything of the plan happens."""
        days = [d.date for d in self.reading.deadlines if d.date] + [p.end for p in self.reading.periods if p.end]
        return max(days, default=None)

    @cached_property
    def is_campaign(self) -> bool:
        """Whether it launches a movement, rather than prepares a congress or passes on an order."""
        header = self.reading.header
        title = search_key(header.title.value) if header.title else self.flow.folded[:1500]
        symbol = header.symbol.value if header.symbol else ""
        is_plan = search_key(header.type.value) == "ke hoach" if header.type else symbol.startswith("KH")
        return is_plan and _MOVEMENT.search(title) is not None

    @cached_property
    def head(self) -> Evidence:
        """Words to point at where something of the heading is missing: title, type, else the first line."""
        header = self.reading.header
        for field in (header.title, header.type, header.issuer):
            if field:
                return Evidence(kind="header", quote=field.quote, span=field.span)
        if not self.lines:
            return Evidence(kind="text", quote="", span=(0, 0))
        return self.words(self.lines[0], 0, len(self.lines[0]))

    @cached_property
    def foot(self) -> Evidence:
        """Words to point at where something of the foot is missing: the last line."""
        return self.words(self.lines[-1], 0, len(self.lines[-1])) if self.lines else self.head

    @cached_property
    def has_foot(self) -> bool:
        """Whether the text reaches the foot of the document; an excerpt does not."""
        header = self.reading.header
        return bool(self.reading.recipients or header.signer or header.signer_position)

    @cached_property
    def is_state(self) -> bool:
        """Whether a state body issued it: the Party and mass organisations follow rules of form of their own."""
        issuer = self.reading.header.issuer
        return issuer is None or not _NOT_STATE.search(search_key(issuer.value))

    @cached_property
    def is_whole(self) -> bool:
        """Whether the text is a whole document, which can be said to lack something; an excerpt cannot."""
        return self.has_foot or self.reading.header.draft or self.mentions(r"\.\s?/\s?\.")

    def words(self, normal: Normal, start: int, end: int) -> Evidence:
        """The raw words under [start, end) of a line or of the flow."""
        first, last = normal.span(start, end, self.raw)
        return Evidence(kind="text", quote=self.raw[first:last], span=(first, last))

    def found(self, pattern: str) -> Iterator[tuple[re.Match[str], Evidence]]:
        """Matches of a pattern in the folded flow, with their raw words."""
        for match in re.finditer(pattern, self.flow.folded):
            if match.end() > match.start():
                yield match, self.words(self.flow, *match.span())

    def mentions(self, pattern: str) -> bool:
        return re.search(pattern, self.flow.folded) is not None

    def clerical(self, place: str) -> Basis:
        """The rule on the form of documents at the plan's day."""
        if self.day and self.day < _CLERICAL_SINCE:
            return Basis(instrument="Thông tư số 01/2011/TT-BNV", source="ghi theo trí nhớ")
        return Basis(instrument=CLERICAL, place=place, verified=True, source="toàn văn Nghị định, Phụ lục I và III")


def law(place: str) -> Basis:
    return Basis(instrument=LAW, place=place, verified=True, source="toàn văn Luật")


def own_words(fact: Fact) -> Basis:
    """The plan's own words, for what contradicts itself."""
    return Basis(quote=fact.quote, verified=True)


def evidence(fact: Fact, kind: str | None = None) -> Evidence:
    kind = kind or _KIND_OF.get(type(fact).__name__, "text")
    return Evidence(kind=kind, quote=fact.quote, span=fact.span)


def not_met(code: str, basis: Basis | None, *words: Evidence | Fact, **params: Any) -> Finding:
    return _finding(code, Outcome.NOT_MET, basis, words, params)


def unknown(code: str, basis: Basis | None, *words: Evidence | Fact, **params: Any) -> Finding:
    return _finding(code, Outcome.UNKNOWN, basis, words, params)


def _finding(
    code: str, outcome: Outcome, basis: Basis | None, words: tuple[Evidence | Fact, ...], params: dict[str, Any]
) -> Finding:
    used = tuple(word if isinstance(word, Evidence) else evidence(word) for word in words)
    return Finding(code=code, outcome=outcome, params=params, basis=basis, facts_used=used)


def phase_number(period: Period) -> int | None:
    match = PHASE.search(search_key(period.label or ""))
    if not match:
        return None
    return int(match[1]) if match[1].isdigit() else _ORDINALS.get(match[1])


def _kinds() -> dict[str, str]:
    """Lists of a reading by the class of their facts; "legal_basis" stands for both lists of documents."""
    kinds = {get_args(hint)[0].__name__: kind for kind, hint in get_type_hints(Reading).items() if kind in KINDS}
    return kinds | {"Document": "legal_basis", "HeaderField": "header"}


_KIND_OF = _kinds()
