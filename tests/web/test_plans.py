"""The list of plans: uploading, progress, the same file twice, what is refused."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from thidua_web.archive.models import StoredFile
from thidua_web.archive.names import clean_name
from thidua_web.campaigns.models import PlanDocument, PlanReading
from thidua_web.campaigns.tasks import read_plan
from web.cast import Cast


def send(client: Client, *files: tuple[str, bytes], htmx: bool = False):
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post("/ke-hoach/", {"files": uploads}, headers=headers)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def test_an_uploaded_plan_waits_and_is_queued(clerk: Client) -> None:
    from django_q.models import OrmQ

    assert send(clerk, ("a.txt", b"Ke hoach")).status_code == 302
    document = PlanDocument.objects.get()
    assert (document.state, document.name, OrmQ.objects.count()) == ("waiting", "a.txt", 1)


def test_several_files_at_once(clerk: Client) -> None:
    page = send(clerk, ("a.txt", b"Mot"), ("b.txt", b"Hai"), htmx=True).content.decode()
    assert ("Đã nhận 2 tệp." in page, PlanDocument.objects.count()) == (True, 2)


def test_the_same_content_under_another_name_is_recognised(clerk: Client) -> None:
    send(clerk, ("a.txt", b"Mot"))
    page = send(clerk, ("b.txt", b"Mot")).content.decode()
    assert ("Đã có." in page, PlanDocument.objects.get().get_absolute_url() in page) == (True, True)
    assert "Đã có." in send(clerk, ("c.txt", b"Mot"), htmx=True).content.decode()


def test_the_same_content_in_another_unit_is_kept_once_and_listed_in_both(
    clerk: Client, cast: Cast, client: Client
) -> None:
    send(clerk, ("a.txt", b"Mot"))
    client.force_login(cast.users["neighbour"])
    send(client, ("a.txt", b"Mot"))
    assert (StoredFile.objects.count(), PlanDocument.objects.count()) == (1, 2)


def test_reading_twice_stores_once(upload) -> None:
    document = upload(b"Ke hoach thi dua", "a.txt").document
    assert [read_plan(document.pk), read_plan(document.pk), read_plan(document.pk)] == [True, False, False]
    assert PlanReading.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("trống.docx", b"", "rỗng"),
        ("ảnh.docx", b"MZ\x90\x00\x03\x00\x00\x00" * 10, "ảnh.docx"),
        ("la.exe", b"MZ\x90\x00\x03\x00\x00\x00" * 10, "la.exe"),
    ],
)
def test_what_no_plan_can_be_is_refused_with_its_reason(clerk: Client, name: str, data: bytes, said: str) -> None:
    page = send(clerk, (name, data), htmx=True).content.decode()
    assert ("Không nhận tệp." in page, said in page, PlanDocument.objects.count()) == (True, True, 0)


def test_a_file_over_the_limit_is_refused_and_not_kept(clerk: Client, settings) -> None:
    settings.MAX_FILE_BYTES = 1024 * 1024
    page = send(clerk, ("to.txt", b"a" * (3 * 1024 * 1024)), htmx=True).content.decode()
    assert ("vượt giới hạn 1 MB" in page, StoredFile.objects.count()) == (True, 0)


def test_a_request_far_over_the_limit_is_refused_with_advice(clerk: Client, settings) -> None:
    settings.MAX_FILE_BYTES, settings.MAX_FILES_AT_ONCE = 1024, 2
    answer = send(clerk, ("to.txt", b"a" * 5000))
    assert (answer.status_code, "gửi từng tệp một" in answer.content.decode()) == (400, True)


def test_too_many_files_at_once_are_refused_with_advice(clerk: Client, settings) -> None:
    answer = send(clerk, *((f"{number}.txt", b"a") for number in range(settings.MAX_FILES_AT_ONCE + 1)))
    assert (answer.status_code, PlanDocument.objects.count()) == (400, 0)


def test_a_plan_names_the_plan_above_that_it_carries_out(clerk: Client, client: Client, cast: Cast, upload) -> None:
    above = upload(
        "Số: 18/KH-UBND\nThử, ngày 20 tháng 01 năm 2026\nKẾ HOẠCH\nPhát động thi đua".encode(), "tỉnh.txt"
    ).document
    below = upload(
        "Số: 5/KH-ST\nKẾ HOẠCH\nThực hiện thi đua\nThực hiện Kế hoạch số 18/KH-UBND ngày 20 tháng 01 năm 2026 "
        "của Ủy ban nhân dân tỉnh Thử, Sở Thử ban hành Kế hoạch như sau:".encode(),
        "sở.txt",
        unit=cast.office,
        by=cast.users["neighbour"],
    ).document
    for document in (above, below):
        read_plan(document.pk)
    below.refresh_from_db()
    assert below.parent == above
    client.force_login(cast.users["neighbour"])
    page = client.get(below.get_absolute_url()).content.decode()
    assert ("18/KH-UBND, UBND tỉnh Thử" in page, above.get_absolute_url() in page) == (True, False)
    client.force_login(cast.users["both"])
    assert above.get_absolute_url() in client.get(below.get_absolute_url()).content.decode()


def test_a_damaged_file_shows_why_it_cannot_be_read(clerk: Client, upload) -> None:
    document = upload(b"%PDF-1.7\nhong", "hỏng.pdf").document
    read_plan(document.pk)
    page = clerk.get(document.get_absolute_url()).content.decode()
    assert ("Không đọc được." in page, "hỏng.pdf” " in page, "Đọc lại" in page) == (True, True, True)


def test_sending_nothing_says_so(clerk: Client) -> None:
    assert "Chưa chọn tệp nào. Hãy chọn" in clerk.post("/ke-hoach/").content.decode()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\an\\kế hoạch.docx", "kế hoạch.docx"),
        ("ke\u202ecod.exe", "kecod.exe"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ("<script>alert(1)</script>.txt", "script>.txt"),
        ("   ...   ", "van-ban"),
        ("k" * 400 + ".docx", "k" * 195 + ".docx"),
        ("Kê\u0301 hoa\u0323ch.docx", "Kế hoạch.docx"),
    ],
)
def test_names_are_made_harmless(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


def test_a_hostile_name_is_shown_as_text_and_downloads_safely(clerk: Client, upload) -> None:
    document = upload(b"Ke hoach", '<img src=x onerror=alert(1)>".txt').document
    assert "<img" not in clerk.get("/ke-hoach/").content.decode()
    answer = clerk.get(f"/ke-hoach/{document.pk}/tep-goc/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="<img src=x onerror=alert(1)>\\".txt"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == b"Ke hoach"


def test_stopping_a_waiting_plan_and_reading_it_again(clerk: Client, upload) -> None:
    document = upload(b"Ke hoach", "a.txt").document
    clerk.post(f"/ke-hoach/{document.pk}/dung-doc/")
    assert (read_plan(document.pk), state(document)) == (False, "stopped")
    clerk.post(f"/ke-hoach/{document.pk}/doc-lai/")
    assert (read_plan(document.pk), state(document)) == (True, "read")


def test_stopping_a_settled_plan_changes_nothing(clerk: Client, upload) -> None:
    document = upload(b"Ke hoach", "a.txt").document
    read_plan(document.pk)
    clerk.post(f"/ke-hoach/{document.pk}/dung-doc/")
    assert state(document) == "read"


def test_the_page_asks_again_only_while_something_is_read(clerk: Client, upload) -> None:
    document = upload(b"Ke hoach", "a.txt").document
    assert ("every 1s" in page(clerk), 'http-equiv="refresh"' in page(clerk)) == (True, True)
    read_plan(document.pk)
    assert ("every 1s" in page(clerk), 'http-equiv="refresh"' in page(clerk)) == (False, False)


@pytest.mark.parametrize("path", ["/ke-hoach/", "/ke-hoach/{}/"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    clerk: Client, upload, path: str, django_assert_num_queries
) -> None:
    documents = [upload(f"Ke hoach {number}".encode(), f"{number}.txt").document for number in range(3)]
    read_plan(documents[0].pk)
    PlanDocument.objects.exclude(pk=documents[0].pk).update(state="stopped")
    address = path.format(documents[0].pk)
    clerk.get(address)
    # Session, user, posts held and lent, the plans or the plan, its facts, and the notices unread.
    queries = 6 if path == "/ke-hoach/" else 7
    for keep in (3, 1):
        PlanDocument.objects.exclude(pk__in=[document.pk for document in documents[:keep]]).delete()
        with django_assert_num_queries(queries):
            clerk.get(address)


def state(document: PlanDocument) -> str:
    document.refresh_from_db()
    return document.state


def page(client: Client) -> str:
    return client.get("/ke-hoach/").content.decode()
