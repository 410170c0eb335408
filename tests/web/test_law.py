"""The law browser: awards as of a day, instruments, the exact words beside the clause, what changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from thidua.law.awards import awards
from thidua.law.law import national_law
from thidua.rules.predicates import PREDICATES
from thidua_web.journal.models import JournalLine
from thidua_web.law.actions import Loaded, load_text
from thidua_web.law.models import LawText
from thidua_web.law.pages.clauses import LOOKED_AT
from thidua_web.law.pages.instrument import KINDS
from web.cast import Cast

LAW = "06/2022/QH15"
WORDING = """Luật số: 06/2022/QH15

Điều 23. Danh hiệu thử

Danh hiệu thử để tặng cho:

1. Lời của khoản một.

2. Lời của khoản hai.

Điều 24. Danh hiệu khác

1. Lời khác.

a) Lời của điểm a.
"""
LOCAL = """
instrument = "99/2025/QĐ-UBND"
level = "local"
title = "Quy chế của tỉnh Thử"
mark = "verified"
source = "Bản của tỉnh"

[[standard]]
award = "LDTT"
subjects = ["individual"]
place = "Điều 4"
since = 2025-01-01

[[standard.all]]
text = "Không quá 03 ngày nghỉ không phép trong năm"
test = { judged = { question = "LDTT.local_leave" } }
"""


@pytest.fixture
def member(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["member"])
    return client


def load(body: str = WORDING, instrument: str = LAW) -> Loaded:
    return load_text(instrument=instrument, name="luat.txt", body=body, at=timezone.now())[0]


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_awards_are_listed_by_kind_and_found_without_accents(member: Client) -> None:
    page = seen(member, "/phap-luat/")
    assert "Danh hiệu thi đua" in page
    assert "Hình thức khen thưởng" in page
    found = seen(member, "/phap-luat/?tim=lao+dong+tien+tien")
    assert "Lao động tiên tiến" in found
    assert "Huân chương" not in found.split("<main")[1]


def test_an_award_shows_each_clause_with_its_place_and_how_it_is_decided(member: Client) -> None:
    page = seen(member, "/phap-luat/khen-thuong/CSTDCS/?ngay=10/12/2025")
    assert "khoản 2 Điều 23" in page
    assert "xếp loại hằng năm" in page
    assert "/phap-luat/van-ban/06-2022-qh15/#dieu-23" in page
    assert 'href="/phap-luat/khen-thuong/LDTT/?ngay=10/12/2025"' in page


def test_the_exact_words_stand_beside_once_they_were_loaded(member: Client) -> None:
    assert "Chưa nạp toàn văn văn bản này" in seen(member, "/phap-luat/khen-thuong/CSTDCS/")
    load()
    page = seen(member, "/phap-luat/khen-thuong/CSTDCS/")
    assert "2. Lời của khoản hai." in page
    assert "Lời của điểm a" not in page
    assert 'id="dieu-24"' in seen(member, "/phap-luat/van-ban/06-2022-qh15/")


def test_an_amendment_that_nobody_read_is_told_from_its_day(member: Client) -> None:
    amended = "Luật số 06/2026/QH16 sửa đổi"
    assert amended not in seen(member, "/phap-luat/khen-thuong/CSTDCS/?ngay=30/09/2026")
    assert amended in seen(member, "/phap-luat/khen-thuong/CSTDCS/?ngay=01/10/2026")


def test_before_the_law_began_nothing_is_asked(member: Client) -> None:
    assert "Phần mềm chưa có tiêu chuẩn" in seen(member, "/phap-luat/khen-thuong/CSTDCS/?ngay=31/12/2003")


def test_instruments_have_their_days_and_a_drawing(member: Client) -> None:
    page = seen(member, "/phap-luat/van-ban/")
    assert "<svg" in page
    assert "01/01/2024" in page
    one = seen(member, "/phap-luat/van-ban/06-2022-qh15/")
    assert "Tiêu chuẩn" in one
    assert "Được sửa đổi bởi" in one
    assert member.get("/phap-luat/van-ban/khong-co/").status_code == 404
    assert member.get("/phap-luat/khen-thuong/KHONG_CO/").status_code == 404


def test_what_changed_between_two_days(member: Client) -> None:
    page = seen(member, "/phap-luat/thay-doi/?tu=31/12/2023&den=01/01/2024")
    assert "01/01/2024" in page
    assert "06/2022/QH15" in page
    assert "Không có gì thay đổi" in seen(member, "/phap-luat/thay-doi/?tu=02/03/2024&den=02/03/2024")


def test_days_that_cannot_be_are_told_and_what_was_written_stays(member: Client) -> None:
    page = seen(member, "/phap-luat/thay-doi/?tu=02/03/2025&den=01/03/2025")
    assert "Ngày sau phải không sớm hơn ngày đầu." in page
    assert 'value="02/03/2025"' in page
    assert "không phải là một ngày" in seen(member, "/phap-luat/?ngay=45/13/2025")


def test_a_regulation_of_ones_own_comes_on_top(member: Client, settings, tmp_path: Path) -> None:
    (tmp_path / "quy-che.toml").write_text(LOCAL, "utf-8")
    settings.LAW_FOLDER = tmp_path
    page = seen(member, "/phap-luat/khen-thuong/LDTT/")
    assert "Không quá 03 ngày nghỉ không phép" in page
    assert "quy định riêng của nơi này" in page
    assert "Quy chế của tỉnh Thử" in seen(member, "/phap-luat/van-ban/99-2025-qd-ubnd/")
    (tmp_path / "quy-che.toml").write_text(LOCAL.replace("03 ngày", "05 ngày nay"), "utf-8")
    assert "Không quá 05 ngày nay" in seen(member, "/phap-luat/khen-thuong/LDTT/")


def test_loading_the_same_words_again_changes_nothing(cast: Cast) -> None:
    assert [load(), load(), load(WORDING.replace("hai", "ba"))] == [Loaded.NEW, Loaded.SAME, Loaded.CHANGED]
    assert LawText.objects.get().articles == 2
    assert JournalLine.objects.filter(act="law.text_loaded").count() == 2


def test_what_is_no_instrument_is_not_kept(cast: Cast) -> None:
    assert load("Phụ lục\n\nBảng kê") is Loaded.NOT_RECOGNISED
    assert load(instrument="") is Loaded.NOT_RECOGNISED
    assert not LawText.objects.exists()


@pytest.mark.parametrize("texts", [0, 3])
def test_queries_do_not_grow_with_what_was_loaded(member: Client, django_assert_num_queries, texts: int) -> None:
    for number in range(texts):
        load(instrument=f"{number + 1}/2025/NĐ-CP")
    member.get("/phap-luat/van-ban/")
    with django_assert_num_queries(6):
        member.get("/phap-luat/van-ban/")


def test_every_kind_of_entry_has_its_title() -> None:
    """A kind that the law gains must be shown too."""
    kinds = {type(entry) for statute in national_law().statutes for entry in statute.entries()}
    assert kinds <= set(KINDS)
    assert set(PREDICATES) == set(LOOKED_AT)


@pytest.mark.looks
@pytest.mark.parametrize("code", awards())
def test_every_award_is_shown_on_days_of_every_law(member: Client, code: str) -> None:
    load()
    for day in ("01/06/2023", "10/12/2024", "10/12/2025", "20/11/2026"):
        assert member.get(f"/phap-luat/khen-thuong/{code}/?ngay={day}").status_code == 200
