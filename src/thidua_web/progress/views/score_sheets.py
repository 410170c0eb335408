"""One unit's sheet: what the sources have said side by side, and where it is one's turn, the points to enter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from thidua.scoring.what_if import what_if
from thidua_web.campaigns.pages.wording import say_number
from thidua_web.config import drafts
from thidua_web.progress.actions import scores as actions
from thidua_web.progress.actions.scores import Came, Given, Saved
from thidua_web.progress.forms.scores import Sheet, read_sheet
from thidua_web.progress.models import Source
from thidua_web.progress.pages import score_sheets as pages
from thidua_web.progress.pages.score_sheets import Shown
from thidua_web.progress.pages.score_tables import say_points
from thidua_web.progress.queries import scorings as queries
from thidua_web.progress.queries.scorings import Board
from thidua_web.progress.stages import ScoringState
from thidua_web.progress.views.score_seeing import Seat, load_edited, load_sheet, today


@require_safe
def sheet(request: HttpRequest, scoring_id: int, unit_id: int) -> HttpResponse:
    seat = load_sheet(request, scoring_id, unit_id)
    return _page(request, seat, _board(seat))


def _board(seat: Seat) -> Board:
    """Of the whole bloc only where somebody is told what a dispute means for the rank."""
    whole = seat.standing and seat.scoring.state == ScoringState.STANDING
    return queries.board(seat.scoring, today(), only=None if whole else seat.unit.pk)


def _page(  # noqa: PLR0913, PLR0917 - what came with it
    request: HttpRequest,
    seat: Seat,
    board: Board,
    raw: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    reasons: frozenset[str] = frozenset(),
    status: int = 200,
) -> HttpResponse:
    unit = seat.unit.pk
    there = board.said.get((unit, seat.editing)) if seat.editing else None
    sent = bool(there and there.sheet.sent_at)
    shown = shown_of(seat, board, editing="" if sent else seat.editing, raw=raw, faults=faults, reasons=reasons)
    names = {cell.id: cell.label for group in pages.groups(shown) for line in group.lines for cell in line.cells}
    context = {
        "seat": seat,
        "scoring": seat.scoring,
        "party": board.scores[unit].party,
        "shown": shown,
        "source_label": _total_label(seat),
        "groups": pages.groups(shown),
        "counts": pages.count_cells(shown) if shown.editing == Source.OWN else [],
        "sums": pages.sums(shown),
        "revision": there.sheet.revision if there else 0,
        "sent": there.sheet if sent and there else None,
        "faults": [(cell, names.get(cell, ""), told) for cell, told in (faults or {}).items()],
        "reasons": [board.table.labels.get(key, key) for key in sorted(reasons)],
        "may_rank": seat.standing,
        "total": _total(shown),
    }
    return render(request, "progress/score_sheet.html", context, status=status)


def shown_of(  # noqa: PLR0913 - what came with it
    seat: Seat,
    board: Board,
    *,
    editing: str,
    raw: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    reasons: frozenset[str] = frozenset(),
) -> Shown:
    """What somebody may see; the sheet in hand is reckoned as it stands, sent or not."""
    unit, row = seat.unit.pk, board.scores[seat.unit.pk]
    columns = list(seat.columns)
    if editing and Source(editing) not in columns:
        columns.append(Source(editing))
    evidence = {key: files for (owner, key), files in board.evidence.items() if owner == unit}
    scores = {source.value: row.of(source) for source in columns}
    entries = {source.value: said.entries for source in columns if (said := board.said.get((unit, source)))}
    own_too = [Source.OWN.value] if seat.own or seat.standing else []
    for source in {editing, *own_too} - {""}:
        held = entries.get(source, {})
        if scores.get(source) is None and (held or source == editing):
            scores[source] = queries.score_of(board.table, str(unit), held, source, set(evidence))
    judged = seat.standing
    return Shown(
        table=board.table,
        editing=editing,
        columns=tuple(columns),
        scores=scores,
        entries=entries,
        evidence=evidence,
        quarrels={one.criterion: one for one in row.quarrels} if judged or Source.PEER in columns else {},
        doubts=_doubts(board, str(unit)) if row.quarrels and len(board.scores) > 1 else {},
        raw=raw,
        faults=faults or {},
        reasons_asked=reasons,
        counted=row.settled if editing == Source.STANDING else scores.get(editing),
    )


def _doubts(board: Board, unit: str) -> dict[str, Any]:
    """What each doubtful point of the unit would do to its rank."""
    ended = {party.key for party in board.parties if party.ended}
    found = what_if(board.table, [one.settled for one in board.scores.values()], dissolved=ended, units={unit})
    return {doubt.criterion: doubt for doubt in found}


def _total_label(seat: Seat) -> str:
    if seat.editing == Source.STANDING:
        return gettext("Điểm tính")
    return str(Source(seat.editing).label) if seat.editing else ""


def _total(shown: Shown) -> dict[str, str]:
    score = shown.counted
    return {"points": say_points(score.total), "short": pages.say_short(score)} if score else {}


# Entering -----------------------------------------------------------------------------------------------------------


def _source(request: HttpRequest) -> Source:
    text = request.POST.get("source", "")
    return Source(text) if text in Source.values else Source.OWN


def _read(request: HttpRequest, seat: Seat) -> Sheet:
    table = queries.table_of(seat.scoring)
    return read_sheet(table, request.POST.dict(), counts=seat.editing == Source.OWN)


def _save(request: HttpRequest, seat: Seat, read: Sheet) -> Saved:
    """What is right is written, whatever else is wrong."""
    text = request.POST.get("revision", "")
    return actions.save_sheet(
        scoring=seat.scoring,
        unit=seat.unit,
        source=Source(seat.editing),
        scorer=seat.scorer or seat.unit,
        revision=int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0,
        given={key: Given(*row) for key, row in read.rows.items()},
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )


@require_POST
def save(request: HttpRequest, scoring_id: int, unit_id: int) -> HttpResponse:
    """As it is typed (answered with what it comes to), or by the button."""
    seat = load_edited(request, scoring_id, unit_id, _source(request))
    read = _read(request, seat)
    saved = _save(request, seat, read)
    if drafts.is_draft(request):
        return _drafted(seat, read, saved)
    if saved.came is not Came.SAVED:
        return _refused(request, seat, read, saved)
    if read.faults:
        board = _board(seat)
        return _page(request, seat, board, request.POST.dict(), read.faults, status=422)
    messages.success(request, gettext("Đã lưu."))
    return redirect("progress:score_sheet", scoring_id, unit_id)


def _drafted(seat: Seat, read: Sheet, saved: Saved) -> HttpResponse:
    if saved.came is not Came.SAVED or saved.sheet is None:
        return drafts.not_saved(_why(saved))
    board = queries.board(seat.scoring, today(), only=seat.unit.pk)
    shown = shown_of(seat, board, editing=seat.editing)
    said = gettext("Đã lưu lúc %(time)s.") % {"time": f"{timezone.localtime():%H:%M:%S}"}
    texts, parts = _reckoned(shown)
    return drafts.saved(
        revision=saved.sheet.revision,
        said=gettext("Có chỗ chưa đúng nên chưa lưu.") if read.faults else said,
        trouble=bool(read.faults),
        faults=read.faults,
        texts=texts,
        parts=parts,
    )


def _reckoned(shown: Shown) -> tuple[dict[str, str], dict[str, str]]:
    """What the sheet comes to, by the places of its page: words, and lists."""
    groups, total = pages.groups(shown), _total(shown)
    texts = {f"section-{n}": group.points for n, group in enumerate(groups, 1)}
    texts |= {"score-total": total.get("points") or "…", "score-short": total.get("short", "")}
    parts = {}
    for line in (line for group in groups for line in group.lines):
        texts[f"working-{line.criterion.key}"] = line.working
        parts[f"hints-{line.criterion.key}"] = format_html_join("", "<li>{}</li>", ((hint,) for hint in line.hints))
    return texts, parts


def _why(saved: Saved) -> str:
    if saved.came is Came.OVERTAKEN:
        return gettext("Có người khác, hoặc một thẻ khác, vừa ghi phiếu này. Tải lại trang để thấy số mới nhất.")
    return gettext("Phiếu đã gửi hoặc bước chấm này đã qua nên không ghi thêm được. Tải lại trang để thấy hiện trạng.")


def _refused(request: HttpRequest, seat: Seat, read: Sheet, saved: Saved) -> HttpResponse:
    """What was typed stays on the page, beside what stands now."""
    messages.warning(request, _why(saved))
    if saved.came is Came.CLOSED:
        return redirect("progress:score_sheet", seat.scoring.pk, seat.unit.pk)
    board = _board(seat)
    return _page(request, seat, board, request.POST.dict(), read.faults, status=409)


@require_POST
def send(request: HttpRequest, scoring_id: int, unit_id: int) -> HttpResponse:
    """Saved and sent at once; it may lack points, but nothing in it may be wrong."""
    seat = load_edited(request, scoring_id, unit_id, _source(request))
    if seat.editing == Source.STANDING:
        return save(request, scoring_id, unit_id)
    read = _read(request, seat)
    saved = _save(request, seat, read)
    if saved.came is not Came.SAVED or saved.sheet is None:
        return _refused(request, seat, read, saved)
    board = _board(seat)
    shown = shown_of(seat, board, editing=seat.editing)
    reasons = _reasons_asked(seat, shown)
    if read.faults or reasons:
        return _page(request, seat, board, request.POST.dict(), read.faults, reasons, status=422)
    score = shown.scores[seat.editing]
    total = score.total if score else None
    if actions.send_sheet(sheet=saved.sheet, total=total, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, _sent(shown))
    return redirect("progress:score_sheet", scoring_id, unit_id)


def _reasons_asked(seat: Seat, shown: Shown) -> frozenset[str]:
    """Where a peer gives other points than the unit itself and does not say why."""
    own, mine = shown.scores.get(Source.OWN), shown.scores.get(seat.editing)
    if seat.editing != Source.PEER or own is None or mine is None:
        return frozenset()
    entries = shown.entries.get(seat.editing, {})
    return frozenset(
        key
        for key, part in mine.by_criterion.items()
        if part.points is not None and part.given and own.by_criterion[key].points not in (None, part.points)
        if not entries[key].note
    )


def _sent(shown: Shown) -> str:
    score = shown.scores[shown.editing]
    missing = len(score.missing) if score else 0
    if not missing:
        return gettext("Đã gửi phiếu chấm.")
    return gettext("Đã gửi phiếu chấm; còn %(n)s tiêu chí chưa có điểm.") % {"n": say_number(missing)}


@require_POST
def take_back(request: HttpRequest, scoring_id: int, unit_id: int) -> HttpResponse:
    """Opened again by whoever sent it, as long as its step lasts."""
    seat = load_edited(request, scoring_id, unit_id, _source(request))
    board = _board(seat)
    there = board.said.get((seat.unit.pk, seat.editing))
    if there and actions.take_back_sheet(sheet=there.sheet, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã lấy phiếu về để sửa. Sửa xong cần gửi lại."))
    else:
        messages.info(request, gettext("Bước chấm này đã qua, hoặc phiếu chưa gửi."))
    return redirect("progress:score_sheet", scoring_id, unit_id)
