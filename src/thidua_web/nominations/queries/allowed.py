"""Which acts of the appraisal a nomination allows, and why not: the same for one nomination and for five thousand.

`why_not` is pure; `standings` reads what it asks of many nominations, in as many queries for any number.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua_web.nominations.models import (
    Claim,
    ConsultationItem,
    ListState,
    Nomination,
    Objection,
    Override,
    PublicationItem,
    Silence,
)
from thidua_web.nominations.queries.publishing import unpublished
from thidua_web.nominations.stages import NOMINATION_MOVES, UNDER_APPRAISAL

MOST = 5_000
"""So many may be acted on at once."""
ASSIGN = "assign"
ACTS = ("accept", ASSIGN, "send_back", "ask", "recommend", "not_recommend")
"""What may be done to many at once, in the order of the work."""

REASONS: dict[str, Promise] = {
    "state": _("Không ở bước làm được việc này"),
    "changed": _("Đã có người xử lý sau khi bạn xem"),
    "conflict": _("Bạn có xung đột lợi ích với hồ sơ này"),
    "their_conflict": _("Người được phân công có xung đột lợi ích"),
    "same": _("Đã phân công cho người này"),
    "signed": _("Đã nằm trong danh sách kết quả đã ký"),
    "not_met": _("Có tiêu chuẩn không đạt"),
    "unknown": _("Có tiêu chuẩn chưa đủ căn cứ để kết luận"),
    "defects": _("Hồ sơ còn lỗi kiểm tra"),
    "claims": _("Còn thành tích kê khai chưa kết luận"),
    "override": _("Còn đề nghị thay đổi kết quả chờ người thứ hai đồng ý"),
    "objection": _("Còn ý kiến phản ánh chưa xử lý"),
    "opinion": _("Còn cơ quan được lấy ý kiến chưa trả lời"),
    "publication": _("Đang công khai lấy ý kiến Nhân dân"),
    "unpublished": _("Chưa công khai lấy ý kiến Nhân dân như luật yêu cầu"),
}
SINGLY = frozenset({"unknown", "defects", "claims", "unpublished"})
"""What only a look at the dossier settles: it keeps a nomination out of a batch, not from an act on it alone."""


@dataclass(frozen=True)
class Standing:
    """What the acts ask of a nomination. `barred`: whoever acts has a conflict of interest that bars them."""

    state: str
    outcome: str = ""
    defects: int = 0
    claims: int = 0
    overrides: int = 0
    objections: int = 0
    opinions: int = 0
    published: int = 0
    unpublished: bool = False
    signed: bool = False
    barred: bool = False


def act_label(act: str) -> Promise:
    return _("Phân công thẩm định") if act == ASSIGN else NOMINATION_MOVES[act].label


def why_not(act: str, of: Standing) -> tuple[str, ...]:
    """Codes of REASONS that keep the act from being done, the gravest first; none where it may be done."""
    from_ = UNDER_APPRAISAL if act == ASSIGN else NOMINATION_MOVES[act].from_
    if of.signed:
        return ("signed",)
    if of.state not in from_:
        return ("state",)
    if of.barred and act != ASSIGN:
        return ("conflict",)
    return tuple(_open(act, of))


def _open(act: str, of: Standing) -> Iterable[str]:
    """What is left undone before a conclusion."""
    if act in ("recommend", "not_recommend"):
        yield from _kept({"objection": of.objections, "override": of.overrides})
    if act == "recommend":
        verdict = {"not_met": of.outcome == "not_met", "unknown": of.outcome not in ("met", "not_met")}
        shown = {"publication": of.published, "unpublished": of.unpublished and not of.published}
        yield from _kept({"opinion": of.opinions, **shown, **verdict})
        yield from _kept({"defects": of.defects, "claims": of.claims})


def _kept(found: Mapping[str, int]) -> Iterable[str]:
    return (name for name, there in found.items() if there)


def allowed(act: str, of: Standing, *, singly: bool = False) -> bool:
    """`singly`: on its own page, where somebody who sees all of it may decide what a batch leaves out."""
    reasons = why_not(act, of)
    return not (set(reasons) - SINGLY if singly else reasons)


def standings(rows: Collection[Nomination], on: datetime.date, barred: Collection[int] = ()) -> dict[int, Standing]:
    """By number; five queries, and one more where the law asks for a publication. `barred`: numbers of nominations
    that whoever acts may not judge.

    `rows` come with `listed` selected.
    """
    keys = [row.pk for row in rows]
    claims = _count(Claim, keys, Q(verdict=""))
    overrides = _count(Override, keys, Q(agreed__isnull=True, withdrawn_at__isnull=True))
    objections = _count(Objection, keys, Q(finding=""))
    consents = Q(consultation__silence=Silence.AGREES, consultation__due_on__lt=on)
    opinions = _count(ConsultationItem, keys, Q(answer="", consultation__closed_at__isnull=True) & ~consents)
    runs = Q(publication__withdrawn_at__isnull=True, publication__until__gte=on)
    published = _count(PublicationItem, keys, runs)
    shut, unshown = set(barred), unpublished(rows, on)
    return {
        row.pk: Standing(
            state=row.state,
            outcome=row.outcome,
            defects=row.defects,
            claims=claims.get(row.pk, 0),
            overrides=overrides.get(row.pk, 0),
            objections=objections.get(row.pk, 0),
            opinions=opinions.get(row.pk, 0),
            published=published.get(row.pk, 0),
            unpublished=row.pk in unshown,
            signed=row.listed is not None and row.listed.state == ListState.SIGNED,
            barred=row.pk in shut,
        )
        for row in rows
    }


def _count(model: type[models.Model], keys: Collection[int], which: Q) -> Mapping[int, int]:
    found = model._default_manager.filter(which, nomination__in=keys).order_by()
    return dict(found.values_list("nomination").annotate(n=Count("pk")))
