from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.campaigns import asking
from thidua_web.campaigns.actions import answers as answer_actions
from thidua_web.campaigns.queries import questions
from thidua_web.campaigns.stages import EditionState
from thidua_web.campaigns.views import launches


@never_cache
@require_safe
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    raise Http404


@require_POST
def answer(request: HttpRequest, question_id: int) -> HttpResponse:
    """Set the day that a question asks for."""
    access = request.access  # type: ignore[attr-defined]
    question = questions.question(question_id)
    if question is None:
        raise Http404
    access.require("campaign.answer", question.edition.campaign.unit_id)
    form = asking.form_for(question, data=request.POST)
    launched = question.edition.state == EditionState.LAUNCHED
    if not form.is_valid():
        sent = asking.Sent(question.pk, form)
        return launches.show(request, question.edition.document, question.edition, answered=sent)
    values = {"start": None, "end": None, **form.cleaned_data}
    answer_actions.answer(question=question, by=request.user, at=timezone.now(), **values)  # type: ignore[arg-type]
    messages.success(request, gettext("Đã lưu ngày."))
    return (
        redirect(question.edition.campaign) if launched else redirect("campaigns:launch", question.edition.document_id)
    )
