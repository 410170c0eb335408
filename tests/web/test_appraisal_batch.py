"""Acts on many nominations: what will change and what not is seen first; done in one go; taken back as one."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.actions import batches as actions
from thidua_web.nominations.models import (
    AppraisedList,
    Batch,
    BatchState,
    Claim,
    ClockEvent,
    ConflictDeclaration,
    EvidenceRequest,
    Nomination,
    Objection,
    Opinion,
    Return,
    StoredAssessment,
)
from thidua_web.notices.models import Notice
from web.cast import LONG_AGO, Cast, make_user
from web.received import a_sent_submission, received

DESK = "/tham-dinh/"


@pytest.fixture
def appraiser(cast: Cast, client: Client) -> Client:
    client.force_login(cast.users["appraiser"])
    return client


def prepare(client: Client, act: str, rows: list[Nomination] | None, query: str = "") -> Batch:
    data: dict[str, Any] = {"viec": act, "nhung": "loc"}
    if rows is not None:
        data |= {"nhung": "chon", "chon": [row.pk for row in rows]}
    answer = client.post(f"{DESK}xu-ly/chuan-bi/?{query}", data)
    return Batch.objects.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))


def do(client: Client, batch: Batch, **said: Any) -> Any:
    return client.post(f"{batch.get_absolute_url()}lam/", said)


def undo(client: Client, batch: Batch) -> Any:
    return client.post(f"{batch.get_absolute_url()}hoan-lai/")


def states(rows: list[Nomination]) -> list[str]:
    found = dict(Nomination.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def why(batch: Batch) -> dict[str, str]:
    return dict(batch.rows.values_list("nomination__name", "why"))


def in_hand(cast: Cast, names: list[str], **values: Any) -> list[Nomination]:
    return received(a_sent_submission(cast), names, state="in_appraisal", **values)


def test_nothing_changes_until_it_is_confirmed(cast: Cast, appraiser: Client) -> None:
    rows = received(a_sent_submission(cast), ["An", "Bình"])
    lines = JournalLine.objects.count()
    batch = prepare(appraiser, "accept", rows)
    text = appraiser.get(batch.get_absolute_url()).content.decode()
    assert "Tiếp nhận: 2 hồ sơ" in text
    assert "An" in text
    assert states(rows) == ["lodged", "lodged"]
    assert JournalLine.objects.count() == lines


def test_accepting_starts_the_clock_keeps_the_checks_and_gives_them_to_whoever_accepts(
    cast: Cast, appraiser: Client
) -> None:
    me, other = cast.users["appraiser"], make_user("other")
    rows = received(a_sent_submission(cast), ["An", "Bình"])
    Nomination.objects.filter(pk=rows[1].pk).update(appraiser=other)
    batch = prepare(appraiser, "accept", rows)
    do(appraiser, batch)
    assert states(rows) == ["in_appraisal", "in_appraisal"]
    first, second = (Nomination.objects.get(pk=row.pk) for row in rows)
    assert (first.appraiser, second.appraiser) == (me, other)
    assert first.received_on == timezone.localdate()
    assert first.clock_due is not None
    assert first.revision == rows[0].revision + 1
    assert StoredAssessment.objects.filter(nomination__in=rows, moment="accepted").count() == 2
    line = JournalLine.objects.get(act="appraisal.batch")
    assert line.details["nominations"] == [row.pk for row in rows]


def history(client: Client, row: Nomination) -> str:
    page: str = client.get(row.get_absolute_url()).content.decode()
    return page.partition('id="history-title"')[2]


def test_the_case_tells_what_was_done_to_it_with_others(cast: Cast, appraiser: Client) -> None:
    rows = received(a_sent_submission(cast), ["An", "Bình"])
    batch = prepare(appraiser, "accept", rows)
    assert batch.get_absolute_url() not in history(appraiser, rows[0])
    do(appraiser, batch)
    told = history(appraiser, rows[0])
    strip = appraiser.get(rows[0].get_absolute_url()).content.decode().partition('class="case-strip"')[2][:2000]
    assert "Người appraiser" in strip.partition("Đang thẩm định")[2].partition("</li>")[0]
    assert told.count("Tiếp nhận hồ sơ") == told.count(f'href="{batch.get_absolute_url()}"') == 1
    undo(appraiser, batch)
    told = history(appraiser, rows[0])
    assert told.index("hoàn lại việc xử lý cùng lúc") < told.rindex("</strong> Tiếp nhận hồ sơ")


def test_the_unit_is_told_the_act_without_the_batch(cast: Cast, appraiser: Client) -> None:
    rows = received(a_sent_submission(cast), ["An", "Bình"])
    batches = [prepare(appraiser, "accept", rows)]
    do(appraiser, batches[0])
    other = make_user("other")
    give_role(user=other, unit=cast.province, role=Role.APPRAISER, on=LONG_AGO)
    batches.append(prepare(appraiser, "assign", rows))
    appraiser.post(f"{batches[1].get_absolute_url()}giao-cho/", {"appraiser": other.pk})
    do(appraiser, batches[1])
    assert "Phân công thẩm định" in history(appraiser, rows[0])
    appraiser.force_login(cast.users["neighbour"])
    told = history(appraiser, rows[0])
    assert "Tiếp nhận hồ sơ" in told
    assert "Phân công" not in told
    assert not any(batch.get_absolute_url() in told for batch in batches)


def test_the_preview_says_which_are_left_out_and_why(cast: Cast, appraiser: Client) -> None:
    me, now = cast.users["appraiser"], timezone.now()
    clean, unmet, unknown, defective, claimed, objected, kin, signed = in_hand(
        cast, ["Sạch", "Không đạt", "Chưa rõ", "Lỗi", "Kê khai", "Phản ánh", "Người nhà", "Đã ký"]
    )
    (new,) = received(a_sent_submission(cast), ["Mới"])
    for row, values in (
        (unmet, {"outcome": "not_met"}),
        (unknown, {"outcome": "unknown"}),
        (defective, {"defects": 1}),
    ):
        Nomination.objects.filter(pk=row.pk).update(**values)
    Claim.objects.create(nomination=claimed, place=1, words="Tiết kiệm 2 tỷ đồng")
    Objection.objects.create(nomination=objected, words="Không đúng", received_on=timezone.localdate(), at=now)
    ConflictDeclaration.objects.create(user=me, nomination=kin, kind="kin", words="em ruột", at=now)
    done = AppraisedList.objects.create(
        to_unit=cast.province, year=2025, title="Danh sách", state="signed", made_by=me, made_at=now, signed_by=me
    )
    Nomination.objects.filter(pk=signed.pk).update(listed=done)
    rows = [clean, unmet, unknown, defective, claimed, objected, kin, signed, new]
    batch = prepare(appraiser, "recommend", rows)
    assert why(batch) == {
        "Sạch": "", "Không đạt": "not_met", "Chưa rõ": "unknown", "Lỗi": "defects", "Kê khai": "claims",
        "Phản ánh": "objection", "Người nhà": "conflict", "Đã ký": "signed", "Mới": "state",
    }  # fmt: skip
    text = appraiser.get(batch.get_absolute_url()).content.decode()
    for words in ("Có tiêu chuẩn không đạt", "Còn ý kiến phản ánh chưa xử lý", "xung đột lợi ích"):
        assert words in text


def test_whoever_acted_in_between_wins(cast: Cast, appraiser: Client) -> None:
    rows = received(a_sent_submission(cast), ["An", "Bình"])
    batch = prepare(appraiser, "accept", rows)
    Nomination.objects.filter(pk=rows[0].pk).update(revision=7)
    do(appraiser, batch)
    assert states(rows) == ["lodged", "in_appraisal"]
    assert why(batch) == {"An": "changed", "Bình": ""}
    assert JournalLine.objects.get(act="appraisal.batch").details["left_out"] == {"changed": 1}


def test_sending_back_asks_for_a_reason_and_tells_each_unit_once(cast: Cast, appraiser: Client) -> None:
    rows = in_hand(cast, ["An", "Bình", "Cúc"])
    batch = prepare(appraiser, "send_back", rows)
    assert do(appraiser, batch).status_code == 422
    assert states(rows) == ["in_appraisal"] * 3
    code = appraiser.get(batch.get_absolute_url()).context["form"].fields["codes"].choices[0][0]
    do(appraiser, batch, codes=[code], words="Thiếu biên bản")
    assert states(rows) == ["returned"] * 3
    assert Return.objects.filter(nomination__in=rows, codes=[code], words="Thiếu biên bản").count() == 3
    assert set(Nomination.objects.values_list("returns", flat=True)) == {1}
    told = Notice.objects.filter(user=cast.users["neighbour"], kind="appraisal.many_sent_back")
    assert [notice.params["n"] for notice in told] == [3]


def test_asking_stops_the_clock(cast: Cast, appraiser: Client) -> None:
    rows = received(a_sent_submission(cast), ["An", "Bình"])
    do(appraiser, prepare(appraiser, "accept", rows))
    batch = prepare(appraiser, "ask", rows)
    do(appraiser, batch, words="Gửi xác nhận thuế")
    assert states(rows) == ["asked", "asked"]
    assert EvidenceRequest.objects.filter(nomination__in=rows, words="Gửi xác nhận thuế").count() == 2
    assert set(Nomination.objects.values_list("clock_due", flat=True)) == {None}


def test_not_recommending_takes_one_reason_for_all(cast: Cast, appraiser: Client) -> None:
    rows = in_hand(cast, ["An", "Bình"], outcome="not_met")
    batch = prepare(appraiser, "not_recommend", rows)
    assert do(appraiser, batch, words=" ").status_code == 422
    do(appraiser, batch, words="Chưa đủ hai năm")
    assert states(rows) == ["not_recommended"] * 2
    assert Opinion.objects.filter(nomination__in=rows, recommends=False, words="Chưa đủ hai năm").count() == 2


def test_what_the_checks_say_now_counts_not_what_they_said_once(cast: Cast, appraiser: Client) -> None:
    """Stored as met; nothing in the register says so."""
    rows = in_hand(cast, ["An"])
    batch = prepare(appraiser, "recommend", rows)
    assert why(batch) == {"An": ""}
    do(appraiser, batch)
    assert states(rows) == ["in_appraisal"]
    assert why(batch)["An"] in ("unknown", "not_met", "defects")


def test_giving_to_an_appraiser_shows_whose_kin_is_left_out(cast: Cast, appraiser: Client) -> None:
    other = make_user("second")
    give_role(user=other, unit=cast.province, role=Role.APPRAISER, on=LONG_AGO)
    rows = received(a_sent_submission(cast), ["An", "Bình"])
    ConflictDeclaration.objects.create(user=other, nomination=rows[0], kind="kin", words="vợ", at=timezone.now())
    batch = prepare(appraiser, "assign", rows)
    do(appraiser, batch)
    assert set(Nomination.objects.values_list("appraiser", flat=True)) == {None}
    appraiser.post(f"{batch.get_absolute_url()}giao-cho/", {"appraiser": other.pk})
    assert why(batch) == {"An": "their_conflict", "Bình": ""}
    do(appraiser, Batch.objects.get(pk=batch.pk))
    assert [Nomination.objects.get(pk=row.pk).appraiser for row in rows] == [None, other]
    assert Notice.objects.filter(user=other, kind="appraisal.many_assigned").count() == 1


def test_all_of_the_filter_are_taken_not_the_page_alone(cast: Cast, appraiser: Client) -> None:
    sent = a_sent_submission(cast)
    received(sent, [f"Người {n}" for n in range(60)])
    received(sent, ["Khác"], award="CSTDCS")
    batch = prepare(appraiser, "accept", None, "giai=LDTT")
    assert batch.rows.count() == 60


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("accept", {}),
        ("send_back", {"codes": ["other"], "words": "Lý do"}),
        ("ask", {"words": "Thêm"}),
        ("not_recommend", {"words": "Chưa đạt"}),
    ],
)
def test_all_of_it_is_taken_back_as_if_nothing_had_been(
    cast: Cast, appraiser: Client, act: str, said: dict[str, Any]
) -> None:
    rows = received(a_sent_submission(cast), ["An", "Bình"])
    if act != "accept":
        do(appraiser, prepare(appraiser, "accept", rows))
    fields = ("state", "appraiser", "received_on", "clock_due", "returns", "outcome", "defects")
    before = list(Nomination.objects.order_by("pk").values(*fields))
    events = set(ClockEvent.objects.values_list("pk", flat=True))
    batch = prepare(appraiser, act, rows)
    do(appraiser, batch, **said)
    assert list(Nomination.objects.order_by("pk").values(*fields)) != before
    undo(appraiser, batch)
    assert list(Nomination.objects.order_by("pk").values(*fields)) == before
    assert set(ClockEvent.objects.values_list("pk", flat=True)) == events
    for model in (Return, EvidenceRequest, Opinion):
        assert not model._default_manager.filter(undone_at__isnull=True).exists()
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDONE
    line = JournalLine.objects.get(act="appraisal.batch_undone")
    assert line.details["nominations"] == [row.pk for row in rows]
    again = prepare(appraiser, act, rows)
    assert set(why(again).values()) == {""}


def test_what_has_gone_on_is_left_and_named(cast: Cast, appraiser: Client) -> None:
    rows = received(a_sent_submission(cast), ["An", "Bình"])
    batch = prepare(appraiser, "accept", rows)
    do(appraiser, batch)
    asked = prepare(appraiser, "ask", rows[:1])
    do(appraiser, asked, words="Thêm")
    undo(appraiser, batch)
    assert states(rows) == ["asked", "lodged"]
    text = appraiser.get(batch.get_absolute_url()).content.decode()
    assert "Giữ nguyên, không hoàn lại" in text
    assert why(batch) == {"An": "changed", "Bình": ""}


def test_after_the_list_is_signed_nothing_is_taken_back(cast: Cast, appraiser: Client) -> None:
    me, now = cast.users["appraiser"], timezone.now()
    rows = in_hand(cast, ["An"], outcome="not_met")
    batch = prepare(appraiser, "not_recommend", rows)
    do(appraiser, batch, words="Chưa đạt")
    listed = AppraisedList.objects.create(
        to_unit=cast.province, year=2025, title="Danh sách", state="signed", made_by=me, made_at=now, signed_by=me
    )
    Nomination.objects.filter(pk=rows[0].pk).update(listed=listed)
    undo(appraiser, batch)
    assert states(rows) == ["not_recommended"]
    assert why(batch) == {"An": "signed"}


def test_pressed_twice_it_is_done_once(cast: Cast, appraiser: Client) -> None:
    rows = received(a_sent_submission(cast), ["An"])
    batch = prepare(appraiser, "accept", rows)
    do(appraiser, batch)
    do(appraiser, batch)
    assert Nomination.objects.get().revision == rows[0].revision + 1
    undo(appraiser, batch)
    undo(appraiser, batch)
    assert JournalLine.objects.filter(act__startswith="appraisal.batch").count() == 2


def test_a_long_batch_is_the_workers_and_can_be_stopped_and_gone_on_with(
    cast: Cast, appraiser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "CHECKED_AT_ONCE", 2)
    monkeypatch.setattr(actions, "CHUNK", 2)
    queued: list[int] = []
    monkeypatch.setattr(actions, "enqueue", lambda _task, key: queued.append(key))
    rows = received(a_sent_submission(cast), ["An", "Bình", "Cúc", "Dũng", "Em"])
    batch = prepare(appraiser, "accept", rows)
    do(appraiser, batch)
    assert queued == [batch.pk]
    assert states(rows) == ["lodged"] * 5
    token = actions.claim(batch.pk, BatchState.RUNNING, timezone.now())
    assert token is not None
    assert actions._do_part(batch.pk, token, timezone.now()) is True
    text = appraiser.get(batch.get_absolute_url()).content.decode()
    assert "Đã xong 2 trong 5 hồ sơ" in text
    appraiser.post(f"{batch.get_absolute_url()}dung/")
    assert actions._do_part(batch.pk, token, timezone.now()) is None
    assert states(rows) == ["in_appraisal"] * 2 + ["lodged"] * 3
    do(appraiser, batch)
    assert actions.work(batch.pk, BatchState.RUNNING)
    assert states(rows) == ["in_appraisal"] * 5
    details = [line.details for line in JournalLine.objects.filter(act="appraisal.batch").order_by("number")]
    assert [("stopped" in one, len(one["nominations"])) for one in details] == [(True, 2), (False, 3)]


def test_what_lost_its_worker_is_put_back(cast: Cast, appraiser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[int] = []
    monkeypatch.setattr(actions, "CHECKED_AT_ONCE", 0)
    monkeypatch.setattr(actions, "enqueue", lambda _task, key: queued.append(key))
    rows = received(a_sent_submission(cast), ["An"])
    batch = prepare(appraiser, "accept", rows)
    do(appraiser, batch)
    actions.claim(batch.pk, BatchState.RUNNING, timezone.now())
    later = timezone.now() + datetime.timedelta(hours=1)
    assert actions.recover_lost(at=later) == 1
    assert queued == [batch.pk, batch.pk]
    assert actions.work(batch.pk, BatchState.RUNNING)
    assert states(rows) == ["in_appraisal"]


def test_as_many_queries_for_three_as_for_thirty(cast: Cast, appraiser: Client) -> None:
    counted = []
    for names in (["An", "Bình", "Cúc"], [f"Người {n}" for n in range(30)]):
        rows = received(a_sent_submission(cast), names)
        with CaptureQueriesContext(connection) as queries:
            batch = prepare(appraiser, "accept", rows)
            appraiser.get(batch.get_absolute_url())
            do(appraiser, batch)
            undo(appraiser, batch)
        counted.append(len(queries))
    assert abs(counted[1] - counted[0]) <= 6


def test_what_is_prepared_is_its_makers_alone(cast: Cast, client: Client) -> None:
    other = make_user("second")
    give_role(user=other, unit=cast.province, role=Role.APPRAISER, on=LONG_AGO)
    client.force_login(other)
    batch = prepare(client, "accept", received(a_sent_submission(cast), ["An"]))
    client.force_login(cast.users["appraiser"])
    assert client.get(batch.get_absolute_url()).status_code == 404
    assert do(client, batch).status_code == 404
    client.force_login(cast.users["head"])
    assert client.post(f"{DESK}xu-ly/chuan-bi/", {"viec": "accept"}).status_code == 403


def test_nothing_chosen_and_too_much_are_told(cast: Cast, appraiser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = appraiser.post(f"{DESK}xu-ly/chuan-bi/?giai=LDTT", {"viec": "accept", "nhung": "chon"}, follow=True)
    assert "Chưa chọn hồ sơ nào." in answer.content.decode()
    assert answer.redirect_chain[0][0] == f"{DESK}?giai=LDTT"
    assert appraiser.post(f"{DESK}xu-ly/chuan-bi/", {"viec": "xoa"}).status_code == 404


def test_batches_are_listed(cast: Cast, appraiser: Client) -> None:
    assert "Chưa có lần nào" in appraiser.get(f"{DESK}xu-ly/").content.decode()
    do(appraiser, prepare(appraiser, "accept", received(a_sent_submission(cast), ["An"])))
    assert "Tiếp nhận: 1 hồ sơ" in appraiser.get(f"{DESK}xu-ly/").content.decode()
