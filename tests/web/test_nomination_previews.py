"""What a file of a dossier looks like: drawn by the server in a process apart, kept by content, safe to show."""

from __future__ import annotations

import datetime
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from thidua_web.archive import previewing
from thidua_web.archive.actions import keep_content, remove_abandoned
from thidua_web.archive.models import StoredFile
from thidua_web.nominations.models import DossierFile, Nomination
from thidua_web.register.workbooks.template import template
from web.cast import Cast
from web.dossier_rows import a_file, a_nomination, a_person, a_submission
from web.reported import PDF


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    return a_nomination(a_submission(cast), a_person(cast))


@pytest.fixture
def unit(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


def paper(pages: int = 1, size: tuple[int, int] = (595, 842)) -> bytes:
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        document.new_page(*size)
    document.save(out)
    return out.getvalue()


def photo(width: int = 1200, height: int = 800, *, turned: bool = False) -> bytes:
    image, out = Image.new("RGB", (width, height), "red"), io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of some hundred bytes that says it is 30.000 by 30.000 points large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")


def letter(text: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def put(nomination: Nomination, cast: Cast, data: bytes, kind: str) -> DossierFile:
    return a_file(nomination, cast.users["neighbour"], file=keep_content(data, kind=kind), name=f"tệp.{kind}")


def at(file: DossierFile, act: str = "") -> str:
    return f"/ho-so/{file.nomination_id}/soan/tep/{file.pk}/xem/{act}"


def drawn(answer: Any) -> Image.Image:
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    return Image.open(io.BytesIO(answer.content))


# Pages and pictures ---------------------------------------------------------------------------------------------------


def test_pages_of_a_paper_are_drawn_as_pictures(unit: Client, cast: Cast, nomination: Nomination) -> None:
    file = put(nomination, cast, paper(3), "pdf")
    page = unit.get(at(file)).content.decode()
    assert (page.count('loading="lazy"'), "3 trang" in page, 'width="595" height="842"' in page) == (3, True, True)
    assert drawn(unit.get(at(file, "lon-3.jpg"))).width == previewing.LARGE
    assert drawn(unit.get(at(file, "nho-1.jpg"))).width == previewing.SMALL
    for wrong in ("lon-4.jpg", "lon-0.jpg", "vua-1.jpg"):
        assert unit.get(at(file, wrong)).status_code == 404


def test_a_page_without_end_is_cut_off(unit: Client, cast: Cast, nomination: Nomination) -> None:
    file = put(nomination, cast, paper(1, (200, 14_000)), "pdf")
    image = drawn(unit.get(at(file, "nho-1.jpg")))
    assert image.height <= image.width * 5 + 2


def test_a_photograph_is_drawn_anew_and_the_right_way_up(unit: Client, cast: Cast, nomination: Nomination) -> None:
    data = photo(turned=True)
    file = put(nomination, cast, data, "jpg")
    image = drawn(unit.get(at(file, "nho-1.jpg")))
    assert (image.width < image.height, dict(image.getexif())) == (True, {})
    assert 'width="800" height="1200"' in unit.get(at(file)).content.decode()


def test_a_picture_leaves_as_a_guarded_download(unit: Client, cast: Cast, nomination: Nomination) -> None:
    headers = unit.get(at(put(nomination, cast, photo(), "jpg"), "nho-1.jpg")).headers
    assert headers["Content-Disposition"].startswith("attachment")
    assert (headers["X-Content-Type-Options"], "private" in headers["Cache-Control"]) == ("nosniff", True)
    assert "sandbox" in headers["Content-Security-Policy"]


# Text and tables ------------------------------------------------------------------------------------------------------


def test_a_letter_is_shown_as_text(unit: Client, cast: Cast, nomination: Nomination) -> None:
    file = put(nomination, cast, letter("Số hóa <b>12.000</b> hồ sơ"), "docx")
    assert "Số hóa &lt;b&gt;12.000&lt;/b&gt; hồ sơ" in unit.get(at(file)).content.decode()
    assert unit.get(at(file, "nho-1.jpg")).status_code == 404


def test_a_workbook_is_shown_as_tables(unit: Client, cast: Cast, nomination: Nomination) -> None:
    file = put(nomination, cast, template("units", ()), "xlsx")
    page = unit.get(at(file)).content.decode()
    assert ("<table>" in page, "preview-sheet" in page) == (True, True)


# What is broken or hostile --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"%PDF-1.7\nhong\n%%EOF", "pdf"), (PDF, "pdf"), (bomb(), "png"), (b"PK\x03\x04" + bytes(60), "xlsx")],
)
def test_what_cannot_be_drawn_is_said_and_tried_once(
    unit: Client, cast: Cast, nomination: Nomination, monkeypatch: pytest.MonkeyPatch, data: bytes, kind: str
) -> None:
    file = put(nomination, cast, data, kind)
    assert "Không vẽ được" in unit.get(at(file)).content.decode()
    assert unit.get(at(file, "nho-1.jpg")).status_code == 404
    monkeypatch.setattr(previewing, "SERVE", "raise SystemExit('asked again')")
    assert "Không vẽ được" in unit.get(at(file)).content.decode()
    assert unit.get(at(file, "nho-1.jpg")).status_code == 404


def test_when_too_many_are_being_drawn_it_says_come_again(
    unit: Client, cast: Cast, nomination: Nomination, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(nomination, cast, paper(), "pdf")
    monkeypatch.setattr(previewing, "WAIT", 0.01)
    for _ in range(previewing.AT_ONCE):
        previewing._places.acquire()
    try:
        assert unit.get(at(file)).status_code == 503
        assert unit.get(at(file, "nho-1.jpg")).status_code == 503
    finally:
        for _ in range(previewing.AT_ONCE):
            previewing._places.release()
    assert unit.get(at(file)).status_code == 200


# Kept -----------------------------------------------------------------------------------------------------------------


def test_what_was_drawn_is_kept_by_content_and_goes_with_the_file(
    unit: Client, cast: Cast, nomination: Nomination, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = paper()
    file = put(nomination, cast, data, "pdf")
    first = unit.get(at(file, "nho-1.jpg")).content
    monkeypatch.setattr(previewing, "SERVE", "raise SystemExit('asked again')")
    other = put(nomination, cast, data, "pdf")
    assert unit.get(at(other, "nho-1.jpg")).content == first
    folder = Path(settings.STORAGE_ROOT) / "previews" / file.file.sha256[:2] / file.file.sha256
    assert len(list(folder.iterdir())) == 1
    DossierFile.objects.all().delete()
    remove_abandoned(before=timezone.now() + datetime.timedelta(days=1))
    assert (StoredFile.objects.exists(), folder.exists()) == (False, False)


# Who ------------------------------------------------------------------------------------------------------------------


def test_strangers_see_neither_page_nor_picture(client: Client, cast: Cast, nomination: Nomination) -> None:
    file = put(nomination, cast, paper(), "pdf")
    client.force_login(cast.users["stranger"])
    assert [client.get(at(file, act)).status_code for act in ("", "nho-1.jpg")] == [404, 404]


def test_a_file_of_another_dossier_is_not_shown_under_this_one(
    unit: Client, cast: Cast, nomination: Nomination
) -> None:
    other = a_nomination(nomination.submission, a_person(cast, "Lê Văn Sáu"))
    file = put(other, cast, paper(), "pdf")
    wrong = f"/ho-so/{nomination.pk}/soan/tep/{file.pk}/xem/"
    assert [unit.get(f"{wrong}{act}").status_code for act in ("", "nho-1.jpg")] == [404, 404]


def test_sixty_files_are_drawn_as_one_comes_to_them(unit: Client, cast: Cast, nomination: Nomination) -> None:
    """The page itself draws nothing, and asks as much as for one."""
    for n in range(60):
        put(nomination, cast, PDF.replace(b"/Catalog", f"/Catalog/N {n}".encode()), "pdf")
    unit.get(f"/ho-so/{nomination.pk}/soan/tep/")
    with CaptureQueriesContext(connection) as queries:
        page = unit.get(f"/ho-so/{nomination.pk}/soan/tep/").content.decode()
    assert (page.count('loading="lazy"'), len(queries) < 60) == (60, True)
    kept = Path(settings.STORAGE_ROOT) / "previews"
    assert not any((kept / one[:2] / one).exists() for one in StoredFile.objects.values_list("sha256", flat=True))
