"""All files of a dossier by what they are of: papers, claims, confirmations, what was asked for, others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from thidua_web.nominations.forms.dossier_files import NameForm
from thidua_web.nominations.models import DossierFile
from thidua_web.nominations.pages.dossiers import Checklist, ShownClaim

PICTURES = ("png", "jpg")


@dataclass(frozen=True)
class ShownFile:
    row: DossierFile
    form: NameForm

    @property
    def is_picture(self) -> bool:
        return self.row.file.kind in (*PICTURES, "pdf")


@dataclass(frozen=True)
class Group:
    title: str
    files: tuple[ShownFile, ...]


def groups(files: Sequence[DossierFile], checklist: Checklist, claims: Iterable[ShownClaim]) -> list[Group]:
    return [Group(title, tuple(map(_shown, rows))) for title, rows in _sorted(files, checklist, claims) if rows]


def _shown(row: DossierFile) -> ShownFile:
    return ShownFile(row, NameForm(file=row))


def _sorted(
    files: Sequence[DossierFile], checklist: Checklist, claims: Iterable[ShownClaim]
) -> Iterator[tuple[str, list[DossierFile]]]:
    left = list(files)

    def of(rows: Iterable[DossierFile]) -> list[DossierFile]:
        found = [row for row in rows if row in left]
        left[:] = [row for row in left if row not in found]
        return found

    for paper in checklist.papers:
        yield paper.words, of(row for row in files if row.paper and row.paper == paper.code)
    for one in claims:
        words = one.claim.words if one.claim else ""
        yield gettext("Thành tích %(n)s: %(words)s") % {"n": one.number, "words": words}, of(one.files)
    yield gettext("Xác nhận của cơ quan có thẩm quyền"), of(row for row in files if row.confirmation_id)
    yield gettext("Bổ sung theo yêu cầu thẩm định"), of(row for row in files if row.request_id)
    yield gettext("Tài liệu khác"), left
