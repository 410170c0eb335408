"""Whatever people write stands in the paper as they wrote it: markup of any kind is only text."""

from __future__ import annotations

import html
import io
import re
import unicodedata

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.test_pdf import pages_of
from thidua.papers import to_docx, to_html, to_outline, to_pdf
from thidua.papers.paper import Appendix, Column, Item, KeyValues, Listed, Paper, Paragraph, Row, Signature, Table
from thidua.papers.wording import clean

MARKUP = [
    "<b>x</b>",
    "<script>alert(1)</script>",
    "&amp; &lt;",
    "#eval(1)",
    "*đậm* _nghiêng_",
    "$x^2$",
    "\\u{1F600}",
    "{{ 7*7 }}",
    "]]>",
    "<!--",
    "=HYPERLINK(1)",
    "@tên",
    "`mã`",
    "// chú thích",
    "%PDF",
    "[liên kết](x)",
    "\"'“”‘’",
    "~",
    "<w:p/>",
]
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyẠẢẤẦẨẪẬẮẰẲẴẶỆỘỢỰỵýỳỷỹ 0123456789.,;:-–()/%<>&#*_$\\{}[]\"'`@=!?+~^|"
READABLE = st.one_of(st.sampled_from(MARKUP), st.text(LETTERS, min_size=1, max_size=60))
ANYTHING = st.one_of(READABLE, st.text(st.characters(), min_size=1, max_size=60))


def _paper(words: str) -> Paper:
    return Paper(
        issuer=("SỞ NỘI VỤ",),
        kind="BÁO CÁO",
        body=(
            Paragraph(words),
            Listed((Item(words),)),
            KeyValues(((words, words),)),
            Table((Column(words), Column("Số", align="right")), (Row((words,), group=True), Row((words, words)))),
            Paragraph("Hết"),
        ),
        signatures=(Signature(authority=(), name=words),),
        appendices=(Appendix(title="x", blocks=(Paragraph(words), Paragraph("Hết"))),),
    )


TIMES = 9
"""How often `_paper` writes the words as they are."""


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
def test_any_text_survives_in_docx(words: str) -> None:
    document = docx.Document(io.BytesIO(to_docx(_paper(words))))
    texts = "\x00".join("".join(node.itertext()) for node in document.element.body.iter() if node.tag.endswith("}t"))

    assert texts.count(clean(words).split("\n")[0]) >= (TIMES if clean(words).split("\n")[0] else 0)


@settings(max_examples=200, deadline=None)
@given(ANYTHING)
def test_any_text_survives_in_html_and_is_never_a_tag(words: str) -> None:
    made = to_html(_paper(words))
    tags = set(re.findall(r"</?([a-zA-Z!][\w-]*)", made))

    assert html.unescape(re.sub("<br>", "\n", made)).count(clean(words)) >= TIMES
    assert tags <= TAGS


TEXT_TAGS = {"article", "header", "footer", "section", "div", "p", "h2", "h3", "h4", "span", "br", "strong", "em"}
TAGS = TEXT_TAGS | {"ul", "li", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"}


@settings(max_examples=200, deadline=None)
@given(ANYTHING)
def test_any_text_survives_in_the_outline(words: str) -> None:
    flat = " ".join(clean(words).split())

    assert " ".join(to_outline(_paper(words)).split()).count(flat) >= 1


@settings(max_examples=25, deadline=None)
@given(READABLE)
def test_markup_of_any_kind_survives_in_pdf(words: str) -> None:
    """Compared without white space, which a page breaks as it likes."""
    written = "".join(unicodedata.normalize("NFC", words).split())
    whole = "".join("".join(pages_of(to_pdf(_paper(words)))).split())

    assert whole.count(written) >= TIMES
