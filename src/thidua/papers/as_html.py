"""A paper as HTML to read on a screen and to print: one `<article class="paper">`, styled by `paper.css`.

Text is always escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from thidua.papers.laying import MOTTO, NATION, Break, Grid, Laid, Line, Pages, Piece, SignatureRow, lay
from thidua.papers.paper import Column, Paper, Row, Run, Signature

LEVELS = ("appendix-title", "part-title", "section", "clause")
"""Roles that are headings, from the highest."""


def to_html(paper: Paper) -> str:
    laid = lay(paper)
    parts = [*_head(laid), *_pages(laid.pages, 3 if laid.kind else 2), *_foot(laid)]
    for pages in laid.appendices:
        wide = " paper-wide" if pages.landscape else ""
        parts += [f'<section class="paper-annex{wide}">', *_pages(pages, 2), "</section>"]
    wide = " paper-wide" if laid.pages.landscape else ""
    inner = "\n".join(parts)
    return f'<article class="paper{wide}" lang="vi">\n{inner}\n</article>\n'


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _lines(lines: tuple[str, ...]) -> str:
    return "<br>".join(_text(line) for line in lines)


def _head(laid: Laid) -> Iterator[str]:
    yield f'<header class="paper-head{"" if laid.issuer else " paper-own"}">'
    if laid.issuer:
        above = f'<p class="paper-superior">{_lines(laid.superior)}</p>' if laid.superior else ""
        number = f'<p class="paper-number">{_text(laid.number)}</p>' if laid.number else ""
        about = f'<p class="paper-about">{_text(" ".join(laid.about))}</p>' if laid.about else ""
        yield f'<div>{above}<p class="paper-issuer">{_lines(laid.issuer)}</p>{number}{about}</div>'
    dateline = f'<p class="paper-dateline">{_text(laid.dateline)}</p>' if laid.dateline else ""
    yield f'<div><p class="paper-nation">{NATION}</p><p class="paper-motto">{MOTTO}</p>{dateline}</div>'
    yield "</header>"
    if laid.kind:
        summary = f'<span class="paper-summary">{_text(" ".join(laid.summary))}</span>' if laid.summary else ""
        yield f'<h2 class="paper-kind">{_text(laid.kind)}{summary}</h2>'
    if len(laid.to) == 1:
        yield f'<p class="paper-to">Kính gửi: {_text(laid.to[0])}</p>'
    elif laid.to:
        yield f'<div class="paper-to paper-many"><p>Kính gửi:</p><p>{_lines(laid.to)}</p></div>'


def _pages(pages: Pages, highest: int) -> Iterator[str]:
    """Headings count from `highest` without a gap, whichever levels the paper uses."""
    used = {piece.role for piece in pages.pieces if isinstance(piece, Line)}
    tags = {role: f"h{highest + n}" for n, role in enumerate(role for role in LEVELS if role in used)}
    for is_list, pieces in groupby(pages.pieces, key=lambda piece: isinstance(piece, Line) and piece.role == "item"):
        if is_list:
            yield '<ul class="paper-list">'
            yield from (_item(piece) for piece in pieces if isinstance(piece, Line))
            yield "</ul>"
        else:
            yield from (_piece(piece, tags) for piece in pieces)


def _item(line: Line) -> str:
    depth = f" paper-depth-{min(line.depth, 4)}" if line.depth else ""
    return f'<li class="paper-item{depth}">{_runs(line.runs)}</li>'


def _piece(piece: Piece, tags: dict[str, str]) -> str:
    if isinstance(piece, Break):
        return '<hr class="paper-break">'
    if isinstance(piece, Grid):
        return _table(piece)
    tag = tags.get(piece.role, "p")
    runs = tuple(_flowing(run, piece.role) for run in piece.runs)
    return f'<{tag} class="paper-{piece.role}">{_runs(runs)}</{tag}>'


def _flowing(run: Run, role: str) -> Run:
    """What the style sheet does itself: headings are bold by their tag, heads of appendices break where it fits."""
    text = run.text.replace("\n", " ") if role.startswith("appendix") else run.text
    return Run(text, run.bold and role not in LEVELS, run.italic)


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    words = _text(run.text)
    words = f"<em>{words}</em>" if run.italic else words
    return f"<strong>{words}</strong>" if run.bold else words


def _table(grid: Grid) -> str:
    heads = "".join(f'<th scope="col">{_text(column.head)}</th>' for column in grid.columns)
    body = "\n".join(_row(row, grid) for row in grid.rows)
    whole = sum(column.width for column in grid.columns)
    widths = "".join(f'<col width="{column.width / whole:.1%}">' for column in grid.columns)
    table = f"<table><colgroup>{widths}</colgroup>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
    return f'<div class="paper-table" tabindex="0">{table}</div>'


def _row(row: Row, grid: Grid) -> str:
    if row.group:
        return f'<tr class="paper-group"><th colspan="{len(grid.columns)}">{_text(row.cells[0])}</th></tr>'
    cells = zip(row.cells, grid.columns, strict=True)
    return f"<tr>{''.join(_cell(cell, column) for cell, column in cells)}</tr>"


def _cell(cell: str, column: Column) -> str:
    """With its head, which a narrow screen shows beside it."""
    return f'<td class="paper-{column.align}" data-label="{escape(column.head)}">{_text(cell)}</td>'


def _foot(laid: Laid) -> Iterator[str]:
    recipients = _recipients(laid)
    yield '<footer class="paper-foot">'
    for n, row in enumerate(laid.signatures):
        beside = recipients if n == 0 and laid.beside else ""
        yield from _signed(row, beside)
    if recipients and not laid.beside:
        yield recipients
    yield "</footer>"


def _recipients(laid: Laid) -> str:
    if not laid.recipients:
        return ""
    return f'<div class="paper-recipients"><p>Nơi nhận:</p><p>{_lines(laid.recipients)}</p></div>'


def _signed(row: SignatureRow, beside: str) -> Iterator[str]:
    if row.center is not None:
        yield f'<div class="paper-signed paper-middle">{_signature(row.center)}</div>'
        return
    left = beside or (_signature(row.left) if row.left is not None else "<div></div>")
    right = _signature(row.right) if row.right is not None else "<div></div>"
    yield f'<div class="paper-signed">{left}{right}</div>'


def _signature(one: Signature) -> str:
    note = f'<p class="paper-note">{_text(one.note)}</p>' if one.note else ""
    lines = _lines(one.authority or ("……………………………",))
    return (
        f'<div class="paper-signature"><p class="paper-authority">{lines}</p>{note}'
        f'<p class="paper-name">{_text(one.name)}</p></div>'
    )
