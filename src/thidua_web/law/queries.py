"""The law as this installation knows it: the project's statutes, its own regulations, the wordings it loaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from thidua.law.law import Law, local_law, national_law
from thidua.law.texts import InstrumentText, parse_text
from thidua_web.law.models import LawText

Stamp = tuple[tuple[str, int, int], ...]
KEPT_TEXTS = 32


def current_law() -> Law:
    """National law with the regulations in LAW_FOLDER, read again where a file changed."""
    folder: Path | None = settings.LAW_FOLDER
    return national_law() if folder is None else _with_folder(folder, _stamp(folder))


def _stamp(folder: Path) -> Stamp:
    files = ((path.name, path.stat()) for path in sorted(folder.glob("*.toml")))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)


@lru_cache(maxsize=2)
def _with_folder(folder: Path, stamp: Stamp) -> Law:
    return local_law(folder)


def loaded() -> Mapping[str, LawText]:
    """What was loaded, by the instrument's number, without the words themselves."""
    return {text.instrument: text for text in LawText.objects.defer("body")}


def wording_of(instrument: str) -> InstrumentText | None:
    """The articles of an instrument; None where nobody loaded it."""
    text = LawText.objects.filter(instrument=instrument).values_list("digest", flat=True).first()
    return None if text is None else _parsed(instrument, text)


@lru_cache(maxsize=KEPT_TEXTS)
def _parsed(instrument: str, digest: str) -> InstrumentText:
    return parse_text(LawText.objects.values_list("body", flat=True).get(instrument=instrument, digest=digest))
