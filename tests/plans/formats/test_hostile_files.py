"""Files that are broken, protected, or made to do harm: refused in words, within seconds."""

import io
import struct
import time
import tomllib
import zipfile
import zlib
from importlib.resources import files

import pypdfium2
import pytest
from format_samples import CONTENT_TYPES, docx_of, paper, plan_docx, plan_odt, plan_pdf, typeset, zip_of

from thidua.errors import UnreadableError
from thidua.explain import say
from thidua.plans.formats import Extractor, Limits

MESSAGES = tomllib.loads(files("thidua").joinpath("messages", "errors.toml").read_text("utf-8"))
BOMB_XML = b"<a>" + b" " * 70_000_000 + b"</a>"


@pytest.fixture(scope="module")
def extractor():
    with Extractor() as extractor:
        yield extractor


def refusal(extractor: Extractor, data: bytes, name: str, **limits: float) -> tuple[str, dict]:
    """Code and parameters of the refusal, which has a sentence in both languages and comes within seconds."""
    start = time.monotonic()
    with pytest.raises(UnreadableError) as refused:
        extractor.extract(data, name, limits=Limits(**limits))
    assert time.monotonic() - start < 10
    for language in ("vi", "en"):
        assert name in say(refused.value.code, refused.value.params, language)
    return refused.value.code, refused.value.params


def docx_with(document: str | bytes) -> bytes:
    return zip_of({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document})


def lying(data: bytes, size: int) -> bytes:
    """The archive with `size` as the unpacked size of every member, in the directory and before each member."""
    patched = bytearray(data)
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        found = patched.find(mark)
        while found >= 0:
            patched[found + at : found + at + 4] = struct.pack("<I", size)
            found = patched.find(mark, found + 4)
    return bytes(patched)


def flagged(data: bytes) -> bytes:
    """The archive with every member marked as encrypted."""
    return data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def protected_pdf() -> bytes:
    """A minimal PDF whose security handler wants a password that no one knows."""
    key = "<" + "41" * 32 + ">"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
        f"<</Filter/Standard/V 1/R 2/O{key}/U{key}/P -4>>",
    ]
    return pdf_of(objects, trailer=f"/Encrypt 4 0 R/ID[{key}{key}]")


def pdf_of(objects: list[str], trailer: str = "") -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj{content}endobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{len(body)}\n%%EOF"
    return body + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()


