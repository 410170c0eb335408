"""Noise as real files carry it (OCR, web pages, converters), laid over a text and over the quotes of its labels alike.

A noise is a list of edits, so every old position has a new one: quotes are found in the clean text first and cut out
of the noisy text afterwards. The same document, noise and seed give the same text.
"""

from __future__ import annotations

import functools
import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from labelled import Labelled

Edit = tuple[int, int, str]
Span = tuple[int, int]
Noise = Callable[[str, random.Random], Iterator[Edit]]

_LETTER = re.compile(r"[^\W\d_][\u0300-\u036f]*")
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_SILENT = re.compile(r"[\s*_#|\"“”'’‘`]")
_TITLE = re.compile(r"(?mi)^\W*(?:K[ẾÉE] HO[ẠA]CH|CÔNG ĐIỆN|CHỈ THỊ|HƯỚNG DẪN|QUYẾT ĐỊNH|THÔNG BÁO)")


def lose_marks(text: str, dice: random.Random) -> Iterator[Edit]:
    """2 % of the letters lose their marks: "phấn đấu" -> "phân đấu"."""
    for letter in _LETTER.finditer(text):
        if dice.random() < 0.02:
            bare = "".join(c for c in unicodedata.normalize("NFD", letter[0]) if not unicodedata.combining(c))
            yield *letter.span(), bare.translate(str.maketrans("đĐ", "dD"))


def split_words(text: str, dice: random.Random) -> Iterator[Edit]:
    """2 % of the words are split by a space: "thi đua" -> "th i đua"."""
    for word in _WORD.finditer(text):
        inner = list(_LETTER.finditer(word[0]))[1:]
        if inner and dice.random() < 0.02:
            place = word.start() + dice.choice(inner).start()
            yield place, place, " "


def wrap(width: int) -> Noise:
    """Lines end after at most `width` characters; lines that are shorter, blank ones too, stay as they are."""

    def edits(text: str, dice: random.Random) -> Iterator[Edit]:
        for line in re.finditer(r"[^\n]+", text):
            start = line.start()
            while line.end() - start > width:
                space = text.rfind(" ", start + 1, start + width + 1)
                if space < 0:
                    space = text.find(" ", start + width, line.end())
                if space < 0:
                    break
                yield space, space + 1, "\n"
                start = space + 1

    return edits


def break_pages(text: str, dice: random.Random) -> Iterator[Edit]:
    """Page numbers and bookmarks between lines, as converters of PDF and of old Word files leave them."""
    page, last, length = 1, 0, dice.randint(800, 1600)
    for line_end in re.finditer(r"\n", text):
        if line_end.end() - last >= length:
            page, last, length = page + 1, line_end.end(), dice.randint(800, 1600)
            mark = dice.choice([f"{page}\n", f"\n{page}\n\n", f"[bookmark: _Hlk18{page}042]\n"])
            yield line_end.end(), line_end.end(), mark


def decompose(text: str, dice: random.Random) -> Iterator[Edit]:
    """Letters and their marks as separate characters (NFD)."""
    for letter in _LETTER.finditer(text):
        apart = unicodedata.normalize("NFD", letter[0])
        if apart != letter[0]:
            yield *letter.span(), apart


def drop_dashes(text: str, dice: random.Random) -> Iterator[Edit]:
    """2020 - 2025 -> 2020 2025, 05/CT-UBND -> 05/CT UBND; bullets stay."""
    for dash in re.finditer(r"(?<=\w)[^\S\n]*[-–][^\S\n]*(?=\w)", text):
        yield *dash.span(), " "


def drop_free_dashes(text: str, dice: random.Random) -> Iterator[Edit]:
    """2020 - 2025 -> 2020 2025, but 05/CT-UBND stays; bullets stay."""
    for dash in re.finditer(r"(?<=\w)[^\S\n]+[-–][^\S\n]+(?=\w)", text):
        yield *dash.span(), " "


def drop_bullets(text: str, dice: random.Random) -> Iterator[Edit]:
    """Dashes and plus signs at the beginning of lines are gone."""
    for bullet in re.finditer(r"(?m)^[^\S\n]*([-–+•][^\S\n]+)", text):
        yield *bullet.span(1), ""


