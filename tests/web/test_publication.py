"""A list for the people's opinion: made ready, open from its day to its day, taken back."""

from __future__ import annotations

import datetime
import io
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import Nomination, Publication, PublicationItem
from thidua_web.nominations.queries.allowed import standings, why_not
from thidua_web.nominations.queries.consulting import all_public
from thidua_web.nominations.queries.publishing import missing, unpublished
from web.appraised import in_hand, said
from web.cast import Cast
from web.consulted import PUBLISH, publish, published, said_day
from web.nominated import a_nomination, a_submission, lodged

pytestmark = pytest.mark.django_db
SUMMARY = "Số hóa sổ tiếp dân của Sở. Bị nhắc nhở một lần."


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    return in_hand(cast, name="Nguyễn Thị Hòa", summary=SUMMARY, sections={"achieved": "Lời riêng của báo cáo"})


def public(row: Publication) -> Any:
    """As a citizen who never signed in."""
    return Client().get(f"/cong-khai/{row.pk}/")


def test_everybody_reads_name_unit_award_and_one_sentence(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = published(client, cast, nomination)
    answer = public(row)
    assert answer.status_code == 200
    words = said(answer)
    for shown in ("Nguyễn Thị Hòa", "Sở Thử", "Chiến sĩ thi đua cơ sở", "Số hóa sổ tiếp dân của Sở.", "Gửi ý kiến"):
        assert shown.lower() in words.lower()
    for hidden in ("Bị nhắc nhở", "Lời riêng", "Chuyên viên", f"/ho-so/{nomination.pk}", "Người appraiser"):
        assert hidden not in words
    assert "no-store" in answer["Cache-Control"]
    line = JournalLine.objects.get(act="publication.made")
    assert (line.unit, line.details["n"]) == (cast.province.pk, 1)


@pytest.mark.parametrize(("since", "until"), [(1, 5), (-5, -1)])
def test_before_and_after_there_is_no_such_page(
    client: Client, cast: Cast, nomination: Nomination, since: int, until: int
) -> None:
    row, today = published(client, cast, nomination), timezone.localdate()
    days = {"since": today + datetime.timedelta(days=since), "until": today + datetime.timedelta(days=until)}
    Publication.objects.update(**days)
    assert public(row).status_code == 404
    assert Client().get(f"/cong-khai/{row.pk}/gui-y-kien/").status_code == 404


def test_on_its_first_and_its_last_day_it_is_open(client: Client, cast: Cast, nomination: Nomination) -> None:
    row, today = published(client, cast, nomination), timezone.localdate()
    Publication.objects.update(since=today, until=today)
    assert public(row).status_code == 200


def test_taken_back_it_is_gone_at_once(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = published(client, cast, nomination)
    for _ in range(2):
        assert client.post(f"/lay-y-kien-nhan-dan/{row.pk}/rut/").status_code == 302
    assert public(row).status_code == 404
    assert "Đã rút ngày" in said(client.get(row.get_absolute_url()))
    assert JournalLine.objects.filter(act="publication.withdrawn").count() == 1


def test_a_nomination_withdrawn_since_is_shown_no_more(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = published(client, cast, nomination)
    Nomination.objects.update(state="withdrawn")
    assert nomination.name not in said(public(row))


def test_where_the_law_asks_the_form_says_so(client: Client, cast: Cast, nomination: Nomination) -> None:
    client.force_login(cast.users["appraiser"])
    assert "không buộc công khai" in said(client.get(PUBLISH, {"ho_so": nomination.pk}))
    Nomination.objects.update(award="HCLD3")
    words = said(client.get(PUBLISH, {"ho_so": nomination.pk}))
    assert "khoản 5 Điều 84" in words
    assert "1 hồ sơ thuộc diện này" in words
    assert "10 ngày làm việc" in words


def test_published_twice_it_is_one_list(client: Client, cast: Cast, nomination: Nomination) -> None:
    assert published(client, cast, nomination) == published(client, cast, nomination)
    assert Publication.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": ""}, "Chưa ghi tên danh sách"),
        ({"until": "01/01/2020"}, "đứng trước ngày đầu"),
        ({"since": "01/01/2020"}, "không công khai lùi ngày"),
    ],
)
def test_what_is_wrong_is_said(
    client: Client, cast: Cast, nomination: Nomination, wrong: dict[str, str], told: str
) -> None:
    answer = publish(client, cast, nomination, **wrong)
    assert (answer.status_code, told in said(answer)) == (422, True)
    assert not Publication.objects.exists()


def test_the_notice_says_where_until_when_and_how(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = published(client, cast, nomination, basis="khoản 5 Điều 84, 06/2022/QH15", where="Báo Thử")
    words = said(client.get(f"/lay-y-kien-nhan-dan/{row.pk}/van-ban/"))
    assert f"/cong-khai/{row.pk}/" in words
    assert "Báo Thử" in words
    made = docx.Document(io.BytesIO(client.get(f"/lay-y-kien-nhan-dan/{row.pk}/van-ban.docx").content))
    text = "\n".join(line.text for line in made.paragraphs)
    assert "LẤY Ý KIẾN NHÂN DÂN" in text.upper()
    assert client.get(f"/lay-y-kien-nhan-dan/{row.pk}/van-ban.pdf").content.startswith(b"%PDF")


def test_its_page_says_until_when(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = published(client, cast, nomination)
    assert row.since == timezone.localdate()
    assert said_day(row.until) in said(client.get(row.get_absolute_url()))


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_ask_the_same_for_one_as_for_three(
    client: Client, cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        in_hand(cast, name=f"Lê {number}")
    row = published(client, cast, None, giai="CSTDCS", seen=many)
    for number in range(many - 1):
        published(client, cast, None, giai="CSTDCS", seen=many, title=f"Danh sách {number}")
    for page, count in QUERIES.items():
        address = page.format(row.pk)
        client.get(address)
        with django_assert_num_queries(count):
            client.get(address)
    with django_assert_num_queries(2):
        assert public(row).status_code == 200


QUERIES = {"/lay-y-kien-nhan-dan/": 6, "/lay-y-kien-nhan-dan/{}/": 8, "/lay-y-kien-nhan-dan/{}/van-ban/": 8}


def test_what_the_law_wants_published_is_not_recommended_in_passing(cast: Cast) -> None:
    on = timezone.localdate()
    medal = a_nomination(a_submission(cast.office, cast.province, cast.users["neighbour"]), award="HCLD3")
    plain = a_nomination(a_submission(cast.office, cast.province, cast.users["neighbour"]), "Lê Văn Sáu")
    rows = [lodged(one, "in_appraisal") for one in (medal, plain)]
    assert [one.basis and one.basis.place for one in missing(rows[0], on)] == ["khoản 5 Điều 84"]
    assert "unpublished" in why_not("recommend", standings(rows, on)[medal.pk])
    assert "unpublished" not in why_not("recommend", standings(rows, on)[plain.pk])
    shown = Publication.objects.create(
        unit=cast.province, title="x", since=on, until=on, by=cast.users["appraiser"], at=timezone.now()
    )
    PublicationItem.objects.create(publication=shown, nomination=medal)
    tomorrow = on + datetime.timedelta(days=1)
    assert unpublished(rows, on) == {medal.pk}
    assert unpublished(rows, tomorrow) == set()


# All of them ----------------------------------------------------------------------------------------------------------

INDEX = "/cong-khai/"


def listed() -> str:
    """As a citizen who never signed in finds them."""
    answer = Client().get(INDEX)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return said(answer)


def test_everybody_finds_the_lists_that_are_open_and_no_names(
    client: Client, cast: Cast, nomination: Nomination
) -> None:
    assert "Lúc này không có danh sách nào" in listed()
    row = published(client, cast, nomination)
    words = listed()
    for shown in (
        row.title,
        "UBND tỉnh Thử",
        "1 hồ sơ",
        f"đến hết ngày {row.until:%d/%m/%Y}",
        f'href="/cong-khai/{row.pk}/"',
    ):
        assert shown in words
    assert nomination.name not in words
    assert f'href="{INDEX}"' in said(public(row))
    assert f'href="{INDEX}"' in said(Client().get("/dang-nhap/"))


@pytest.mark.parametrize(("since", "until", "is_there"), [(0, 0, True), (1, 5, False), (-5, -1, False)])
def test_only_from_its_day_to_its_day_is_it_among_them(
    client: Client, cast: Cast, nomination: Nomination, since: int, until: int, is_there: bool
) -> None:
    row, today = published(client, cast, nomination), timezone.localdate()
    days = {"since": today + datetime.timedelta(days=since), "until": today + datetime.timedelta(days=until)}
    Publication.objects.update(**days)
    words = listed()
    assert (row.title in words) is ("hôm nay là ngày cuối" in words) is is_there


def test_taken_back_or_left_empty_it_is_not_among_them(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = published(client, cast, nomination)
    Nomination.objects.update(state="withdrawn")
    assert row.title not in listed()
    Nomination.objects.update(state="in_appraisal")
    assert row.title in listed()
    client.post(f"/lay-y-kien-nhan-dan/{row.pk}/rut/")
    assert row.title not in listed()


def test_the_first_to_end_stands_first(client: Client, cast: Cast, nomination: Nomination) -> None:
    today = timezone.localdate()
    for title, days in (("Danh sách sau", 9), ("Danh sách trước", 2)):
        row = published(client, cast, nomination, title=title)
        Publication.objects.filter(pk=row.pk).update(until=today + datetime.timedelta(days=days))
    words = listed()
    assert words.index("Danh sách trước") < words.index("Danh sách sau")


@pytest.mark.parametrize("many", [1, 3])
def test_many_lists_are_read_with_the_queries_of_one(
    client: Client, cast: Cast, nomination: Nomination, many: int, django_assert_num_queries: Any
) -> None:
    for n in range(many):
        published(client, cast, nomination, title=f"Danh sách {n}")
    with django_assert_num_queries(1):
        assert len(all_public(timezone.localdate())) == many
    stranger = Client()
    with django_assert_num_queries(1):
        stranger.get(INDEX)
