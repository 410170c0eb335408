"""The report of achievements as an official paper, made of the form."""

from __future__ import annotations

import io

import docx
import pytest
from django.test import Client

from thidua_web.nominations.models import Claim, Nomination
from thidua_web.register.models import AwardRecord
from web.cast import Cast
from web.dossier_rows import a_file, a_nomination, a_person, a_submission


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    row = a_nomination(
        a_submission(cast), a_person(cast), sections={"duties": "Phụ trách lưu trữ.\n\nTổ trưởng.", "achieved": "Xong."}
    )
    claim = Claim.objects.create(nomination=row, place=1, words="Số hóa 12.000 hồ sơ", value="120%")
    a_file(row, cast.users["neighbour"], claim=claim, name="Quyết định 15.pdf")
    AwardRecord.objects.create(person=row.person, year=2024, title="Lao động tiên tiến", decision="12/QĐ-SNV")
    return row


@pytest.fixture
def unit(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


def page_of(nomination: Nomination) -> str:
    return f"/ho-so/{nomination.pk}/soan/bao-cao"


def words_of(nomination: Nomination, client: Client) -> str:
    answer = client.get(f"{page_of(nomination)}.docx")
    document = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_paper_says_what_the_form_says_in_its_order(unit: Client, nomination: Nomination) -> None:
    words = words_of(nomination, unit)
    order = [
        "BÁO CÁO THÀNH TÍCH",
        "Quyền hạn, nhiệm vụ được giao",
        "Phụ trách lưu trữ.",
        "Tổ trưởng.",
        "Xong.",
        "12.000",
    ]
    places = [words.index(one) for one in order]
    assert places == sorted(places)
    assert "Minh chứng: Quyết định 15" in words
    assert ("Lao động tiên tiến" in words, "12/QĐ-SNV" in words) == (True, True)
    assert "Công tác Đảng, đoàn thể" not in words


def test_it_is_read_as_a_page(unit: Client, nomination: Nomination) -> None:
    page = unit.get(f"{page_of(nomination)}/").content.decode()
    assert ("BÁO CÁO THÀNH TÍCH" in page, f"{page_of(nomination)}.docx" in page) == (True, True)
    assert f'href="{page_of(nomination)}/"' in unit.get(f"/ho-so/{nomination.pk}/soan/").content.decode()


def test_what_was_written_is_never_markup(unit: Client, nomination: Nomination) -> None:
    Nomination.objects.update(sections={"achieved": "<script>alert(1)</script>"})
    assert "<script>alert" not in unit.get(f"{page_of(nomination)}/").content.decode()


def test_it_is_taken_along_as_pdf(unit: Client, nomination: Nomination) -> None:
    assert unit.get(f"{page_of(nomination)}.pdf").content.startswith(b"%PDF")
    assert unit.get(f"{page_of(nomination)}.odt").status_code == 404


@pytest.mark.parametrize(("merit", "said"), [("sudden", "Hoàn cảnh, diễn biến sự việc"), ("service", "Quyền hạn")])
def test_every_merit_has_its_paper(unit: Client, nomination: Nomination, merit: str, said: str) -> None:
    Nomination.objects.update(merit=merit, sections={"event": "Lũ về.", "duties": "x", "achieved": "Cứu hai người."})
    assert said in words_of(nomination, unit)


def test_a_collective_reports_under_its_own_name(unit: Client, cast: Cast, nomination: Nomination) -> None:
    changed = {"subject": "collective", "person": None, "collective": cast.office, "name": "Sở Thử", "award": "TTLDTT"}
    Nomination.objects.filter(pk=nomination.pk).update(**changed)
    assert "SỞ THỬ" in words_of(nomination, unit)


@pytest.mark.parametrize(("who", "code"), [("auditor", 200), ("stranger", 404)])
def test_who_reads_it(client: Client, cast: Cast, nomination: Nomination, who: str, code: int) -> None:
    client.force_login(cast.users[who])
    assert [client.get(f"{page_of(nomination)}{end}").status_code for end in ("/", ".docx")] == [code, code]
