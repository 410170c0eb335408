"""Scorings: the list, opening one, its page, and its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.errors import InvalidTableError, UnreadableError
from thidua.explain import say, sentence
from thidua.scoring.table import ScoringTable, doubts, dump_table, load_table
from thidua_web.accounts.access import Access
from thidua_web.archive.downloads import TYPES, made_response
from thidua_web.campaigns.models import Campaign
from thidua_web.progress import score_tables
from thidua_web.progress.actions import scorings as actions
from thidua_web.progress.forms.scorings import EXAMPLE, OpenScoringForm, ReopenForm
from thidua_web.progress.models import Scoring
from thidua_web.progress.pages import score_tables as table_pages
from thidua_web.progress.pages import scorings as pages
from thidua_web.progress.queries import scorings as queries
from thidua_web.progress.queries.score_results import in_the_way
from thidua_web.progress.stages import SCORING_MOVES, ScoringState
from thidua_web.progress.views.score_seeing import load_assigned, load_led, load_scoring, may_assign, today
from thidua_web.progress.views.seeing import access_of
from thidua_web.register.models import Bloc

ON_A_PAGE = 50
KINDS = {"toml": "application/toml", "xlsx": TYPES["xlsx"]}


@require_safe
def scorings(request: HttpRequest) -> HttpResponse:
    """Those that somebody sees, the newest year first."""
    access = access_of(request)
    if not access.paths("score.see"):
        access.require("score.see", access.current.pk if access.current else None)
    text = request.GET.get("cum", "")
    bloc = Bloc.objects.filter(pk=int(text)).first() if text.isascii() and text.isdecimal() and len(text) < 19 else None
    rows = queries.scorings(access, bloc=bloc.pk if bloc else None)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "bloc": bloc, "may_open": bool(access.ids("score.lead"))}
    return render(request, "progress/scorings.html", context)


# Opening ------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def open_scoring(request: HttpRequest) -> HttpResponse:
    """First the table is looked at, all that is wrong in it told at once; then it is opened as it was looked at."""
    access = access_of(request)
    ids = access.ids("score.lead")
    if not ids:
        access.require("score.lead", access.current.pk if access.current else None)
    choices = {"blocs": _blocs(access), "campaigns": Campaign.objects.filter(unit__in=ids, launched_at__isnull=False)}
    if request.method != "POST":
        form = OpenScoringForm(**choices, initial=_initial(request))
        return render(request, "progress/score_open.html", {"form": form})
    form = OpenScoringForm(request.POST, request.FILES, **choices)
    context: dict[str, Any] = {"form": form}
    if form.is_valid() and (table := _table(form, context)):
        if "open" in request.POST and (scoring := _opened(request, form, table)):
            return redirect("progress:scoring", scoring.pk)
        if not form.errors:
            return _preview(request, form, table)
    return render(request, "progress/score_open.html", context, status=422)


def _blocs(access: Access) -> QuerySet[Bloc]:
    return Bloc.objects.filter(unit__in=access.ids("score.lead")).order_by("sort_text")


def _initial(request: HttpRequest) -> dict[str, Any]:
    day = today()
    text = request.GET.get("cum", "")
    bloc = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
    return {"year": day.year, "on": day, "bloc": bloc}


def _table(form: OpenScoringForm, context: dict[str, Any]) -> ScoringTable | None:
    """Out of the file, the table looked at before, or the one that comes along; what is wrong goes to the page."""
    given = form.cleaned_data
    language, file = table_pages.language(), given["file"]
    try:
        if file:
            return score_tables.read_table(file.read(), file.name)
        if given["text"]:
            return load_table(given["text"])
        return score_tables.example() if given["table_from"] == EXAMPLE else None
    except InvalidTableError as error:
        sheet = bool(file) and file.name.lower().endswith(".xlsx")
        context["table_faults"] = score_tables.faults_of(error, sheet=sheet, language=language)
    except UnreadableError as error:
        form.add_error("file", say(error.code, error.params, language))
    return None


def _opened(request: HttpRequest, form: OpenScoringForm, table: ScoringTable) -> Scoring | None:
    try:
        scoring = actions.open_scoring(**form.head, table=table, by=request.user, at=timezone.now())
    except ValidationError as error:
        form.add_error("on", error.message_dict["on"])
        return None
    messages.success(request, gettext("Đã mở chấm điểm. Các thành viên được báo để tự chấm."))
    return scoring


def _preview(request: HttpRequest, form: OpenScoringForm, table: ScoringTable) -> HttpResponse:
    head = form.head
    scoring = Scoring(bloc=head["bloc"], on=head["on"], year=head["year"])
    context = {
        "form": form,
        "head": head,
        "table": table,
        "parts": table_pages.parts(table),
        "chain": table_pages.say_chain(table),
        "doubts": [sentence(finding, table_pages.language()) for finding in doubts(table)],
        "text": dump_table(table),
        "members": queries.parties(scoring, today()),
    }
    return render(request, "progress/score_preview.html", context)


@require_safe
def example_table(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """The table that comes along, to start from."""
    access = access_of(request)
    if not access.paths("score.see"):
        access.require("score.see", access.current.pk if access.current else None)
    return _table_file(score_tables.example(), "bang-diem-mau", suffix)


@require_safe
def table(request: HttpRequest, scoring_id: int, suffix: str) -> HttpResponseBase:
    """The frozen table of a scoring."""
    scoring = load_scoring(request, scoring_id)
    return _table_file(queries.table_of(scoring), f"bang-diem-{scoring.pk}", suffix)


def _table_file(table: ScoringTable, stem: str, suffix: str) -> HttpResponseBase:
    if suffix not in KINDS:
        raise Http404
    return made_response(score_tables.as_file(table, suffix), name=f"{stem}.{suffix}", content_type=KINDS[suffix])


# The page and its steps ---------------------------------------------------------------------------------------------


@require_safe
def scoring(request: HttpRequest, scoring_id: int) -> HttpResponse:
    """How far each member has come, and what somebody can do now."""
    found = load_scoring(request, scoring_id)
    return _page(request, found)


def _page(request: HttpRequest, scoring: Scoring, form: ReopenForm | None = None) -> HttpResponse:
    access = access_of(request)
    board = queries.board(scoring, today())
    standing = access.may("score.see", scoring.bloc.unit_id)
    published = scoring.state == ScoringState.PUBLISHED
    own = access.ids("score.see")
    seen = {party.unit.pk for party in board.parties if standing or published or party.unit.pk in own}
    assigns = may_assign(access, scoring)
    steps = {act for act, move in SCORING_MOVES.items() if scoring.state in move.from_ and _may(access, scoring, act)}
    context = {
        "scoring": scoring,
        "strip": pages.strip(scoring),
        "rows": pages.member_rows(scoring, board, seen=seen),
        "standing": standing,
        "steps": steps,
        "in_the_way": in_the_way(board) if "publish" in steps else [],
        "assigns": assigns and scoring.state in (ScoringState.OWN, ScoringState.PEER),
        "may_rank": standing or published,
        "parts": table_pages.parts(board.table),
        "chain": table_pages.say_chain(board.table),
        "own_units": [party for party in board.parties if party.unit.pk in own],
        "to_check": _to_check(board, own, scoring),
        "form": form or ReopenForm(),
    }
    return render(request, "progress/scoring.html", context, status=422 if form else 200)


def _may(access: Access, scoring: Scoring, act: str) -> bool:
    return access.may(SCORING_MOVES[act].permission, scoring.bloc.unit_id)


def _to_check(board: queries.Board, own: frozenset[int], scoring: Scoring) -> list[queries.Party]:
    """Units that one's own checks now."""
    if scoring.state != ScoringState.PEER:
        return []
    mine = {unit for (unit, source), said in board.said.items() if source == "peer" and said.sheet.scorer_id in own}
    return [party for party in board.parties if party.unit.pk in mine]


