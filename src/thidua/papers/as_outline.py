"""A paper as plain text, in reading order: for those who compare two versions, and for search."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.papers.laying import MOTTO, NATION, Grid, Laid, Line, Pages, SignatureRow, lay
from thidua.papers.paper import Paper, Signature


def to_outline(paper: Paper) -> str:
    """One line a paragraph, cells of a table between "|"; ends with a line end."""
    laid = lay(paper)
    lines = [*_head(laid), *_pages(laid.pages), *_foot(laid)]
    for pages in laid.appendices:
        lines += ["", "=" * 20, *_pages(pages)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(laid: Laid) -> Iterator[str]:
    yield from (*laid.superior, *laid.issuer)
    yield from filter(None, (laid.number, " ".join(laid.about)))
    yield from (NATION, MOTTO)
    yield from filter(None, (laid.dateline,))
    yield from ("", *filter(None, (laid.kind, " ".join(laid.summary))))
    if laid.to:
        one = len(laid.to) == 1
        yield from ("", f"Kính gửi: {laid.to[0]}") if one else ("", "Kính gửi:", *laid.to)
    yield ""


def _pages(pages: Pages) -> Iterator[str]:
    for piece in pages.pieces:
        if isinstance(piece, Line):
            yield "  " * piece.depth + piece.text.replace("\n", " ")
        elif isinstance(piece, Grid):
            yield ""
            yield "| " + " | ".join(column.head for column in piece.columns)
            for row in piece.rows:
                yield "| " + " | ".join(cell.replace("\n", " / ") for cell in row.cells)
            yield ""
        else:
            yield "-" * 20


def _foot(laid: Laid) -> Iterator[str]:
    for row in laid.signatures:
        yield ""
        yield from _signed(row)
    if laid.recipients:
        yield from ("", "Nơi nhận:", *laid.recipients)


def _signed(row: SignatureRow) -> Iterator[str]:
    for name in ("left", "right", "center"):
        one: Signature | None = getattr(row, name)
        if one is not None:
            where = {"left": "[trái] ", "right": "[phải] ", "center": "[giữa] "}[name]
            yield where + " / ".join(filter(None, (*one.authority, one.note, one.name)))
