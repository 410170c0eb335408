"""What a stored file looks like, without opening it in the browser: pages as pictures, text, tables.

Drawn in a process apart (`preview_child`) and kept by content beside the files; what could not be drawn is kept as
that, so that a broken file is tried once.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import msgspec
from django.conf import settings

from thidua.errors import UnreadableError
from thidua.plans.formats.isolation import Extractor
from thidua.plans.formats.programs import environment
from thidua.plans.formats.worker import LENGTH
from thidua_web.archive.models import StoredFile
from thidua_web.archive.preview_child import MOST_PAGES, SECONDS, Answer, Job, Sheet
from thidua_web.archive.queries import content

SERVE = "from thidua_web.archive.preview_child import main; main()"
DRAWN = ("pdf", "png", "jpg")
SMALL, LARGE = 360, 1240
"""Pixels: of a picture in a list, and of a page to be read."""
FOLDER = "previews"
AT_ONCE = 2
WAIT = 25.0
LONGEST_TEXT = 60_000
_places = threading.BoundedSemaphore(AT_ONCE)


class Preview(msgspec.Struct, frozen=True):
    """`pages` in all, of which `sizes` says those that are shown; or `text`; or `sheets`. `broken`: it is none."""

    pages: int = 0
    sizes: list[tuple[int, int]] = []
    text: str = ""
    sheets: list[Sheet] = []
    cut: bool = False
    broken: bool = False


class BusyError(Exception):
    """So many are being drawn that this one has to be asked for again."""


def preview(stored: StoredFile) -> Preview:
    """What there is to see. Raises BusyError."""
    place = _place(stored, "about.msgpack")
    kept = _kept(place)
    if kept is not None:
        return msgspec.msgpack.decode(kept, type=Preview)
    made = _made(stored)
    _keep(place, msgspec.msgpack.encode(made))
    return made


def picture(stored: StoredFile, page: int, width: int) -> bytes | None:
    """A page as JPEG, from 0; a picture is its own page 0. None where there is none. Raises BusyError."""
    if stored.kind not in DRAWN or not 0 <= page < MOST_PAGES or width not in (SMALL, LARGE):
        return None
    place = _place(stored, f"{page}-{width}.jpg")
    kept = _kept(place)
    if kept is None:
        answer = _ask(Job(stored.kind, page, width), content(stored))  # type: ignore[arg-type]
        kept = answer.picture if answer else b""
        _keep(place, kept)
    return kept or None


def _made(stored: StoredFile) -> Preview:
    if stored.kind == "docx":
        return _text(stored)
    if stored.kind not in (*DRAWN, "xlsx"):
        return Preview(broken=True)
    answer = _ask(Job(stored.kind), content(stored))  # type: ignore[arg-type]
    if answer is None or not (answer.pages or answer.sheets):
        return Preview(broken=True)
    cut = answer.pages > len(answer.sizes) or any(sheet.cut for sheet in answer.sheets)
    return Preview(pages=answer.pages, sizes=answer.sizes, sheets=answer.sheets, cut=cut)


def _text(stored: StoredFile) -> Preview:
    try:
        with Extractor(children=1) as extractor:
            text = extractor.extract(content(stored), "a.docx").raw.strip()
    except UnreadableError:
        return Preview(broken=True)
    return Preview(text=text[:LONGEST_TEXT], cut=len(text) > LONGEST_TEXT)


def _ask(job: Job, data: bytes) -> Answer | None:
    """None where the child could not, or took too long."""
    if not _places.acquire(timeout=WAIT):
        raise BusyError
    try:
        return _run(job, data)
    finally:
        _places.release()


def _run(job: Job, data: bytes) -> Answer | None:
    head = msgspec.msgpack.encode(job)
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, this package
            [sys.executable, "-P", "-c", SERVE],
            input=b"".join([LENGTH.pack(len(head)), head, LENGTH.pack(len(data)), data]),
            capture_output=True,
            timeout=SECONDS * 2,
            env=environment(),
            check=False,
        )
        return msgspec.msgpack.decode(done.stdout[LENGTH.size :], type=Answer)
    except (subprocess.TimeoutExpired, msgspec.DecodeError):
        return None


# --- Kept -------------------------------------------------------------------------------------------------------------


def _place(stored: StoredFile, name: str) -> Path:
    return _folder(stored.sha256) / name


def _folder(sha256: str) -> Path:
    return Path(settings.STORAGE_ROOT) / FOLDER / sha256[:2] / sha256


def _kept(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return None


def _keep(place: Path, data: bytes) -> None:
    """Whole or not at all; two who draw the same write the same."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".tmp-", delete=False) as aside:
        aside.write(data)
    Path(aside.name).chmod(0o440)
    Path(aside.name).replace(place)


def forget(sha256: str) -> None:
    """With the file its pictures go."""
    folder = _folder(sha256)
    for one in folder.glob("*") if folder.exists() else ():
        one.unlink(missing_ok=True)
    if folder.exists():
        folder.rmdir()