@require_POST
def open_peer(request: HttpRequest, scoring_id: int) -> HttpResponse:
    scoring = load_led(request, scoring_id, "score.lead")
    done = actions.open_peer(scoring=scoring, by=request.user, at=timezone.now())
    return _told(request, scoring, done, gettext("Đã chuyển sang chấm chéo. Người chấm được báo."))


@require_POST
def open_standing(request: HttpRequest, scoring_id: int) -> HttpResponse:
    scoring = load_led(request, scoring_id, "score.lead")
    done = actions.open_standing(scoring=scoring, by=request.user, at=timezone.now())
    return _told(request, scoring, done, gettext("Đã chuyển cho thường trực thẩm định."))


@require_POST
def reopen(request: HttpRequest, scoring_id: int) -> HttpResponse:
    scoring = load_led(request, scoring_id, "score.lead")
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, scoring, form)
    done = actions.reopen(scoring=scoring, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    return _told(request, scoring, done, gettext("Đã mở lại phần tự chấm. Các thành viên được báo kèm lý do."))


@require_POST
def publish(request: HttpRequest, scoring_id: int) -> HttpResponse:
    scoring = load_led(request, scoring_id, "score.publish")
    try:
        done = actions.publish(scoring=scoring, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.warning(request, gettext("Chưa công bố được: %(why)s") % {"why": " ".join(error.messages)})
        return redirect("progress:scoring", scoring.pk)
    return _told(request, scoring, done, gettext("Đã công bố và khóa kết quả. Các thành viên được báo."))


def _told(request: HttpRequest, scoring: Scoring, done: bool, words: str) -> HttpResponse:
    if done:
        messages.success(request, words)
    else:
        said = gettext("Việc này đã được làm, hoặc bước chấm điểm đã thay đổi. Trang cho thấy hiện trạng.")
        messages.info(request, said)
    return redirect("progress:scoring", scoring.pk)


@require_POST
def assign_peer(request: HttpRequest, scoring_id: int) -> HttpResponse:
    """Who checks one unit."""
    scoring = load_assigned(request, scoring_id)
    by_key = {str(party.unit.pk): party.unit for party in queries.parties(scoring, today())}
    unit, scorer = by_key.get(request.POST.get("unit", "")), by_key.get(request.POST.get("scorer", ""))
    if unit is None or scorer is None:
        messages.warning(request, gettext("Chưa chọn đơn vị chấm chéo."))
        return redirect("progress:scoring", scoring.pk)
    try:
        done = actions.assign_peer(scoring=scoring, unit=unit, scorer=scorer, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("progress:scoring", scoring.pk)
    words = gettext("%(scorer)s chấm chéo %(unit)s.") % {"scorer": scorer.name, "unit": unit.name}
    if done:
        messages.success(request, words)
    return redirect("progress:scoring", scoring.pk)
