"""Every write to the archive."""

from __future__ import annotations

import datetime
import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from thidua.plans.formats import Limits
from thidua.plans.formats.recognise import recognise
from thidua_web.archive.models import StoredFile
from thidua_web.archive.previewing import forget


def keep_file(*, source: IO[bytes], name: str) -> StoredFile:
    """Check the content, write it under its hash, and record it; content already there is not written again.

    Raises UnreadableError for what no plan can be: empty, too large, protected, of a foreign or hostile format.
    """
    data = source.read(settings.MAX_FILE_BYTES + 1)
    kind = recognise(data, name, Limits(file_bytes=settings.MAX_FILE_BYTES))
    return keep_content(data, kind=kind)


def keep_content(data: bytes, *, kind: str) -> StoredFile:
    """The same for content that the caller has checked, or sealed."""
    digest = hashlib.sha256(data).hexdigest()
    stored = StoredFile(sha256=digest, size=len(data), kind=kind)
    _write(Path(settings.STORAGE_ROOT) / stored.path, data)
    return StoredFile.objects.get_or_create(sha256=digest, defaults={"size": len(data), "kind": kind})[0]


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: written aside, flushed to disk, then renamed."""
    if path.exists() and path.stat().st_size == len(data):
        os.utime(path)  # tells the nightly clean-up that someone just referred to it
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".tmp-", delete=False) as aside:
        aside.write(data)
        aside.flush()
        os.fsync(aside.fileno())
    Path(aside.name).chmod(0o440)
    Path(aside.name).replace(path)


def remove_abandoned(*, before: datetime.datetime) -> int:
    """Remove files that nothing refers to and that are older than `before`; returns how many."""
    removed = 0
    for stored in StoredFile.objects.filter(created_at__lt=before).iterator():
        removed += _remove_if_unused(stored, before)
    _remove_leftovers(before)
    return removed


def _remove_if_unused(stored: StoredFile, before: datetime.datetime) -> bool:
    path = Path(settings.STORAGE_ROOT) / stored.path
    if path.exists() and path.stat().st_mtime > before.timestamp():
        return False
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return False
    path.unlink(missing_ok=True)
    forget(stored.sha256)
    return True


def _remove_leftovers(before: datetime.datetime) -> None:
    """Half-written files of uploads that were cut off."""
    for path in Path(settings.STORAGE_ROOT).glob("**/.tmp-*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