def flatten_heading(text: str, dice: random.Random) -> Iterator[Edit]:
    """What stands above the title becomes two rows of cells, the second from "Số:" on."""
    title = _TITLE.search(text)
    if not title or title.start() > 1500:
        return
    for gap in re.finditer(r"(?<=[^\s|])[\s|]*\n[\s|]*(?=[^\s|])", text[: title.start()].rstrip()):
        yield *gap.span(), " |\n" if re.match(r"Số\b", text[gap.end() :]) else " | "


NOISES: dict[str, tuple[Noise, ...]] = {
    "marks": (lose_marks,),
    "split": (split_words,),
    "wrap80": (wrap(80),),
    "wrap40": (wrap(40),),
    "pages": (break_pages,),
    "nfd": (decompose,),
    "dashes": (drop_dashes,),
    "freedash": (drop_free_dashes,),
    "bullets": (drop_bullets,),
    "heading": (flatten_heading,),
    "together": (flatten_heading, drop_dashes, lose_marks, split_words, wrap(80), break_pages, decompose),
}


def make_noisy(document: Labelled, name: str, *, seed: int = 2026) -> Labelled:
    """The document under the noise `name` (a key of NOISES), the quotes of its labels noised alike."""
    dice = random.Random(f"{seed} {document.name} {name}")
    text, spans = document.text, find_quotes(document)
    for noise in NOISES[name]:
        text, move = apply_edits(text, noise(text, dice))
        spans = {key: move(span) for key, span in spans.items()}
    labels = {kind: value if not isinstance(value, list) else list(value) for kind, value in document.labels.items()}
    for (kind, index), (start, end) in spans.items():
        labels[kind][index] = {**labels[kind][index], "quote": text[start:end]}
    return Labelled(f"{document.name} ({name})", text, labels)


def find_quotes(document: Labelled) -> dict[tuple[str, int], Span]:
    """Where the quote of each labelled item stands in the text, by kind and index.

    White space, case, Unicode form, quotation marks and Markdown marks may differ. Of several places the first one
    that does not go back before the item above is taken.
    """
    wanted = tuple(
        (kind, index, item["quote"])
        for kind, items in document.labels.items()
        for index, item in enumerate(items if isinstance(items, list) else ())
        if isinstance(item, dict) and item.get("quote")
    )
    return _find(document.text, wanted)


@functools.lru_cache(maxsize=256)
def _find(text: str, quotes: tuple[tuple[str, int, str], ...]) -> dict[tuple[str, int], Span]:
    """Once for all noises that are laid over a document."""
    letters, places = _fold(text)
    found: dict[tuple[str, int], Span] = {}
    above: dict[str, int] = {}
    for kind, index, quote in quotes:
        wanted = _fold(quote)[0]
        at = letters.find(wanted, above.get(kind, 0)) if wanted else -1
        at = at if at >= 0 or not wanted else letters.find(wanted)
        if at >= 0:
            above[kind] = at
            found[kind, index] = (places[at][0], places[at + len(wanted) - 1][1])
    return found


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, Callable[[Span], Span]]:
    """The edited text, and where a span of the old one went. Edits come in order and do not overlap.

    What is inserted at the border of a span stays outside of it.
    """
    pieces: list[str] = []
    begins, ends = [0] * (len(text) + 1), [0] * (len(text) + 1)
    done = length = 0
    for start, end, new in [*edits, (len(text), len(text), "")]:
        for position in range(done, start):
            begins[position] = length + position - done
            ends[position + 1] = begins[position] + 1
        length += start - done
        for position in range(start, end):
            begins[position], ends[position + 1] = length, length + len(new)
        pieces += [text[done:start], new]
        done, length = end, length + len(new)
    begins[len(text)] = length
    return "".join(pieces), lambda span: (begins[span[0]], ends[span[1]])


def _fold(text: str) -> tuple[str, list[Span]]:
    """The text without case, marks of writing and white space, decomposed, with the old span of every character."""
    characters, places = [], []
    for cluster in re.finditer(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", text):
        if not _SILENT.fullmatch(cluster[0]):
            folded = unicodedata.normalize("NFD", cluster[0].casefold())
            characters.append(folded)
            places += [cluster.span()] * len(folded)
    return "".join(characters), places
