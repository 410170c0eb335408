"""Every act that the journal knows, in words, and where what it was done to is found. One table for all apps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    # The law
    "law.text_loaded": _("Nạp toàn văn văn bản"),
    # Plans
    "plan.uploaded": _("Gửi kế hoạch"),
    "plan.amendment_uploaded": _("Gửi văn bản sửa đổi phong trào"),
    "plan.read": _("Đọc xong kế hoạch"),
    "plan.unreadable": _("Không đọc được kế hoạch"),
    "plan.reading_stopped": _("Dừng đọc kế hoạch"),
    "plan.read_again": _("Yêu cầu đọc lại kế hoạch"),
    "plan.checked_again": _("Soát lại kế hoạch"),
    "review.accept": _("Chấp nhận dữ kiện"),
    "review.reject": _("Bỏ dữ kiện"),
    "review.restore": _("Đưa dữ kiện về như khi đọc"),
    "review.correct": _("Sửa dữ kiện"),
    "review.add": _("Thêm dữ kiện"),
    "review.accept_kind": _("Chấp nhận cả nhóm dữ kiện"),
    "review.reject_kind": _("Bỏ cả nhóm dữ kiện"),
    "review.undo": _("Hoàn tác việc đối chiếu"),
    # Campaigns
    "campaign.prepared": _("Trình phát động"),
    "campaign.withdrawn": _("Rút bản trình về"),
    "campaign.sent_back": _("Trả lại bản trình"),
    "campaign.launched": _("Phát động phong trào"),
    "campaign.amended": _("Ban hành sửa đổi phong trào"),
    "campaign.repeals_named": _("Chọn nội dung bãi bỏ"),
    "campaign.answered": _("Ấn định ngày để ngỏ"),
    "duty.marked": _("Ghi đã làm nhiệm vụ"),
    "duty.unmarked": _("Bỏ ghi đã làm nhiệm vụ"),
    "deployment.received": _("Xác nhận đã nhận phong trào"),
    "deployment.launched_on_paper": _("Ghi đã phát động bằng văn bản giấy"),
    "deployment.exported": _("Xuất bảng triển khai"),
    "deployment.paper_taken_back": _("Rút lại việc ghi đã phát động bằng văn bản giấy"),
    # Reports
    "report.begun": _("Bắt đầu soạn báo cáo"),
    "report.edited": _("Soạn báo cáo"),
    "report.presented": _("Trình ký báo cáo"),
    "report.withdrawn": _("Rút báo cáo về để sửa"),
    "report.handed_back": _("Lãnh đạo trả lại báo cáo"),
    "report.signed": _("Ký gửi báo cáo"),
    "report.sent_back": _("Trả lại báo cáo của cấp dưới"),
    "report.exported": _("Xuất danh sách báo cáo"),
    "evidence.added": _("Nộp minh chứng"),
    "evidence.removed": _("Gỡ minh chứng"),
    "report_sheet.received": _("Gửi biểu Excel của báo cáo"),
    "report_sheet.written": _("Ghi biểu Excel vào báo cáo"),
    "report_sheet.undone": _("Hoàn lại việc ghi biểu Excel"),
    "calendar.made": _("Tạo địa chỉ lịch"),
    "calendar.changed": _("Đổi địa chỉ lịch"),
    "calendar.ended": _("Ngừng địa chỉ lịch"),
    # Pledges
    "pledge.begun": _("Bắt đầu soạn đăng ký thi đua"),
    "pledge.submitted": _("Gửi đăng ký thi đua"),
    "pledge.taken_back": _("Rút đăng ký thi đua về"),
    "pledge.sent_back": _("Trả lại đăng ký thi đua"),
    "pledge.accepted": _("Chấp nhận đăng ký thi đua"),
    "pledge.gathered": _("Tổng hợp đăng ký của cấp dưới"),
    "pledge.exported": _("Xuất tổng hợp đăng ký"),
    # Accounts
    "account.signed_in": _("Đăng nhập"),
    "account.signed_out": _("Đăng xuất"),
    "account.sign_in_failed": _("Đăng nhập không thành công"),
    "account.second_factor_failed": _("Xác thực hai bước không thành công"),
    "account.second_factor_added": _("Thêm cách xác thực hai bước"),
    "account.second_factor_removed": _("Gỡ cách xác thực hai bước"),
    "account.recovery_codes_made": _("Lập bộ mã khôi phục"),
    "account.password_changed": _("Đổi mật khẩu"),
    "account.password_set": _("Đặt mật khẩu"),
    "account.password_reset": _("Đặt lại mật khẩu qua thư"),
    "account.email_changed": _("Đổi địa chỉ thư"),
    "account.linked": _("Liên kết với đăng nhập một lần"),
    "account.unlinked": _("Bỏ liên kết với đăng nhập một lần"),
    "account.session_ended": _("Kết thúc phiên đăng nhập"),
    "account.opened": _("Mở tài khoản trên máy chủ"),
    "account.invited": _("Mời mở tài khoản"),
    "account.locked": _("Khóa tài khoản"),
    "account.unlocked": _("Mở khóa tài khoản"),
    "invitation.accepted": _("Nhận lời mời, mở tài khoản"),
    "invitation.revoked": _("Thu hồi lời mời"),
    "invitation.sent_again": _("Gửi lại lời mời"),
    "role.given": _("Giao vai trò"),
    "role.ended": _("Kết thúc vai trò"),
    "second_factor.reset": _("Đặt lại xác thực hai bước"),
    "password.reset_sent": _("Gửi thư đặt lại mật khẩu"),
    "delegation.given": _("Ủy quyền"),
    "delegation.revoked": _("Thu hồi ủy quyền"),
    # Lists out of workbooks
    "list.received": _("Gửi danh sách Excel"),
    "list.read_again": _("Đối chiếu lại danh sách với sổ"),
    "list.stopped": _("Dừng đọc, ghi danh sách"),
    "list.write_ordered": _("Bấm ghi danh sách"),
    "list.undo_ordered": _("Bấm hoàn lại danh sách"),
    "list.dropped": _("Bỏ danh sách"),
    "list.written": _("Ghi danh sách vào sổ"),
    "list.exported": _("Xuất danh sách"),
    "list.faults_exported": _("Xuất lỗi của danh sách"),
    "list.undone": _("Hoàn tác việc ghi danh sách"),
    # The register
    "unit.created": _("Lập đơn vị"),
    "unit.corrected": _("Sửa đơn vị"),
    "person.created": _("Thêm người"),
    "person.changed": _("Sửa người"),
    "appointment.begun": _("Ghi chức vụ"),
    "appointment.changed": _("Sửa chức vụ"),
    "appointment.ended": _("Kết thúc chức vụ"),
    "person.merged": _("Gộp hai bản ghi"),
    "person.parted": _("Tách bản ghi đã gộp"),
    "person.sensitive_seen": _("Xem dữ liệu nhạy cảm"),
    "person.sensitive_changed": _("Sửa dữ liệu nhạy cảm"),
    "household.created": _("Thêm hộ gia đình"),
    "household.changed": _("Sửa hộ gia đình"),
    "rating.set": _("Ghi xếp loại"),
    "award.recorded": _("Ghi khen thưởng đã có"),
    # Facts that criteria need
    "fact.recorded": _("Ghi dữ kiện"),
    "fact.withdrawn": _("Rút dữ kiện"),
    "fact.restored": _("Đưa dữ kiện lại"),
    "fact.evidence_added": _("Nộp minh chứng của dữ kiện"),
    "completeness.declared": _("Xác nhận sổ đầy đủ"),
    "completeness.withdrawn": _("Rút lời xác nhận sổ đầy đủ"),
    "deed.recorded": _("Ghi thành tích"),
    "deed.withdrawn": _("Rút thành tích"),
    "award.noted": _("Ghi loại hình, thành tích của khen thưởng"),
    "eligibility.exported": _("Xuất danh sách có thể đề nghị"),
    # Blocs
    "bloc.made": _("Lập cụm, khối"),
    "bloc.changed": _("Sửa cụm, khối"),
    "bloc.ended": _("Kết thúc cụm, khối"),
    "bloc.members_added": _("Thêm thành viên cụm, khối"),
    "bloc.members_removed": _("Rút thành viên cụm, khối"),
    "bloc.head_set": _("Ghi đơn vị trưởng cụm, khối"),
    # Scoring of blocs
    "score.opened": _("Mở chấm điểm"),
    "score.peer_opened": _("Chuyển sang chấm chéo"),
    "score.standing_opened": _("Chuyển sang thẩm định điểm"),
    "score.reopened": _("Mở lại phần tự chấm"),
    "score.peer_assigned": _("Phân công chấm chéo"),
    "score.own_sent": _("Gửi phiếu tự chấm"),
    "score.peer_sent": _("Gửi phiếu chấm chéo"),
    "score.taken_back": _("Lấy phiếu chấm về để sửa"),
    "score.standing_given": _("Thường trực chấm điểm"),
    "score.evidence_added": _("Nộp minh chứng chấm điểm"),
    "score.evidence_removed": _("Gỡ minh chứng chấm điểm"),
    "score.published": _("Công bố, khóa kết quả chấm điểm"),
    # Nominations
    "round.opened": _("Mở đợt nhận hồ sơ"),
    "round.changed": _("Sửa đợt nhận hồ sơ"),
    "round.closed": _("Đóng đợt nhận hồ sơ"),
    "submission.begun": _("Bắt đầu lập đề nghị khen thưởng"),
    "submission.edited": _("Sửa đề nghị khen thưởng"),
    "submission.presented": _("Trình ký đề nghị khen thưởng"),
    "submission.withdrawn": _("Rút đề nghị khen thưởng về để sửa"),
    "submission.handed_back": _("Lãnh đạo trả lại đề nghị khen thưởng"),
    "submission.signed": _("Ký trình đề nghị khen thưởng"),
    "exception.asked": _("Xin trình ngoại lệ"),
    "exception.granted": _("Cho phép trình ngoại lệ"),
    "exception.refused": _("Không cho phép trình ngoại lệ"),
    "meeting.edited": _("Ghi họp xét khen thưởng"),
    "nomination.added": _("Thêm người, tập thể được đề nghị"),
    "nomination.removed": _("Bỏ khỏi đề nghị khen thưởng"),
    "nomination.edited": _("Soạn hồ sơ khen thưởng"),
    "nomination.lodged_again": _("Trình lại hồ sơ khen thưởng"),
    "nomination.pulled": _("Rút hồ sơ khen thưởng"),
    "nomination.file_added": _("Nộp tệp vào hồ sơ khen thưởng"),
    "nomination.file_removed": _("Gỡ tệp khỏi hồ sơ khen thưởng"),
    "nomination.file_renamed": _("Đổi tên tệp trong hồ sơ khen thưởng"),
    "confirmation.asked": _("Xin xác nhận của cơ quan có thẩm quyền"),
    "confirmation.answered": _("Ghi xác nhận của cơ quan có thẩm quyền"),
    "confirmation.taken_back": _("Rút xác nhận ghi nhầm"),
    "confirmation.withdrawn": _("Bỏ yêu cầu xác nhận"),
    # Appraisal
    "appraisal.accepted": _("Tiếp nhận hồ sơ"),
    "appraisal.sent_back": _("Trả lại hồ sơ"),
    "appraisal.asked": _("Yêu cầu bổ sung hồ sơ"),
    "appraisal.answered": _("Gửi bổ sung hồ sơ"),
    "appraisal.verdict": _("Kết luận về thành tích kê khai"),
    "appraisal.override_asked": _("Đề nghị thay đổi kết quả một tiêu chuẩn"),
    "appraisal.override_agreed": _("Đồng ý thay đổi kết quả một tiêu chuẩn"),
    "appraisal.override_refused": _("Không đồng ý thay đổi kết quả một tiêu chuẩn"),
    "appraisal.override_withdrawn": _("Rút đề nghị thay đổi kết quả"),
    "appraisal.lowered": _("Chuyển sang danh hiệu, hình thức khác"),
    "appraisal.recommended": _("Đề nghị Hội đồng xét"),
    "appraisal.not_recommended": _("Kết luận không đề nghị"),
    "appraisal.reopened": _("Thẩm định lại"),
    "appraisal.assigned": _("Phân công thẩm định"),
    "appraisal.batch": _("Xử lý nhiều hồ sơ"),
    "appraisal.batch_undone": _("Hoàn lại việc xử lý nhiều hồ sơ"),
    "appraisal.exported": _("Xuất bàn thẩm định"),
    "appraised_list.made": _("Lập danh sách kết quả thẩm định"),
    "appraised_list.changed": _("Sửa danh sách kết quả thẩm định"),
    "appraised_list.signed": _("Ký danh sách kết quả thẩm định"),
    "appraised_list.exported": _("Xuất danh sách kết quả thẩm định"),
    "consultation.asked": _("Lấy ý kiến cơ quan, đơn vị"),
    "consultation.answered": _("Trả lời lấy ý kiến"),
    "consultation.closed": _("Kết thúc lấy ý kiến"),
    "consultation.exported": _("Xuất văn bản lấy ý kiến"),
    "publication.made": _("Công khai lấy ý kiến Nhân dân"),
    "publication.withdrawn": _("Rút danh sách công khai"),
    "publication.exported": _("Xuất thông báo lấy ý kiến Nhân dân"),
    "objection.received": _("Nhận ý kiến phản ánh"),
    "objection.handled": _("Xử lý ý kiến phản ánh"),
    "conflict.declared": _("Khai xung đột lợi ích"),
    "conflict.withdrawn": _("Rút khai xung đột lợi ích"),
    # Reforms of units
    "reform.drafted": _("Soạn đợt sắp xếp đơn vị"),
    "reform.changed": _("Sửa bản soạn sắp xếp"),
    "reform.discarded": _("Bỏ bản soạn sắp xếp"),
    "reform.ordered": _("Cho thực hiện sắp xếp"),
    "reform.recalled": _("Rút lại việc sắp xếp"),
    "reform.stopped": _("Dừng sắp xếp vì còn lỗi"),
    "reform.carried_out": _("Thực hiện sắp xếp đơn vị"),
    "reform.undone": _("Hoàn lại việc sắp xếp"),
    # The journal itself
    "journal.exported": _("Xuất nhật ký"),
}


@dataclass(frozen=True)
class Subject:
    """What acts are done to: in words, the name of its page, and the permission that the page asks for.

    `key` is what the page's address takes: the subject's own number ("") or those that the line's details hold.
    """

    words: Promise
    page: str = ""
    permission: str = ""
    key: str = ""


SUBJECTS: dict[str, Subject] = {
    "plan": Subject(_("Kế hoạch"), "campaigns:plan", "plan.see"),
    "campaign": Subject(_("Phong trào"), "campaigns:campaign", "campaign.see"),
    "duty_day": Subject(_("Nhiệm vụ"), "campaigns:campaign", "campaign.see", key="campaign"),
    "report": Subject(_("Báo cáo"), "progress:report", "report.see", key="day unit"),
    "deployment": Subject(_("Triển khai"), "campaigns:board", "deployment.see", key="campaign"),
    "pledge": Subject(_("Đăng ký thi đua"), "progress:pledges", "campaign.see", key="campaign"),
    "calendar": Subject(_("Địa chỉ lịch")),
    "user": Subject(_("Tài khoản")),
    "invitation": Subject(_("Lời mời")),
    "delegation": Subject(_("Ủy quyền")),
    "list": Subject(_("Danh sách"), "lists:run", "unit.see"),
    "unit": Subject(_("Đơn vị"), "register:unit", "unit.see"),
    "person": Subject(_("Người"), "register:person", "person.see"),
    "household": Subject(_("Hộ gia đình"), "register:household", "person.see"),
    "scoring": Subject(_("Chấm điểm"), "progress:scoring", "score.see"),
    "bloc": Subject(_("Cụm, khối"), "blocs:bloc", "bloc.see"),
    "reform": Subject(_("Sắp xếp đơn vị"), "reforms:reform", "unit.see"),
    "round": Subject(_("Đợt nhận hồ sơ")),
    "submission": Subject(_("Đề nghị khen thưởng"), "nominations:submission", "nomination.see"),
    "nomination": Subject(_("Hồ sơ khen thưởng"), "nominations:nomination", "nomination.see"),
    "batch": Subject(_("Xử lý nhiều hồ sơ"), "nominations:batch", "appraisal.see"),
    "appraised_list": Subject(_("Kết quả thẩm định"), "nominations:appraised_list", "appraisal.see"),
    "consultation": Subject(_("Lấy ý kiến"), "nominations:consultation", "appraisal.see"),
    "publication": Subject(_("Công khai lấy ý kiến"), "nominations:publication", "appraisal.see"),
    "objection": Subject(_("Ý kiến phản ánh"), "nominations:objection", "objection.handle"),
    "journal": Subject(_("Nhật ký")),
}


def words_of(act: str) -> str:
    """The act in words; its code where a line is older or newer than this table."""
    return str(ACTS.get(act, act))


def subject_words(kind: str) -> str:
    subject = SUBJECTS.get(kind)
    return str(subject.words) if subject else kind


def page_of(kind: str, key: str, details: Mapping[str, Any]) -> tuple[str, str]:
    """Address and permission of what a line is about; ("", "") where it has no page."""
    subject = SUBJECTS.get(kind)
    if subject is None or not subject.page:
        return "", ""
    numbers = [details.get(name) for name in subject.key.split()] if subject.key else [key]
    try:
        return reverse(subject.page, args=[int(str(number)) for number in numbers]), subject.permission
    except (ValueError, NoReverseMatch):
        return "", ""
