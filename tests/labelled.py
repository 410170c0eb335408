"""Plans with careful labels: the ten shared ones (`gold`) and the project's own corpora under tests/plans/corpus."""

from __future__ import annotations

import functools
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests/plans/corpus"


@dataclass(frozen=True)
class Labelled:
    """One document: its name, its raw text, and what a careful reader reads out of it."""

    name: str
    text: str
    labels: dict[str, Any]


def shared() -> Path:
    """Folder of plans and tools that several projects share; it may be absent."""
    return ROOT / os.environ.get("THIDUA_SHARED", "../shared")


def gold() -> list[Labelled]:
    """The shared labelled plans; empty where they are absent."""
    return _pairs(shared() / "plans", shared() / "plans/gold")


@functools.cache
def corpora() -> dict[str, list[Labelled]]:
    """The project's own documents by the name of their folder."""
    return {folder.name: _pairs(folder, folder) for folder in sorted(CORPUS.glob("*/"))}


def _pairs(texts: Path, labels: Path) -> list[Labelled]:
    return [
        Labelled(file.stem, (texts / f"{file.stem}.txt").read_text("utf-8"), json.loads(file.read_text("utf-8")))
        for file in sorted(labels.glob("*.json"))
    ]
