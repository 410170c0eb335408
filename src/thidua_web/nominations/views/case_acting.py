"""How an act on a nomination is asked for and answered, the same for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thidua_web.journal.acts import words_of
from thidua_web.nominations.actions.moving import Acted, Done
from thidua_web.nominations.pages import cases as pages
from thidua_web.nominations.queries import cases as queries
from thidua_web.nominations.queries import loading
from thidua_web.nominations.views.cases import head, show
from thidua_web.nominations.views.casing import Case, load_above, load_own

CONFLICT = 409
View = Callable[..., HttpResponse]


def above(permission: str, *, page: bool = False, judging: bool = True) -> Callable[[View], View]:
    """An act of the unit that appraises. Whoever has a conflict of interest is told why they may not (403), unless the
    act judges nothing.
    """

    def dress(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, nomination_id: int, **keys: Any) -> HttpResponse:
            case = load_above(request, nomination_id, permission)
            return conflicted(case) if judging and case.barred else view(case, **keys)

        return _dressed(inner, page=page)

    return dress


def own(permission: str, *, page: bool = False) -> Callable[[View], View]:
    """An act of the unit that proposes."""

    def dress(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, nomination_id: int, **keys: Any) -> HttpResponse:
            return view(load_own(request, nomination_id, permission), **keys)

        return _dressed(inner, page=page)

    return dress


def _dressed(view: View, *, page: bool) -> View:
    return never_cache(require_http_methods(["GET", "HEAD", "POST"])(view) if page else require_POST(view))


def conflicted(case: Case) -> HttpResponse:
    """Why this person may not act on this nomination, with what the law says of it."""
    told = pages.said(case.conflicts, case.language, sensitive=True)
    return render(case.request, "nominations/case_conflict.html", head(case) | {"conflicts": told}, status=403)


def seen(request: HttpRequest) -> int:
    """The revision that was on the screen; what is no number was never on one."""
    said = request.POST.get("seen", "")
    return int(said) if said.isdecimal() else -1


def back(case: Case, anchor: str = "") -> HttpResponse:
    response = redirect("nominations:nomination", case.nomination.pk)
    response["Location"] += anchor
    return response


# --- Buttons ----------------------------------------------------------------------------------------------------------


def answered(case: Case, done: Done, words: str, anchor: str = "") -> HttpResponse:
    """After an act of one button: the page of the nomination, with what became of it."""
    if done.is_made:
        messages.success(case.request, words)
        return back(case, anchor)
    status = tell(case, done)
    return show(_anew(case), status=status)


def tell(case: Case, done: Done) -> int:
    """What stood in the way, as messages; the status of the answer."""
    if done.standing == Acted.REFUSED:
        for one in pages.said(done.findings, case.language, sensitive=case.sensitive):
            messages.warning(case.request, f"{one.words} ({one.basis})" if one.basis else one.words)
        return 422
    messages.warning(case.request, _signed() if done.standing == Acted.CLOSED else what_happened(case))
    return CONFLICT


def _signed() -> str:
    return gettext("Danh sách kết quả thẩm định có hồ sơ này đã ký nên không thay đổi được nữa.")


def what_happened(case: Case) -> str:
    """Who was faster, and with what."""
    line = queries.last_line(case.nomination)
    if line is None:
        return gettext("Chưa làm: hồ sơ không còn ở bước này.")
    said = {
        "who": line.actor_name,
        "what": words_of(line.act),
        "at": date_format(localtime(line.at), "H:i d/m/Y"),
    }
    return gettext("Chưa làm: sau khi bạn mở trang, hồ sơ đã thay đổi. %(at)s, %(who)s: %(what)s.") % said


def _anew(case: Case) -> Case:
    found = loading.nomination(case.nomination.pk)
    return Case(case.request, found or case.nomination)


# --- Forms ------------------------------------------------------------------------------------------------------------


def form_page(case: Case, template: str, form: Form, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of an act that asks for words; its button carries the revision that is on the screen."""
    context = head(case) | {"form": form, **more}
    return render(case.request, f"nominations/{template}.html", context, status=status)


def not_now(case: Case) -> HttpResponse:
    """The stage table does not have this act here."""
    state = case.nomination.get_state_display()
    messages.warning(
        case.request, gettext("Hồ sơ đang ở bước “%(state)s” nên không làm được việc này.") % {"state": state}
    )
    return back(case)


def came_back(
    case: Case, done: Done, words: str, again: Callable[[Case, int], HttpResponse], anchor: str = ""
) -> HttpResponse:
    """After a form: the nomination where it was done, else the form again with all that was written."""
    if done.is_made:
        messages.success(case.request, words)
        return back(case, anchor)
    return again(_anew(case), tell(case, done))
