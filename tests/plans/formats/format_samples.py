"""Documents for the tests of formats, made by code: whole plans, and single pieces of Word and OpenDocument XML."""

from __future__ import annotations

import functools
import io
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import pytest
import typst
from docx import Document
from docx.document import Document as DocxDocument
from odf.opendocument import OpenDocumentText
from odf.style import ListLevelProperties, Style
from odf.table import Table, TableCell, TableRow
from odf.text import (
    H,
    LineBreak,
    List,
    ListItem,
    ListLevelStyleNumber,
    ListStyle,
    Note,
    NoteBody,
    NoteCitation,
    P,
    S,
    Tab,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'

HEADING = (
    ("ỦY BAN NHÂN DÂN", "TỈNH MINH GIANG", "-------"),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "---------------"),
    ("Số: 12/KH-UBND",),
    ("Minh Giang, ngày 05 tháng 3 năm 2025",),
)
QUOTAS = (("STT", "Đơn vị", "Số tập thể"), ("1", "Sở Nội vụ", "05"), ("2", "Sở Y tế", "03"))
FOOT = (("Nơi nhận:", "- Như trên;", "- Lưu: VT."), ("CHỦ TỊCH", "", "Nguyễn Văn An"))
PARAGRAPH = "Phát động thi đua giai đoạn 2021 - 2025 theo Kế hoạch số 147/KH-UBND của Ủy ban nhân dân tỉnh."
PLAN_LINES = (
    *(line for cell in HEADING for line in cell),
    "KẾ HOẠCH",
    "Phát động phong trào thi đua năm 2025",
    PARAGRAPH,
    *(" | ".join(row) for row in QUOTAS),
    "",
    *(line for cell in FOOT for line in cell if line),
    "",
)


def plan_docx() -> bytes:
    """A province's plan as python-docx writes it: heading table, title, table of quotas, foot table."""
    document = Document()
    _docx_table(document, [HEADING[:2], HEADING[2:]])
    for line in ("KẾ HOẠCH", "Phát động phong trào thi đua năm 2025", PARAGRAPH):
        document.add_paragraph(line)
    _docx_table(document, [[(cell,) for cell in row] for row in QUOTAS], style="Table Grid")
    document.add_paragraph("")
    _docx_table(document, [FOOT])
    document.add_paragraph("")
    return saved(document)


def saved(document: DocxDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _docx_table(document: DocxDocument, rows: list, style: str | None = None) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style=style)
    for row, lines_of_row in zip(table.rows, rows, strict=True):
        for cell, lines in zip(row.cells, lines_of_row, strict=True):
            cell.paragraphs[0].text = lines[0]
            for line in lines[1:]:
                cell.add_paragraph(line)


def docx_of(body: str, *, numbering: str = "", styles: str = "") -> bytes:
    """A Word file with this content of w:body and, where given, of w:numbering and w:styles."""
    parts = {"word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"}
    relations = [("officeDocument", "word/document.xml")]
    inner = []
    for kind, content in (("numbering", numbering), ("styles", styles)):
        if content:
            parts[f"word/{kind}.xml"] = f"<w:{kind} {SPACES}>{content}</w:{kind}>"
            inner.append((kind, f"{kind}.xml"))
    parts["_rels/.rels"] = _relations(relations)
    parts["word/_rels/document.xml.rels"] = _relations(inner)
    return zip_of({"[Content_Types].xml": CONTENT_TYPES, **parts})


def _relations(targets: list[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="r{at}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )


def zip_of(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return stream.getvalue()


def plan_odt() -> bytes:
    """A plan as odfpy writes it: numbered list, note, tab, spaces, line break, table."""
    document = OpenDocumentText()
    style = ListStyle(name="L1")
    for level, suffix in ((1, "."), (2, ")")):
        number = ListLevelStyleNumber(level=str(level), numformat="1" if level == 1 else "a", numsuffix=suffix)
        number.addElement(ListLevelProperties())
        style.addElement(number)
    document.automaticstyles.addElement(style)
    document.automaticstyles.addElement(Style(name="P1", family="paragraph", liststylename="L1"))
    document.text.addElement(H(outlinelevel=1, text="KẾ HOẠCH"))
    document.text.addElement(_odt_list(["Mục đích", ["Khen thưởng kịp thời", "Nhân rộng"], "Yêu cầu"]))
    document.text.addElement(_odt_paragraph())
    document.text.addElement(_odt_table(QUOTAS))
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def _odt_list(items: list, style: str | None = "L1") -> List:
    element = List(stylename=style) if style else List()
    for item in items:
        entry = ListItem()
        entry.addElement(P(text=item) if isinstance(item, str) else _odt_list(item, None))
        element.addElement(entry)
    return element


def _odt_paragraph() -> P:
    paragraph = P(text="Trước")
    note = Note(noteclass="footnote")
    body = NoteBody()
    body.addElement(P(text="chú thích"))
    note.addElement(NoteCitation(text="1"))
    note.addElement(body)
    for element in (note, Tab(), S(c=2), LineBreak()):
        paragraph.addElement(element)
    paragraph.addText("sau")
    return paragraph


def _odt_table(rows: tuple) -> Table:
    table = Table(name="T1")
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell()
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    return table


@functools.cache
def typeset(source: str) -> bytes:
    """A PDF of Typst source; a page break is `#pagebreak()`."""
    return typst.compile(f'#set page(width: 21cm, height: 29.7cm)\n#set text(lang: "vi")\n{source}'.encode())


@functools.cache
def plan_pdf() -> bytes:
    head = "#grid(columns: (1fr, 1fr), [Số: 12/KH-UBND], [Minh Giang, ngày 05 tháng 3 năm 2025])"
    return typeset(f"{head}\n= KẾ HOẠCH\n{PARAGRAPH}\n#pagebreak()\nNơi nhận: Như trên.")


def paper(
    text: str = "KẾ HOẠCH\n\nPhát động phong trào thi đua năm 2025\n\nSở Nội vụ báo cáo trước ngày 15/6/2025.",
) -> bytes:
    """A page of print as a PNG picture of 200 dpi."""
    return typst.compile(
        f"#set page(width: 18cm, height: 9cm)\n#set text(size: 14pt)\n{text}".encode(), format="png", ppi=200
    )


def converted(data: bytes, source: str, target: str) -> bytes:
    """The document as LibreOffice converts it, from one suffix to another."""
    need("soffice")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"plan.{source}"
        path.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", target]
        subprocess.run([*command, "--outdir", folder, str(path)], check=True, capture_output=True, timeout=120)
        return path.with_suffix(f".{target.partition(':')[0]}").read_bytes()


def need(program: str) -> None:
    """Skip the test where a program is missing; on CI that is a failure."""
    if shutil.which(program) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"{program} is not installed")
