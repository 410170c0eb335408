"""Two rows become one person, and are parted again: everything that was moved goes back."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from thidua_web.journal.actions import Actor
from thidua_web.register.actions import sensitive
from thidua_web.register.actions.people import journal
from thidua_web.register.models import MergeLog, Person, SensitiveData
from thidua_web.register.queries import merging as queries
from thidua_web.register.queries.merging import FILLED, Link
from thidua_web.register.sealing import SENSITIVE_FIELDS, owner_of, unseal


@transaction.atomic
def merge(*, kept: Person, dropped: Person, reason: str, by: Actor, at: datetime.datetime) -> MergeLog:
    """The dropped row's posts, ratings, awards and account move to the kept one, which gets what it had not.

    What the kept one has already (a post, an award, a year's rating) stays with the dropped row, which is listed no
    more. Raises ValidationError where one of them was merged meanwhile, or both sign in.
    """
    kept, dropped = _locked(kept, dropped)
    _refuse(kept, dropped)
    rows = {}
    for link in queries.links():
        moving = queries.split(link, kept, dropped).moving
        _hand_over(link, moving, dropped, kept)
        if moving:
            rows[link.name] = moving
    filled = _fill(kept, dropped)
    moved = {"rows": rows, "filled": filled, "sensitive": _join_sensitive(kept, dropped)}
    dropped.merged_into = kept
    dropped.save(update_fields=["merged_into"])
    log = MergeLog.objects.create(
        kept=kept, dropped=dropped, moved=moved, reason=reason, by=by.pk, by_name=str(by.full_name)[:120], at=at
    )
    counts = {name: len(keys) for name, keys in rows.items()}
    details = {"log": log.pk, "dropped": dropped.pk, "moved": counts, "filled": sorted(filled), "reason": reason}
    journal("person.merged", kept, by, at, details)
    return log


@transaction.atomic
def part(*, log: MergeLog, by: Actor, at: datetime.datetime) -> bool:
    """Undo a merge. False where it was undone before.

    What was changed on the kept row since stays as it is. Raises ValidationError where the kept row was itself merged
    into another: that merge must be undone first.
    """
    log = MergeLog.objects.select_for_update().get(pk=log.pk)
    if log.undone_at is not None:
        return False
    kept, dropped = _locked(log.kept, log.dropped)
    if kept.merged_into_id is not None:
        words = gettext("“%(name)s” đã được gộp tiếp vào người khác. Hãy tách lần gộp sau trước.")
        raise ValidationError(words % {"name": kept.full_name})
    for name, keys in log.moved["rows"].items():
        model, _dot, field = name.rpartition(".")
        _hand_over(Link(apps.get_model(model), field), keys, kept, dropped)
    _empty(kept, log.moved["filled"])
    _part_sensitive(kept, log.moved["sensitive"])
    dropped.merged_into = None
    dropped.save(update_fields=["merged_into"])
    log.undone_by_name, log.undone_at = str(by.full_name)[:120], at
    log.save(update_fields=["undone_by_name", "undone_at"])
    journal("person.parted", kept, by, at, {"log": log.pk, "parted": dropped.pk})
    return True


def _locked(*people: Person) -> list[Person]:
    """Always in the same order, so that two merges at once wait for each other instead of for nothing."""
    keys = [one.pk for one in people]
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [rows[key] for key in keys]


def _refuse(kept: Person, dropped: Person) -> None:
    if kept.pk == dropped.pk:
        raise ValidationError(gettext("Hãy chọn một người khác để gộp."))
    for one in (kept, dropped):
        if one.merged_into_id is not None:
            words = gettext("“%(name)s” vừa được gộp vào người khác. Hãy tải lại trang.")
            raise ValidationError(words % {"name": one.full_name})
    if queries.compare(kept, dropped).both_sign_in:
        raise ValidationError(
            gettext("Cả hai đều có tài khoản. Hãy nhờ người quản trị khóa và gỡ một tài khoản, rồi gộp.")
        )


def _hand_over(link: Link, keys: list[int], giver: Person, taker: Person) -> None:
    """Only what still belongs to the giver."""
    rows = link.model._base_manager.filter(pk__in=keys, **{link.field: giver})
    rows.update(**{link.field: taker})


def _fill(kept: Person, dropped: Person) -> dict[str, str]:
    """What the kept row lacked, as text."""
    filled = {name: getattr(dropped, name) for name in FILLED if getattr(dropped, name) and not getattr(kept, name)}
    for name, value in filled.items():
        setattr(kept, name, value)
    if filled:
        kept.save()
    return {name: str(value) for name, value in filled.items()}


def _empty(kept: Person, filled: dict[str, str]) -> None:
    for name, value in filled.items():
        if str(getattr(kept, name)) == value:
            setattr(kept, name, None if name in ("birth_date", "birth_year") else "")
    if filled:
        kept.save()


def _join_sensitive(kept: Person, dropped: Person) -> dict[str, Any]:
    """The dropped row keeps its own sealed text; the kept one is sealed anew with what it lacked."""
    before = SensitiveData.objects.filter(person=kept).first()
    own, other = sensitive.opened(kept), sensitive.opened(dropped)
    joined = {name: own[name] or other[name] for name in SENSITIVE_FIELDS}
    if joined == own:
        return {}
    sensitive.write(kept, joined)
    return {"before": before.sealed if before else "", "written": SensitiveData.objects.get(person=kept).sealed}


def _part_sensitive(kept: Person, joined: dict[str, Any]) -> None:
    now = SensitiveData.objects.filter(person=kept).first()
    if joined and now and now.sealed == joined["written"]:
        before = joined["before"]
        sensitive.write(kept, unseal(before, owner=owner_of(kept.pk)) if before else {})
