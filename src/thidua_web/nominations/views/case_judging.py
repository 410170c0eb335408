"""Claims are judged, and clauses held to have another outcome, with a second person."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from thidua.rules.explaining import explain
from thidua_web.config.lookup import only
from thidua_web.nominations.actions import overrides as actions
from thidua_web.nominations.actions.verdicts import Judged, judge
from thidua_web.nominations.forms import cases as forms
from thidua_web.nominations.models import Claim, Override
from thidua_web.nominations.pages import case_clauses
from thidua_web.nominations.queries.checking import agreed
from thidua_web.nominations.views.case_acting import above, answered, came_back, form_page, not_now, seen
from thidua_web.nominations.views.case_acts import made
from thidua_web.nominations.views.cases import show
from thidua_web.nominations.views.casing import Case


@above("appraisal.act")
def verdicts(case: Case) -> HttpResponse:
    claims = list(Claim.objects.filter(nomination=case.nomination).order_by("place", "pk"))
    form = forms.VerdictsForm(case.request.POST, claims=claims)

    def again(now: Case, status: int) -> HttpResponse:
        """What was chosen and written stands in the form, beside what another has recorded meanwhile."""
        return show(now, status=status, verdicts=form if now.may_judge else None)

    if not form.is_valid():
        return again(case, 422)
    done = judge(**made(case), verdicts={pk: Judged(*said) for pk, said in form.verdicts.items()})
    return came_back(case, done, gettext("Đã ghi kết luận về thành tích kê khai."), again, "#claims-title")


@above("appraisal.act", page=True)
def override(case: Case, key: str) -> HttpResponse:
    """Ask that a clause be held to have another outcome."""
    clause = _clause(case, key)
    if not case.may_judge and case.request.method != "POST":
        return not_now(case)
    sent = case.request.POST if case.request.method == "POST" else None
    form = forms.OverrideForm(sent, was=clause.line.outcome)

    def again(now: Case, status: int) -> HttpResponse:
        return form_page(now, "case_override", form, status=status, clause=clause)

    if sent is None or not form.is_valid():
        return again(case, 422 if sent is not None else 200)
    done = actions.ask_override(**made(case), key=key, **form.cleaned_data)
    return came_back(case, done, gettext("Đã ghi. Có hiệu lực khi một người khác đồng ý."), again)


def _clause(case: Case, key: str) -> case_clauses.Clause:
    plain = case.known.plain
    if plain is None:
        raise Http404
    frame = case_clauses.Frame(case.sensitive)
    overrides = agreed(case.known.overrides)
    for top in case_clauses.clauses(plain, explain(plain, case.language).lines, overrides, frame):
        for clause in top.each():
            if clause.key == key:
                return clause
    raise Http404


@above("appraisal.agree")
def agree(case: Case, override_id: int) -> HttpResponse:
    return _second(case, override_id, agreed=True)


@above("appraisal.agree")
def refuse(case: Case, override_id: int) -> HttpResponse:
    return _second(case, override_id, agreed=False)


def _second(case: Case, override_id: int, *, agreed: bool) -> HttpResponse:
    row = _override(case, override_id)
    form = forms.SecondForm(case.request.POST, refuses=not agreed)
    if not form.is_valid():
        return show(case, status=422, second_form=form, second_for=row.pk)
    act = {"seen": seen(case.request), "by": case.request.user, "at": timezone.now()}
    done = actions.answer_override(override=row, agreed=agreed, words=form.cleaned_data["words"], **act)  # type: ignore[arg-type]
    words = gettext("Đã đồng ý. Bản xét tính theo kết quả mới.") if agreed else gettext("Đã ghi là không đồng ý.")
    return answered(case, done, words, "#criteria-title")


@above("appraisal.act")
def withdraw(case: Case, override_id: int) -> HttpResponse:
    """By whoever asked, or another appraiser who has the case."""
    row = _override(case, override_id)
    done = actions.withdraw_override(
        override=row,
        seen=seen(case.request),
        by=case.request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    return answered(case, done, gettext("Đã rút. Bản xét tính theo dữ kiện."), "#criteria-title")


def _override(case: Case, override_id: int) -> Override:
    rows = Override.objects.filter(nomination=case.nomination, pk=override_id).select_related("by")
    row = only(rows)
    if row is None:
        raise Http404
    row.nomination = case.nomination
    return row
