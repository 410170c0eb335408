"""Submissions as an officer writes them (cases/*.toml): one in order, what is wrong with it, what must be found.

Everything stands as in docs/how-to/write-a-case.md, with the words below on top. `[clean."…"]` is a submission in
order; a case takes one (`from`) and changes it. Persons and units are called by their names, which are their codes.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from rules.case_files import MERITS, Case
from thidua.findings import Basis, Finding, Outcome
from thidua.law.law import Law
from thidua.nominations.checking import check, check_submission
from thidua.nominations.criteria_keys import to_analyse
from thidua.nominations.values import (
    Claim,
    Confirmation,
    Double,
    HeldPaper,
    Meeting,
    Nomination,
    Proposed,
    Repeated,
    Submission,
    Vote,
)
from thidua.plans.reading import Quota
from thidua.rules.limits import Candidate
from thidua.rules.plan_words.quotas import limits_of_plan, limits_of_shares

FOLDER = Path(__file__).with_name("cases")
YES_NO: Mapping[str, bool | None] = {"có": True, "không": False, "chưa rõ": None}
KINDS = {"phong trào": "campaign", "hằng năm": "yearly", "đột xuất": "sudden"}
LEVELS = {"cơ sở": "base", "tỉnh": "province", "chính phủ": "government", "nhà nước": "state", "": ""}
VERDICTS = {
    "": "", "đã chứng minh": "proved", "chỉ tham gia": "took_part", "không chứng minh được": "unprovable",
    "không đúng": "untrue",
}  # fmt: skip
BODIES = {
    "thuế": "tax", "bảo hiểm xã hội": "social_insurance", "bảo hiểm y tế": "health_insurance", "công an": "police",
    "môi trường": "environment", "lao động": "labour", "an toàn thực phẩm": "food_safety",
}  # fmt: skip
OUTCOMES = {Outcome.NOT_MET: "", Outcome.UNKNOWN: "hỏi: ", Outcome.MET: "đạt: "}
_RULES = {
    "groups", "ratings", "party_ratings", "honours", "works", "spells", "answers", "measures", "known", "award", "of",
    "year", "merit", "movement", "deed", "plan", "criteria", "local",
}  # fmt: skip


class SaidNominee(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Beside what the case of a law says of a nominee: the dossier. `report` is its number of words, or the words."""

    name: str = "Lê Văn An"
    code: str = ""
    register: str = ""
    units: list[str] = []
    group: str = ""
    since: str = ""
    until: str = ""
    joined: str = ""
    left: str = ""
    ended: str = ""
    lodged: str = ""
    summary: str = "Tóm tắt thành tích"
    report: int | str = 200
    claims: list[str] = []
    papers: list[str] = []
    plan_papers: list[str] = []
    confirmations: list[str] = []
    repeats: list[str] = []
    doubles: list[str] = []
    proposed: list[str] = []
    leader: str = "không"
    business: str = "không"
    votes: str = ""
    analysed: str = ""
    said: dict[str, Any] = {}


