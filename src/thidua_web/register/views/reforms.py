"""Reforms of units: the list, the page of one with all that it would do, before and after, and every step."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua_web.config.queue import enqueue
from thidua_web.register.actions import reforms as actions
from thidua_web.register.actions.reform_lists import take_list
from thidua_web.register.forms.reforms import FORMS, ActForm, ReformForm, ReformListForm
from thidua_web.register.models import Reform, Unit
from thidua_web.register.models.reforms import ReformState
from thidua_web.register.pages import flows as drawing
from thidua_web.register.pages import reforms as pages
from thidua_web.register.pages.two_trees import two_trees
from thidua_web.register.queries import reforms as queries
from thidua_web.register.reshaping import Shape
from thidua_web.register.views.seeing import access_of

SEE, REFORM = "unit.see", "unit.reform"
FLOWS_ON_A_PAGE = 25
MOST_DOUBTS = 10
# More units than this take longer than a page should.
MOST_AT_ONCE = 200


@require_safe
def reforms(request: HttpRequest) -> HttpResponse:
    """Those of the units in reach, the newest day first."""
    access = access_of(request)
    paths = access.paths(SEE)
    if not paths:
        access.require(SEE, access.current.pk if access.current else None)
    page = Paginator(queries.reforms_of(paths), queries.ON_A_PAGE).get_page(request.GET.get("trang"))
    may = access.current is not None and access.may(REFORM, access.current.pk)
    return render(request, "register/reforms.html", {"page": page, "may_reform": may})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    access = access_of(request)
    access.require(REFORM, access.current.pk if access.current else None)
    form = ReformForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reform = actions.draft(unit=access.current, by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect("reforms:reform", reform.pk)
    return render(request, "register/reform_head.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def from_list(request: HttpRequest) -> HttpResponse:
    """Drafts out of a workbook; with faults all of them by row and column, and no draft."""
    access = access_of(request)
    access.require(REFORM, access.current.pk if access.current else None)
    form = ReformListForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "register/reform_list.html", {"form": form})
    file = form.cleaned_data["file"]
    taken = take_list(
        data=file.read(),
        name=file.name,
        unit=access.current,
        by=request.user,
        at=timezone.now(),  # type: ignore[arg-type]
    )
    language = get_language() or "vi"
    if taken.faults:
        return render(request, "register/reform_list.html", {"form": form, **pages.found(taken.faults, language)})
    for text in pages.sentences(taken.doubts, language)[:MOST_DOUBTS]:
        messages.warning(request, text)
    if len(taken.drafts) == 1:
        return redirect("reforms:reform", taken.drafts[0].pk)
    messages.success(
        request,
        gettext("Danh sách có nhiều ngày hoặc văn bản, nên thành %(n)s đợt sắp xếp.") % {"n": len(taken.drafts)},
    )
    return redirect("reforms:reforms")


@require_http_methods(["GET", "HEAD", "POST"])
def head(request: HttpRequest, reform_id: int) -> HttpResponse:
    """The name, the day and the document of a draft."""
    reform = load(request, reform_id, REFORM)
    initial = {"title": reform.title, "on": reform.on, "document": reform.document}
    form = ReformForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change(reform=reform, by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect("reforms:reform", reform.pk)
    return render(request, "register/reform_head.html", {"form": form, "reform": reform})


@require_safe
def reform(request: HttpRequest, reform_id: int) -> HttpResponse:
    """All that it says, would do or did. While a worker carries it out the page asks again by itself."""
    found = load(request, reform_id, SEE)
    context = _page(request, found)
    return render(request, "register/_reform.html" if _asks_again(request) else "register/reform.html", context)


def _asks_again(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]


def _page(request: HttpRequest, found: Reform) -> dict[str, Any]:
    today = timezone.localdate()
    acts = queries.acts_in(found)
    done = found.state == ReformState.DONE
    shape = queries.shape_done(found) if done else queries.shape_of(found, paths=_reach(request))
    names = queries.names_of(queries.codes_in(acts) | _codes(shape))
    waiting = found.state == ReformState.WAITING
    return {
        "reform": found,
        "acts": pages.act_lines(acts, names),
        "faults": pages.sentences(shape.faults, get_language() or "vi"),
        "warnings": pages.sentences(
            (one for one in shape.warnings if one.code != "reform.several_heads"), get_language() or "vi"
        ),
        "outcome": pages.outcome(shape, names),
        "shape": shape,
        "forms": [(form.slug, form.title) for form in FORMS.values()],
        "may_reform": access_of(request).may(REFORM, found.unit_id),
        "is_draft": found.state == ReformState.DRAFT,
        "waits": waiting and found.on > today,
        "at_work": waiting and found.on <= today,
        "is_done": done,
        "later": found.on > today,
        "today": today,
        **(_undoing(found) if done else _outlook(request, found, shape, names)),
    }


def _codes(shape: Shape) -> set[str]:
    """Of all that stands in what it does without being changed by it."""
    above = {place.parent for one in shape.changed for place in (one.before, one.after)}
    return shape.heirs | above | {one.after.parent for one in shape.begun}


def _outlook(request: HttpRequest, found: Reform, shape: Shape, names: dict[str, str]) -> dict[str, Any]:
    access, outlook = access_of(request), queries.outlook(shape, on=found.on)

    def may(permission: str) -> bool:
        return bool(permission) and access.may(permission, found.unit_id)

    keys = queries.keys_of(shape.heirs)
    return {
        "going": pages.going(outlook, shape, names, may),
        "heads": pages.several_heads(outlook, shape, keys, names),
    }


def _undoing(found: Reform) -> dict[str, Any]:
    return {"against": queries.reasons_against_undoing(found), "moved": queries.moved(found)}


def _reach(request: HttpRequest) -> list[str]:
    """The paths of what whoever asks may reform; for those who only look, of what they see."""
    access = access_of(request)
    return access.paths(REFORM) or access.paths(SEE)


@require_safe
def compare(request: HttpRequest, reform_id: int) -> HttpResponse:
    """Before and after: the chart of who goes on for whom, and two trees."""
    found = load(request, reform_id, SEE)
    done = found.state == ReformState.DONE
    paths = _reach(request)
    shape = queries.shape_done(found) if done else queries.shape_of(found, paths=paths)
    names = queries.names_of(_codes(shape))
    page = Paginator(drawing.flows(shape, names), FLOWS_ON_A_PAGE).get_page(request.GET.get("trang"))
    before, after = queries.before_and_after(found, paths=paths)
    old, new = two_trees(before, after, shape)
    context = {
        "reform": found,
        "page": page,
        "wide": drawing.drawing(page, drawing.WIDE),
        "narrow": drawing.drawing(page, drawing.NARROW),
        "before": old,
        "after": new,
        "last": found.on - datetime.timedelta(days=1),
        "is_done": done,
        "faulty": bool(shape.faults),
        "numbers": (len(before), len(after)),
    }
    return render(request, "register/reform_compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, reform_id: int, slug: str) -> HttpResponse:
    """One more act of a draft."""
    reform = load(request, reform_id, REFORM)
    if slug not in FORMS:
        raise Http404
    form = FORMS[slug](request.POST or None, among=_living(request), begun=_begun(reform))
    if request.method == "POST" and form.is_valid():
        _add(request, reform, form)
        return redirect("reforms:reform", reform.pk)
    return render(request, "register/reform_act.html", {"reform": reform, "form": form, "slug": slug})


def _living(request: HttpRequest) -> Any:
    return Unit.objects.within(access_of(request).paths(REFORM)).filter(valid_to__isnull=True)


def _begun(reform: Reform) -> dict[str, str]:
    """Units that the reform begins, for the others to stand under."""
    return {target.code: target.name for one in queries.acts_in(reform) for target in one.new if target.name}


def _add(request: HttpRequest, reform: Reform, form: ActForm) -> None:
    for one in form.acts():
        actions.add_act(reform=reform, act=queries.as_kept(one), by=request.user, at=timezone.now())  # type: ignore[arg-type]


@require_POST
def drop_act(request: HttpRequest, reform_id: int, place: int) -> HttpResponse:
    reform = load(request, reform_id, REFORM)
    if place < len(reform.acts):
        actions.drop_act(reform=reform, act=reform.acts[place], by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return redirect("reforms:reform", reform.pk)


@require_POST
def discard(request: HttpRequest, reform_id: int) -> HttpResponse:
    reform = load(request, reform_id, REFORM)
    if actions.discard(reform=reform, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã bỏ bản soạn “%(title)s”.") % {"title": reform.title})
        return redirect("reforms:reforms")
    return redirect("reforms:reform", reform.pk)


@require_POST
def carry_out(request: HttpRequest, reform_id: int) -> HttpResponse:
    """At once where the day has come and it is small; by a worker where it is large; else on its day."""
    reform = load(request, reform_id, REFORM)
    at, today = timezone.now(), timezone.localdate()
    shape = queries.shape_of(reform, paths=access_of(request).paths(REFORM))
    if not reform.acts or shape.faults:
        messages.warning(request, gettext("Chưa thực hiện: còn lỗi phải sửa."))
        return redirect("reforms:reform", reform.pk)
    actions.order(reform=reform, by=request.user, at=at)  # type: ignore[arg-type]
    if reform.on <= today and shape.size <= MOST_AT_ONCE:
        carried = actions.carry_out(reform=reform, at=at, today=today)
        if carried.done:
            messages.success(request, gettext("Đã thực hiện."))
    elif reform.on <= today:
        enqueue("thidua_web.register.tasks.carry_out_reform", reform.pk)
    return redirect("reforms:reform", reform.pk)


@require_POST
def recall(request: HttpRequest, reform_id: int) -> HttpResponse:
    reform = load(request, reform_id, REFORM)
    actions.recall(reform=reform, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return redirect("reforms:reform", reform.pk)


@require_POST
def undo(request: HttpRequest, reform_id: int) -> HttpResponse:
    reform = load(request, reform_id, REFORM)
    undone = actions.undo(reform=reform, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    if undone.done:
        messages.success(request, gettext("Đã hoàn lại: mọi đơn vị và việc đang chạy trở về như trước."))
    for reason in undone.reasons:
        messages.warning(request, gettext("Không hoàn lại được: %(reason)s.") % {"reason": reason})
    return redirect("reforms:reform", reform.pk)


@require_POST
def again(request: HttpRequest, reform_id: int) -> HttpResponse:
    """A new draft with the same acts."""
    reform = load(request, reform_id, REFORM)
    draft = actions.draft(
        unit=reform.unit,
        title=reform.title,
        on=reform.on,
        document=reform.document,
        acts=reform.acts,
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    return redirect("reforms:reform", draft.pk)


def load(request: HttpRequest, reform_id: int, permission: str) -> Reform:
    """Load and authorise: 404 for strangers to its unit, 403 for members who may not."""
    found = queries.reform(reform_id)
    if found is None:
        raise Http404
    access_of(request).require(permission, found.unit_id)
    return found
