"""Forms that are saved as one writes: the server's half of what static/js/draft.js says at its top."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse

CONFLICT = 409


def token_of(text: str) -> uuid.UUID:
    """That of the save, as the page made it; a new one where it sent none that can be read."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


def is_draft(request: HttpRequest) -> bool:
    """Sent by the script while somebody writes, not by a button."""
    return request.headers.get("X-Thidua") == "draft"


def saved(  # noqa: PLR0913 - what a page is told
    *,
    revision: int,
    said: str,
    trouble: bool = False,
    faults: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    parts: Mapping[str, str] | None = None,
) -> JsonResponse:
    """What was right is stored, as `revision`.

    `faults` are words by the id of the control where something is wrong, `texts` words and `parts` markup (escaped by
    its template) by the id of what they are put into.
    """
    told = {"faults": faults, "texts": texts, "parts": parts}
    known = {name: dict(of or {}) for name, of in told.items()}
    return JsonResponse({"revision": revision, "said": said, "trouble": trouble, **known})


def not_saved(said: str, *, revision: int = 0, last: object = None) -> JsonResponse:
    """Somebody else's words stand there now, or it is closed. `last` is the token of the save that is stored as
    `revision`: the page that sent it itself, and lost the answer, goes on from there.
    """
    return JsonResponse({"said": said, "revision": revision, "last": str(last or "")}, status=CONFLICT)