class SaidList(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    unit: str = "Xã Đông"
    kind: str = "hằng năm"
    launched: str = "có"
    asks_launch: str = ""
    reported: str = "có"
    asks_report: str = ""
    due: str = ""
    signed: str = ""
    signer: str = "Trần Thị Ký"
    receiver: str = ""
    papers: list[str] = []
    held: str = ""
    members: int | None = 9
    present: int | None = 9
    written: int = 0
    chair: str = "Phạm Văn Chủ"
    secretary: str = "Đỗ Thị Thư"
    asks_analysis: str = ""
    quotas: list[list[Any]] = []
    shares: list[str] = []
    listed: list[list[str]] = []
    numbers: list[list[Any]] = []
    excepted: list[str] = []


class Told(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True, rename={"from_": "from", "list_": "list"}
):
    """A case: `finds` are the codes that must come out, all of them and no others; "hỏi: " for what must be asked."""

    name: str
    on: datetime.date
    from_: str = ""
    list_: dict[str, Any] = {}
    nominee: dict[str, Any] = {}
    others: list[dict[str, Any]] = []
    nobody: bool = False
    finds: list[str] = []
    says: list[str] = []
    clean: dict[str, Any] = {}
    changed: dict[str, Any] = {}

    def with_also(self, other: Told) -> Told:
        """What is wrong in both, on one submission."""
        return msgspec.convert(_joined(_joined(self.clean, self.changed), other.changed), Told)

    @cached_property
    def said(self) -> SaidList:
        return msgspec.convert(self.list_, SaidList)

    @cached_property
    def law(self) -> Law:
        return self._case(self.nominee).law

    @cached_property
    def submission(self) -> Submission:
        nominees = [] if self.nobody else [self.nominee, *(_joined(self.nominee, one) for one in self.others)]
        nominations = tuple(self._nomination(str(n), one) for n, one in enumerate(nominees, 1))
        return _submission(self.said, nominations, self._meeting(nominees, nominations))

    def found(self) -> tuple[Finding, ...]:
        """Of the list, then of each nomination."""
        of_each = (check(one, self.law, on=self.on) for one in self.submission.nominations)
        listed = check_submission(self.submission, self.law, on=self.on)
        return (*listed, *(finding for findings in of_each for finding in findings))

    def _case(self, said: Mapping[str, Any]) -> Case:
        known = {key: value for key, value in said.items() if key in _RULES}
        return msgspec.convert(
            {"name": "", "on": self.on, "expect": "đạt", **known}, Case
        )  # the words of the case of a law, as it reads them

    def _nomination(self, ref: str, said: Mapping[str, Any]) -> Nomination:
        case = self._case(said)
        own = msgspec.convert({key: value for key, value in said.items() if key not in _RULES}, SaidNominee)
        return _nomination(ref, case, own, self.said.unit)

    def _meeting(self, nominees: list[dict[str, Any]], nominations: tuple[Nomination, ...]) -> Meeting | None:
        said = self.said
        if not said.held:
            return None
        votes, analysed = {}, {}
        for told, one in zip(nominees, nominations, strict=True):
            if told.get("votes"):
                votes[one.ref] = _vote(told["votes"])
            analysed[one.ref] = self._analysed(told.get("analysed", ""), told)
        return Meeting(
            held_on=day(said.held), members=said.members, present=said.present, written=said.written, chair=said.chair,
            secretary=said.secretary, votes=votes, analysed=analysed,
        )  # fmt: skip

    def _analysed(self, words: str, told: Mapping[str, Any]) -> frozenset[str]:
        """ "tất cả", or the numbers of the clauses: "1, 2"."""
        numbers = re.findall(r"\d+", words)
        items = to_analyse(self._case(told).assessed()) if words else ()
        return frozenset(item.key for item in items if words == "tất cả" or item.number in numbers)


def cases() -> Iterator[tuple[str, Told]]:
    """Every case with its id; the clean submissions are cases in which nothing must be found."""
    trees = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.toml"))}
    clean = {name: said for tree in trees.values() for name, said in tree.get("clean", {}).items()}
    for name, said in clean.items():
        yield name, msgspec.convert({"name": name, **said}, Told)
    for stem, tree in trees.items():
        for said in tree.get("case", []):
            whole = _joined(clean[said["from"]], said) | {"clean": clean[said["from"]], "changed": said}
            yield f"{stem}: {said['name']}", msgspec.convert(whole, Told)


def _joined(base: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Tables are joined key by key; anything else that is said replaces what was said before."""
    whole = dict(base)
    for key, value in said.items():
        old = whole.get(key)
        whole[key] = _joined(old, value) if isinstance(value, dict) and isinstance(old, dict) else value
    return whole


def told(finding: Finding) -> str:
    """ "paper_missing", "hỏi: criterion_unknown"."""
    return OUTCOMES[finding.outcome] + finding.code.removeprefix("nominations.")


# --- Words ----------------------------------------------------------------------------------------------------------


def day(said: str) -> datetime.date | None:
    if not said:
        return None
    number, month, year = said.split("/")
    return datetime.date(int(year), int(month), int(number))


def _nomination(ref: str, case: Case, said: SaidNominee, unit: str) -> Nomination:
    units = said.units or [unit]
    return Nomination(
        ref=ref,
        nominee=said.code or said.name,
        name=said.name,
        register_name=said.register or said.name,
        subject=case.subject,
        award=case.award,
        merit=case.offer.merit,
        year=case.offer.year,
        offer=case.offer,
        facts=case.facts,
        lodged_on=day(said.lodged),
        unit_codes=() if units == ["chưa rõ"] else tuple(units),
        unit_names=tuple(units),
        unit_group=said.group or None,
        nominee_since=day(said.joined),
        nominee_until=day(said.left),
        dissolved_on=day(said.ended),
        since=day(said.since),
        until=day(said.until),
        summary=said.summary,
        report=said.report if isinstance(said.report, str) else " ".join(f"chữ{n}" for n in range(said.report)),
        claims=tuple(_claim(str(n), words) for n, words in enumerate(said.claims, 1)),
        papers=tuple(_paper(words) for words in said.papers),
        plan_papers=tuple(said.plan_papers),
        confirmations=tuple(_confirmation(words) for words in said.confirmations),
        repeats=tuple(map(_repeat, said.repeats)),
        doubles=tuple(_double(words) for words in said.doubles),
        proposed=tuple(_proposed(words) for words in said.proposed),
        groups=case.facts.groups,
        is_leader=YES_NO[said.leader],
        business=YES_NO[said.business] is True,
        deed=case.deed,
    )


def _proposed(said: str) -> Proposed:
    """ "Sở Y tế 12/11/2025"."""
    unit, _, lodged = said.rpartition(" ")
    return Proposed(unit=unit, on=day(lodged))


def _submission(said: SaidList, nominations: tuple[Nomination, ...], meeting: Meeting | None) -> Submission:
    quotas = [Quota(quote=unit, span=(0, 1), unit=unit, max=most, of=of) for unit, most, of in said.quotas]
    kind: Any = KINDS[said.kind]
    receiver: Any = LEVELS[said.receiver]
    return Submission(
        ref="s",
        unit=said.unit,
        unit_name=said.unit,
        kind=kind,
        launched=YES_NO[said.launched],
        launch_asked=_words(said.asks_launch),
        reported=YES_NO[said.reported],
        report_asked=_words(said.asks_report),
        due=day(said.due),
        presented_on=day(said.signed),
        signed_by=said.signer,
        papers=tuple(_paper(words) for words in said.papers),
        meeting=meeting,
        analysis_asked=_words(said.asks_analysis),
        receiver=receiver,
        nominations=nominations,
        limits=(*limits_of_plan(quotas), *limits_of_shares(said.shares)),
        listed=tuple(_candidate(f"khác {n}", row) for n, row in enumerate(said.listed)),
        numbers={(unit, name): number for unit, name, number in said.numbers},
        excepted=frozenset(f"nominations.{code}" for code in said.excepted),
    )


def _words(said: str) -> Basis | None:
    return Basis(quote=said, verified=True) if said else None


def _claim(key: str, said: str) -> Claim:
    """ "Giảm 30% thời gian | 01/02/2025 - 30/06/2025 | 2 minh chứng | chỉ tham gia: lời | khen đột xuất"."""
    words, *rest = (part.strip() for part in said.split("|"))
    made: dict[str, Any] = {"key": key, "words": words}
    for part in rest:
        verdict, _, note = part.partition(":")
        if match := re.fullmatch(r"(\d+) minh chứng", part):
            made["evidence"] = int(match[1])
        elif verdict in VERDICTS:
            made |= {"verdict": VERDICTS[verdict], "note": note.strip()}
        elif part.startswith("khen "):
            made["merit"] = MERITS[part.removeprefix("khen ")]
        else:
            first, _, last = part.partition("-")
            made |= {"since": day(first.strip()), "until": day(last.strip())}
    return Claim(**made)


def _paper(said: str) -> HeldPaper:
    """ "sang_kien 12/06/2025"."""
    code, _, dated = said.partition(" ")
    return HeldPaper(code=code, dated=day(dated))


def _confirmation(said: str) -> Confirmation:
    """ "thuế: có 12/06/2025", "công an: chờ 01/06/2025"."""
    body, _, rest = said.partition(": ")
    answer, _, when = rest.partition(" ")
    if answer == "chờ":
        return Confirmation(body=BODIES[body], asked_on=day(when))
    return Confirmation(body=BODIES[body], answered_on=day(when), yes=YES_NO[answer])


def _repeat(said: str) -> Repeated:
    """ "Báo cáo của ai", "Báo cáo của ai | 22 chữ, 6 %"."""
    other, _, much = said.partition("|")
    words, share = re.findall(r"\d+", much) or ("40", "30")
    return Repeated(other=other.strip(), words=int(words), share=int(share))


def _double(said: str) -> Double:
    """ "chắc chắn: Bằng khen Bộ Y tế 2025", "có thể: …"."""
    sure, _, rest = said.partition(": ")
    award, _, year = rest.rpartition(" ")
    return Double(award=award, year=int(year), words="Chống dịch", sure=sure == "chắc chắn")


def _vote(said: str) -> Vote:
    """ "8 đồng ý, 1 không, 0 trắng"."""
    given = {word: int(number) for number, word in re.findall(r"(\d+) (đồng ý|không|trắng)", said)}
    return Vote(for_=given.get("đồng ý", 0), against=given.get("không", 0), abstained=given.get("trắng", 0))


def _candidate(ref: str, row: list[str]) -> Candidate:
    """["Xã Đông", "communes", "individual", "leader"]."""
    unit, group, subject, *marks = row
    one: Any = subject
    return Candidate(ref=ref, subject=one, units=(unit,), group=group, groups=frozenset(marks))
