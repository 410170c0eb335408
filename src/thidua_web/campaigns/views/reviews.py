"""Acts on a plan's review. With scripting they answer with the parts that changed, without it with the page."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.errors import InvalidFactError
from thidua_web.campaigns.actions import reviews as actions
from thidua_web.campaigns.actions.plans import check_again as check_plan_again
from thidua_web.campaigns.actions.reviews import Actor, Done
from thidua_web.campaigns.forms.editing import Editing, choosing, editing_of, whole
from thidua_web.campaigns.models import PlanDocument, PlanReading, ReviewedFact
from thidua_web.campaigns.models.reviews import ReviewAct
from thidua_web.campaigns.pages import plan as pages
from thidua_web.campaigns.pages.facts import show
from thidua_web.campaigns.queries import reviews as queries
from thidua_web.campaigns.queries.plans import result_of
from thidua_web.campaigns.views.plans import load


class Asked(NamedTuple):
    """What a button says: the act, on which fact or kind, and the revision that was on the screen."""

    act: ReviewAct
    key: str
    seen: int


def _asked(request: HttpRequest) -> Asked:
    act, _, rest = request.POST.get("act", "").partition(":")
    key, _, seen = rest.partition(":")
    number = whole(seen or "0")
    if act not in ReviewAct.values or number is None:
        raise Http404
    return Asked(ReviewAct(act), key, number)


def _actor(request: HttpRequest) -> Actor:
    try:
        token = uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        token = uuid.uuid4()
    return Actor(by=request.user, at=timezone.now(), token=token)  # type: ignore[arg-type]


def _reviewed(request: HttpRequest, plan_id: int, permission: str) -> tuple[PlanDocument, PlanReading]:
    document = load(request, plan_id, permission)
    result = result_of(document)
    if result is None:
        raise Http404
    return document, result


def _scripted(request: HttpRequest) -> bool:
    return request.headers.get("X-Thidua") == "review"


@require_POST
def act(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Every act of a review but those that need a form."""
    document, result = _reviewed(request, plan_id, "plan.review")
    asked, actor = _asked(request), _actor(request)
    if asked.act in (ReviewAct.CORRECT, ReviewAct.ADD):
        raise Http404
    if asked.act is ReviewAct.UNDO:
        done = actions.undo(document=document, actor=actor)
    elif asked.act in actions.WHOLE_KIND:
        done = actions.decide_kind(document=document, act=asked.act, kind=asked.key, seen=asked.seen, actor=actor)
    else:
        done = actions.decide(document=document, act=asked.act, key=asked.key, seen=asked.seen, actor=actor)
    return _answer(request, document, result, done)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The form of one fact, to correct it (`key`) or to add it (`kind` on the words from `start` to `end`)."""
    document, result = _reviewed(request, plan_id, "plan.review")
    asked = request.POST if request.method == "POST" else request.GET
    editing = editing_of(document, result, asked)
    if editing is None:
        return _choose(request, choosing(document, result, asked))
    if request.method != "POST":
        return _form_page(request, document, editing, 200)
    if not editing.form.is_valid():
        return _form_page(request, document, editing, 422)
    try:
        done = _save(document, editing, _actor(request))
    except InvalidFactError as error:
        editing.form.tell(error)
        return _form_page(request, document, editing, 422)
    return _answer(request, document, result, done)


def _choose(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    page = "campaigns/_fact_add.html" if _scripted(request) else "campaigns/fact_add.html"
    return render(request, page, context, status=422 if context["not_found"] else 200)


def _save(document: PlanDocument, editing: Editing, actor: Actor) -> Done:
    if editing.fact is None:
        return actions.add(
            document=document,
            kind=editing.kind,
            values=editing.form.values(),
            span=editing.span,
            header_field=editing.header_field,
            actor=actor,
        )
    words = editing.span if editing.span != queries.item(editing.fact).fact.span else None
    return actions.correct(
        document=document,
        key=editing.fact.key,
        values=editing.form.values(),
        span=words,
        seen=editing.seen,
        actor=actor,
    )


def _form_page(request: HttpRequest, document: PlanDocument, editing: Editing, status: int) -> HttpResponse:
    page = "campaigns/_fact_form.html" if _scripted(request) else "campaigns/fact_form.html"
    context = {"document": document, "editing": editing, "form": editing.form, "token": uuid.uuid4()}
    return render(request, page, context, status=status)


def _answer(request: HttpRequest, document: PlanDocument, result: PlanReading, done: Done) -> HttpResponse:
    if _scripted(request):
        keys, gone = _missed(request, document)
        keys |= {row.key for row in (*done.changed, *done.stale)}
        return _changes(request, document, result, keys, gone | done.gone, _say(done), _refused(done))
    (messages.warning if _refused(done) else messages.success)(request, _say(done))
    anchor = next((f"#f-{row.key}" for row in (*done.stale, *done.changed)), "")
    return redirect(reverse("campaigns:plan", args=[document.pk]) + anchor)


def _missed(request: HttpRequest, document: PlanDocument) -> tuple[set[str], dict[str, tuple[int, int]]]:
    """What others did after the step that the page knows of: the answer brings the page up to this one."""
    since = whole(request.POST.get("since", ""))
    return (set(), {}) if since is None else queries.changed_since(document.pk, since)


def _refused(done: Done) -> bool:
    return bool(done.stale or done.closed or done.nothing)


def _say(done: Done) -> str:
    if done.closed:
        return gettext("Chưa ghi: kế hoạch đã trình hoặc đã phát động, nên không sửa kết quả đối chiếu được nữa.")
    if done.stale:
        return _say_stale(done.stale[0])
    if done.nothing:
        return gettext("Không có gì để làm: không còn việc nào của bạn để hoàn tác, hoặc không còn dữ kiện nào.")
    if done.gone:
        return gettext("Đã hoàn tác: bỏ dữ kiện vừa thêm.")
    n = len(done.changed)
    if n == 1:
        row = done.changed[0]
        return f"{row.get_verdict_display()}: {show(row.key, row.kind, queries.item(row).fact).headline[:80]}"
    return ngettext("Đã ghi %(n)s dữ kiện.", "Đã ghi %(n)s dữ kiện.", n) % {"n": n}


def _say_stale(row: ReviewedFact) -> str:
    who = row.decided_by.full_name if row.decided_by else gettext("người khác")
    return gettext("Chưa ghi: %(who)s vừa thay đổi dữ kiện này. Hãy xem lại rồi quyết định.") % {"who": who}


@never_cache
@require_safe
def changes(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What others have done since step `since`; 204 where nothing has happened."""
    document, result = _reviewed(request, plan_id, "plan.see")
    since = whole(request.GET.get("since", ""))
    if since is None or document.revision <= since:
        return HttpResponse(status=204)
    keys, gone = queries.changed_since(document.pk, since)
    return _changes(request, document, result, keys, gone)


