"""A unit's report: written, saved as it is written, signed and sent by one door, returned."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.campaigns.models import Deployment, DutyDone
from thidua_web.journal.models import JournalLine
from thidua_web.notices.models import Notice
from thidua_web.progress.actions import reports as actions
from thidua_web.progress.actions.reports import Moved, Saved
from thidua_web.progress.models import PledgedWork, Report, ReportedValue
from thidua_web.progress.queries import reports as queries
from thidua_web.progress.stages import PledgeState, ReportState
from thidua_web.register.models import Unit, UnitPeriod
from web.cast import Cast
from web.launched import in_days, make_duty, today
from web.reported import Told, fields_of, make_target, make_told, send, whole, write


@pytest.fixture
def told(cast: Cast) -> Told:
    return make_told(cast)


def as_clerk(client: Client, told: Told) -> Client:
    client.force_login(told.clerk)
    return client


def acts() -> list[str]:
    return list(JournalLine.objects.filter(act__startswith="report.").order_by("pk").values_list("act", flat=True))


def test_it_is_open_by_its_duty_alone(client: Client, told: Told) -> None:
    page = as_clerk(client, told).get(told.page)
    text = page.content.decode()
    assert page.status_code == 200
    assert not Report.objects.exists()
    assert "Tỷ lệ hồ sơ đúng hạn" in text
    assert "≥ 99%" in text
    assert "Sửa trụ sở tiếp dân" in text
    assert "còn" in text
    assert "ngày làm việc" in text


def test_only_duties_that_ask_for_a_report_have_one(client: Client, cast: Cast, told: Told) -> None:
    other = make_duty(told.campaign, in_days(3), units=[told.unit], what="Tổ chức lễ phát động").days.get()
    assert as_clerk(client, told).get(f"/bao-cao/{other.pk}/{told.unit.pk}/").status_code == 404
    assert client.get(f"/bao-cao/{told.day.pk}/{cast.province.pk}/").status_code == 404


def test_what_is_written_is_kept_and_judged(client: Client, told: Told) -> None:
    answer = write(as_clerk(client, told), told, **{f"v{told.target.pk}": "95,4%", f"n{told.target.pk}": "Đang tăng"})
    assert answer.status_code == 302
    row = ReportedValue.objects.get()
    assert (row.value, row.note) == (95.4, "Đang tăng")
    page = client.get(told.page).content.decode()
    assert "Đang thực hiện · 60% chặng đường" in page
    assert 'value="95,4"' in page


@pytest.mark.parametrize(
    ("written", "kept"), [("1.234,5", 1234.5), ("12.5", 12.5), ("-2,5", -2.5), ("0", 0.0), (" 99 % ", 99.0), ("", None)]
)
def test_numbers_are_read_as_officials_write_them(client: Client, told: Told, written: str, kept: float | None) -> None:
    write(as_clerk(client, told), told, **{f"v{told.target.pk}": written, "t0": "Lời"})
    values = list(ReportedValue.objects.values_list("value", flat=True))
    assert values == ([] if kept is None else [kept])


def test_all_faults_are_told_at_once_and_the_rest_is_saved(client: Client, told: Told) -> None:
    said = {
        f"v{told.target.pk}": "chín mươi",
        f"n{told.target.pk}": "Sẽ bổ sung",
        f"p{told.work.pk}": "140",
        f"s{told.work.pk}": "31/02/2026",
        f"f{told.work.pk}": f"{in_days(5):%d/%m/%Y}",
        "t0": "Lời báo cáo",
    }
    answer = write(as_clerk(client, told), told, **said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "4 ô chưa ghi được" in text
    for words in ("không phải là số", "từ 0 đến 100", "không phải là một ngày", "chưa tới", "chín mươi", "31/02/2026"):
        assert words in text
    assert told.report.narrative == "Lời báo cáo"
    assert ReportedValue.objects.get().note == "Sẽ bổ sung"


def test_a_work_is_not_finished_before_it_began(client: Client, told: Told) -> None:
    days = {f"s{told.work.pk}": f"{in_days(-3):%d/%m/%Y}", f"f{told.work.pk}": f"{in_days(-5):%d/%m/%Y}"}
    assert "đứng trước ngày khởi công" in write(as_clerk(client, told), told, **days).content.decode()


def test_two_tabs_do_not_overwrite_each_other(client: Client, told: Told) -> None:
    as_clerk(client, told)
    one, two = (fields_of(client.get(told.page).content.decode()) for _ in range(2))
    client.post(f"{told.page}luu/", one | {"t0": "Từ thẻ một"})
    answer = client.post(f"{told.page}luu/", two | {"t0": "Từ thẻ hai"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert told.report.narrative == "Từ thẻ một"
    assert "Từ thẻ hai" in text
    assert "bản đang lưu là “Từ thẻ một”" in text
    client.post(f"{told.page}luu/", fields_of(text) | {"t0": "Từ thẻ hai"})
    assert told.report.narrative == "Từ thẻ hai"


def test_a_page_whose_answer_got_lost_goes_on(client: Client, told: Told) -> None:
    """The line broke after the server had saved: the page sends again from the revision that it knows."""
    page = fields_of(as_clerk(client, told).get(told.page).content.decode())
    head = {"X-Thidua": "draft"}
    client.post(f"{told.page}luu/", page | {"t0": "Một"}, headers=head)
    answer = client.post(f"{told.page}luu/", page | {"t0": "Một hai"}, headers=head)
    assert answer.status_code == 200
    assert told.report.narrative == "Một hai"


def test_the_script_is_told_what_is_stored_and_how_far_it_is(client: Client, told: Told) -> None:
    page = fields_of(as_clerk(client, told).get(told.page).content.decode())
    said = page | {f"v{told.target.pk}": "99", f"p{told.work.pk}": "x"}
    answer = client.post(f"{told.page}luu/", said, headers={"X-Thidua": "draft"})
    assert answer.json()["revision"] == 1
    assert "Đã lưu lúc" in answer.json()["said"]
    assert list(answer.json()["faults"]) == [f"r_p{told.work.pk}"]
    assert answer.json()["texts"][f"said-v{told.target.pk}"] == "Đạt · 100% chặng đường"


def test_what_nobody_changed_is_no_edit(client: Client, told: Told) -> None:
    write(as_clerk(client, told), told, t0="Lời")
    write(client, told, t0="Lời\r\n")
    assert told.report.revision == 1
    assert acts() == ["report.begun", "report.edited"]


def test_one_sitting_is_one_line_in_the_journal(client: Client, told: Told) -> None:
    page = fields_of(as_clerk(client, told).get(told.page).content.decode())
    for words in ("M", "Mộ", "Một"):
        client.post(f"{told.page}luu/", page | {"t0": words}, headers={"X-Thidua": "draft"})
    assert acts() == ["report.begun", "report.edited"]


def test_nothing_is_presented_that_lacks_something(client: Client, told: Told) -> None:
    answer = write(as_clerk(client, told), told, "present", t0="Lời")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "chưa có kết quả" in text
    assert "chưa ghi đã làm đến đâu" in text
    assert told.report.state == ReportState.DRAFT
    report = told.report
    moved = actions.sign(report=report, seen=report.revision, by=told.head, at=timezone.now())
    assert moved is Moved.LACKING


def test_words_may_stand_for_a_number(client: Client, told: Told) -> None:
    said = {f"n{told.target.pk}": "Cuối năm mới có số", f"w{told.work.pk}": "Chờ vốn"}
    assert write(as_clerk(client, told), told, "present", **said).status_code == 302
    assert told.report.state == ReportState.PRESENTED


def test_the_clerk_presents_the_head_signs(client: Client, told: Told) -> None:
    write(as_clerk(client, told), told, "present", **whole(told))
    assert told.report.state == ReportState.PRESENTED
    assert Notice.objects.filter(user=told.head, kind="report.waiting", read_at=None).count() == 1
    assert "Rút lại để sửa" in client.get(told.page).content.decode()
    assert client.post(f"{told.page}ky/", {"revision": told.report.revision}).status_code == 403
    client.force_login(told.head)
    home = client.get("/").content.decode()
    assert ("Xem và ký" in home, home.count(f'href="{told.page}"')) == (True, 2)
    client.post(f"{told.page}ky/", {"revision": told.report.revision})
    report = told.report
    assert (report.state, report.signed_by, report.signed_as) == (ReportState.SENT, told.head, "Sở Thử")
    assert report.sent_on == timezone.localdate()
    assert DutyDone.objects.filter(day=told.day, unit=told.unit).exists()
    assert Notice.objects.filter(kind="report.waiting", read_at=None).count() == 0
    assert acts()[-2:] == ["report.presented", "report.signed"]


def test_what_lies_with_the_head_stands_once_among_the_work_and_is_as_late_as_its_duty(
    client: Client, cast: Cast
) -> None:
    told = make_told(cast, due=-14)
    what = "Báo cáo kết quả thi đua"
    write(as_clerk(client, told), told, "present", **whole(told))
    assert what in client.get("/").content.decode()
    client.force_login(told.head)
    home = client.get("/").content.decode()
    assert (home.count("Xem và ký"), what in home, "Quá hạn 14 ngày" in home) == (1, False, True)
    client.post(f"{told.page}chua-ky/", {"revision": told.report.revision, "reason": "Thiếu số"})
    home = as_clerk(client, told).get("/").content.decode()
    assert (home.count("Sửa báo cáo"), what in home, "Quá hạn 14 ngày" in home) == (1, False, True)


def test_the_head_may_write_and_sign_in_one(client: Client, told: Told) -> None:
    client.force_login(told.head)
    write(client, told, "sign", **whole(told))
    assert told.report.state == ReportState.SENT


def test_a_double_click_signs_once(client: Client, told: Told) -> None:
    client.force_login(told.head)
    write(client, told, **whole(told))
    revision = told.report.revision
    for _ in range(2):
        assert client.post(f"{told.page}ky/", {"revision": revision}).status_code == 302
    assert acts().count("report.signed") == 1
    assert DutyDone.objects.count() == 1


def test_what_is_signed_is_what_was_seen(client: Client, told: Told) -> None:
    write(as_clerk(client, told), told, **whole(told))
    seen = told.report.revision
    write(client, told, t0="Sửa sau")
    client.force_login(told.head)
    answer = client.post(f"{told.page}ky/", {"revision": seen}, follow=True)
    assert "đã thay đổi từ khi bạn mở trang" in answer.content.decode()
    assert told.report.state == ReportState.DRAFT


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_sign_once(cast: Cast) -> None:
    told = make_told(cast)
    said = {f"v{told.target.pk}": 99.0, f"p{told.work.pk}": 10}
    report = actions.save(
        day=told.day, unit=told.unit, cells=said, seen=0, tab="", by=told.clerk, at=timezone.now()
    ).report
    assert report is not None
    moved: list[Moved] = []

    def sign() -> None:
        try:
            moved.append(
                actions.sign(
                    report=queries.report_of(told.day.pk, told.unit.pk), seen=1, by=told.head, at=timezone.now()
                )
            )  # type: ignore[arg-type]
        finally:
            connection.close()

    both = [threading.Thread(target=sign) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(moved) == [Moved.ALREADY, Moved.DONE]
    assert JournalLine.objects.filter(act="report.signed").count() == 1


def test_sent_it_is_closed(client: Client, told: Told) -> None:
    send(told)
    page = as_clerk(client, told).get(told.page).content.decode()
    assert "report-form" not in page
    saving = actions.save(
        day=told.day, unit=told.unit, cells={"t0": "Khác"}, seen=1, tab="", by=told.clerk, at=timezone.now()
    )
    assert saving.outcome is Saved.CLOSED
    assert told.report.narrative == "Lời"


def test_the_head_hands_back_with_a_reason(client: Client, told: Told) -> None:
    write(as_clerk(client, told), told, "present", **whole(told))
    client.force_login(told.head)
    revision = {"revision": told.report.revision}
    assert client.post(f"{told.page}chua-ky/", revision).status_code == 422
    client.post(f"{told.page}chua-ky/", revision | {"reason": "Thiếu số quý trước"})
    assert told.report.state == ReportState.RETURNED
    page = as_clerk(client, told).get(told.page).content.decode()
    assert "Thiếu số quý trước" in page
    assert "report-form" in page
    assert "Thiếu số quý trước" in client.get("/").content.decode()
    assert Notice.objects.filter(user=told.clerk, kind="report.returned").count() == 1


def test_the_unit_above_sends_back_and_the_first_day_counts(client: Client, cast: Cast, told: Told) -> None:
    send(told, on=in_days(-9))
    client.force_login(cast.users["clerk"])
    assert "Trả lại để sửa" in client.get(told.page).content.decode()
    client.post(f"{told.page}tra-lai/", {"revision": told.report.revision, "reason": "Kiểm tra số"})
    assert told.report.state == ReportState.RETURNED
    client.force_login(told.head)
    write(client, told, "sign", t0="Đã sửa")
    assert (told.report.state, told.report.sent_on) == (ReportState.SENT, in_days(-9))


def test_the_unit_below_may_not_send_back_its_own(client: Client, told: Told) -> None:
    send(told)
    client.force_login(told.head)
    assert client.post(f"{told.page}tra-lai/", {"revision": 1, "reason": "x"}).status_code == 404


def test_the_clerk_takes_back_what_is_not_signed_yet(client: Client, told: Told) -> None:
    write(as_clerk(client, told), told, "present", **whole(told))
    client.post(f"{told.page}rut/", {"revision": told.report.revision})
    assert told.report.state == ReportState.DRAFT


@pytest.mark.parametrize(("due", "said"), [(9, "Gửi sớm"), (0, "Gửi đúng hạn"), (-14, "Gửi muộn")])
def test_how_it_came_is_told_in_words(client: Client, cast: Cast, due: int, said: str) -> None:
    told = make_told(cast, due=due)
    send(told)
    assert said in as_clerk(client, told).get(told.page).content.decode()


def test_a_late_one_is_missing_until_it_comes(client: Client, cast: Cast) -> None:
    told = make_told(cast, due=-14)
    page = as_clerk(client, told).get(told.page).content.decode()
    assert "Quá hạn, chưa gửi" in page
    assert "state-fault" in page


def test_the_last_report_stands_beside_the_new_one(client: Client, told: Told) -> None:
    earlier = make_duty(told.campaign, in_days(-30), units=[told.unit], what="Báo cáo tháng").days.get()
    send(told, day=earlier, **{f"v{told.target.pk}": 93.5, f"p{told.work.pk}": 20})
    page = as_clerk(client, told).get(told.page).content.decode()
    assert f"93,5% (báo cáo hạn {in_days(-30):%d/%m/%Y})" in page
    assert "20% (báo cáo hạn" in page


def test_signing_gives_the_work_its_days(told: Told) -> None:
    send(told, **{f"v{told.target.pk}": 99.0, f"p{told.work.pk}": 100, f"f{told.work.pk}": in_days(-2)})
    assert PledgedWork.objects.get().finished_on == in_days(-2)


def test_an_older_report_does_not_turn_back_a_work(cast: Cast, told: Told) -> None:
    send(told, **{f"v{told.target.pk}": 99.0, f"p{told.work.pk}": 100, f"f{told.work.pk}": in_days(-2)})
    earlier = make_duty(told.campaign, in_days(-30), units=[told.unit], what="Báo cáo tháng").days.get()
    send(told, day=earlier, **{f"v{told.target.pk}": 9.0, f"p{told.work.pk}": 1, f"s{told.work.pk}": in_days(-33)})
    assert PledgedWork.objects.get().finished_on == in_days(-2)


def test_sending_is_a_step_of_the_deployment(cast: Cast, told: Told) -> None:
    now = timezone.now() - datetime.timedelta(days=5)
    Deployment.objects.filter(campaign=told.campaign, unit=told.unit).delete()
    Deployment.objects.create(campaign=told.campaign, unit=told.unit, sent_at=now, moved_at=now)
    send(told)
    assert Deployment.objects.get(campaign=told.campaign, unit=told.unit).reported_at is not None


def test_it_is_signed_under_the_name_of_the_day(client: Client, told: Told) -> None:
    UnitPeriod.objects.filter(unit=told.unit).update(valid_to=in_days(-1))
    UnitPeriod.objects.create(unit=told.unit, name="Sở Mới", kind=told.unit.kind, valid_from=today())
    Unit.objects.filter(pk=told.unit.pk).update(name="Sở Mới")
    send(told, on=in_days(-4))
    assert told.report.signed_as == "Sở Thử"
    page = as_clerk(client, told).get(told.page).content.decode()
    assert "Người office-head ký thay mặt Sở Thử" in page


def test_a_pledge_being_mended_shows_what_was_taken_up(client: Client, told: Told) -> None:
    write(as_clerk(client, told), told, **{f"v{told.target.pk}": "95"})
    make_target(told.target.pledge, "Chỉ tiêu khác", value=5)
    told.target.pledge.state = PledgeState.RETURNED
    told.target.pledge.save()
    page = client.get(told.page).content.decode()
    assert "đang được sửa" in page
    assert "Tỷ lệ hồ sơ đúng hạn" in page
    assert "Chỉ tiêu khác" not in page


def test_without_a_pledge_there_are_words_and_papers(client: Client, cast: Cast, told: Told) -> None:
    duty = make_duty(told.campaign, in_days(3), units=[cast.province], what="Báo cáo tổng kết")
    page = f"/bao-cao/{duty.days.get().pk}/{cast.province.pk}/"
    client.force_login(cast.users["head"])
    said = fields_of(client.get(page).content.decode())
    assert "chưa có đăng ký" in client.get(page).content.decode()
    assert client.post(f"{page}luu/", said | {"act": "sign"}).status_code == 422
    assert client.post(f"{page}luu/", said | {"act": "sign", "t0": "Tổng kết"}).status_code == 302
    assert Report.objects.get(unit=cast.province).state == ReportState.SENT


def test_a_duty_of_a_report_leads_to_its_form(client: Client, told: Told) -> None:
    home = as_clerk(client, told).get("/").content.decode()
    assert f'href="{told.page}"' in home
    assert "Lập báo cáo" in home
    assert f"/nhiem-vu/{told.day.pk}/da-lam/" not in home
    write(client, told, t0="Lời")
    assert "Soạn tiếp báo cáo" in client.get("/").content.decode()


def test_others_of_the_unit_read_and_strangers_learn_nothing(client: Client, cast: Cast, told: Told) -> None:
    for user, status in (("auditor", 200), ("clerk", 200), ("administrator", 403), ("stranger", 404)):
        client.force_login(cast.users[user])
        assert client.get(told.page).status_code == status, user
    client.force_login(cast.users["clerk"])
    assert client.post(f"{told.page}luu/", {"revision": 0, "t0": "x"}).status_code == 403


def test_a_form_that_does_not_say_what_it_was_made_from_is_refused(client: Client, told: Told) -> None:
    answer = as_clerk(client, told).post(f"{told.page}luu/", {"t0": "x"})
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_many_targets_cost_no_more_queries(client: Client, told: Told) -> None:
    as_clerk(client, told)
    write(client, told, **whole(told))
    with CaptureQueriesContext(connection) as few:
        client.get(told.page)
    for number in range(6):
        make_target(told.target.pledge, f"Chỉ tiêu {number}", value=number)
    with CaptureQueriesContext(connection) as many:
        client.get(told.page)
    assert len(many) == len(few)
    assert len(few) < 30
