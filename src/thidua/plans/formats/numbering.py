"""The labels that Word draws by itself before paragraphs ("I.", "1.", "a)", "-"), computed from numbering.xml.

Source: ECMA-376 part 1, 17.9 (numbering). Paragraphs of one abstract definition share their counters, whatever list
instance (`num`) they name; an instance's `startOverride` counts anew when the instance is first met.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

MAX_LEVEL = 8
MAX_LABEL = 100
ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
BULLETS = {"\uf0b7": "•", "\uf02d": "-", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖", "\uf0a8": "□"}
PRIVATE_USE = range(0xF000, 0xF100)


class Level(Struct, frozen=True):
    """One level of a list. `restart` is the number of upper levels whose use restarts it, 0 for never."""

    format: str
    text: str
    start: int
    restart: int
    suffix: str
    legal: bool


class Numbering:
    """Running counters of one document: call `label` for every paragraph, in document order."""

    def __init__(self, numbering: Any | None, styles: Any | None, prefix: str) -> None:
        self.w = prefix
        self._styles = {} if styles is None else {s.get(prefix + "styleId"): s for s in styles.iter(prefix + "style")}
        self._abstract_of: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._style_levels: dict[tuple[str, str], int] = {}
        self._overrides: dict[tuple[str, int], int] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._style_numbers: dict[str | None, tuple[str | None, int | None]] = {}
        self._default_style = next(
            (
                key
                for key, s in self._styles.items()
                if s.get(prefix + "type") == "paragraph" and s.get(prefix + "default") == "1"
            ),
            None,
        )
        if numbering is not None:
            self._load(numbering)

    def _load(self, numbering: Any) -> None:
        w = self.w
        definitions = {a.get(w + "abstractNumId"): a for a in numbering.findall(w + "abstractNum")}
        for num in numbering.findall(w + "num"):
            number: str | None = num.get(w + "numId")
            abstract = _value(num, w, "abstractNumId")
            abstract = self._follow_style_link(definitions.get(abstract), numbering) or abstract
            if number is None or abstract is None or abstract not in definitions:
                continue
            own = num.findall(f"{w}lvlOverride/{w}lvl")
            key = f"{abstract}/{number}" if own else abstract
            self._abstract_of[number] = key
            if key not in self._levels:
                self._levels[key] = {}
                self._add_levels(key, [*definitions[abstract].findall(w + "lvl"), *own])
            for override in num.findall(w + "lvlOverride"):
                start = _value(override, w, "startOverride")
                if start is not None:
                    self._overrides[number, _integer(override.get(w + "ilvl"))] = _integer(start)

    def _follow_style_link(self, definition: Any, numbering: Any) -> str | None:
        """A definition may only name a numbering style, whose own list then holds the levels."""
        link = None if definition is None else _value(definition, self.w, "numStyleLink")
        style = self._styles.get(link)
        if link is None or style is None:
            return None
        number = _value(style, self.w, "pPr", "numPr", "numId")
        for num in numbering.findall(self.w + "num"):
            if num.get(self.w + "numId") == number:
                return _value(num, self.w, "abstractNumId")
        return None

    def _add_levels(self, key: str, elements: list[Any]) -> None:
        for element in elements:
            index = _integer(element.get(self.w + "ilvl"))
            self._levels[key][index] = _level(element, self.w, index)
            style = _value(element, self.w, "pStyle")
            if style is not None:
                self._style_levels[key, style] = index

    def label(self, properties: Any | None) -> str:
        """The label of the next paragraph with its separator, "" where it has none. `properties` is its w:pPr."""
        if not self._levels:
            return ""
        number, index = self._place(properties)
        key = self._abstract_of.get(number or "")
        if number is None or key is None:
            return ""
        levels = self._levels[key]
        level = levels.get(index)
        if level is None:
            return ""
        counters = self._counters.setdefault(key, {})
        self._advance(counters, levels, number, index)
        text = _render(level, levels, counters)
        return text + ("" if level.suffix == "nothing" or not text else " ")

    def _place(self, properties: Any | None) -> tuple[str | None, int]:
        """List instance and level of a paragraph: its own properties first, then its style's."""
        w = self.w
        own = None if properties is None else properties.find(w + "numPr")
        style = self._default_style if properties is None else _value(properties, w, "pStyle") or self._default_style
        number, index = self._of_style(style)
        if own is not None:
            own_number, own_index = _value(own, w, "numId"), _value(own, w, "ilvl")
            if own_number is not None:
                number, index = own_number, 0
            if own_index is not None:
                index = _integer(own_index)
        return number, min(index or 0, MAX_LEVEL)

    def _of_style(self, style: str | None) -> tuple[str | None, int | None]:
        if style not in self._style_numbers:
            self._style_numbers[style] = self._resolve_style(style)
        return self._style_numbers[style]

    def _resolve_style(self, style: str | None) -> tuple[str | None, int | None]:
        seen: set[str | None] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            number = _value(element, self.w, "pPr", "numPr", "numId")
            if number is not None:
                own = _value(element, self.w, "pPr", "numPr", "ilvl")
                by_level = self._style_levels.get((self._abstract_of.get(number, ""), style or ""))
                return number, _integer(own) if own is not None else by_level
            style = _value(element, self.w, "basedOn")
        return None, None

    def _advance(self, counters: dict[int, int], levels: dict[int, Level], number: str, index: int) -> None:
        start = self._overrides.pop((number, index), None)
        if start is not None:
            counters[index] = start
        else:
            counters[index] = counters[index] + 1 if index in counters else levels[index].start
        for deeper in [d for d in counters if d > index]:
            if index < (levels[deeper].restart if deeper in levels else deeper):
                del counters[deeper]


