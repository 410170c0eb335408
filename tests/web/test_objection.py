"""What is said against a nominee: sent from the public page or written down, sealed, handled before the vote."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.config.sign_in import RATE_LIMITS
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import ConflictDeclaration, Nomination, Objection, Publication
from thidua_web.nominations.queries.cases import asked
from thidua_web.nominations.queries.checking import checked
from thidua_web.nominations.queries.concluding import against
from thidua_web.notices.models import Notice
from web.appraised import in_hand, said
from web.cast import Cast
from web.consulted import published

pytestmark = pytest.mark.django_db
NAME, CONTACT, WORDS = "Phan Thị Tố Giác", "0909 123 456", "Hồ sơ ấy do người khác làm."


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    return in_hand(cast, name="Nguyễn Thị Hòa")


@pytest.fixture
def publication(client: Client, cast: Cast, nomination: Nomination) -> Publication:
    return published(client, cast, nomination)


def send(row: Publication, about: Nomination, citizen: Client | None = None, **said: Any) -> Any:
    """As somebody who never signed in."""
    data = {"nomination": about.pk, "words": WORDS, "name": NAME, "contact": CONTACT}
    return (citizen or Client()).post(f"/cong-khai/{row.pk}/gui-y-kien/", data | said)


def as_(client: Client, cast: Cast, who: str) -> Client:
    client.force_login(cast.users[who])
    return client


def test_a_citizen_sends_one_and_who_it_is_stays_sealed(
    cast: Cast, nomination: Nomination, publication: Publication
) -> None:
    answer = send(publication, nomination)
    assert answer["Location"] == f"/cong-khai/{publication.pk}/da-gui/"
    row = Objection.objects.get()
    assert (row.nomination, row.publication, row.channel, row.recorded_by) == (nomination, publication, "web", None)
    assert row.sealed_sender
    notices = [f"{one.params} {one.href}" for one in Notice.objects.filter(kind="objection.received")]
    assert len(notices) == 2
    line = JournalLine.objects.get(act="objection.received")
    assert (line.unit, line.actor) == (cast.province.pk, None)
    kept = f"{row.sealed_sender} {notices} {line.label} {line.details} {line.folded}"
    for hidden in (NAME, CONTACT, WORDS, nomination.name):
        assert hidden not in kept


def test_pressed_twice_it_is_one(nomination: Nomination, publication: Publication) -> None:
    for _ in range(2):
        assert send(publication, nomination).status_code == 302
    assert Objection.objects.count() == JournalLine.objects.filter(act="objection.received").count() == 1


def test_name_and_contact_may_be_left_empty(nomination: Nomination, publication: Publication) -> None:
    assert send(publication, nomination, name="", contact="").status_code == 302
    assert not Objection.objects.get().sealed_sender


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"words": " "}, "Chưa ghi ý kiến"),
        ({"words": "x" * 4001}, "Quá dài"),
        ({"name": "x" * 121}, "Quá dài"),
        ({"nomination": ""}, "Chưa chọn ý kiến về ai"),
        ({"nomination": "999999"}, "Chưa chọn ý kiến về ai"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_is_kept(
    nomination: Nomination, publication: Publication, wrong: dict[str, str], told: str
) -> None:
    answer = send(publication, nomination, **wrong)
    assert (answer.status_code, told in said(answer)) == (422, True)
    assert CONTACT in said(answer)
    assert not Objection.objects.exists()


def test_from_one_address_only_so_many_come_in(nomination: Nomination, publication: Publication) -> None:
    most = int(RATE_LIMITS["send_objection"].split("/")[0])
    answers = [send(publication, nomination, words=f"Ý kiến {n}").status_code for n in range(most + 1)]
    assert answers == [302] * most + [429]
    assert Objection.objects.count() == most


def test_another_site_sends_nothing(nomination: Nomination, publication: Publication) -> None:
    assert send(publication, nomination, Client(enforce_csrf_checks=True)).status_code == 403
    assert not Objection.objects.exists()


def test_only_its_own_page_says_who_sent_it(
    client: Client, cast: Cast, nomination: Nomination, publication: Publication
) -> None:
    send(publication, nomination)
    row = Objection.objects.get()
    page = said(as_(client, cast, "appraiser").get(f"/y-kien-phan-anh/{row.pk}/"))
    assert NAME in page
    assert CONTACT in page
    assert WORDS in page
    others = ("/y-kien-phan-anh/", f"/ho-so/{nomination.pk}/", publication.get_absolute_url(), "/thong-bao/", "/")
    for address in others:
        assert NAME not in said(client.get(address)), address
    assert WORDS not in said(client.get("/y-kien-phan-anh/"))
    assert "1 ý kiến phản ánh chưa xử lý" in said(client.get("/"))


@pytest.mark.parametrize(("who", "status"), [("council_secretary", 403), ("auditor", 403), ("stranger", 404)])
def test_nobody_else_reads_it(
    client: Client, cast: Cast, nomination: Nomination, publication: Publication, who: str, status: int
) -> None:
    send(publication, nomination)
    row = Objection.objects.get()
    assert as_(client, cast, who).get(f"/y-kien-phan-anh/{row.pk}/").status_code == status
    assert WORDS not in said(client.get(f"/ho-so/{nomination.pk}/"))


def test_kin_of_the_nominee_neither_see_it_nor_handle_it(
    client: Client, cast: Cast, nomination: Nomination, publication: Publication
) -> None:
    send(publication, nomination)
    row = Objection.objects.get()
    ConflictDeclaration.objects.create(
        user=cast.users["appraiser"], nomination=nomination, kind="kin", words="vợ", at=timezone.now()
    )
    as_(client, cast, "appraiser")
    assert nomination.name not in said(client.get("/y-kien-phan-anh/"))
    answer = client.get(f"/y-kien-phan-anh/{row.pk}/")
    assert (answer.status_code, NAME in said(answer), WORDS in said(answer)) == (403, False, False)
    assert client.post(f"/y-kien-phan-anh/{row.pk}/xu-ly/", {"finding": "rejected", "answer": "x"}).status_code == 403
    assert client.get(f"/ho-so/{nomination.pk}/phan-anh/").status_code == 403
    assert WORDS not in said(client.get(f"/ho-so/{nomination.pk}/"))


def test_until_it_is_handled_nobody_is_recommended(
    client: Client, cast: Cast, nomination: Nomination, publication: Publication
) -> None:
    send(publication, nomination)
    row, on = Objection.objects.get(), timezone.localdate()

    def blocks() -> bool:
        found = against(nomination, checked(nomination, on), asked(nomination), on).forbids
        return any(one.code == "appraising.objection_open" for one in found)

    assert blocks()
    page = f"/y-kien-phan-anh/{row.pk}/"
    wrong = as_(client, cast, "head").post(f"{page}xu-ly/", {"finding": "partly", "answer": " "})
    assert (wrong.status_code, "Chưa ghi trả lời" in said(wrong)) == (422, True)
    for _ in range(2):
        done = client.post(f"{page}xu-ly/", {"finding": "partly", "answer": "Đã xác minh với thôn."})
        assert done["Location"] == page
    assert not blocks()
    row.refresh_from_db()
    assert (row.finding, row.handled_by) == ("partly", cast.users["head"])
    line = JournalLine.objects.get(act="objection.handled")
    assert line.details == {"finding": "partly"}
    assert nomination.name not in line.label
    assert "Đã xác minh với thôn." in said(client.get(page))


def test_of_two_who_handle_it_the_second_is_told(
    client: Client, cast: Cast, nomination: Nomination, publication: Publication
) -> None:
    send(publication, nomination)
    page = f"/y-kien-phan-anh/{Objection.objects.get().pk}/xu-ly/"
    as_(client, cast, "head").post(page, {"finding": "upheld", "answer": "Đúng."})
    answer = as_(client, cast, "appraiser").post(page, {"finding": "rejected", "answer": "Không đúng."})
    assert (answer.status_code, "đã có người xử lý" in said(answer)) == (409, True)
    assert Objection.objects.get().finding == "upheld"


def test_a_letter_is_written_down_from_the_page_of_the_nomination(
    client: Client, cast: Cast, nomination: Nomination
) -> None:
    page = f"/ho-so/{nomination.pk}/phan-anh/"
    assert page in said(as_(client, cast, "appraiser").get(f"/ho-so/{nomination.pk}/"))
    day = timezone.localdate().strftime("%d/%m/%Y")
    data = {"channel": "phone", "received_on": day, "words": WORDS, "name": NAME, "contact": ""}
    wrong = client.post(page, data | {"received_on": "01/01/2099"})
    assert (wrong.status_code, "Ngày chưa đến" in said(wrong)) == (422, True)
    sent = client.post(page, data)
    row = Objection.objects.get()
    assert sent["Location"] == row.get_absolute_url()
    assert (row.channel, row.publication, row.recorded_by) == ("phone", None, cast.users["appraiser"])
    assert NAME in said(client.get(row.get_absolute_url()))


def test_a_seal_of_another_row_does_not_open(
    client: Client, cast: Cast, nomination: Nomination, publication: Publication
) -> None:
    send(publication, nomination)
    send(publication, nomination, words="Khác", name="Kẻ Khác")
    first, second = Objection.objects.order_by("pk")
    Objection.objects.filter(pk=first.pk).update(sealed_sender=second.sealed_sender)
    page = said(as_(client, cast, "appraiser").get(f"/y-kien-phan-anh/{first.pk}/"))
    assert "Không mở được niêm phong" in page
    assert "Kẻ Khác" not in page


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_for_one_as_for_three(
    client: Client, cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        one = in_hand(cast, name=f"Lê {number}")
        Objection.objects.create(nomination=one, words="x", received_on=timezone.localdate(), at=timezone.now())
    as_(client, cast, "appraiser").get("/y-kien-phan-anh/")
    with django_assert_num_queries(8):
        client.get("/y-kien-phan-anh/")
