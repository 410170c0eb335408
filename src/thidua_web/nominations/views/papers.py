"""An official paper as a page, a DOCX to edit, a PDF to issue."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from thidua import explain
from thidua.errors import UnprintableError
from thidua.papers.as_docx import to_docx
from thidua.papers.as_html import to_html
from thidua.papers.as_pdf import to_pdf
from thidua.papers.paper import Paper
from thidua_web.archive.downloads import TYPES, made_response

FORMS = {"docx": to_docx, "pdf": to_pdf}


def show_paper(  # noqa: PLR0913 - what the page around a paper says
    request: HttpRequest, paper: Paper, *, title: str, name: str, back: str, files: dict[str, str], **more: Any
) -> HttpResponse:
    """`files`: the address of each form by its kind; `back`: of the page that it belongs to."""
    # The paper's own words are escaped where it is made.
    context = {"paper": mark_safe(to_html(paper)), "title": title, "name": name, "back": back, "files": files}  # noqa: S308
    return render(request, "nominations/paper.html", context | more)


def paper_file(request: HttpRequest, paper: Paper, *, form: str, name: str, back: str) -> HttpResponseBase:
    """404 for a form there is none of; where the machine cannot set the paper, back with the reason."""
    if form not in FORMS:
        raise Http404
    try:
        data = FORMS[form](paper)
    except UnprintableError as error:
        messages.error(request, explain.say(error.code, error.params, get_language() or "vi"))
        return redirect(back)
    return made_response(data, name=f"{name}.{form}", content_type=TYPES[form])
