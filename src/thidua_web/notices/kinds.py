"""Every kind of notice in words, and the groups by which people choose how they want them. One table for all apps."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua_web.accounts.access import Role

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Group(models.TextChoices):
    DUTIES = "duties", _("Nhiệm vụ sắp đến hạn, quá hạn")
    CAMPAIGNS = "campaigns", _("Phong trào được phát động, sửa đổi")
    PLANS = "plans", _("Kế hoạch đọc xong hoặc không đọc được")
    LAUNCHING = "launching", _("Kế hoạch chờ phát động, trả lại, đã phát động")
    PROGRESS = "progress", _("Đăng ký, báo cáo chờ ký, trả lại, chấp nhận")
    PLEDGES = "pledges", _("Cấp dưới gửi đăng ký thi đua")
    NOMINATIONS = "nominations", _("Đề nghị khen thưởng chờ ký, trả lại, có kết quả")
    APPRAISAL = "appraisal", _("Hồ sơ khen thưởng gửi đến, lấy ý kiến, ngoại lệ")
    ACCOUNTS = "accounts", _("Ủy quyền, lời mời")
    JOURNAL = "journal", _("Kiểm nhật ký")
    SYSTEM = "system", _("Hệ thống")


# How a group comes by mail where somebody has not chosen.
BY_MAIL = {
    Group.DUTIES: "daily",
    Group.CAMPAIGNS: "at_once",
    Group.PLANS: "daily",
    Group.LAUNCHING: "at_once",
    Group.PROGRESS: "at_once",
    Group.PLEDGES: "daily",
    Group.NOMINATIONS: "at_once",
    Group.APPRAISAL: "daily",
    Group.ACCOUNTS: "at_once",
    Group.JOURNAL: "daily",
    Group.SYSTEM: "none",
}


@dataclass(frozen=True)
class Kind:
    """`words` have places for the params; `subject` is what a mail says outside, where no name belongs.

    `tone` is the icon. `always` goes out by mail at once whatever was chosen.
    """

    group: Group
    words: Promise
    subject: Promise
    tone: str = "note"
    always: bool = False


KINDS: dict[str, Kind] = {
    "duty.near": Kind(
        Group.DUTIES,
        _("Còn %(left)s ngày làm việc đến hạn %(due)s: %(what)s (%(unit)s)"),
        _("Nhiệm vụ sắp đến hạn"),
        "doubt",
    ),
    "duty.today": Kind(Group.DUTIES, _("Hôm nay là hạn: %(what)s (%(unit)s)"), _("Nhiệm vụ đến hạn hôm nay"), "doubt"),
    "duty.late": Kind(Group.DUTIES, _("Quá hạn từ %(due)s: %(what)s (%(unit)s)"), _("Nhiệm vụ quá hạn"), "fault"),
    "campaign.launched": Kind(
        Group.CAMPAIGNS,
        _("%(by)s đã phát động “%(title)s”; %(unit)s có nhiệm vụ trong phong trào này"),
        _("Phong trào mới có nhiệm vụ cho đơn vị"),
        "flag",
    ),
    "campaign.amended": Kind(
        Group.CAMPAIGNS,
        _("%(by)s đã sửa đổi “%(title)s”; hãy xem lại nhiệm vụ của %(unit)s"),
        _("Phong trào được sửa đổi"),
        "flag",
    ),
    "campaign.withdrawn": Kind(
        Group.CAMPAIGNS,
        _("%(by)s đã sửa đổi “%(title)s”; %(unit)s không còn nhiệm vụ trong phong trào này"),
        _("Đơn vị không còn nhiệm vụ trong một phong trào"),
        "flag",
    ),
    "deployment.not_received": Kind(
        Group.DUTIES,
        _("%(unit)s chưa xác nhận đã nhận “%(title)s” (nên xong trước %(due)s)"),
        _("Phong trào chưa được xác nhận đã nhận"),
        "doubt",
    ),
    "deployment.not_planned": Kind(
        Group.DUTIES,
        _("%(unit)s chưa có kế hoạch triển khai “%(title)s” (nên xong trước %(due)s)"),
        _("Phong trào chưa có kế hoạch triển khai"),
        "doubt",
    ),
    "deployment.not_launched": Kind(
        Group.DUTIES,
        _("%(unit)s chưa phát động “%(title)s” (nên xong trước %(due)s)"),
        _("Phong trào chưa được phát động ở đơn vị"),
        "doubt",
    ),
    "plan.read": Kind(
        Group.PLANS, _("Đã đọc xong “%(name)s”: %(facts)s dữ kiện chờ đối chiếu"), _("Kế hoạch đã đọc xong"), "read"
    ),
    "plan.unreadable": Kind(Group.PLANS, _("Không đọc được “%(name)s”"), _("Có tệp không đọc được"), "unreadable"),
    "launch.waiting": Kind(
        Group.LAUNCHING, _("%(by)s trình phát động “%(title)s”"), _("Kế hoạch chờ phát động"), "waiting"
    ),
    "launch.returned": Kind(
        Group.LAUNCHING, _("%(by)s trả lại “%(title)s”: %(reason)s"), _("Kế hoạch được trả lại để sửa"), "undo"
    ),
    "launch.done": Kind(
        Group.LAUNCHING, _("%(by)s đã phát động “%(title)s” mà bạn trình"), _("Kế hoạch đã được phát động"), "met"
    ),
    "report.waiting": Kind(
        Group.PROGRESS,
        _("%(by)s trình ký báo cáo %(period)s của %(unit)s, hạn %(due)s: “%(title)s”"),
        _("Báo cáo chờ ký"),
        "waiting",
    ),
    "report.returned": Kind(
        Group.PROGRESS,
        _("%(by)s trả lại báo cáo %(period)s của %(unit)s: %(reason)s"),
        _("Báo cáo được trả lại để sửa"),
        "undo",
    ),
    "pledge.submitted": Kind(
        Group.PLEDGES, _("%(unit)s gửi đăng ký thi đua, phong trào “%(title)s”"), _("Có đăng ký thi đua mới"), "waiting"
    ),
    "pledge.returned": Kind(
        Group.PROGRESS,
        _("%(by)s trả lại đăng ký của %(unit)s, phong trào “%(title)s”: %(reason)s"),
        _("Đăng ký thi đua được trả lại để sửa"),
        "undo",
    ),
    "pledge.accepted": Kind(
        Group.PROGRESS,
        _("%(by)s chấp nhận đăng ký của %(unit)s, phong trào “%(title)s”"),
        _("Đăng ký thi đua được chấp nhận"),
        "met",
    ),
    "score.opened": Kind(
        Group.PROGRESS, _("%(unit)s cần tự chấm điểm: “%(title)s”"), _("Cần tự chấm điểm thi đua"), "waiting"
    ),
    "score.reopened": Kind(
        Group.PROGRESS,
        _("Phần tự chấm của %(unit)s được mở lại: “%(title)s”. Lý do: %(reason)s"),
        _("Phần tự chấm được mở lại"),
        "undo",
    ),
    "score.peer": Kind(
        Group.PROGRESS, _("Cần chấm chéo %(unit)s: “%(title)s”"), _("Cần chấm chéo điểm thi đua"), "waiting"
    ),
    "score.own_near": Kind(
        Group.DUTIES,
        _("Còn %(left)s ngày làm việc đến hạn %(due)s: tự chấm điểm của %(unit)s, “%(title)s”"),
        _("Sắp đến hạn tự chấm điểm thi đua"),
        "doubt",
    ),
    "score.own_today": Kind(
        Group.DUTIES,
        _("Hôm nay là hạn tự chấm điểm của %(unit)s: “%(title)s”"),
        _("Hôm nay là hạn tự chấm điểm thi đua"),
        "doubt",
    ),
    "score.own_late": Kind(
        Group.DUTIES,
        _("Quá hạn từ %(due)s: tự chấm điểm của %(unit)s, “%(title)s”"),
        _("Quá hạn tự chấm điểm thi đua"),
        "fault",
    ),
    "score.peer_near": Kind(
        Group.DUTIES,
        _("Còn %(left)s ngày làm việc đến hạn %(due)s: chấm chéo %(unit)s, “%(title)s”"),
        _("Sắp đến hạn chấm chéo điểm thi đua"),
        "doubt",
    ),
    "score.peer_today": Kind(
        Group.DUTIES,
        _("Hôm nay là hạn chấm chéo %(unit)s: “%(title)s”"),
        _("Hôm nay là hạn chấm chéo điểm thi đua"),
        "doubt",
    ),
    "score.peer_late": Kind(
        Group.DUTIES,
        _("Quá hạn từ %(due)s: chấm chéo %(unit)s, “%(title)s”"),
        _("Quá hạn chấm chéo điểm thi đua"),
        "fault",
    ),
    "score.standing": Kind(
        Group.PROGRESS,
        _("%(bloc)s đã chấm xong, chờ thường trực thẩm định: “%(title)s”"),
        _("Điểm thi đua chờ thẩm định"),
        "waiting",
    ),
    "score.published": Kind(
        Group.PROGRESS, _("Đã công bố kết quả xếp hạng: “%(title)s” (%(unit)s)"), _("Kết quả xếp hạng thi đua"), "met"
    ),
    "round.opened": Kind(
        Group.NOMINATIONS,
        _("%(by)s nhận hồ sơ đề nghị khen thưởng từ %(opens)s, hạn %(due)s: “%(title)s”"),
        _("Mở đợt nhận hồ sơ khen thưởng"),
        "flag",
    ),
    "round.near": Kind(
        Group.DUTIES,
        _("Còn %(left)s ngày làm việc đến hạn %(due)s: %(unit)s chưa lập đề nghị nào, “%(title)s”"),
        _("Sắp đến hạn đề nghị khen thưởng"),
        "doubt",
    ),
    "round.today": Kind(
        Group.DUTIES,
        _("Hôm nay là hạn: %(unit)s chưa lập đề nghị nào, “%(title)s”"),
        _("Hôm nay là hạn đề nghị khen thưởng"),
        "doubt",
    ),
    "submission.near": Kind(
        Group.DUTIES,
        _("Còn %(left)s ngày làm việc đến hạn %(due)s: %(unit)s chưa trình “%(title)s”"),
        _("Sắp đến hạn trình khen thưởng"),
        "doubt",
    ),
    "submission.today": Kind(
        Group.DUTIES,
        _("Hôm nay là hạn: %(unit)s chưa trình “%(title)s”"),
        _("Hôm nay là hạn trình khen thưởng"),
        "doubt",
    ),
    "submission.late": Kind(
        Group.DUTIES,
        _("Quá hạn từ %(due)s: %(unit)s chưa trình “%(title)s”"),
        _("Quá hạn trình khen thưởng"),
        "fault",
    ),
    "submission.waiting": Kind(
        Group.NOMINATIONS,
        _("%(by)s trình ký %(n)s đề nghị khen thưởng của %(unit)s: “%(title)s”"),
        _("Đề nghị khen thưởng chờ ký"),
        "waiting",
    ),
    "submission.handed_back": Kind(
        Group.NOMINATIONS,
        _("%(by)s trả lại “%(title)s”: %(reason)s"),
        _("Đề nghị khen thưởng được trả lại để sửa"),
        "undo",
    ),
    "submission.signed": Kind(
        Group.NOMINATIONS,
        _("%(by)s đã ký trình “%(title)s” lên %(to)s"),
        _("Đề nghị khen thưởng đã ký trình"),
        "met",
    ),
    "submission.received": Kind(
        Group.APPRAISAL,
        _("%(unit)s trình %(n)s đề nghị khen thưởng: “%(title)s”"),
        _("Có hồ sơ khen thưởng mới"),
        "waiting",
    ),
    "nomination.lodged_again": Kind(
        Group.APPRAISAL,
        _("%(unit)s trình lại %(n)s hồ sơ của “%(title)s”"),
        _("Hồ sơ khen thưởng được trình lại"),
        "waiting",
    ),
    "exception.asked": Kind(
        Group.APPRAISAL,
        _("%(unit)s xin trình ngoại lệ “%(title)s”: %(reason)s"),
        _("Có đơn vị xin trình ngoại lệ"),
        "doubt",
    ),
    "exception.granted": Kind(
        Group.NOMINATIONS,
        _("%(by)s cho phép trình ngoại lệ “%(title)s”: %(answer)s"),
        _("Được phép trình ngoại lệ"),
        "met",
    ),
    "exception.refused": Kind(
        Group.NOMINATIONS,
        _("%(by)s không cho phép trình ngoại lệ “%(title)s”: %(answer)s"),
        _("Không được phép trình ngoại lệ"),
        "fault",
    ),
    "nomination.pulled": Kind(
        Group.APPRAISAL,
        _("%(unit)s rút hồ sơ “%(name)s”, %(award)s: %(words)s"),
        _("Có hồ sơ khen thưởng được rút"),
        "undo",
    ),
    "appraisal.sent_back": Kind(
        Group.NOMINATIONS,
        _("%(by)s trả lại hồ sơ “%(name)s”, %(award)s: %(n)s lý do"),
        _("Hồ sơ khen thưởng được trả lại"),
        "undo",
    ),
    "appraisal.asked": Kind(
        Group.NOMINATIONS,
        _("%(by)s yêu cầu bổ sung hồ sơ “%(name)s”, %(award)s: %(words)s"),
        _("Hồ sơ khen thưởng cần bổ sung"),
        "doubt",
    ),
    "appraisal.answered": Kind(
        Group.APPRAISAL,
        _("%(unit)s đã bổ sung hồ sơ “%(name)s”, %(award)s: %(words)s"),
        _("Hồ sơ khen thưởng đã được bổ sung"),
        "waiting",
    ),
    "appraisal.lowered": Kind(
        Group.NOMINATIONS,
        _("%(by)s chuyển hồ sơ “%(name)s” từ %(was)s sang %(award)s: %(reason)s"),
        _("Hồ sơ khen thưởng được chuyển hình thức"),
        "flag",
    ),
    "appraisal.recommended": Kind(
        Group.NOMINATIONS,
        _("%(by)s đề nghị Hội đồng xét “%(name)s”, %(award)s"),
        _("Hồ sơ khen thưởng được đề nghị xét"),
        "met",
    ),
    "appraisal.not_recommended": Kind(
        Group.NOMINATIONS,
        _("%(by)s không đề nghị “%(name)s”, %(award)s; lý do và căn cứ trong hồ sơ"),
        _("Hồ sơ khen thưởng không được đề nghị"),
        "fault",
    ),
    "appraisal.reopened": Kind(
        Group.NOMINATIONS,
        _("%(by)s thẩm định lại hồ sơ “%(name)s”, %(award)s"),
        _("Hồ sơ khen thưởng được thẩm định lại"),
        "flag",
    ),
    "appraisal.assigned": Kind(
        Group.APPRAISAL,
        _("%(by)s phân công bạn thẩm định hồ sơ “%(name)s”, %(award)s"),
        _("Bạn được phân công thẩm định"),
        "waiting",
    ),
    "appraisal.many_sent_back": Kind(
        Group.NOMINATIONS,
        _("%(unit)s trả lại %(n)s hồ sơ của “%(title)s”; lý do trong từng hồ sơ"),
        _("Hồ sơ khen thưởng được trả lại"),
        "undo",
    ),
    "appraisal.many_asked": Kind(
        Group.NOMINATIONS,
        _("%(unit)s yêu cầu bổ sung %(n)s hồ sơ của “%(title)s”"),
        _("Hồ sơ khen thưởng cần bổ sung"),
        "doubt",
    ),
    "appraisal.many_concluded": Kind(
        Group.NOMINATIONS,
        _("%(unit)s đã kết luận %(n)s hồ sơ của “%(title)s”: %(act)s"),
        _("Hồ sơ khen thưởng có kết luận"),
        "flag",
    ),
    "appraisal.many_assigned": Kind(
        Group.APPRAISAL, _("%(by)s phân công bạn thẩm định %(n)s hồ sơ"), _("Bạn được phân công thẩm định"), "waiting"
    ),
    "appraisal.many_undone": Kind(
        Group.NOMINATIONS,
        _("%(by)s hoàn lại việc “%(act)s” với %(n)s hồ sơ của “%(title)s”; các hồ sơ trở lại như trước"),
        _("Việc xử lý hồ sơ khen thưởng được hoàn lại"),
        "undo",
    ),
    "appraisal.override_waits": Kind(
        Group.APPRAISAL,
        _("%(by)s đề nghị thay đổi kết quả xét “%(name)s”, cần người thứ hai: %(clause)s"),
        _("Thay đổi kết quả xét chờ người thứ hai"),
        "waiting",
    ),
    "appraisal.override_agreed": Kind(
        Group.APPRAISAL,
        _("%(by)s đồng ý thay đổi kết quả xét “%(name)s”: %(clause)s"),
        _("Thay đổi kết quả xét được đồng ý"),
        "met",
    ),
    "appraisal.override_refused": Kind(
        Group.APPRAISAL,
        _("%(by)s không đồng ý thay đổi kết quả xét “%(name)s”: %(words)s"),
        _("Thay đổi kết quả xét không được đồng ý"),
        "fault",
    ),
    "consultation.asked": Kind(
        Group.APPRAISAL,
        _("%(by)s lấy ý kiến %(unit)s về %(n)s hồ sơ khen thưởng, trả lời chậm nhất %(due)s"),
        _("Được lấy ý kiến về khen thưởng"),
        "waiting",
    ),
    "consultation.answered": Kind(
        Group.APPRAISAL,
        _("%(name)s đã trả lời lấy ý kiến %(done)s trong %(n)s hồ sơ"),
        _("Có trả lời lấy ý kiến"),
        "met",
    ),
    "objection.received": Kind(
        Group.APPRAISAL,
        _("%(unit)s có ý kiến phản ánh mới về một hồ sơ khen thưởng"),
        _("Có ý kiến phản ánh mới"),
        "doubt",
    ),
    "conflict.declared": Kind(
        Group.APPRAISAL,
        _("%(by)s khai xung đột lợi ích với hồ sơ “%(name)s” đang thẩm định; cần phân công người khác"),
        _("Người thẩm định khai xung đột lợi ích"),
        "doubt",
    ),
    "delegation.given": Kind(
        Group.ACCOUNTS,
        _("%(by)s ủy quyền vai trò %(role)s tại %(unit)s cho bạn, từ %(first)s đến hết %(last)s"),
        _("Bạn được ủy quyền"),
        "user",
    ),
    "delegation.ended": Kind(
        Group.ACCOUNTS,
        _("Ủy quyền vai trò %(role)s tại %(unit)s của %(by)s đã kết thúc"),
        _("Ủy quyền đã kết thúc"),
        "user",
    ),
    "invitation.accepted": Kind(
        Group.ACCOUNTS,
        _("%(by)s đã nhận lời mời, vai trò %(role)s tại %(unit)s"),
        _("Lời mời đã được nhận"),
        "user",
    ),
    "journal.fault": Kind(
        Group.JOURNAL,
        _("Nhật ký KHÔNG còn nguyên: %(n)s chỗ hỏng. Hãy xem trang nhật ký và so với bản sao lưu"),
        _("Nhật ký không còn nguyên"),
        "fault",
        always=True,
    ),
    "journal.whole": Kind(
        Group.JOURNAL,
        _("Nhật ký nguyên vẹn đến dòng %(last)s. Giữ lại mốc này để đối chiếu về sau: %(anchor)s"),
        _("Nhật ký nguyên vẹn"),
        "met",
    ),
    "mail.stuck": Kind(
        Group.SYSTEM, _("Không gửi được thư từ %(since)s: %(answer)s"), _("Không gửi được thư"), "fault"
    ),
}


def say(kind: str, params: Mapping[str, Any]) -> str:
    """The sentence in the language of whoever reads it."""
    return str(KINDS[kind].words) % {name: _in_words(name, value) for name, value in params.items()}


def _in_words(name: str, value: Any) -> str:
    """Days are kept as 2026-11-24 and told as 24/11/2026, roles are kept as codes."""
    text = str(value)
    if name == "role":
        return str(Role(text).label)
    return f"{datetime.date.fromisoformat(text):%d/%m/%Y}" if _DAY.fullmatch(text) else text
