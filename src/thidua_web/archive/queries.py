"""Every read from the archive."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from thidua_web.archive.models import StoredFile


def content(stored: StoredFile) -> bytes:
    return location(stored).read_bytes()


def location(stored: StoredFile) -> Path:
    return Path(settings.STORAGE_ROOT) / stored.path
