"""The only way a stored file or a made one leaves: as a download that no browser opens as a page."""

from __future__ import annotations

from typing import IO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from thidua_web.archive.models import StoredFile
from thidua_web.archive.queries import location
from thidua_web.config.security import DOWNLOAD_POLICY

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_response(stored: StoredFile, *, name: str) -> HttpResponseBase:
    kind = TYPES.get(stored.kind, "application/octet-stream")
    return _guard(FileResponse(location(stored).open("rb"), as_attachment=True, filename=name, content_type=kind))


def made_response(data: bytes, *, name: str, content_type: str) -> HttpResponseBase:
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return _guard(response)


def picture_response(data: bytes) -> HttpResponseBase:
    """A picture that was drawn here (`previewing`), for a page to show; its address names its content."""
    response = made_response(data, name="trang.jpg", content_type=TYPES["jpg"])
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response


def written_response(file: IO[bytes], *, name: str, content_type: str) -> HttpResponseBase:
    """A file that was written for this answer, from its beginning; it is closed with the answer."""
    file.seek(0)
    return _guard(FileResponse(file, as_attachment=True, filename=name, content_type=content_type))


def _guard(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response
