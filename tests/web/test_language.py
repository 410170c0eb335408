"""English is complete, and what is compiled is what is written."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES"
USED = re.compile(
    r"""\{%\s*trans\s+["'](.+?)["']\s*%\}"""
    r"""|(?<![a-z._])(?:gettext|gettext_lazy|_)\(\s*"((?:[^"\\]|\\.)+)"\s*[,)]"""
)


def compiled() -> dict[str, str]:
    with (FOLDER / "django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key if isinstance(key, str) else key[0]: text for key, text in catalogue.items()}


def test_everything_written_is_translated_and_compiled() -> None:
    entries = (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n")[1:]
    written = dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', "\n".join(entries), re.MULTILINE))
    ready = {key: text.replace("\n", "\\n").replace('"', '\\"') for key, text in compiled().items()}
    assert "" not in written.values()
    assert {key: ready.get(key) for key in written} == written


def test_every_sentence_of_the_pages_is_in_the_catalogue() -> None:
    root = Path(settings.PACKAGE)
    sources = [*root.rglob("*.html"), *(path for path in root.rglob("*.py") if "commands" not in path.parts)]
    used = {one or two for path in sources for one, two in USED.findall(path.read_text(encoding="utf-8"))}
    assert used - set(compiled()) == set()