def png_of_size(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def ole(*streams: str) -> bytes:
    names = b"".join(name.encode("utf-16-le").ljust(64, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + names.ljust(2048, b"\0")


DTD = '<!DOCTYPE w [<!ENTITY {}>]><w:document xmlns:w="w"><w:body>&x;</w:body></w:document>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
DEEP = "<w:p>" * 100_000 + "</w:p>" * 100_000
NESTED = "<w:tbl><w:tr><w:tc>" * 600 + "</w:tc></w:tr></w:tbl>" * 600

REFUSED = {
    "empty": (b"", "plan.docx", "unreadable_empty"),
    "only white space": (b" \n\t\n", "plan.txt", "unreadable_no_text"),
    "a document without words": (docx_of("<w:p/>"), "plan.docx", "unreadable_no_text"),
    "truncated docx": (plan_docx()[:-2000], "plan.docx", "unreadable_damaged"),
    "docx with a broken member": (
        plan_docx().replace(b"word/document.xml", b"word/document.xmm", 1),
        "plan.docx",
        "unreadable_damaged",
    ),
    "truncated odt": (plan_odt()[:-500], "plan.odt", "unreadable_damaged"),
    "pdf of which only the head is left": (plan_pdf()[:200], "plan.pdf", "unreadable_damaged"),
    "docx whose XML is cut": (docx_with("<w:document"), "plan.docx", "unreadable_damaged"),
    "picture called docx": (b"GIF89a" + bytes(100), "plan.docx", "unreadable_renamed"),
    "spreadsheet called docx": (zip_of({"xl/workbook.xml": "<a/>"}), "plan.docx", "unreadable_renamed"),
    "program called pdf": (b"\x7fELF" + bytes(200), "plan.pdf", "unreadable_renamed"),
    "spreadsheet": (zip_of({"xl/workbook.xml": "<a/>"}), "plan.xlsx", "unreadable_unknown_format"),
    "program": (b"MZ" + bytes(200), "plan.exe", "unreadable_unknown_format"),
    "protected docx": (ole("EncryptedPackage", "EncryptionInfo"), "plan.docx", "unreadable_encrypted"),
    "protected doc": (
        ole("WordDocument")[:512] + b"\xec\xa5".ljust(11, b"\0") + b"\x01" + ole("WordDocument"),
        "plan.doc",
        "unreadable_encrypted",
    ),
    "protected members": (flagged(plan_docx()), "plan.docx", "unreadable_encrypted"),
    "protected pdf": (protected_pdf(), "plan.pdf", "unreadable_encrypted"),
    "bomb that lies about its size": (lying(docx_with(BOMB_XML), 1000), "plan.docx", "unreadable_damaged"),
    "bomb that tells its size": (docx_with(BOMB_XML), "plan.docx", "unreadable_zip_bomb"),
    "bomb in the type of an odt": (
        zip_of({"mimetype": bytes(10**7), "content.xml": "<a/>"}),
        "plan.odt",
        "unreadable_zip_bomb",
    ),
    "path out of the folder": (
        zip_of({"[Content_Types].xml": "", "word/document.xml": "", "../../x": ""}),
        "plan.docx",
        "unreadable_unsafe",
    ),
    "absolute path": (
        zip_of({"[Content_Types].xml": "", "word/document.xml": "", "/etc/x": ""}),
        "plan.docx",
        "unreadable_unsafe",
    ),
    "external entity": (docx_with(DTD.format('x SYSTEM "file:///etc/hostname"')), "plan.docx", "unreadable_entities"),
    "billion laughs": (
        docx_with(f'<!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]><w>&l11;</w>'),
        "plan.docx",
        "unreadable_entities",
    ),
    "entities in UTF-16": (docx_with(DTD.format('x "y"').encode("utf-16")), "plan.docx", "unreadable_entities"),
    "deep XML": (docx_of(DEEP), "plan.docx", "unreadable_too_deep"),
    "deep tables": (docx_of(NESTED), "plan.docx", "unreadable_too_deep"),
    "damaged picture": (b"\x89PNG\r\n\x1a\n", "plan.png", "unreadable_damaged"),
}


@pytest.mark.parametrize(("data", "name", "code"), REFUSED.values(), ids=REFUSED)
def test_is_refused(extractor, data, name, code):
    assert refusal(extractor, data, name)[0] == code


def test_every_limit_says_its_numbers(extractor):
    assert refusal(extractor, bytes(3 * 1024 * 1024), "a.docx", file_bytes=1024 * 1024) == (
        "unreadable_too_large",
        {"file": "a.docx", "size_mb": 3, "limit_mb": 1},
    )
    assert refusal(extractor, plan_pdf(), "a.pdf", pages=1) == (
        "unreadable_too_many_pages",
        {"file": "a.pdf", "pages": 2, "limit": 1},
    )
    assert refusal(extractor, zip_of({str(n): "" for n in range(30)}), "a.docx", members=20) == (
        "unreadable_too_many_members",
        {"file": "a.docx", "members": 30, "limit": 20},
    )
    assert refusal(extractor, png_of_size(30_000, 20_000), "a.png") == (
        "unreadable_too_many_pixels",
        {"file": "a.png", "megapixels": 600, "limit": 100},
    )
    assert refusal(extractor, docx_of("<w:p><w:r><w:t>abcd</w:t></w:r></w:p>"), "a.docx", text_chars=3) == (
        "unreadable_too_much_text",
        {"file": "a.docx", "chars": 4, "limit": 3},
    )


def test_a_million_members_are_counted_before_they_are_listed(extractor):
    entry = b"PK\x01\x02" + bytes(42)
    data = zip_of({"[Content_Types].xml": ""}) + entry * 1_000_000
    assert refusal(extractor, data, "a.docx") == (
        "unreadable_too_many_members",
        {"file": "a.docx", "members": 1_000_001, "limit": 5_000},
    )


def pdf_pages(kids: int, count: int) -> bytes:
    tree = f"<</Type/Pages/Kids[{'3 0 R ' * kids}]/Count {count}>>"
    return pdf_of(["<</Type/Catalog/Pages 2 0 R>>", tree, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"])


def test_page_counts_are_refused_before_pages_are_read(extractor):
    assert refusal(extractor, pdf_pages(100_000, 100_000), "a.pdf") == (
        "unreadable_too_many_pages",
        {"file": "a.pdf", "pages": 100_000, "limit": 500},
    )


def test_a_page_count_that_no_file_can_hold_harms_nothing(extractor):
    assert refusal(extractor, pdf_pages(1, 99_999_999), "a.pdf")[0] == "unreadable_no_text"


def test_a_page_as_large_as_a_field_is_drawn_within_bounds(extractor):
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 2000000 2000000]/Contents 4 0 R>>",
        "<</Length 20>>stream\n0 0 99999 99999 re f\nendstream",
    ]
    code, _ = refusal(extractor, pdf_of(objects), "a.pdf")
    assert code in ("unreadable_no_text", "unreadable_damaged", "unreadable_needs_tesseract")


def test_a_document_under_another_known_name_is_read_by_its_content(extractor):
    assert extractor.extract(plan_pdf(), "plan.docx").format == "pdf"
    assert extractor.extract(plan_docx(), "plan.pdf").format == "docx"


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_pdf_cut_short_is_refused(extractor, tenth):
    data = typeset("Kế hoạch")
    assert refusal(extractor, data[: len(data) * tenth // 10], "plan.pdf")[0] == "unreadable_damaged"


def test_messages_have_both_languages_and_name_the_file():
    for code, sentences in MESSAGES.items():
        assert set(sentences) == {"vi", "en"}, code
        assert all("{file}" in sentence for sentence in sentences.values()), code


def test_the_samples_are_sound():
    assert len(pypdfium2.PdfDocument(plan_pdf())) == 2
    assert zipfile.ZipFile(io.BytesIO(docx_with(b"<a/>"))).testzip() is None
    assert paper().startswith(b"\x89PNG")