def _level(element: Any, w: str, index: int) -> Level:
    restart = _value(element, w, "lvlRestart")
    legal = element.find(w + "isLgl")
    return Level(
        format=_value(element, w, "numFmt") or "decimal",
        text=(_value(element, w, "lvlText") or "")[:MAX_LABEL],
        start=_integer(_value(element, w, "start"), default=0),
        restart=index if restart is None else _integer(restart),
        suffix=_value(element, w, "suff") or "tab",
        legal=legal is not None and legal.get(w + "val") not in ("0", "false"),
    )


def _render(level: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
    if level.format == "bullet":
        return "".join(BULLETS.get(c, "•" if ord(c) in PRIVATE_USE else c) for c in level.text)
    if level.format == "none" and "%" not in level.text:
        return level.text

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        named = levels.get(index)
        if named is None:
            return ""
        return format_number(counters.get(index, named.start), "decimal" if level.legal else named.format)

    return re.sub(r"%([1-9])", number, level.text)


def format_number(value: int, style: str) -> str:
    """`value` as Word writes it: format_number(4, "upperRoman") is "IV", format_number(27, "lowerLetter") "aa"."""
    if style in ("none", "bullet"):
        return ""
    if style == "decimalZero":
        return f"{value:02d}"
    if 0 < value < 4000 and style in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if style == "upperRoman" else roman.lower()
    if 0 < value <= 26 * 30 and style in ("upperLetter", "lowerLetter"):
        letter = chr((value - 1) % 26 + ord("a")) * ((value - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    return str(value)


def _roman(value: int) -> str:
    parts = []
    for worth, sign in ROMAN:
        times, value = divmod(value, worth)
        parts.append(sign * times)
    return "".join(parts)


def _value(element: Any, w: str, *path: str) -> str | None:
    """w:val of the element at the end of `path`, None where it is missing."""
    for step in path:
        element = element.find(w + step)
        if element is None:
            return None
    value: str | None = element.get(w + "val")
    return value


def _integer(text: str | None, *, default: int = 0) -> int:
    try:
        return max(-(10**6), min(int(text or default), 10**6))
    except ValueError:
        return default
