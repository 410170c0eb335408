"""The ranking of a bloc: with its reasons, with what would change it, as a page, a workbook and a paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thidua.scoring.what_if import what_if
from thidua_web.archive.downloads import TYPES, made_response
from thidua_web.progress import rankings_out
from thidua_web.progress.models import Scoring
from thidua_web.progress.pages import rankings as pages
from thidua_web.progress.pages import score_tables as table_pages
from thidua_web.progress.pages.scorings import strip
from thidua_web.progress.queries import scorings as queries
from thidua_web.progress.queries.score_results import in_the_way, result_of
from thidua_web.progress.stages import ScoringState
from thidua_web.progress.views.score_seeing import load_scoring, today
from thidua_web.progress.views.seeing import access_of

MAKERS = {"xlsx": rankings_out.as_workbook, "pdf": rankings_out.as_paper}


@require_safe
def ranking(request: HttpRequest, scoring_id: int) -> HttpResponse:
    """To members once it is published; to the unit that made the bloc at any time, with what would change it."""
    scoring = load_scoring(request, scoring_id)
    published = scoring.state == ScoringState.PUBLISHED
    standing = access_of(request).may("score.see", scoring.bloc.unit_id)
    table = queries.table_of(scoring)
    context = {
        "scoring": scoring,
        "strip": strip(scoring),
        "published": published,
        "standing": standing,
        "chain": table_pages.say_chain(table),
    }
    if published and scoring.result is not None:
        context["ranking"] = pages.ranking_page(scoring.result, table)
    elif standing:
        context |= _live(scoring)
    return render(request, "progress/ranking.html", context)


def _live(scoring: Scoring) -> dict[str, object]:
    """As it stands now, and which doubtful points would change it."""
    board = queries.board(scoring, today())
    names = {party.key: party.name for party in board.parties}
    ended = {party.key for party in board.parties if party.ended}
    doubts = what_if(board.table, [one.settled for one in board.scores.values()], dissolved=ended)
    return {
        "ranking": pages.ranking_page(result_of(board), board.table),
        "doubts": pages.doubt_rows(doubts, board.table, names),
        "more_doubts": max(0, len(doubts) - pages.MOST_TOLD),
        "drawing": pages.drawing(doubts, board.table, names),
        "in_the_way": in_the_way(board),
    }


@require_safe
def export(request: HttpRequest, scoring_id: int, suffix: str) -> HttpResponseBase:
    """The published ranking; before that nothing goes out."""
    scoring = load_scoring(request, scoring_id)
    if suffix not in MAKERS or scoring.result is None:
        raise Http404
    data = MAKERS[suffix](scoring, queries.table_of(scoring))
    return made_response(data, name=f"xep-hang-{scoring.pk}.{suffix}", content_type=TYPES[suffix])
