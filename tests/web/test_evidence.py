"""Evidence: kept where its content is what evidence may be, bounded, given out only as a download."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thidua.errors import UnreadableError
from thidua_web.archive import evidence as judging
from thidua_web.archive.evidence import check_evidence
from thidua_web.archive.models import StoredFile
from thidua_web.progress.actions import evidence as actions
from thidua_web.progress.models import Evidence
from thidua_web.register.workbooks.template import template
from web.cast import Cast
from web.reported import PDF, PNG, Told, archive, fields_of, file, make_told, send

JPG = b"\xff\xd8\xff\xe0" + b"\x00" * 20 + b"\xff\xc0\x00\x11" + b"\x00" * 40 + b"\xff\xd9"
TYPES = "[Content_Types].xml"


@pytest.fixture
def told(cast: Cast) -> Told:
    return make_told(cast)


def docx(**more: bytes) -> bytes:
    return archive(**{TYPES: "<Types/>", "word/document.xml": "<w:document/>", **more})


def refused(data: bytes, name: str = "a.pdf") -> str:
    with pytest.raises(UnreadableError) as error:
        check_evidence(data, name)
    return error.value.code


def upload(client: Client, told: Told, *files: object, about: str = "", **cells: str) -> str:
    page = fields_of(client.get(told.page).content.decode())
    data = page | {"act": "upload", "about": about, "files": list(files)} | cells
    return client.post(f"{told.page}luu/", data, follow=True).content.decode()


@pytest.mark.parametrize(
    ("data", "kind"), [(PDF, "pdf"), (PNG, "png"), (JPG, "jpg"), (docx(), "docx"), (template("units", ()), "xlsx")]
)
def test_papers_and_pictures_are_taken(data: bytes, kind: str) -> None:
    assert check_evidence(data, "khong-ten") == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "evidence.empty"),
        (b"MZ\x90\x00" + b"\x00" * 60 + b"PE\x00\x00", "evidence.other"),
        (b"\x7fELF\x02\x01\x01", "evidence.other"),
        (b"#!/bin/sh\nrm -rf ~\n", "evidence.other"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "evidence.other"),
        (b"<!doctype html><script>alert(1)</script>", "evidence.other"),
        (b"GIF89a<script>alert(1)</script>", "evidence.other"),
        (b"<html>%PDF-1.4 %%EOF", "evidence.other"),
        (PNG + b"<script>alert(1)</script>", "evidence.damaged"),
        (PNG[:40], "evidence.damaged"),
        (JPG[:30], "evidence.damaged"),
        (PDF[:20], "evidence.damaged"),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "evidence.active"),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/Java#53cript>>"), "evidence.active"),
        (PDF.replace(b"/Catalog", b"/Catalog/AA<</S/Launch/F(cmd.exe)>>"), "evidence.active"),
        (PDF.replace(b"/Catalog", b"/Catalog/Names<</EmbeddedFile 3 0 R>>"), "evidence.active"),
        (PDF.replace(b"trailer<<", b"trailer<</Encrypt 5 0 R"), "evidence.encrypted"),
        (archive(**{"a.txt": "x"}), "evidence.other"),
        (archive(**{"word/document.xml": "x"}), "evidence.other"),
        (docx(**{"word/vbaProject.bin": b"x"}), "evidence.macros"),
        (docx(**{"word/embeddings/oleObject1.bin": b"x"}), "evidence.macros"),
        (docx(**{"../../etc/cron.d/x": b"x"}), "evidence.unsafe"),
        (docx(**{"word/x.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]>"}), "evidence.unsafe"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "evidence.encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "evidence.other"),
    ],
)
def test_what_runs_or_lies_is_refused(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_bomb_is_not_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(TYPES, "x")
        book.writestr("word/document.xml", b"\x00" * (600 * 1024 * 1024))
    assert refused(made.getvalue()) == "evidence.unsafe"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-", judging.PNG, judging.JPEG, b"PK\x03\x04"]))
def test_any_bytes_are_judged_or_refused(data: bytes, head: bytes) -> None:
    try:
        said = check_evidence(head + data, "x")
    except UnreadableError as error:
        said = error.code
    assert said in ("pdf", "png", "jpg", "docx", "xlsx") or said.startswith("evidence.")


def test_it_stands_with_what_it_proves(client: Client, told: Told) -> None:
    client.force_login(told.clerk)
    page = upload(client, told, file(PDF, "quyet-dinh.pdf"), about=f"v{told.target.pk}", t0="Lời đang viết")
    upload(client, told, file(PNG, "anh.png"), about=f"p{told.work.pk}")
    upload(client, told, file(JPG, "chung.jpg"), about="khac")
    assert "Đã nhận “quyet-dinh.pdf”" in page
    rows = {row.name: (row.target_id, row.work_id) for row in Evidence.objects.all()}
    assert rows == {
        "quyet-dinh.pdf": (told.target.pk, None),
        "anh.png": (None, told.work.pk),
        "chung.jpg": (None, None),
    }
    assert told.report.narrative == "Lời đang viết"


def test_of_several_files_the_good_ones_are_kept(client: Client, told: Told) -> None:
    client.force_login(told.clerk)
    page = upload(client, told, file(PDF, "a.pdf"), file(b"MZ" + b"\x00" * 90, "b.pdf"), file(b"", "c.pdf"))
    assert [row.name for row in Evidence.objects.all()] == ["a.pdf"]
    assert "Không nhận tệp “b.pdf”" in page


def test_the_same_file_twice_is_one(client: Client, told: Told) -> None:
    client.force_login(told.clerk)
    for _ in range(2):
        page = upload(client, told, file(PDF, "a.pdf"))
    assert "đã có ở đây" in page
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Temp\\bao cao.pdf", "bao cao.pdf"),
        ("virus.exe", "virus.exe.pdf"),
        ("trang.html", "trang.html.pdf"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_names_are_made_harmless(client: Client, told: Told, sent: str, kept: str) -> None:
    client.force_login(told.clerk)
    upload(client, told, file(PDF, sent))
    assert Evidence.objects.get().name == kept


def test_it_leaves_only_as_a_download(client: Client, told: Told) -> None:
    client.force_login(told.clerk)
    upload(client, told, file(PNG, "ảnh.png"))
    answer = client.get(f"/bao-cao/minh-chung/{Evidence.objects.get().pk}/")
    assert b"".join(answer.streaming_content) == PNG  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_it_is_read_where_the_report_is_read(client: Client, cast: Cast, told: Told) -> None:
    client.force_login(told.clerk)
    upload(client, told, file(PDF, "a.pdf"))
    path = f"/bao-cao/minh-chung/{Evidence.objects.get().pk}/"
    for user, status in (("clerk", 200), ("auditor", 200), ("administrator", 403), ("stranger", 404)):
        client.force_login(cast.users[user])
        assert client.get(path).status_code == status, user


def test_it_is_taken_away_while_the_report_is_open(client: Client, told: Told) -> None:
    client.force_login(told.clerk)
    upload(client, told, file(PDF, "a.pdf"), file(PNG, "b.png"))
    first, second = Evidence.objects.order_by("pk")
    client.post(f"/bao-cao/minh-chung/{first.pk}/go/")
    assert Evidence.objects.count() == 1
    client.force_login(told.head)
    send(told)
    answer = client.post(f"/bao-cao/minh-chung/{second.pk}/go/", follow=True)
    assert Evidence.objects.count() == 1
    assert "đã thay đổi" in answer.content.decode()


def test_a_closed_report_takes_nothing(told: Told) -> None:
    send(told)
    added = actions.add_evidence(
        source=io.BytesIO(PDF),
        name="a.pdf",
        day=told.day,
        unit=told.unit,
        of=None,
        by=told.clerk,
        at=told.report.edited_at,
    )
    assert added.closed
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.filter(kind="pdf").exists()


def test_there_is_room_for_so_much(client: Client, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(told.clerk)
    monkeypatch.setattr(judging, "MOST_FILES", 1)
    upload(client, told, file(PDF, "a.pdf"))
    assert "đã có 1 minh chứng" in upload(client, told, file(PNG, "b.png"))
    monkeypatch.setattr(judging, "MOST_FILES", 5)
    monkeypatch.setattr(judging, "MOST_TOGETHER", 70)
    assert "vượt 0 MB" in upload(client, told, file(PNG, "b.png"))
    assert Evidence.objects.count() == 1


def test_one_that_is_too_large_is_refused_by_its_first_bytes(client: Client, told: Told) -> None:
    client.force_login(told.clerk)
    page = upload(client, told, file(PDF + b" " * (judging.MOST_BYTES + 10), "to.pdf"))
    assert "vượt giới hạn 20 MB" in page
    assert not Evidence.objects.exists()
