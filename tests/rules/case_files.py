"""Cases as an officer writes them (cases/*.toml): people and units in few Vietnamese words, and what must come out.

What the words mean is told in docs/how-to/write-a-case.md. Everything that a case does not mention is on record as
nothing, unless it says `known`.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from thidua.findings import Outcome
from thidua.law.awards import awards
from thidua.law.criteria import Criterion, Test
from thidua.law.law import Law, national_law
from thidua.law.ratings import levels
from thidua.law.statute import Statute, parse_statute
from thidua.rules.assessing import Assessment, assess
from thidua.rules.facts import (
    AnswerFact,
    Facts,
    HonourFact,
    MeasureFact,
    Movement,
    RatingFact,
    SpellFact,
    WorkFact,
)
from thidua.rules.offers import Offer

FOLDER = Path(__file__).with_name("cases")
OUTCOMES = {"đạt": Outcome.MET, "chưa đạt": Outcome.NOT_MET, "chưa rõ": Outcome.UNKNOWN}
NO_STANDARD = "không có tiêu chuẩn"
SUBJECTS = {"cá nhân": "individual", "tập thể": "collective", "hộ gia đình": "household"}
NONE = "chưa có"
LEVELS = {level.short: level.code for level in levels()} | {"không xếp loại": "unrated", NONE: ""}
MERITS = {
    "công trạng": "yearly", "phong trào": "campaign", "đột xuất": "sudden", "cống hiến": "service",
    "đối ngoại": "foreign", "chưa rõ loại": "",
}  # fmt: skip
WORKS = {"sáng kiến": "initiative", "đề tài": "science", "chiến đấu": "combat", "sáng chế": "invention"}
SCOPES = {"cơ sở": "base", "tỉnh": "province", "toàn quốc": "nation"}
SPELLS = {
    "thanh tra": "inspection", "điều tra": "investigation", "tố cáo": "complaint", "thai sản": "maternity",
    "nghỉ": "leave", "công tác": "service", "hoạt động": "in_being",
}  # fmt: skip
FORMS = {
    "khiển trách": "reprimand", "cảnh cáo": "warning", "giáng chức": "demotion", "cách chức": "removal",
    "thôi việc": "dismissal", "kỷ luật": "",
}  # fmt: skip
LAUNCHERS = {"trung ương": "state", "tỉnh": "province", "huyện": "district", "đơn vị": "unit"}
STAGES = {"đang thực hiện": "running", "sơ kết": "review", "tổng kết": "summary"}
RECORDS = {
    "khen thưởng": "honours", "sáng kiến": "works", "kỷ luật": "discipline", "thanh tra": "inspection",
    "điều tra": "investigation", "tố cáo": "complaint", "công tác": "service",
}  # fmt: skip
PAPER = re.compile(r"\s*\(([^()]+)\)$")
OLD_UNIT, CLEARED, USED_FOR = "đơn vị cũ", "không vi phạm", "đã dùng cho"
NOTHING_PENDS = {"GENERAL.no_pending_case": "có"}
"""What a case need not say: where all is on record, so is that nothing is pending against the nominee."""


class Nominee(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is on record. `known`: from which year all records of a kind are at hand; everything, where not said."""

    groups: list[str] | None = None
    ratings: dict[str, str] = {}
    party_ratings: dict[str, str] = {}
    honours: list[str] = []
    works: list[str] = []
    spells: list[str] = []
    answers: dict[str, str] = {}
    measures: dict[str, float] = {}
    known: dict[str, int] | None = None


