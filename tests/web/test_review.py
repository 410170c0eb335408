"""Comparing what was read with the document: each act, undo, two people at once, and what nothing may lose."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from thidua.errors import InvalidFactError
from thidua.plans.review import confirmed, is_decided
from thidua_web.accounts.models import User
from thidua_web.campaigns.actions import reviews
from thidua_web.campaigns.actions.plans import read_again
from thidua_web.campaigns.actions.reviews import Actor
from thidua_web.campaigns.models import PlanDocument, ReviewedFact, ReviewStep
from thidua_web.campaigns.models.reviews import ReviewAct
from thidua_web.campaigns.queries.reviews import items_of
from thidua_web.campaigns.tasks import read_plan
from web.cast import Cast

TEXT = """ỦY BAN NHÂN DÂN
TỈNH THỬ
Số: 12/KH-UBND

KẾ HOẠCH
Phát động phong trào thi đua năm 2026

I. CHỈ TIÊU
1. Tỷ lệ hộ nghèo giảm còn dưới 1,8%.
2. Thành lập mới 1.200 doanh nghiệp.
3. Có ít nhất 04 xã đạt chuẩn nông thôn mới.
II. THỜI GIAN
Từ ngày 01 tháng 02 năm 2026 đến ngày 31 tháng 12 năm 2026.
Các sở gửi báo cáo về Sở Nội vụ trước ngày 30 tháng 10 năm 2026.
"""


@pytest.fixture
def document(upload) -> PlanDocument:
    stored = upload(TEXT.encode(), "a.txt").document
    read_plan(stored.pk)
    return PlanDocument.objects.select_related("result").get(pk=stored.pk)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def actor(by: User, token: uuid.UUID | None = None) -> Actor:
    return Actor(by=by, at=timezone.now(), token=token or uuid.uuid4())


def fact(document: PlanDocument, key: str) -> ReviewedFact:
    return ReviewedFact.objects.get(document=document, key=key)


def decide(document: PlanDocument, act: str, key: str, by: User, **how) -> reviews.Done:
    seen = how.pop("seen", fact(document, key).revision)
    return reviews.decide(document=document, act=ReviewAct(act), key=key, seen=seen, actor=actor(by, **how))


def press(client: Client, document: PlanDocument, act: str, *, scripted: bool = False, **fields: object):
    headers = {"X-Thidua": "review"} if scripted else {}
    return client.post(f"/ke-hoach/{document.pk}/doi-chieu/", {"act": act, **fields}, headers=headers, follow=True)


# Acts ----------------------------------------------------------------------------------------------------------------


def test_reading_lays_every_fact_out_undecided(document: PlanDocument) -> None:
    items = items_of(document.pk)
    assert {item.kind for item in items} >= {"header", "targets", "periods", "deadlines"}
    assert {item.verdict for item in items} == {"pending"}
    assert confirmed(items).targets[0].quote in TEXT


@pytest.mark.parametrize(("act", "verdict"), [("accept", "accepted"), ("reject", "rejected"), ("restore", "pending")])
def test_one_fact_is_decided(document: PlanDocument, cast: Cast, act: str, verdict: str) -> None:
    decide(document, act, "targets-1", cast.users["clerk"])
    row = fact(document, "targets-1")
    assert (row.verdict, row.decided_by) == (verdict, cast.users["clerk"] if act != "restore" else None)


def test_a_whole_kind_is_accepted_but_not_what_was_decided_already(document: PlanDocument, cast: Cast) -> None:
    decide(document, "reject", "targets-2", cast.users["clerk"])
    document.refresh_from_db()
    reviews.decide_kind(
        document=document,
        act=ReviewAct.ACCEPT_KIND,
        kind="targets",
        seen=document.revision,
        actor=actor(cast.users["clerk"]),
    )
    found = ReviewedFact.objects.filter(document=document, kind="targets").values_list("key", "verdict")
    assert dict(found) == {"targets-1": "accepted", "targets-2": "rejected", "targets-3": "accepted"}


def test_what_another_touched_meanwhile_stays_out_of_a_whole_kind(document: PlanDocument, cast: Cast) -> None:
    seen = document.revision
    decide(document, "accept", "targets-2", cast.users["appraiser"])
    decide(document, "restore", "targets-2", cast.users["appraiser"])
    done = reviews.decide_kind(
        document=document, act=ReviewAct.ACCEPT_KIND, kind="targets", seen=seen, actor=actor(cast.users["clerk"])
    )
    assert sorted(row.key for row in done.changed) == ["targets-1", "targets-3"]


def test_a_correction_keeps_what_was_read(document: PlanDocument, cast: Cast, clerk: Client) -> None:
    reviews.correct(
        document=document,
        key="targets-2",
        values={"indicator": "Thành lập mới", "op": ">=", "value": 1300.0, "unit": "doanh nghiệp"},
        span=None,
        seen=fact(document, "targets-2").revision,
        actor=actor(cast.users["clerk"]),
    )
    row = fact(document, "targets-2")
    assert (row.verdict, row.fact["value"], row.read["value"]) == ("corrected", 1300, 1200)
    page = clerk.get(document.get_absolute_url()).content.decode()
    assert "Máy đọc:" in page
    assert "1.300" in page


def test_an_added_fact_stands_on_words_of_the_document(document: PlanDocument, cast: Cast) -> None:
    start = TEXT.index("Có ít nhất 04 xã")
    done = reviews.add(
        document=document,
        kind="movements",
        values={"name": "Nông thôn mới"},
        span=(start, start + 12),
        actor=actor(cast.users["clerk"]),
    )
    assert done.changed[0].fact["quote"] == TEXT[start : start + 12]
    with pytest.raises(InvalidFactError):
        reviews.add(document=document, kind="movements", values={}, span=(5, 5), actor=actor(cast.users["clerk"]))


def test_undo_goes_back_step_by_step(document: PlanDocument, cast: Cast) -> None:
    by = cast.users["clerk"]
    before = list(ReviewedFact.objects.order_by("pk").values_list("key", "fact", "verdict"))
    decide(document, "accept", "targets-1", by)
    decide(document, "reject", "targets-1", by)
    reviews.add(document=document, kind="movements", values={"name": "X"}, span=(0, 3), actor=actor(by))
    for _ in range(3):
        assert not reviews.undo(document=document, actor=actor(by)).stale
    assert list(ReviewedFact.objects.order_by("pk").values_list("key", "fact", "verdict")) == before
    assert reviews.undo(document=document, actor=actor(by)).nothing


def test_undo_takes_back_ones_own_act_only_and_never_over_another(document: PlanDocument, cast: Cast) -> None:
    mine, other = cast.users["clerk"], cast.users["appraiser"]
    decide(document, "accept", "targets-1", mine)
    decide(document, "reject", "targets-1", other)
    done = reviews.undo(document=document, actor=actor(mine))
    assert [row.key for row in done.stale] == ["targets-1"]
    assert fact(document, "targets-1").verdict == "rejected"


# Two people, two clicks ----------------------------------------------------------------------------------------------


def test_of_two_people_on_one_fact_the_second_is_told(document: PlanDocument, cast: Cast) -> None:
    seen = fact(document, "targets-1").revision
    decide(document, "accept", "targets-1", cast.users["clerk"], seen=seen)
    done = decide(document, "reject", "targets-1", cast.users["appraiser"], seen=seen)
    assert [row.key for row in done.stale] == ["targets-1"]
    assert fact(document, "targets-1").verdict == "accepted"


def test_an_act_sent_twice_is_done_once(document: PlanDocument, cast: Cast) -> None:
    token = uuid.uuid4()
    first = decide(document, "accept", "targets-1", cast.users["clerk"], token=token)
    again = decide(document, "accept", "targets-1", cast.users["clerk"], token=token, seen=0)
    assert (len(first.changed), len(again.changed), again.stale) == (1, 1, [])
    assert ReviewStep.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_nothing(upload, cast: Cast) -> None:
    document = upload(TEXT.encode(), "a.txt").document
    read_plan(document.pk)
    rows = list(ReviewedFact.objects.filter(document=document))
    results: list[reviews.Done] = []

    def work(by: User) -> None:
        try:
            for row in rows:
                results.append(decide(document, "accept", row.key, by, seen=row.revision))
        finally:
            connection.close()

    people = [threading.Thread(target=work, args=(cast.users[name],)) for name in ("clerk", "head", "appraiser")]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert is_decided(items_of(document.pk))
    assert sum(len(done.changed) for done in results) == len(rows)
    assert sum(len(done.stale) for done in results) == 2 * len(rows)
    numbers = list(ReviewStep.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == len(rows)


# The page -----------------------------------------------------------------------------------------------------------


def test_the_page_shows_how_far_it_has_come(clerk: Client, document: PlanDocument) -> None:
    press(clerk, document, "accept:targets-1:0")
    page = clerk.get(document.get_absolute_url()).content.decode()
    total = ReviewedFact.objects.count()
    assert f"Đã đối chiếu <b>1</b> trên {total} dữ kiện" in page
    assert 'class="fact v-accepted" id="f-targets-1"' in page


def test_without_scripting_an_act_leads_back_to_its_fact(clerk: Client, document: PlanDocument) -> None:
    answer = press(clerk, document, "reject:targets-1:0")
    assert answer.redirect_chain == [(f"/ke-hoach/{document.pk}/#f-targets-1", 302)]
    assert "Đã bỏ: Tỷ lệ hộ nghèo" in answer.content.decode()


def test_with_scripting_only_what_changed_comes_back(clerk: Client, document: PlanDocument) -> None:
    answer = press(clerk, document, "reject:targets-1:0", scripted=True).content.decode()
    assert answer.count('<li class="fact') == 1
    assert 'class="mark k-rejected"' in answer
    assert "<html" not in answer


def test_the_answer_brings_also_what_others_did_meanwhile(clerk: Client, document: PlanDocument, cast: Cast) -> None:
    since = document.revision
    decide(document, "accept", "targets-3", cast.users["appraiser"])
    answer = press(clerk, document, "accept:targets-1:0", scripted=True, since=since).content.decode()
    assert 'id="f-targets-1"' in answer
    assert 'id="f-targets-3"' in answer


def test_what_others_do_appears(clerk: Client, document: PlanDocument, cast: Cast) -> None:
    address = f"/ke-hoach/{document.pk}/doi-chieu/thay-doi/?since={document.revision}"
    assert clerk.get(address).status_code == 204
    decide(document, "reject", "targets-2", cast.users["appraiser"])
    assert 'class="fact v-rejected" id="f-targets-2"' in clerk.get(address).content.decode()


def test_what_others_took_back_disappears(clerk: Client, document: PlanDocument, cast: Cast) -> None:
    by = cast.users["appraiser"]
    reviews.add(document=document, kind="movements", values={"name": "X"}, span=(0, 3), actor=actor(by))
    document.refresh_from_db()
    reviews.undo(document=document, actor=actor(by))
    answer = clerk.get(f"/ke-hoach/{document.pk}/doi-chieu/thay-doi/?since={document.revision}").content.decode()
    assert 'data-gone="added-1"' in answer


def test_a_stale_act_says_who_was_first(clerk: Client, document: PlanDocument, cast: Cast) -> None:
    decide(document, "reject", "targets-1", cast.users["appraiser"])
    page = press(clerk, document, "accept:targets-1:0").content.decode()
    assert "Chưa ghi: Người appraiser vừa thay đổi dữ kiện này." in page


def test_correcting_by_the_form(clerk: Client, document: PlanDocument) -> None:
    address = f"/ke-hoach/{document.pk}/doi-chieu/sua/"
    form = clerk.get(address, {"key": "deadlines-1"}).content.decode()
    assert 'value="30/10/2026"' in form
    sent = {"act": "correct", "key": "deadlines-1", "seen": "0", "what": "gửi báo cáo", "date": "15/11/2026"}
    assert clerk.post(address, sent).status_code == 302
    row = fact(document, "deadlines-1")
    assert (row.verdict, row.fact["date"], row.fact["who"]) == ("corrected", "2026-11-15", None)


def test_all_faults_of_a_form_come_at_once_and_the_input_stays(clerk: Client, document: PlanDocument) -> None:
    sent = {"act": "correct", "key": "periods-1", "seen": "0", "start": "31/02/2026", "end": "hôm qua", "label": "Đợt"}
    answer = clerk.post(f"/ke-hoach/{document.pk}/doi-chieu/sua/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("“31/02/2026” không phải là một ngày" in page, "“hôm qua” không phải là một ngày" in page) == (True, True)
    assert 'value="Đợt"' in page
    sent |= {"start": "01/03/2026", "end": "01/02/2026"}
    assert clerk.post(f"/ke-hoach/{document.pk}/doi-chieu/sua/", sent).status_code == 422
    assert fact(document, "periods-1").verdict == "pending"


@pytest.mark.parametrize(
    ("sent", "rule"),
    [
        (["quarterly", "", "15", "", ""], "FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=15"),
        (["weekly", "FR", "", "", ""], "FREQ=WEEKLY;BYDAY=FR"),
        (["monthly", "", "-1", "", ""], "FREQ=MONTHLY;BYMONTHDAY=-1"),
        (["yearly", "", "20", "11", ""], "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20"),
        (["other", "", "", "", "FREQ=MONTHLY;BYDAY=1MO"], "FREQ=MONTHLY;BYDAY=1MO"),
        (["", "", "", "", ""], None),
    ],
)
def test_how_a_duty_recurs_is_chosen_not_typed(clerk: Client, document: PlanDocument, sent, rule) -> None:
    values = {
        f"recurrence_{name}": value
        for name, value in zip(("every", "weekday", "day", "months", "other"), sent, strict=True)
    }
    address = f"/ke-hoach/{document.pk}/doi-chieu/sua/"
    answer = clerk.post(address, {"act": "correct", "key": "deadlines-1", "seen": "0", "what": "gửi báo cáo"} | values)
    assert (answer.status_code, fact(document, "deadlines-1").fact["recurrence"]) == (302, rule)
    shown = clerk.get(address, {"key": "deadlines-1"}).content.decode()
    assert all(f'value="{value}"' in shown for value in sent[2:3] + sent[4:] if value)


@pytest.mark.parametrize("how", ["selected", "typed"])
def test_adding_by_selected_or_typed_words(clerk: Client, document: PlanDocument, how: str) -> None:
    words = "Có ít nhất 04 xã đạt chuẩn nông thôn mới"
    start = TEXT.index(words)
    where = (
        {"start": start, "end": start + len(words)} if how == "selected" else {"quote": words.replace(" 04", "  04")}
    )
    address = f"/ke-hoach/{document.pk}/doi-chieu/sua/"
    assert "Loại dữ kiện" in clerk.get(address, where).content.decode()
    form = clerk.get(address, {**where, "kind": "targets"}).content.decode()
    assert 'value="4"' in form  # the grammar has read the selected words
    sent = {"act": "add", "kind": "targets", "indicator": "Xã nông thôn mới", "op": ">=", "value": "1.234,5", **where}
    assert clerk.post(address, sent).status_code == 302
    row = fact(document, "added-1")
    assert (row.fact["quote"], row.fact["value"], row.verdict) == (words, 1234.5, "added")


def test_words_that_are_not_in_the_document_are_refused(clerk: Client, document: PlanDocument) -> None:
    answer = clerk.get(f"/ke-hoach/{document.pk}/doi-chieu/sua/", {"quote": "chữ không có", "kind": "targets"})
    assert answer.status_code == 422
    assert "Không thấy những chữ này trong văn bản." in answer.content.decode()


@pytest.mark.parametrize("act", ["", "burn:targets-1:0", "accept:targets-1:x", "correct:targets-1:0", "add"])
def test_an_act_that_is_none_is_not_found(clerk: Client, document: PlanDocument, act: str) -> None:
    assert press(clerk, document, act).status_code == 404


def test_a_reader_sees_the_facts_but_no_buttons(client: Client, cast: Cast, document: PlanDocument) -> None:
    client.force_login(cast.users["auditor"])
    page = client.get(document.get_absolute_url()).content.decode()
    assert ('id="f-targets-1"' in page, 'name="act"' in page) == (True, False)


# Sealed, read again -------------------------------------------------------------------------------------------------


def test_a_sealed_review_takes_no_act(clerk: Client, document: PlanDocument) -> None:
    PlanDocument.objects.update(sealed=True)
    assert "không sửa kết quả đối chiếu được nữa" in press(clerk, document, "accept:targets-1:0").content.decode()
    assert fact(document, "targets-1").verdict == "pending"
    assert 'name="act"' not in clerk.get(document.get_absolute_url()).content.decode()
    assert not read_again(document=document, by=document.uploaded_by, at=timezone.now())


def test_reading_again_keeps_every_decision_and_who_made_it(document: PlanDocument, cast: Cast) -> None:
    by = cast.users["clerk"]
    decide(document, "accept", "targets-1", by)
    decide(document, "reject", "targets-2", by)
    reviews.add(document=document, kind="movements", values={"name": "X"}, span=(0, 3), actor=actor(by))
    assert read_again(document=document, by=document.uploaded_by, at=timezone.now())
    read_plan(document.pk)
    found = {row.key: (row.verdict, row.decided_by) for row in ReviewedFact.objects.exclude(verdict="pending")}
    assert found == {"targets-1": ("accepted", by), "targets-2": ("rejected", by), "added-1": ("added", by)}


def test_the_number_of_queries_does_not_grow_with_the_facts(
    clerk: Client, document: PlanDocument, django_assert_num_queries
) -> None:
    with django_assert_num_queries(7) as captured:
        clerk.get(document.get_absolute_url())
    ReviewedFact.objects.exclude(key="targets-1").delete()
    with django_assert_num_queries(len(captured)):
        clerk.get(document.get_absolute_url())


# Checks --------------------------------------------------------------------------------------------------------------


def test_the_checks_follow_what_was_corrected(clerk: Client, document: PlanDocument, cast: Cast) -> None:
    assert "Soát lại" not in clerk.get(document.get_absolute_url()).content.decode()
    decide(document, "accept", "periods-1", cast.users["clerk"])
    assert "Soát lại" not in clerk.get(document.get_absolute_url()).content.decode()
    for key in ReviewedFact.objects.filter(kind="periods").values_list("key", flat=True):
        decide(document, "reject", key, cast.users["clerk"])
    assert "Soát lại" in clerk.get(document.get_absolute_url()).content.decode()
    codes = {finding["code"] for finding in document.result.findings if finding["outcome"] != "met"}
    clerk.post(f"/ke-hoach/{document.pk}/soat-lai/")
    document.result.refresh_from_db()
    again = {finding["code"] for finding in document.result.findings if finding["outcome"] != "met"}
    assert again - codes  # a plan without its time is told so
    assert "Soát lại" not in clerk.get(document.get_absolute_url()).content.decode()


def test_a_form_opened_in_english_and_saved_unchanged_changes_nothing(clerk: Client, document: PlanDocument) -> None:
    clerk.cookies["django_language"] = "en"
    ReviewedFact.objects.filter(key="targets-2").update(fact=fact(document, "targets-2").fact | {"value": 12500.5})
    address = f"/ke-hoach/{document.pk}/doi-chieu/sua/"
    form = clerk.get(address, {"key": "targets-2"}).context["form"]
    shown = {field.name: field.value() for field in form if field.name != "strict"}
    assert shown["value"] == "12.500,5"
    sent = {"act": "correct", "key": "targets-2", "seen": "0"} | {name: value or "" for name, value in shown.items()}
    assert clerk.post(address, sent).status_code == 302
    assert fact(document, "targets-2").fact["value"] == 12500.5


def test_a_recurrence_that_is_none_is_refused_in_words(clerk: Client, document: PlanDocument) -> None:
    sent = {"act": "correct", "key": "deadlines-1", "seen": "0", "what": "báo cáo", "recurrence_every": "abc"}
    answer = clerk.post(f"/ke-hoach/{document.pk}/doi-chieu/sua/", sent)
    assert (answer.status_code, "Hãy chọn chu kỳ trong danh sách." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000, "-1", "x", "٣" * 12])
def test_numbers_that_are_none_of_ours_are_no_error_of_the_server(
    clerk: Client, document: PlanDocument, number: str
) -> None:
    home = f"/ke-hoach/{document.pk}/doi-chieu/"
    assert press(clerk, document, f"accept:targets-1:{number}").status_code == 404
    assert press(clerk, document, "accept:targets-1:0", scripted=True, since=number).status_code == 200
    assert clerk.get(f"{home}thay-doi/", {"since": number}).status_code == 204
    assert clerk.get(f"{home}sua/", {"start": number, "end": number, "kind": "targets"}).status_code == 422
    sent = {"act": "correct", "key": "targets-2", "seen": number, "indicator": "X", "value": number, "op": "="}
    assert clerk.post(f"{home}sua/", sent).status_code in (302, 422)
    sent = {"act": "add", "kind": "projects", "quote": "Thành lập mới", "name": "X", "by": f"{number}/2026"}
    assert clerk.post(f"{home}sua/", sent).status_code == 422
