"""What the standing body of the demo has done with the department's dossiers: each stands somewhere else."""

from __future__ import annotations

import datetime
from typing import Any

from thidua.findings import Finding, Outcome
from thidua.nominations.returning import suggested
from thidua_web.accounts.models import User
from thidua_web.demo.days import moment
from thidua_web.nominations.actions import appraising, lists, signing, verdicts
from thidua_web.nominations.actions.moving import Done
from thidua_web.nominations.actions.verdicts import Judged
from thidua_web.nominations.models import Nomination, Submission, Verdict
from thidua_web.nominations.queries.checking import checked

COPIED, MENDED, REFUSED = "Trần Ngọc Sang", "Sơn Ngọc Đạt", "Dương Ngọc Khánh"
RECOMMENDED = (("Sơn Quốc Hà", -14), ("Nguyễn Đức Hạnh", -12))
LATE, ASKED = "Lý Minh Vinh", "Chi cục Thủy lợi"
AGREES = "Thành tích rõ, có minh chứng; đề nghị Hội đồng xem xét tiêu chuẩn theo nhóm đối tượng."
ASKED_WORDS = "Bổ sung xác nhận của Ủy ban nhân dân xã Cồn Én về số hộ được cấp nước và biên bản nghiệm thu 11 đập tạm."
SHORT_WORDS = "Báo cáo nêu 20 xã, phường nhưng chưa kèm danh sách; đề nghị ghi rõ và trình lại."
AGAINST = (
    "Chưa có ba lần liên tục được tặng danh hiệu “Chiến sĩ thi đua cơ sở”; sáng kiến mới được công nhận ở cấp cơ sở."
)
TOOK_PART = "Quyết định công nhận sáng kiến ghi tác giả chính là người khác."


def appraise(submission: Submission, *, on: datetime.date) -> None:
    """Everything was taken in the day after it came."""
    for row in _rows(submission):
        _act(appraising.accept, row, "thamdinh", moment(on, -38, 8))
    _send_back(_row(submission, COPIED), "", on=on, days=-27)
    _mend(_row(submission, MENDED), on=on)
    for name, days in RECOMMENDED:
        _recommend(_row(submission, name), on=on, days=days)
    _refuse(_row(submission, REFUSED), on=on, days=-11)
    ask = {"words": ASKED_WORDS, "due_on": on + datetime.timedelta(days=5)}
    _act(appraising.ask, _row(submission, ASKED), "thamdinh", moment(on, -6, 15), **ask)
    _judge(_row(submission, LATE), Judged(Verdict.TOOK_PART, TOOK_PART), moment(on, -8, 9))
    title = f"Kết quả thẩm định khen thưởng theo công trạng năm {submission.year}, đợt 1"
    said = {"to_unit": submission.to_unit, "title": title, "year": submission.year, "campaign": None}
    lists.make(**said, by=_user("thamdinh"), at=moment(on, -5, 10))


def _rows(submission: Submission) -> list[Nomination]:
    return list(Nomination.objects.filter(submission=submission).select_related("submission", "person", "collective"))


def _row(submission: Submission, name: str) -> Nomination:
    return next(row for row in _rows(submission) if row.name == name)


def _act(act: Any, row: Nomination, by: str, at: datetime.datetime, **said: Any) -> None:
    done: Done = act(nomination=row, seen=row.revision, by=_user(by), at=at, **said)
    if not done.is_made:
        raise ValueError(f"{act.__name__} of {row}: {done}")


def _send_back(row: Nomination, words: str, *, on: datetime.date, days: int, code: str = "") -> None:
    """For what the checks found, or for one reason alone."""
    found = checked(row, on + datetime.timedelta(days=days)).findings
    codes = [code] if code else [one.code for one in suggested(found) if one.code == "copied_report"]
    due = on + datetime.timedelta(days=days + 14)
    said = {"codes": codes or ["report_wanting"], "words": words, "due_on": due}
    _act(appraising.send_back, row, "thamdinh", moment(on, days, 10), **said)


def _mend(row: Nomination, *, on: datetime.date) -> None:
    """Sent back, lodged again, taken in by the other appraiser."""
    _send_back(row, SHORT_WORDS, on=on, days=-28, code="report_wanting")
    row.refresh_from_db()
    head, at = _user("giamdoc.so"), moment(on, -8, 14)
    signing.lodge_again(submission=row.submission, seen=[(row.pk, row.revision)], by=head, at=at)
    row.refresh_from_db()
    row.appraiser = None
    _act(appraising.accept, row, "thamdinh2", moment(on, -6, 8))


def _judge(row: Nomination, judged: Judged, at: datetime.datetime) -> None:
    said = dict.fromkeys(row.claims.values_list("pk", flat=True), judged)
    _act(verdicts.judge, row, "thamdinh", at, verdicts=said)


def _recommend(row: Nomination, *, on: datetime.date, days: int) -> None:
    _judge(row, Judged(Verdict.PROVED), moment(on, days, 9))
    _act(appraising.recommend, row, "thamdinh", moment(on, days, 10), words=AGREES)


def _refuse(row: Nomination, *, on: datetime.date, days: int) -> None:
    _judge(row, Judged(Verdict.PROVED), moment(on, days, 9))
    reasons = [one for one in checked(row, on + datetime.timedelta(days=days)).findings if _is_against(one)]
    _act(appraising.not_recommend, row, "thamdinh", moment(on, days, 11), words=AGAINST, reasons=reasons)


def _is_against(finding: Finding) -> bool:
    return finding.outcome is Outcome.NOT_MET


def _user(username: str) -> User:
    return User.objects.get(username=username)
