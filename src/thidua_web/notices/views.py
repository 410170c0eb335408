from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua_web.notices import actions, queries
from thidua_web.notices.kinds import KINDS, Group
from thidua_web.notices.models import How, LetterState, Notice


class ChoicesForm(forms.Form):
    """How each group of notices comes by mail."""

    def __init__(self, *args: Any, groups: Iterable[Group], **options: Any) -> None:
        super().__init__(*args, **options)
        for group in groups:
            self.fields[group.value] = forms.ChoiceField(label=group.label, choices=How.choices)


class Shown:
    """A notice with its icon and what leads on."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self.tone = KINDS[notice.kind].tone
        self.words = str(notice)


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Unread first, all of it; behind it what was read, a page at a time."""
    before = request.GET.get("truoc", "")
    older = int(before) if before.isdecimal() and len(before) < 18 else None
    unread = [] if older else queries.unread(request.user)  # type: ignore[arg-type]
    read, more = queries.read(request.user, before=older)  # type: ignore[arg-type]
    context = {
        "unread": [Shown(notice) for notice in unread],
        "read": [Shown(notice) for notice in read],
        "newest": unread[0].pk if unread else 0,
        "older": read[-1].pk if more else 0,
        "paged": older is not None,
        "may_see_mail": request.access.at_the_top("mail.see"),  # type: ignore[attr-defined]
    }
    return render(request, "notices/inbox.html", context)


@never_cache
@require_safe
def follow(request: HttpRequest, notice_id: int) -> HttpResponse:
    """To what the notice is about; whoever goes there has read it."""
    notice = _own(request, notice_id)
    actions.mark_read(notice=notice, at=timezone.now())
    return redirect(notice.href if url_has_allowed_host_and_scheme(notice.href, None) else "notices:inbox")


@require_POST
def read_one(request: HttpRequest, notice_id: int) -> HttpResponse:
    actions.mark_read(notice=_own(request, notice_id), at=timezone.now())
    return redirect("notices:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    upto = request.POST.get("den", "")
    newest = int(upto) if upto.isdecimal() and len(upto) < 18 else 0
    actions.mark_all_read(user=request.user, upto=newest, at=timezone.now())  # type: ignore[arg-type]
    return redirect("notices:inbox")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    initial = dict(queries.choices_of(request.user))  # type: ignore[arg-type]
    form = ChoicesForm(request.POST or None, initial=initial, groups=_groups(request))
    if request.method == "POST" and form.is_valid():
        chosen = {Group(name): How(how) for name, how in form.cleaned_data.items()}
        actions.choose(user=request.user, choices=chosen)  # type: ignore[arg-type]
        messages.success(request, gettext("Đã lưu cách nhận thư."))
        return redirect("notices:choices")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "notices/choices.html", {"form": form}, status=status)


def _groups(request: HttpRequest) -> list[Group]:
    """Those that may concern this person."""
    needed = {Group.JOURNAL: "journal.see", Group.SYSTEM: "mail.see"}
    access = request.access  # type: ignore[attr-defined]
    return [group for group in Group if group not in needed or access.at_the_top(needed[group])]


@never_cache
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """How the mail server is, what waits, and what will not go out by itself."""
    _let_in(request)
    counts = queries.letter_counts()
    context = {
        "office": queries.post_office(),
        "states": [(state.label, counts.get(state.value, 0)) for state in LetterState if counts.get(state.value)],
        "waiting": counts.get(LetterState.WAITING, 0),
        "oldest": queries.oldest_waiting(),
        "letters": queries.letters_standing(),
    }
    return render(request, "notices/mail.html", context)


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """The letter `thu`, or all that were refused or given up."""
    _let_in(request)
    chosen, now = request.POST.get("thu", ""), timezone.now()
    if chosen:
        letter = queries.letter(int(chosen)) if chosen.isdecimal() and len(chosen) < 18 else None
        count = int(letter is not None and actions.send_again(letter=letter, at=now))
    else:
        count = actions.send_all_again(at=now)
    said = ngettext("Đã xếp %(n)s thư vào hàng chờ gửi lại.", "Đã xếp %(n)s thư vào hàng chờ gửi lại.", count)
    messages.success(request, said % {"n": count})
    return redirect("notices:mail")


def _let_in(request: HttpRequest) -> None:
    """Letters of the whole server: only from a unit that stands under none."""
    access = request.access  # type: ignore[attr-defined]
    access.require("mail.see", access.current and access.current.pk)
    if not access.at_the_top("mail.see"):
        raise PermissionDenied


def _own(request: HttpRequest, notice_id: int) -> Notice:
    """404 for other people's."""
    notice = queries.own_notice(notice_id, request.user)  # type: ignore[arg-type]
    if notice is None:
        raise Http404
    return notice
