"""Every sample as an officer reads it (goldens/*.txt) and as the screen gets it (goldens/*.html).

After a change: `python tests/papers/goldens.py` writes them anew, and `git diff` is the review.
"""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).with_name("goldens")


def written(name: str) -> dict[str, str]:
    """By the ending of the file."""
    from papers.samples import PAPERS  # noqa: PLC0415 - run as a script, the path is set first
    from thidua.papers import to_html, to_outline  # noqa: PLC0415

    paper = PAPERS[name]()
    return {".txt": to_outline(paper), ".html": to_html(paper)}


if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER.parents[1]))
    from papers.samples import PAPERS

    FOLDER.mkdir(exist_ok=True)
    for paper_name in PAPERS:
        for ending, text in written(paper_name).items():
            FOLDER.joinpath(paper_name).with_suffix(ending).write_text(text, "utf-8")
