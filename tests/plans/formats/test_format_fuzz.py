"""Files with random damage: a text or a refusal, never anything else.

A longer run: THIDUA_FUZZ_EXAMPLES=20000 pytest tests/plans/formats/test_format_fuzz.py
"""

import io
import os
import zipfile

import pytest
from format_samples import docx_of, plan_docx, plan_odt, plan_pdf, zip_of
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from thidua.errors import UnreadableError
from thidua.explain import say
from thidua.plans.formats import Extractor, PlanText

EXAMPLES = int(os.environ.get("THIDUA_FUZZ_EXAMPLES", "60"))
LIST = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
ITEM = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Mục đích</w:t></w:r></w:p>'
SOUND = {
    "plan.docx": plan_docx(),
    "list.docx": docx_of(ITEM * 3, numbering=LIST),
    "plan.odt": plan_odt(),
    "plan.pdf": plan_pdf(),
    "plan.txt": "Kế hoạch thi đua, khen thưởng".encode(),
    "plan.md": "# Kế hoạch".encode("utf-16"),
    "old.txt": "Kê\u0301 hoa\u0323ch".encode("cp1258"),
}
CHANGES = ("set", "cut", "insert", "repeat")
edits = st.lists(st.tuples(st.floats(0, 1), st.sampled_from(CHANGES), st.binary(max_size=8)), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def extractor():
    with Extractor(children=1) as extractor:
        yield extractor


def damaged(data: bytes, changes: list) -> bytes:
    for place, change, piece in changes:
        at = int(place * len(data))
        if change == "set":
            data = data[:at] + piece + data[at + len(piece) :]
        elif change == "cut":
            data = data[:at] + data[at + 1 + len(piece) ** 3 :]
        elif change == "insert":
            data = data[:at] + piece + data[at:]
        else:
            data = data[:at] + data[max(0, at - 40) : at] * len(piece) + data[at:]
    return data


def damaged_inside(data: bytes, changes: list, choice: int) -> bytes:
    """The archive packed anew with one of its members damaged, so that the damage reaches the XML."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    members = {name: archive.read(name) for name in archive.namelist()}
    parts = sorted(name for name in members if name.endswith((".xml", ".rels")))
    chosen = parts[choice % len(parts)]
    return zip_of({**members, chosen: damaged(members[chosen], changes)})


def assert_read_or_refused(extractor: Extractor, data: bytes, name: str) -> None:
    try:
        text = extractor.extract(data, name)
    except UnreadableError as error:
        text, refusal = None, error
    if text is None:
        assert name in say(refusal.code, refusal.params, "vi")
        return
    assert isinstance(text, PlanText)
    assert text.raw.strip()
    assert list(text.pages) == sorted(text.pages)
    assert text.pages[0] == 0
    assert text.pages[-1] <= len(text.raw)


@pytest.mark.parametrize("name", SOUND)
@seed(20251121)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=edits)
def test_damaged_bytes_are_read_or_refused(extractor, name, changes):
    assert_read_or_refused(extractor, damaged(SOUND[name], changes), name)


@pytest.mark.parametrize("name", ["plan.docx", "list.docx", "plan.odt"])
@seed(20251121)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=edits, choice=st.integers(0, 50))
def test_damage_inside_an_archive_is_read_or_refused(extractor, name, changes, choice):
    assert_read_or_refused(extractor, damaged_inside(SOUND[name], changes, choice), name)


@seed(20251121)
@settings(max_examples=EXAMPLES, deadline=None)
@given(
    data=st.binary(max_size=2000), suffix=st.sampled_from(["docx", "odt", "pdf", "txt", "md", "doc", "png", "tif", ""])
)
def test_random_bytes_are_read_or_refused(extractor, data, suffix):
    assert_read_or_refused(extractor, data, f"plan.{suffix}")
