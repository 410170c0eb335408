"""Who is told of a batch: each unit once for all its dossiers, and the appraiser to whom they were given."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from thidua_web.accounts.models import User
from thidua_web.nominations.models import Batch, Nomination, Submission
from thidua_web.nominations.queries.allowed import ASSIGN, act_label
from thidua_web.notices import actions
from thidua_web.notices.actions import Told
from thidua_web.notices.recipients import who_may

KINDS = {
    "send_back": "appraisal.many_sent_back",
    "ask": "appraisal.many_asked",
    "recommend": "appraisal.many_concluded",
    "not_recommend": "appraisal.many_concluded",
    ASSIGN: "appraisal.many_assigned",
}
UNDONE = "appraisal.many_undone"
WAITED = ("nomination.lodged_again", "appraisal.answered")
"""What the appraiser was told of a dossier, by its number and revision; acted on, it need not be read any more."""
BACK = 5

__all__ = ["act_label", "settle", "tell"]


def settle(rows: Sequence[Nomination], *, at: datetime.datetime) -> None:
    keys = [
        f"{kind}:{row.pk}:{revision}"
        for row in rows
        for kind in WAITED
        for revision in range(max(0, row.revision - BACK), row.revision + 2)
    ]
    for first in range(0, len(keys), 1_000):
        actions.settle(keys=keys[first : first + 1_000], at=at)


def tell(  # noqa: PLR0913 - what is told of which part
    batch: Batch, done: Sequence[int], by: User, *, part: int, undone: bool, at: datetime.datetime
) -> None:
    """Of the nominations `done` since the last time (`part`: how many before). Taken back, what was said is settled."""
    kind = KINDS.get(batch.act)
    if kind is None or not done:
        return
    counted = Counter(Nomination.objects.filter(pk__in=done).order_by().values_list("submission", flat=True))
    if undone:
        before = (0, len(batch.params.get("told", ())))
        actions.settle(keys=[_key(batch, key, n) for key in (0, *counted) for n in before], at=at)
    about = f"undone:{part}" if undone else part
    if batch.act == ASSIGN:
        told: Iterable[Told] = _to_appraiser(batch, len(done), by, about)
    else:
        told = _to_units(batch, counted, by, about, at)
    actions.notify_each(told, UNDONE if undone else kind, at=at)


def _key(batch: Batch, submission: int, about: int | str) -> str:
    return f"appraisal.batch:{batch.pk}:{submission}:{about}"


def _params(batch: Batch, by: User, n: int, title: str) -> dict[str, Any]:
    with override("vi"):
        return {
            "by": by.full_name,
            "unit": batch.to_unit.name,
            "n": n,
            "title": title,
            "act": str(act_label(batch.act)),
        }


def _to_appraiser(batch: Batch, n: int, by: User, about: int | str) -> Iterator[Told]:
    who = batch.params["appraiser"]
    if who != by.pk:
        href = reverse("nominations:desk", query={"nguoi": "toi"})
        yield Told(who, _params(batch, by, n, batch.to_unit.name), href, _key(batch, 0, about))


def _to_units(batch: Batch, counted: Counter[int], by: User, about: int | str, at: datetime.datetime) -> Iterator[Told]:
    """Those who prepare dossiers there; of an ended unit, those who go on for it."""
    sent = list(Submission.objects.filter(pk__in=counted).select_related("unit"))
    units = {unit for one in sent for unit in (one.unit_id, one.unit.heir_id) if unit}
    people = who_may("nomination.edit", units, on=timezone.localdate(at))
    for one in sent:
        who = {user for unit in (one.unit_id, one.unit.heir_id) if unit for user in people.get(unit, ())}
        said = _params(batch, by, counted[one.pk], one.title)
        for user in sorted(who - {by.pk}):
            yield Told(user, said, one.get_absolute_url(), _key(batch, one.pk, about))
