"""The body that was asked answers; or an appraiser enters the letter in which it did."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thidua_web.config.lookup import only
from thidua_web.nominations.actions import consulting as actions
from thidua_web.nominations.actions.consulting import Said
from thidua_web.nominations.forms.consulting import AnswerForm
from thidua_web.nominations.models import Consultation
from thidua_web.nominations.pages import consulting as pages
from thidua_web.nominations.queries import consulting as queries
from thidua_web.nominations.queries.offers import award_title
from thidua_web.nominations.views.lists import CONFLICT, REFUSED
from thidua_web.nominations.views.seeing import access_of

PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """Asked in the body's own unit; it reads what was asked and nothing of the dossiers."""
    row = only(queries.consultations().filter(pk=consultation_id))
    if row is None or row.asked is None:
        raise Http404
    access_of(request).require("consultation.answer", row.asked)
    return answering(request, row, recorded=False)


def answering(request: HttpRequest, row: Consultation, *, recorded: bool) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    page = Paginator(queries.items_of(row), PAGE).get_page((sent or request.GET).get("trang"))
    on = timezone.localdate()
    form = AnswerForm(sent, items=list(page), recorded=recorded, since=row.asked_on, on=on, auto_id="id_%s")
    lines = [(item, award_title(item.nomination.award, on), said, words) for item, said, words in form.rows]
    context = {"row": row, "page": page, "form": form, "recorded": recorded, "lines": lines}
    context["silent"] = pages.silent(row, on, get_language() or "vi")
    if row.closed_at is not None:
        return render(request, "nominations/answer_consultation.html", context, status=CONFLICT if sent else 200)
    if sent is None or not form.is_valid():
        status = 200 if sent is None else REFUSED
        return render(request, "nominations/answer_consultation.html", context, status=status)
    done = _answer(request, row, form, recorded=recorded)
    if done is None:
        context["row"] = only(queries.consultations().filter(pk=row.pk))
        return render(request, "nominations/answer_consultation.html", context, status=CONFLICT)
    messages.success(request, gettext("Đã ghi trả lời cho %(n)s hồ sơ.") % {"n": done})
    if recorded:
        return redirect(row)
    return redirect(f"{reverse('nominations:answer_consultation', args=[row.pk])}?trang={page.number}")


def _answer(request: HttpRequest, row: Consultation, form: AnswerForm, *, recorded: bool) -> int | None:
    said = form.cleaned_data
    each = {
        item.pk: Said(said[f"a{item.pk}"], said[f"w{item.pk}"].strip()) for item in form.items if said[f"a{item.pk}"]
    }
    rest = Said(said["rest"], said["rest_words"].strip()) if said["rest"] else None
    return actions.answer(
        consultation=row,
        said=each,
        rest=rest,
        name=row.asked_name if recorded else request.user.full_name,  # type: ignore[union-attr]
        on=said["day"] if recorded else timezone.localdate(),
        paper=said["paper"].strip(),
        recorded=recorded,
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
