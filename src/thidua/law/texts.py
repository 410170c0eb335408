"""The exact wording of an instrument: its articles, clauses and points, and the words at a place.

The text comes from whoever runs an installation; nothing of it ships with the project. Where a decision promulgates a
regulation, both number their articles from 1: the regulation's stand for the place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

_WRAPPED = 130
"""A text none of whose lines is longer was wrapped: its paragraphs are parted by blank lines."""
_ARTICLE = re.compile(r"Điều\s+(?P<number>\d+[a-zđ]?)\s*[.:]\s*(?P<heading>.*)", re.DOTALL)
_CLAUSE = re.compile(r"(?P<number>\d+[a-zđ]?)\s*\.\s*(?=\D)")
_POINT = re.compile(r"(?P<letter>[a-zđ]{1,2})\)\s*")
_PART = re.compile(r"(?:Phần|Chương|Mục|Tiểu mục)\s+(?:thứ\s+)?[\dIVXLC]+\b|PHỤ LỤC\b")
_NUMBER = re.compile(r"\b\d+[a-zđ]?/\d{4}/[A-ZĐ]{2,5}\d*(?:-[A-ZĐ]+)*|\b\d+/[A-ZĐ]{2,4}-[A-ZĐ]{2,6}\b")
_ONE = r"(?:\d+[a-zđ]?|[a-zđ]{1,2})\b"
_CITED = re.compile(rf"(?P<kind>điểm|khoản|điều)\s+(?P<numbers>{_ONE}(?:(?:,| và)\s+{_ONE})*)")


class Paragraph(Struct, frozen=True):
    """A paragraph of an article with the clause and the point it belongs to, "" where it stands before the first."""

    clause: str
    point: str
    text: str


class Article(Struct, frozen=True):
    number: str
    heading: str
    paragraphs: tuple[Paragraph, ...]


class InstrumentText(Struct, frozen=True):
    """`number` as the text itself says it ("06/2022/QH15"); "" where it does not."""

    number: str
    articles: tuple[Article, ...]

    def article(self, number: str) -> Article | None:
        return next((article for article in self.articles if article.number == number), None)

    def wording(self, place: str) -> tuple[Paragraph, ...]:
        """The words at "điểm a khoản 1 Điều 24", at each place where there are several ("khoản 1, 2 Điều 80").

        With a clause its points too; nothing where a place is not there.
        """
        return tuple(
            dict.fromkeys(p for article, clause, point in cited(place) for p in self._at(article, clause, point))
        )

    def _at(self, number: str, clause: str, point: str) -> Iterator[Paragraph]:
        article = self.article(number)
        for paragraph in article.paragraphs if article else ():
            if clause in ("", paragraph.clause) and point in ("", paragraph.point):
                yield paragraph


def cited(place: str) -> tuple[tuple[str, str, str], ...]:
    """Article, clause and point of every place in a citation, "" for what it does not name.

    Citations go from small to large: "điểm a, b khoản 1, khoản 2 Điều 24" are two points of one clause, and a clause.
    """
    found: list[list[str]] = []
    parts: list[str] = []
    for level, number in reversed(list(_named(place))):
        if level < len(parts):  # nothing smaller stood in front of the last one
            found.append(parts)
        parts = [*parts[:level], *[""] * (level - len(parts)), number]
    found.append(parts)
    padded = [(*parts, "", "", "") for parts in reversed(found) if parts]
    return tuple((article, clause, point) for article, clause, point, *_ in padded)


def _named(place: str) -> Iterator[tuple[int, str]]:
    """Every number with its level: 0 an article, 1 a clause, 2 a point."""
    for match in _CITED.finditer(place.lower()):
        for number in re.split(r",\s*|\s+và\s+", match["numbers"]):
            yield ("điều", "khoản", "điểm").index(match["kind"]), number


def parse_text(raw: str) -> InstrumentText:
    """The articles of a text in any layout that keeps its lines."""
    paragraphs = list(_paragraphs(unicodedata.normalize("NFC", raw)))
    head = "\n".join(paragraphs[:12])
    number = _NUMBER.search(head)
    return InstrumentText(number=number.group() if number else "", articles=tuple(_articles(paragraphs)))


def _paragraphs(raw: str) -> Iterator[str]:
    lines = [line.replace("**", "").replace("*", "").strip(" \t\u00a0") for line in raw.splitlines()]
    wrapped = max((len(line) for line in lines if not line.startswith("|")), default=0) <= _WRAPPED
    for block in _blocks(lines) if wrapped else ([line] for line in lines):
        text = " ".join(" ".join(block).split()).strip("|_- ")
        if text:
            yield text


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _articles(paragraphs: list[str]) -> Iterator[Article]:
    """The last series of articles that begins with 1, or goes on from where it stopped."""
    found: list[Article] = []
    for opening, rest in _parted(paragraphs):
        if opening["number"] == "1":
            found = []
        heading, body = _heading(opening["heading"], rest)
        found.append(Article(number=opening["number"], heading=heading, paragraphs=tuple(_numbered(body))))
    yield from found


def _heading(opening: str, rest: list[str]) -> tuple[str, list[str]]:
    """A decision's articles have no heading: their first sentence follows the number."""
    is_heading = bool(rest) and len(opening) < 400 and not opening.endswith((".", ";", ":"))
    return (opening, rest) if is_heading else ("", [opening, *rest])


def _parted(paragraphs: list[str]) -> Iterator[tuple[re.Match[str], list[str]]]:
    opening: re.Match[str] | None = None
    rest: list[str] = []
    for paragraph in paragraphs:
        article = _ARTICLE.match(paragraph)
        if article or (_PART.match(paragraph) and len(paragraph) < 300):
            if opening:
                yield opening, rest
            opening, rest = article, []
        elif opening:
            rest.append(paragraph)
    if opening:
        yield opening, rest


def _numbered(paragraphs: list[str]) -> Iterator[Paragraph]:
    clause = point = ""
    for paragraph in paragraphs:
        numbered, lettered = _CLAUSE.match(paragraph), _POINT.match(paragraph)
        if numbered and _follows(clause, numbered["number"]):
            clause, point = numbered["number"], ""
        elif lettered:
            point = lettered["letter"]
        yield Paragraph(clause, point, paragraph)


def _follows(before: str, number: str) -> bool:
    """Whether a number goes on with the clauses: a figure that opens a sentence is no clause."""
    last = int(re.sub(r"\D", "", before) or 0)
    return last <= int(re.sub(r"\D", "", number)) <= last + 1
