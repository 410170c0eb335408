"""Those whom a meeting judged are written down together, from the desk; one press takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from thidua_web.eligibility.actions import judging as actions
from thidua_web.eligibility.forms.desk import JudgingForm
from thidua_web.eligibility.queries import nominees, recorded
from thidua_web.eligibility.views.choosing import SUBJECTS
from thidua_web.eligibility.views.seeing import access_of
from thidua_web.register.nominees import unit_id_of
from thidua_web.register.views.seeing import reach_of

LAST = "judged_last"
"""In the session: the facts that the last press wrote."""


@require_POST
def judge(request: HttpRequest) -> HttpResponse:
    """Only those in reach; whoever may not be written is left out, as the page left them out."""
    reach_of(request, "fact.edit")
    subject = SUBJECTS.get(request.GET.get("loai", ""), "individual")
    form = JudgingForm(request.POST, subject=subject)
    keys = [int(key) for key in request.POST.getlist("chon") if key.isdecimal()]
    if not form.is_valid() or not keys:
        told = [error for errors in form.errors.values() for error in errors]
        for words in [*told, *([] if keys else [gettext("Chưa chọn ai.")])]:
            messages.warning(request, words)
        return redirect(_back(request))
    access = access_of(request)
    chosen = [one for one in nominees.by_number(subject, keys).values() if access.may("fact.edit", unit_id_of(one))]
    written = actions.judge_many(of=chosen, **form.cleaned_data, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    request.session[LAST] = [fact.pk for fact in written]
    messages.success(request, gettext("Đã ghi kết luận đạt cho %(n)s trường hợp.") % {"n": len(written)})
    return redirect(_back(request))


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """What the last press of this browser wrote."""
    reach_of(request, "fact.edit")
    access = access_of(request)
    facts = [recorded.fact(key) for key in request.session.pop(LAST, [])]
    keys = [fact.pk for fact in facts if fact is not None and access.may("fact.edit", unit_id_of(fact.of))]
    n = actions.take_back(keys=keys, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, gettext("Đã hoàn lại %(n)s kết luận.") % {"n": n})
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    return f"{reverse('eligibility:desk')}?{request.GET.urlencode()}"
