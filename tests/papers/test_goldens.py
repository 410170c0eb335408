"""Every kind of paper as it reads and as the screen gets it; a change is reviewed as a difference, never guessed."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from papers.goldens import FOLDER, written
from papers.samples import PAPERS
from thidua.papers import to_outline


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_reads_as_it_was_reviewed(name: str) -> None:
    kept = {ending: FOLDER.joinpath(name).with_suffix(ending).read_text("utf-8") for ending in (".txt", ".html")}

    assert written(name) == kept


def test_no_golden_file_is_left_over() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == set(PAPERS)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_ends_as_the_decree_asks(name: str) -> None:
    assert to_outline(PAPERS[name]()).count("./.") >= 1


@pytest.mark.parametrize("name", PAPERS)
def test_headings_on_the_screen_leave_no_level_out(name: str) -> None:
    levels = [1, *map(int, re.findall(r"<h(\d)", written(name)[".html"]))]

    assert [(above, below) for above, below in pairwise(levels) if below > above + 1] == []
