"""English is complete, and what is compiled is what is written."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

CATALOGUES = Path(settings.LOCALE_PATHS[0])
STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(({STRING}(?:, {STRING})*)")
ENTRY_LINE = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? ((?:".*"\n?)+)', re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
PYTHON_NAMES = {
    "_": "gettext",
    **{f"{name}{lazy}": name for name in ("gettext", "ngettext", "pgettext", "npgettext") for lazy in ("", "_lazy")},
}

Key = tuple[str, int | None]
"""A msgid (after its context and \\x04, where it has one) and which of its plural forms, None where it has one form."""


def compiled(language: str = "en") -> dict[Key, str]:
    with (CATALOGUES / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key if isinstance(key, tuple) else (key, None): text for key, text in catalogue.items() if key}


def written(language: str = "en") -> dict[Key, str]:
    texts: dict[Key, str] = {}
    for entry in (CATALOGUES / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8").split("\n\n")[1:]:
        said = {(name, form): _joined(lines) for name, form, lines in ENTRY_LINE.findall(entry)}
        msgid = "\x04".join(said[name, ""] for name in ("msgctxt", "msgid") if (name, "") in said)
        texts.update(
            {(msgid, int(form) if form else None): text for (name, form), text in said.items() if name == "msgstr"}
        )
    return texts


def _joined(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.splitlines())


@pytest.mark.parametrize("language", ["en", "vi"])
def test_everything_written_is_translated_and_compiled(language: str) -> None:
    texts = written(language)
    assert [key for key, text in texts.items() if not text] == []
    assert compiled(language) == texts


def test_what_django_allauth_says_is_vietnamese() -> None:
    """It has no Vietnamese of its own; what its forms and adapters may say to somebody stands in ours."""
    root = Path(allauth.__file__).parent
    rooms = ("account", "mfa", "usersessions", "socialaccount/*.py", "socialaccount/internal")
    files = {file for room in rooms for file in root.glob(room if room.endswith(".py") else f"{room}/**/*.py")}
    silent = ("tests", "migrations", "admin.py", "models.py", "apps.py")
    spoken = [file for file in files if not any(part in silent for part in file.parts)]
    used = {call for file in spoken for call in in_python(file.read_text(encoding="utf-8"))}
    assert len(used) > 50
    assert sorted(key[0] for key in used - set(compiled("vi"))) == []


def test_translations_hold_the_places_of_their_sentences() -> None:
    wrong = [key for key, text in written().items() if _places(key[0]) != _places(text)]
    assert wrong == []


def _places(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def test_every_sentence_of_the_pages_is_in_the_catalogue() -> None:
    root = Path(settings.PACKAGE)
    templates = [*root.rglob("*.html"), *root.rglob("templates/**/*.txt")]
    used = {call for path in templates for call in in_template(path.read_text(encoding="utf-8"))}
    used |= {call for path in root.rglob("*.py") for call in in_python(path.read_text(encoding="utf-8"))}
    assert sorted(key[0] for key in used - set(compiled())) == []


def in_template(text: str) -> Iterator[Key]:
    """What `trans` and `blocktrans` say, with a count and over several lines too."""
    for name, strings in TEMPLATE_CALL.findall(templatize(text)):
        yield _key(PYTHON_NAMES[name], ast.literal_eval(f"({strings},)"))


def in_python(text: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and (name := PYTHON_NAMES.get(_called(node.func))):
            constants = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
            if strings := tuple(value for value in constants if isinstance(value, str)):
                yield _key(name, strings)


def _called(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _key(name: str, strings: tuple[str, ...]) -> Key:
    return "\x04".join(strings[: 2 if "p" in name else 1]), 0 if name.startswith("n") else None


def test_sentences_are_found_in_every_form() -> None:
    page = """{% trans "Một" %}{% trans 'Hai %n' %}{% trans "Ba" context "số" %}
    {% blocktrans with n=5 %}Bốn {{ n }}
    dòng{% endblocktrans %}{% blocktrans count n=6 trimmed %}
      Năm {{ n }}{% plural %}Sáu {{ n }}
    {% endblocktrans %}"""
    assert set(in_template(page)) == {
        ("Một", None),
        ("Hai %%n", None),
        ("số\x04Ba", None),
        ("Bốn %(n)s\n    dòng", None),
        ("Năm %(n)s", 0),
    }
    code = """_("Một"), gettext("Hai "
    "dòng"), translation.ngettext("Ba", "Bốn", n), pgettext("số", "Năm"), gettext(name)"""
    assert set(in_python(code)) == {("Một", None), ("Hai dòng", None), ("Ba", 0), ("số\x04Năm", None)}
