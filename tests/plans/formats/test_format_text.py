"""Plain text and Markdown in every encoding that Vietnamese offices left behind."""

import unicodedata

import pytest

from thidua.errors import UnreadableError
from thidua.plans.formats import PlanText, extract
from thidua.plans.formats.legacy import TCVN3, VNI_BASES, VNI_LETTERS, VNI_MARKS

PLAN = """Kế hoạch phát động phong trào thi đua yêu nước
Ủy ban nhân dân tỉnh, đơn vị trực thuộc báo cáo trước ngày 15 tháng 6"""


def tcvn3(text: str) -> bytes:
    codes = {letter: code for code, letter in TCVN3.items() if letter != "·"}
    return bytes(codes.get(char, ord(char)) for char in text)


def vni(text: str) -> bytes:
    letters = {letter: char for char, letter in VNI_LETTERS.items()}
    marks = {mark: char for char, mark in VNI_MARKS.items()}
    written = []
    for char in text:
        small = char.lower()
        if small in letters:
            code = letters[small]
        else:
            base, tones = unicodedata.normalize("NFD", small)[0], unicodedata.normalize("NFD", small)[1:]
            if base + tones[:1] in ("o\u031b", "u\u031b"):
                base, tones = letters[unicodedata.normalize("NFC", base + "\u031b")], tones[1:]
            code = base + (marks[ordered(tones)] if tones else "")
            assert not tones or base in VNI_BASES
        written.append(code.upper() if char != small else code)
    return "".join(written).encode("cp1252")


def ordered(tones: str) -> str:
    """VNI has one sign for circumflex or breve with a tone, whichever comes first in Unicode."""
    return "".join(sorted(tones, key=lambda mark: mark not in "\u0302\u0306"))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PLAN.encode(), id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + PLAN.encode(), id="utf-8 with mark"),
        pytest.param(PLAN.encode("utf-16"), id="utf-16 with mark"),
        pytest.param(b"\xfe\xff" + PLAN.encode("utf-16-be"), id="utf-16 big-endian with mark"),
        pytest.param(PLAN.encode("utf-16-le"), id="utf-16 without mark"),
        pytest.param(PLAN.replace("\n", "\r\n").encode(), id="Windows line ends"),
    ],
)
def test_unicode_text_is_read(data):
    assert extract(data, "plan.txt") == PlanText(PLAN, "txt", (0,))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_unicode_form_stays(form):
    text = unicodedata.normalize(form, PLAN)
    assert extract(text.encode(), "plan.txt").raw == text


def test_windows_1258_keeps_its_loose_tone_marks():
    text = "Kê\u0301 hoa\u0323ch pha\u0301t đô\u0323ng thi đua"
    assert extract(text.encode("cp1258"), "plan.txt").raw == text


def test_tcvn3_is_recognised():
    text = PLAN.replace("Ủ", "ủ")  # ABC fonts have no capital Ủ of their own
    assert extract(tcvn3(text), "plan.txt").raw == text


def test_vni_is_recognised():
    assert extract(vni(PLAN), "plan.txt").raw == PLAN


@pytest.mark.parametrize("text", ["Größe, Höhe, Länge für Straße und Fluß", "Наш план на год"])
def test_other_languages_in_old_encodings_are_not_guessed(text):
    encoding = "cp1252" if text.startswith("G") else "cp1251"
    with pytest.raises(UnreadableError) as refused:
        extract(text.encode(encoding), "plan.txt")
    assert (refused.value.code, refused.value.params) == ("unreadable_encoding", {"file": "plan.txt"})


def test_markdown_is_read_as_written():
    source = "# KẾ HOẠCH\n\n**Mục đích** [bookmark: a]\n"
    assert extract(source.encode(), "plan.md") == PlanText(source, "md", (0,))


def test_text_is_read_whatever_its_name():
    assert extract(PLAN.encode(), "plan.docx").format == "txt"
