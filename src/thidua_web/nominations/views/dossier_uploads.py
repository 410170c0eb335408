"""Files that come with a form of a dossier: each is judged, those that cannot be taken are told with the reason."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from thidua import explain
from thidua_web.nominations.actions import dossier_files as actions
from thidua_web.nominations.actions.dossier_files import WHOLE, About, Adding
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.queries import dossiers as queries

FIELD = "files"
OF_CLAIM = "files-"
CLOSED = _("Hồ sơ không còn nhận tệp ở bước này.")


def keep_all(request: HttpRequest, nomination: Nomination) -> int:
    """Every file of the form, each for what its field says; how many are there now."""
    sent = list(_sent(request, nomination))
    if not sent:
        messages.warning(request, gettext("Chưa chọn tệp nào."))
    return sum(keep(request, nomination, about, file) for about, file in sent)


def keep(request: HttpRequest, nomination: Nomination, about: About, file: UploadedFile) -> bool:
    added = actions.add_file(
        nomination=nomination,
        source=file,  # type: ignore[arg-type]
        name=file.name or "",
        about=about,
        by=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
    )
    _tell(request, added)
    return added.file is not None


def _sent(request: HttpRequest, nomination: Nomination) -> Iterator[tuple[About, UploadedFile]]:
    """A claim's own field is `files-` with its row; the one field for all goes with the choice of what it is of."""
    for field in request.FILES:
        about = about_of(nomination, f"c-{field.removeprefix(OF_CLAIM)}") if field.startswith(OF_CLAIM) else None
        if about is None:
            about = about_of(nomination, request.POST.get("about", ""))
        for file in request.FILES.getlist(field):
            yield about, file


def about_of(nomination: Nomination, key: str) -> About:
    """`p-` with a paper's code, `c-` with a claim's row, `x-` with a confirmation's number, `r` what was asked for;
    anything else, or what is not there any more: the dossier as a whole.
    """
    kind, _sign, rest = key.partition("-")
    if kind == "p" and rest:
        return About(paper=rest[:40])
    if kind == "c":
        claim = nomination.claims.filter(token=_token(rest)).first()
        return About(claim=claim) if claim else WHOLE
    if kind == "x" and rest.isdecimal():
        confirmation = queries.confirmation(nomination, int(rest))
        return About(confirmation=confirmation) if confirmation else WHOLE
    request = queries.open_request(nomination) if kind == "r" else None
    return About(request=request) if request else WHOLE


def _token(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _tell(request: HttpRequest, added: Adding) -> None:
    if added.error is not None:
        messages.warning(request, explain.say(added.error.code, added.error.params, get_language() or "vi"))
    elif added.closed:
        messages.warning(request, str(CLOSED))
    else:
        said = _("Tệp “%(name)s” đã có ở đây.") if added.known else _("Đã nhận “%(name)s”.")
        messages.success(request, str(said) % {"name": added.name})
