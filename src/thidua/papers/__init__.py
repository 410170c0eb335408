"""Official papers: blocks of content in the order of Nghị định 30/2020/NĐ-CP, drawn as DOCX, PDF and HTML.

Values in, papers out: nothing here knows a database, a law or a clock. A builder (`presentation`, `minutes`,
`achievements`, `letters`...) makes a `Paper`; `laying` puts it in the decree's words, numbers and punctuation, once for
all three forms; `as_docx`, `as_pdf`, `as_html` and `as_outline` draw what was laid.
"""

from thidua.papers.as_docx import to_docx
from thidua.papers.as_html import to_html
from thidua.papers.as_outline import to_outline
from thidua.papers.as_pdf import to_pdf
from thidua.papers.paper import Paper

__all__ = ["Paper", "to_docx", "to_html", "to_outline", "to_pdf"]