class Case(Nominee, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`where`: by place ("khoản 2 Điều 23") or the first words of a clause, how it came out; `says`: its sentence."""

    name: str
    on: datetime.date
    award: str
    expect: str
    person: str = ""
    of: str = ""
    year: int | None = None
    merit: str = "công trạng"
    movement: str = ""
    deed: str = ""
    plan: str = ""
    criteria: list[Any] = []
    local: str = ""
    where: dict[str, str] = {}
    says: dict[str, str] = {}

    @property
    def outcome(self) -> Outcome | None:
        """None where no standard is known: it cannot be judged."""
        return None if self.expect == NO_STANDARD else OUTCOMES[self.expect]

    @property
    def offer(self) -> Offer:
        offered = {
            "award": self.award,
            "subject": self.subject,
            "year": self.year or self.on.year,
            "merit": MERITS[self.merit],
            "movement": _movement(self.movement) if self.movement else None,
            "deed": self.deed,
            "plan": self.plan,
        }
        return Offer(**offered, criteria=_criteria(self.criteria))

    @property
    def subject(self) -> Any:
        return SUBJECTS[self.of] if self.of else awards()[self.award].subjects[0]

    @property
    def facts(self) -> Facts:
        known = dict.fromkeys(RECORDS.values(), 0)
        if self.known is not None:
            known = {RECORDS[kind]: since for kind, since in self.known.items()}
        return Facts(
            subject=self.subject,
            groups=None if self.groups is None else frozenset(self.groups),
            ratings=(*_ratings(self.ratings, "state"), *_ratings(self.party_ratings, "party")),
            honours=tuple(honour for said in self.honours for honour in _honours(said)),
            works=tuple(_work(said) for said in self.works),
            spells=tuple(_spell(said) for said in self.spells),
            answers=tuple(_answers(self.answers if self.known is not None else NOTHING_PENDS | self.answers)),
            measures=tuple(MeasureFact(key=key, value=Decimal(str(value))) for key, value in self.measures.items()),
            complete=known,
        )

    @property
    def law(self) -> Law:
        return national_law().with_local([parse_statute(self.local)]) if self.local else national_law()

    def assessed(self) -> Assessment:
        return assess(self.offer, self.facts, self.law, self.on)


def cases() -> Iterator[tuple[str, Case]]:
    """Every case with its id: the file and the name."""
    for file in sorted(FOLDER.glob("*.toml")):
        for case in read_cases(file.read_text("utf-8")):
            yield f"{file.stem}: {case.name}", case


def read_cases(text: str) -> Iterator[Case]:
    """Raises msgspec.ValidationError, KeyError for words that there are not."""
    tree = tomllib.loads(text)
    people: Mapping[str, dict[str, Any]] = tree.get("people", {})
    for said in tree["case"]:
        yield msgspec.convert(_joined(people[said["person"]], said) if "person" in said else said, Case)


def _joined(person: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The case's own words on top of the person's: tables and lists grow, anything else is replaced."""
    whole = dict(person)
    for key, value in said.items():
        if isinstance(value, dict) and key in person and key != "known":
            kept = {name: old for name, old in person[key].items() if name not in value}
            whole[key] = {**kept, **value}
        elif isinstance(value, list) and key in person and key != "groups":
            whole[key] = [*person[key], *value]
        else:
            whole[key] = value
    return whole


# --- Words ----------------------------------------------------------------------------------------------------------


def _years(said: str) -> range:
    first, _, last = said.partition("-")
    return range(int(first), int(last or first) + 1)


def _ratings(said: Mapping[str, str], track: Any) -> Iterator[RatingFact]:
    """What is said of a year later stands above what was said before."""
    for year, level in {year: level for span, level in said.items() for year in _years(span)}.items():
        words, cited = _paper(level)
        word, inherited = _taken(words, OLD_UNIT)
        code: Any = LEVELS[word]
        if word != NONE:
            yield RatingFact(year=year, level=code, track=track, inherited=inherited, cited=cited)


def _paper(said: str) -> tuple[str, str]:
    """ "HTT (QĐ 12/QĐ-SNV)": what stands in brackets at the end is the paper."""
    match = PAPER.search(said)
    return (said[: match.start()], match[1]) if match else (said, "")


def _taken(said: str, words: str) -> tuple[str, bool]:
    return said.replace(words, "").strip().rstrip(","), words in said


def _honours(said: str) -> Iterator[HonourFact]:
    """ "CSTDCS 2023-2025", "COBT 2021, 2023 phong trào", "HCLD2 2018 đơn vị cũ", "BANG_KHEN_TINH 2025 vì: Bão số 3"."""
    said, cited = _paper(said)
    said, _, deed = said.partition(" vì: ")
    said, inherited = _taken(said, OLD_UNIT)
    merit: Any = "yearly"
    for word, code in MERITS.items():
        said, found = _taken(said, word)
        merit = code if found else merit
    award, _, rest = said.partition(" ")
    for span in rest.split(","):
        for year in _years(span.strip()):
            yield HonourFact(award=award, year=year, merit=merit, deed=deed, inherited=inherited, cited=cited)


def _work(said: str) -> WorkFact:
    """ "sáng kiến 2025 cơ sở", "đề tài 2024 tỉnh đã dùng cho CSTDCS"."""
    said, cited = _paper(said)
    said, _, used_for = said.partition(USED_FOR)
    said, inherited = _taken(said, OLD_UNIT)
    kind, year, scope = re.fullmatch(r"(\D+) (\d{4}) (.+)", said.strip()).groups()  # type: ignore[union-attr]
    made: dict[str, Any] = {"kind": WORKS[kind], "year": int(year), "scope": SCOPES[scope.strip()]}
    return WorkFact(**made, used_for=used_for.strip(), inherited=inherited, cited=cited)


def _spell(said: str) -> SpellFact:
    """ "cảnh cáo 01/02/2025 - 31/01/2026", "hoạt động 01/07/2025 -", "thanh tra 01/03/2025 - 01/05/2025 không vi phạm"

    A form of discipline, or one of SPELLS.
    """
    said, cited = _paper(said)
    said, cleared = _taken(said, CLEARED)
    said, inherited = _taken(said, OLD_UNIT)
    what, days = re.fullmatch(r"(\D+?) (\d.*)", said).groups()  # type: ignore[union-attr]
    since, _, until = (day.strip() for day in days.partition("-"))
    made: dict[str, Any] = {"kind": SPELLS.get(what, "discipline"), "form": "" if what in SPELLS else FORMS[what]}
    return SpellFact(
        **made,
        since=_day(since),
        until=_day(until) if until else None,
        cleared=cleared,
        inherited=inherited,
        cited=cited,
    )


def _day(said: str) -> datetime.date:
    day, month, year = said.split("/")
    return datetime.date(int(year), int(month), int(day))


def _answers(said: Mapping[str, str]) -> Iterator[AnswerFact]:
    """ "BKTTG.*" is every question of that award; what is said later stands above what was said before."""
    found: dict[str, str] = {}
    for question, answer in said.items():
        named = _questions(question.removesuffix("*")) if question.endswith("*") else [question]
        found |= dict.fromkeys(named, answer)
    for question, answer in found.items():
        words, cited = _paper(answer)
        word, inherited = _taken(words, OLD_UNIT)
        yield AnswerFact(question=question, yes={"có": True, "không": False}[word], inherited=inherited, cited=cited)


@cache
def _questions(prefix: str) -> tuple[str, ...]:
    asked = {
        str(dict(test.params)["question"])
        for statute in national_law().statutes
        for test in _tests(statute)
        if test.predicate == "judged"
    }
    found = tuple(sorted(question for question in asked if question.startswith(prefix)))
    if not found:
        raise KeyError(f"no question begins with {prefix}")
    return found


def _tests(statute: Statute) -> Iterator[Test]:
    for entry in (*statute.standard, *statute.principle):
        for criterion in entry.all:
            yield from criterion.tests()


def _movement(said: str) -> Movement:
    """ "tổng kết tỉnh 5 năm", "sơ kết trung ương"."""
    match = re.fullmatch(r"(đang thực hiện|sơ kết|tổng kết) (trung ương|tỉnh|huyện|đơn vị)(?: (\d+) năm)?", said)
    if match is None:
        raise KeyError(said)
    made: dict[str, Any] = {"stage": STAGES[match[1]], "launched_by": LAUNCHERS[match[2]]}
    return Movement(**made, years=int(match[3] or 0))


def _criteria(said: list[Any]) -> tuple[Criterion, ...]:
    """A plan's own criteria, written as in a statute's file."""
    return msgspec.convert(said, tuple[Criterion, ...], dec_hook=lambda _, test: Test(*next(iter(test.items()))))
