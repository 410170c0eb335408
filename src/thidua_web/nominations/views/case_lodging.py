"""Acts of the proposing unit's head on a nomination that was sent: lodged again, pulled."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext

from thidua_web.nominations.actions import lodging
from thidua_web.nominations.forms import cases as forms
from thidua_web.nominations.pages import cases as pages
from thidua_web.nominations.views.case_acting import came_back, form_page, not_now, own
from thidua_web.nominations.views.case_acts import made
from thidua_web.nominations.views.casing import Case


@own("nomination.submit", page=True)
def lodge_again(case: Case) -> HttpResponse:
    """What keeps it from being lodged stands on the page before it is pressed."""
    if "lodge_again" not in case.acts and case.request.method != "POST":
        return not_now(case)

    def again(now: Case, status: int) -> HttpResponse:
        stops = pages.said(lodging.stops_of(now.nomination, now.on), now.language, sensitive=now.sensitive)
        return form_page(now, "case_lodge_again", Form(), status=status, stops=stops)

    if case.request.method != "POST":
        return again(case, 200)
    done = lodging.lodge_again(**made(case))
    words = gettext("Đã trình lại hồ sơ lên %(unit)s.") % {"unit": case.nomination.to_unit.name}
    return came_back(case, done, words, again)


@own("nomination.submit", page=True)
def pull(case: Case) -> HttpResponse:
    if "pull" not in case.acts and case.request.method != "POST":
        return not_now(case)
    sent = case.request.POST if case.request.method == "POST" else None
    form = forms.PullForm(sent)

    def again(now: Case, status: int) -> HttpResponse:
        return form_page(now, "case_pull", form, status=status)

    if sent is None or not form.is_valid():
        return again(case, 422 if sent is not None else 200)
    done = lodging.pull(**made(case), words=form.cleaned_data["words"])
    return came_back(case, done, gettext("Đã rút đề nghị."), again)
