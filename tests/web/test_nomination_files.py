"""Files of a dossier: judged by content, taken for a paper or a claim; all on one page; named; taken out again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from thidua_web.archive.models import StoredFile
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import Claim, DossierFile, Nomination
from web.cast import Cast
from web.dossier_rows import a_file, a_nomination, a_person, a_submission, ask_for_more
from web.nominated import lodged
from web.reported import PDF, PNG


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    return a_nomination(a_submission(cast), a_person(cast))


@pytest.fixture
def claim(nomination: Nomination) -> Claim:
    return Claim.objects.create(nomination=nomination, place=1, words="Số hóa 12.000 hồ sơ")


@pytest.fixture
def unit(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


def page_of(nomination: Nomination, act: str = "") -> str:
    return f"/ho-so/{nomination.pk}/soan/tep/{act}"


def pdf(n: int = 0) -> bytes:
    return PDF.replace(b"/Catalog", b"/Catalog/N " + str(n).encode())


def named(data: bytes = PDF, name: str = "a.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def send(client: Client, nomination: Nomination, *files: Any, about: str = "") -> str:
    sent = {"about": about, "files": list(files)}
    return client.post(page_of(nomination, "nop/"), sent, follow=True).content.decode()


def held(nomination: Nomination) -> list[tuple[str, str, int | None]]:
    return list(nomination.files.order_by("pk").values_list("name", "paper", "claim"))


# Taken in -------------------------------------------------------------------------------------------------------------


def test_several_files_come_at_once_and_bad_ones_are_told(unit: Client, nomination: Nomination) -> None:
    page = send(unit, nomination, named(), named(PNG, "ảnh.png"), named(b"MZ\x90\0" + bytes(90), "chay.exe"))
    assert ("Đã nhận “a.pdf”" in page, "Đã nhận “ảnh.png”" in page, "chay.exe" in page) == (True, True, True)
    assert [name for name, _, _ in held(nomination)] == ["a.pdf", "ảnh.png"]


def test_a_file_is_taken_for_a_paper_and_the_checklist_says_so(unit: Client, nomination: Nomination) -> None:
    before = unit.get(f"/ho-so/{nomination.pk}/soan/").content.decode()
    assert "la=p-sang_kien" in before
    send(unit, nomination, named(name="QD sang kien.pdf"), about="p-sang_kien")
    assert held(nomination) == [("QD sang kien.pdf", "sang_kien", None)]
    after = unit.get(f"/ho-so/{nomination.pk}/soan/").content.decode()
    assert before.count("Chưa có</span>") - after.count("Chưa có</span>") == 1


def test_a_claim_takes_its_evidence_with_the_form_new_rows_too(
    unit: Client, nomination: Nomination, claim: Claim
) -> None:
    new = "5a5cbb9e-8d7d-4a53-9c55-4d2b5e1e7a11"
    sent = {
        "revision": "0",
        "w": [str(claim.token), new],
        f"w-{claim.token}-words": claim.words,
        f"w-{new}-words": "Hướng dẫn 30 xã",
        f"files-{claim.token}": [named(pdf(1), "mot.pdf"), named(pdf(2), "hai.pdf")],
        f"files-{new}": named(pdf(3), "ba.pdf"),
        "act": "upload",
    }
    page = unit.post(f"/ho-so/{nomination.pk}/soan/luu/", sent, follow=True).content.decode()
    assert "Đã nhận “ba.pdf”" in page
    second = nomination.claims.get(token=new)
    assert held(nomination) == [("mot.pdf", "", claim.pk), ("hai.pdf", "", claim.pk), ("ba.pdf", "", second.pk)]


def test_the_same_content_for_the_same_thing_is_there_once(unit: Client, nomination: Nomination, claim: Claim) -> None:
    for _ in range(2):
        page = send(unit, nomination, named(), about=f"c-{claim.token}")
    assert "đã có ở đây" in page
    send(unit, nomination, named(name="tên khác.pdf"))
    assert [one for _, _, one in held(nomination)] == [claim.pk, None]
    assert StoredFile.objects.count() == 1


def test_a_name_that_lies_gets_the_ending_of_its_content(unit: Client, nomination: Nomination) -> None:
    send(unit, nomination, named(PNG, "../../bang\u202egnp.pdf"))
    assert held(nomination)[0][0] == "banggnp.pdf.png"


def test_another_dossier_s_claim_is_not_reached(unit: Client, cast: Cast, nomination: Nomination) -> None:
    other = a_nomination(nomination.submission, a_person(cast, "Lê Văn Sáu"))
    theirs = Claim.objects.create(nomination=other, place=1, words="Của người khác")
    send(unit, nomination, named(), about=f"c-{theirs.token}")
    assert (held(nomination), theirs.files.count()) == ([("a.pdf", "", None)], 0)


def test_nothing_chosen_is_said(unit: Client, nomination: Nomination) -> None:
    assert "Chưa chọn tệp nào" in send(unit, nomination)


def test_the_journal_says_which_file_for_what(unit: Client, nomination: Nomination, claim: Claim) -> None:
    send(unit, nomination, named(), about=f"c-{claim.token}")
    line = JournalLine.objects.get(act="nomination.file_added")
    assert (line.details["claim"], len(line.details["sha256"]), line.subject) == (claim.pk, 64, str(nomination.pk))


# Taken out, named -----------------------------------------------------------------------------------------------------


def test_a_file_is_removed_and_removing_it_twice_is_no_fault(unit: Client, cast: Cast, nomination: Nomination) -> None:
    file = a_file(nomination, cast.users["neighbour"])
    for _ in range(2):
        answer = unit.post(page_of(nomination, f"{file.pk}/go/"), follow=True)
        assert answer.status_code == 200
    assert not DossierFile.objects.exists()
    assert JournalLine.objects.filter(act="nomination.file_removed").count() == 1


def test_a_file_gets_a_name_and_a_day_and_keeps_its_ending(unit: Client, cast: Cast, nomination: Nomination) -> None:
    file = a_file(nomination, cast.users["neighbour"])
    sent = {"name": "QĐ 15 công nhận sáng kiến", "dated": "03/03/2026"}
    page = unit.post(page_of(nomination, f"{file.pk}/doi-ten/"), sent, follow=True).content.decode()
    file.refresh_from_db()
    assert file.name == "QĐ 15 công nhận sáng kiến.pdf"
    assert "văn bản ngày 03/03/2026" in page
    wrong = unit.post(page_of(nomination, f"{file.pk}/doi-ten/"), {"name": "", "dated": "99/99"})
    assert (wrong.status_code, wrong.content.decode().count("field-error")) == (422, 2)


# All on one page ------------------------------------------------------------------------------------------------------


def test_all_files_are_on_one_page_by_what_they_are_of(
    unit: Client, cast: Cast, nomination: Nomination, claim: Claim
) -> None:
    by = cast.users["neighbour"]
    for values in ({"paper": "sang_kien"}, {"claim": claim}, {}):
        a_file(nomination, by, **values)
    page = unit.get(page_of(nomination)).content.decode()
    assert page.index("to-1.pdf") < page.rindex("Thành tích 1: Số hóa") < page.index("to-2.pdf")
    assert page.index("Tài liệu khác <") > page.index("to-2.pdf")
    assert f'href="{page_of(nomination)}"' in unit.get(f"/ho-so/{nomination.pk}/soan/").content.decode()


def test_sixty_files_ask_as_much_as_one(unit: Client, cast: Cast, nomination: Nomination) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert unit.get(page_of(nomination)).status_code == 200
        return len(queries)

    a_file(nomination, cast.users["neighbour"])
    asked()
    before = asked()
    for _ in range(59):
        a_file(nomination, cast.users["neighbour"])
    assert asked() == before


def test_a_file_leaves_only_as_a_download(unit: Client, nomination: Nomination) -> None:
    send(unit, nomination, named())
    file = nomination.files.get()
    answer = unit.get(page_of(nomination, f"{file.pk}/"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]


# Who, and when --------------------------------------------------------------------------------------------------------


def test_a_file_of_another_dossier_is_not_given_under_this_one(
    unit: Client, cast: Cast, nomination: Nomination
) -> None:
    other = a_nomination(nomination.submission, a_person(cast, "Lê Văn Sáu"))
    file = a_file(other, cast.users["neighbour"])
    assert unit.get(page_of(nomination, f"{file.pk}/")).status_code == 404


@pytest.mark.parametrize(
    ("who", "see", "write"), [("appraiser", 200, 403), ("auditor", 200, 403), ("stranger", 404, 404)]
)
def test_those_who_appraise_read_and_strangers_do_not(
    client: Client, cast: Cast, nomination: Nomination, who: str, see: int, write: int
) -> None:
    file = a_file(nomination, cast.users["neighbour"])
    lodged(nomination)
    client.force_login(cast.users[who])
    assert client.get(page_of(nomination)).status_code == see
    assert client.get(page_of(nomination, f"{file.pk}/")).status_code == see
    for act in ("nop/", f"{file.pk}/go/", f"{file.pk}/doi-ten/"):
        assert client.post(page_of(nomination, act)).status_code == write


def test_after_lodging_nothing_comes_and_nothing_goes(unit: Client, cast: Cast, nomination: Nomination) -> None:
    file = a_file(nomination, cast.users["neighbour"])
    lodged(nomination)
    assert "không còn nhận tệp" in send(unit, nomination, named())
    unit.post(page_of(nomination, f"{file.pk}/go/"))
    unit.post(page_of(nomination, f"{file.pk}/doi-ten/"), {"name": "khác"})
    file.refresh_from_db()
    assert (nomination.files.count(), file.name) == (1, "to-1.pdf")


def test_while_it_is_asked_for_more_files_come_for_that_alone(unit: Client, cast: Cast, nomination: Nomination) -> None:
    old = a_file(nomination, cast.users["neighbour"])
    request = ask_for_more(nomination, cast.users["appraiser"])
    send(unit, nomination, named(), about="r")
    assert "không còn nhận tệp" in send(unit, nomination, named(pdf(2)))
    unit.post(page_of(nomination, f"{old.pk}/go/"))
    assert list(nomination.files.order_by("pk").values_list("request", flat=True)) == [None, request.pk]
    unit.post(page_of(nomination, f"{request.files.get().pk}/go/"))
    assert not request.files.exists()
