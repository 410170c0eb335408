"""Files that prove something, taken in: judged by their content, named so that the name does not lie, kept once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from django.db.models import QuerySet, Sum

from thidua.plans.formats.limits import MEGABYTE
from thidua_web.archive.actions import keep_content
from thidua_web.archive.evidence import MOST_BYTES, Kind, check_evidence, check_room
from thidua_web.archive.models import StoredFile
from thidua_web.archive.names import clean_name

KINDS: dict[str, Kind] = {".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".docx": "docx", ".xlsx": "xlsx"}
ACCEPTED = ",".join(KINDS)
MOST_MEGABYTES = MOST_BYTES // MEGABYTE


@dataclass(frozen=True)
class Taken:
    """A file that may be kept, not kept yet."""

    name: str
    data: bytes
    kind: Kind

    def keep(self) -> StoredFile:
        return keep_content(self.data, kind=self.kind)


def take(source: IO[bytes], name: str, *, held: QuerySet[StoredFile], files: int) -> Taken:
    """Read it where its content is what evidence may be and there is room beside the `files` that are there, whose
    contents are `held`. Raises UnreadableError with the reason why not.
    """
    name = clean_name(name)
    data = source.read(MOST_BYTES + 1)
    kind = check_evidence(data, name)
    name = with_its_ending(name, kind)
    together = held.aggregate(all=Sum("size"))["all"] or 0
    check_room(name, len(data), files=files, together=together)
    return Taken(name, data, kind)


def with_its_ending(name: str, kind: str) -> str:
    """The name tells what the file is: one that lies gets its own ending behind."""
    stem, dot, ending = name.rpartition(".")
    if dot and stem and KINDS.get(f".{ending.lower()}") == kind:
        return name
    return f"{name[:190]}.{kind}"


def contents(keys: Iterable[int] | QuerySet) -> QuerySet[StoredFile]:
    """Each content once, however many names it has."""
    return StoredFile.objects.filter(pk__in=keys)