@require_POST
def check_again(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The checks on the facts as they are now."""
    document, result = _reviewed(request, plan_id, "plan.review")
    before = check_plan_again(document=document, result=result, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    if not _scripted(request):
        return redirect(reverse("campaigns:plan", args=[document.pk]) + "#checks")
    facts = queries.facts_of(document.pk)
    context = pages.checks_again(result, facts, before, get_language() or "vi")
    return render(request, "campaigns/_checks_again.html", context)


def _changes(  # noqa: PLR0913, PLR0917 - what the page needs to catch up
    request: HttpRequest,
    document: PlanDocument,
    result: PlanReading,
    keys: Collection[str],
    gone: Mapping[str, tuple[int, int]],
    said: str = "",
    refused: bool = False,
) -> HttpResponse:
    document.refresh_from_db(fields=["revision", "sealed"])
    rows = pages.fact_rows(queries.facts_of(document.pk))
    changed = [row for row in rows if row.shown.id in keys]
    context = {
        "document": document,
        "rows": changed,
        "groups": pages.groups(rows),
        "progress": pages.progress(rows),
        "lines": pages.lines_under(result, rows, [*(row.shown.span for row in changed), *gone.values()]),
        "gone": " ".join(gone),
        "said": said,
        "refused": refused,
        "may_review": not document.sealed and request.access.may("plan.review", document.unit_id),  # type: ignore[attr-defined]
    }
    return render(request, "campaigns/_review_changes.html", context)
