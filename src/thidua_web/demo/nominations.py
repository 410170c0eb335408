"""Units of the demo propose people, a collective and a household; their dossiers stand in every state of the work.

Through the product's own acts; what is said of whom is in nominations.toml, what the appraisers do in appraisal.py.
"""

from __future__ import annotations

import datetime
import io
import tomllib
import uuid
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from django.db import transaction

from thidua.explain import sentence
from thidua.nominations.criteria_keys import to_analyse
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign
from thidua_web.demo.appraisal import appraise
from thidua_web.demo.days import moment
from thidua_web.demo.files import pdf_from_text
from thidua_web.eligibility.queries.cases import Case
from thidua_web.nominations.actions import dossier_files, dossiers, exceptions, meetings, nominees, rounds, signing
from thidua_web.nominations.actions import submissions as acts
from thidua_web.nominations.actions.dossier_files import About
from thidua_web.nominations.actions.nominees import Wanted, subject_of
from thidua_web.nominations.models import Attendance, Kind, Nomination, Part, Round, Submission
from thidua_web.nominations.queries.candidates import open_cases
from thidua_web.nominations.queries.checking import checked_of, gate_of
from thidua_web.nominations.queries.dues import due_of_campaign
from thidua_web.register.models import Household, Person, Unit
from thidua_web.register.nominees import Nominee

TOP, YEAR = "UBND", 2025
AWARD = "BANG_KHEN_TINH"
REPORT = ("duties", "functions", "achieved")
WHY_EXCEPTED = "Sáng kiến đã áp dụng toàn ngành; đề nghị được trình để Hội đồng xem xét tiêu chuẩn."
EXCEPTED = "Cho phép trình; cơ quan thẩm định đối chiếu tiêu chuẩn khi thẩm định."


@transaction.atomic
def make_nominations(*, on: datetime.date) -> None:
    """Unless there is a round already."""
    if Round.objects.exists():
        return
    said = tomllib.loads(files("thidua_web.demo").joinpath("nominations.toml").read_text("utf-8"))
    said["papers"] = {name: pdf_from_text(text) for name, text in said["papers"].items()}
    row = _open(said["round"], on)
    department = _propose("SNNMT", "vanthu.so", row, said, "department", on=on, days=-44)
    _meet(department, ("Trần Thị Ngọc Sương", "Trần Văn Ứng", "Nguyễn Thu An", "Lý Đức Phúc"), on=on, days=-42)
    _except(department, on=on, days=-41)
    _sign(department, "giamdoc.so", "118/TTr-SNNMT", on=on, days=-39)
    commune = _propose("VS-01", "vanthu.xa", row, said, "commune", on=on, days=-9)
    _meet(commune, ("Đỗ Thị Xuân", "Lý Ngọc Bích", "Nguyễn Thanh Lan"), on=on, days=-6)
    _sign(commune, "chutich.xa", "27/TTr-UBND", on=on, days=-3)
    _of_campaign(said, on=on)
    appraise(department, on=on)


def _open(said: Mapping[str, Any], on: datetime.date) -> Round:
    return rounds.open_round(
        to_unit=_unit(TOP),
        kind=Kind.YEARLY,
        year=YEAR,
        title=said["title"],
        opens_on=on + datetime.timedelta(days=said["opens"]),
        due_on=on + datetime.timedelta(days=said["due"]),
        basis=said["basis"],
        by=_user("thamdinh"),
        at=moment(on, said["opens"], 8),
    )


# --- The unit's side --------------------------------------------------------------------------------------------------


def _propose(  # noqa: PLR0913 - who proposes whom, when
    code: str, clerk: str, row: Round, said: Mapping[str, Any], part: str, *, on: datetime.date, days: int
) -> Submission:
    unit, who = _unit(code), {"by": _user(clerk), "at": moment(on, days, 9)}
    submission = acts.begin(
        unit=unit, to_unit=row.to_unit, kind=Kind.YEARLY, year=YEAR, title=f"Đề nghị khen thưởng năm {YEAR}",
        round_=row, due_on=row.due_on, due_basis=row.basis, **who,
    )  # fmt: skip
    for one in said[part]:
        nominee = _nominee(one, unit)
        subject = subject_of(nominee)
        cases = open_cases(submission, subject, wanted=one.get("award", AWARD), year=YEAR, merit="yearly", on=on)  # type: ignore[arg-type]
        _add(submission, nominee, cases.case, one, said["papers"], **who)
    return submission


def _of_campaign(said: Mapping[str, Any], *, on: datetime.date) -> None:
    """A draft for the campaign's offer: of the two one dossier is not written yet."""
    campaign = Campaign.objects.filter(unit__code=TOP).order_by("pk").first()
    if campaign is None:
        return
    unit, who = _unit("SNNMT"), {"by": _user("vanthu.so"), "at": moment(on, -2, 9)}
    due = due_of_campaign(campaign, on, unit)
    submission = acts.begin(
        unit=unit, to_unit=_unit(TOP), kind=Kind.CAMPAIGN, campaign=campaign, year=on.year,
        title="Đề nghị khen thưởng phong trào môi trường xanh, sạch",
        due_on=due.on if due else None, due_basis=due.words if due else "", **who,
    )  # fmt: skip
    for one in said["campaign"]:
        nominee = _nominee(one, unit)
        opened = open_cases(submission, subject_of(nominee), wanted="", year=on.year, merit="", on=on)  # type: ignore[arg-type]
        _add(submission, nominee, opened.case, one, said["papers"], **who)


