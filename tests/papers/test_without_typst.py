"""Papers are made and edited where the server's extra is not installed; only the PDF needs it."""

from __future__ import annotations

import subprocess
import sys

ALONE = """
import sys
sys.modules["typst"] = None
from thidua.papers import Paper, to_docx, to_html, to_outline, to_pdf
paper = Paper(kind="Báo cáo")
assert to_docx(paper) and to_html(paper) and to_outline(paper)
try:
    to_pdf(paper)
except ImportError:
    print("no typst")
assert not [name for name in sys.modules if name.partition(".")[0] in {"django", "thidua_web"}]
"""


def test_everything_but_the_pdf_works_without_typst_and_without_django() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)

    assert done.stdout == "no typst\n"