def _add(  # noqa: PLR0913 - one nominee with the dossier
    submission: Submission,
    nominee: Nominee,
    case: Case | None,
    said: Mapping[str, Any],
    papers: Mapping[str, bytes],
    *,
    by: User,
    at: datetime.datetime,
) -> None:
    if case is None:
        raise ValueError(f"nothing can be asked for: {said}")
    since, until = datetime.date(case.offer.year, 1, 1), datetime.date(case.offer.year, 12, 31)
    if submission.campaign is not None:
        since, until = submission.campaign.start or since, submission.campaign.end or until
    wanted = Wanted(case.offer.award, case.offer.year, case.offer.merit, case.row, since, until)
    added = nominees.add(submission=submission, nominees=[nominee], wanted=wanted, by=by, at=at)
    row = Nomination.objects.get(pk=added.new[0])
    if "achieved" in said:
        write(row, said, papers, by=by, at=at)


def write(
    row: Nomination, said: Mapping[str, Any], papers: Mapping[str, bytes], *, by: User, at: datetime.datetime
) -> None:
    """The report with its claims, and a paper for each claim."""
    sections = {name: " ".join(said[name].split()) for name in REPORT if name in said}
    claims = [
        {"token": uuid.uuid4(), "words": one["words"], "value": one["value"], "since": row.since, "until": row.until}
        for one in said["claims"]
    ]
    draft = dossiers.Draft(said["summary"], row.position, row.since, row.until, sections, claims)
    dossiers.save(nomination=row, draft=draft, seen=row.revision, token=uuid.uuid4(), by=by, at=at)
    for claim, one in zip(row.claims.order_by("place"), said["claims"], strict=True):
        _file(row, papers, one["file"], About(claim=claim), by, at)
    if "paper" in said:
        _file(row, papers, "initiative", About(paper=said["paper"]), by, at)


def _file(  # noqa: PLR0913, PLR0917 - one paper of a dossier
    row: Nomination, papers: Mapping[str, bytes], name: str, about: About, by: User, at: datetime.datetime
) -> None:
    shown = {"achievements": "Báo cáo kết quả", "acceptance": "Biên bản nghiệm thu", "thanks": "Giấy xác nhận"}
    name, content = f"{shown.get(name, 'Quyết định công nhận sáng kiến')}.pdf", io.BytesIO(papers[name])
    dossier_files.add_file(nomination=row, source=content, name=name, about=about, by=by, at=at)


def _meet(submission: Submission, people: Iterable[str], *, on: datetime.date, days: int) -> None:
    """The first presides, the second keeps the minutes; all are for everybody."""
    who: dict[str, Any] = {"by": submission.prepared_by, "at": moment(on, days, 16)}
    rows = [
        {
            "token": uuid.uuid4(), "name": name, "position": Person.objects.filter(full_name=name)[0].position,
            "part": (Part.CHAIR, Part.SECRETARY, Part.MEMBER)[min(place, 2)], "attendance": Attendance.PRESENT,
            "words": "",
        }
        for place, name in enumerate(people)
    ]  # fmt: skip
    values = {
        "held_on": on + datetime.timedelta(days=days), "began_at": datetime.time(8), "ended_at": datetime.time(10, 30),
        "place": "Phòng họp số 2", "members": len(rows), "secret": False,
        "discussion": "Hội nghị nghe báo cáo tóm tắt thành tích, thảo luận từng trường hợp và biểu quyết.",
    }  # fmt: skip
    meetings.save_meeting(submission=submission, values=values, people=rows, seen=0, token=uuid.uuid4(), **who)
    meetings.vote_alike(submission=submission, counts={"agreed": len(rows), "against": 0, "abstained": 0}, **who)
    _analyse(submission, on, who)


def _analyse(submission: Submission, on: datetime.date, who: dict[str, Any]) -> None:
    rows = list(submission.nominations.order_by("place"))  # type: ignore[attr-defined]
    for key, known in checked_of(rows, on).items():
        row = next(one for one in rows if one.pk == key)
        asked = to_analyse(known.assessment) if known.assessment else ()
        words = {clause.key: "Hội nghị đối chiếu hồ sơ và nhất trí." for clause in asked}
        said = f"Hội nghị ghi nhận: {row.summary[0].lower()}{row.summary[1:]}."
        meetings.save_analysis(nomination=row, words=said, analyses=words, seen=0, token=uuid.uuid4(), **who)


def _except(submission: Submission, *, on: datetime.date, days: int) -> None:
    """What stands in the way and may be excepted is asked for, and granted by the head above."""
    clerk, head = submission.prepared_by, _user("lanhdao")
    for stop in gate_of(submission, on + datetime.timedelta(days=days)).standing:
        said = {"code": stop.key, "words": sentence(stop.finding), "reason": WHY_EXCEPTED}
        asked = exceptions.ask(submission=submission, **said, by=clerk, at=moment(on, days, 9))
        exceptions.answer(exception=asked, granted=True, words=EXCEPTED, by=head, at=moment(on, days, 15))


def _sign(submission: Submission, head: str, number: str, *, on: datetime.date, days: int) -> None:
    submission.refresh_from_db()
    acts.present(submission=submission, seen=submission.revision, by=submission.prepared_by, at=moment(on, days, 8))
    seen = submission.revision
    signed = signing.submit(submission=submission, seen=seen, number=number, by=_user(head), at=moment(on, days, 14))
    if signed.moved is not acts.Moved.DONE:
        raise ValueError(f"{submission.unit.code}: {signed}")


def _nominee(said: Mapping[str, Any], unit: Unit) -> Nominee:
    if "unit" in said:
        return _unit(said["unit"])
    if "household" in said:
        return Household.objects.select_related("unit").get(head_name=said["household"], unit=unit)
    return Person.objects.select_related("unit").get(full_name=said["name"], unit__in=Unit.objects.within([unit.path]))


def _unit(code: str) -> Unit:
    return Unit.objects.select_related("parent").get(code=code)


def _user(username: str) -> User:
    return User.objects.get(username=username)
