"""Posts that begin, end, or were written wrongly. A person may hold several at once; one of them is the main one."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from thidua_web.journal.actions import Actor
from thidua_web.register.actions.people import journal
from thidua_web.register.models import Appointment, Person, Unit


@transaction.atomic
def begin_post(  # noqa: PLR0913 - what a post is
    *,
    person: Person,
    unit: Unit,
    position: str,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
    is_head: bool = False,
    main: bool = True,
    by: Actor,
    at: datetime.datetime,
    on: datetime.date,
) -> Appointment:
    """From its first day a `main` post is where the person is listed. The same post again changes nothing.

    Raises ValidationError where the unit does not stand on those days.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    refuse_outside(unit, valid_from, valid_to)
    said = {"unit": unit, "position": position, "valid_from": valid_from, "valid_to": valid_to, "is_head": is_head}
    there = person.appointments.filter(**said).first()
    if there is not None:
        return there
    post = Appointment.objects.create(person=person, becomes_main=main and valid_from > on, **said)
    if main and valid_from <= on and (valid_to is None or valid_to >= on):
        _list_under(person, post)
    details = {"unit": unit.pk, "position": position, "from": valid_from.isoformat(), "head": is_head, "main": main}
    journal("appointment.begun", person, by, at, details)
    return post


@transaction.atomic
def change_post(  # noqa: PLR0913 - what a post is
    *,
    post: Appointment,
    position: str,
    valid_from: datetime.date,
    valid_to: datetime.date | None,
    is_head: bool,
    by: Actor,
    at: datetime.datetime,
    on: datetime.date,
) -> bool:
    """Put right what was written wrongly, or end the post on a day. False where nothing differs."""
    post = Appointment.objects.select_for_update().select_related("unit").get(pk=post.pk)
    person = Person.objects.select_for_update().get(pk=post.person_id)
    refuse_outside(post.unit, valid_from, valid_to)
    said = {"position": position, "valid_from": valid_from, "valid_to": valid_to, "is_head": is_head}
    changed = sorted(name for name, value in said.items() if getattr(post, name) != value)
    if not changed:
        return False
    main = is_main(person, post)
    for name, value in said.items():
        setattr(post, name, value)
    post.save()
    if main:
        _settle(person, post, on)
    act = "appointment.ended" if changed == ["valid_to"] and valid_to else "appointment.changed"
    journal(act, person, by, at, {"unit": post.unit_id, "fields": changed, "to": valid_to and valid_to.isoformat()})
    return True


def is_main(person: Person, post: Appointment) -> bool:
    return (post.unit_id, post.position) == (person.unit_id, person.position)


def refuse_outside(unit: Unit, first: datetime.date, last: datetime.date | None) -> None:
    """Raises ValidationError where the unit does not stand on every one of those days."""
    if last is not None and last < first:
        raise ValidationError({"valid_to": gettext("Ngày cuối đứng trước ngày đầu.")})
    words = {"unit": unit.name, "first": f"{unit.valid_from:%d/%m/%Y}"}
    if first < unit.valid_from:
        raise ValidationError({"valid_from": gettext("“%(unit)s” hoạt động từ %(first)s.") % words})
    if unit.valid_to is not None and (last is None or last > unit.valid_to):
        words["last"] = f"{unit.valid_to:%d/%m/%Y}"
        said = gettext("“%(unit)s” kết thúc ngày %(last)s; chức vụ ở đó không thể kéo dài hơn.") % words
        raise ValidationError({"valid_to" if first <= unit.valid_to else "valid_from": said})


def _settle(person: Person, post: Appointment, on: datetime.date) -> None:
    """After the main post was changed: it stays the main one while it runs, else the newest that runs is."""
    if post.valid_from <= on and (post.valid_to is None or post.valid_to >= on):
        _list_under(person, post)
        return
    other = Appointment.objects.valid(on=on).filter(person=person).order_by("-valid_from", "-pk").first()
    if other is not None:
        _list_under(person, other)


def _list_under(person: Person, post: Appointment) -> None:
    person.unit_id, person.position = post.unit_id, post.position
    person.save(update_fields=["unit", "position"])


@transaction.atomic
def begin_main_posts(*, on: datetime.date) -> int:
    """Main posts that were written ahead and whose day has come; how many there were. Run every night."""
    due: list[Any] = list(
        Appointment.objects.select_for_update().filter(becomes_main=True, valid_from__lte=on).order_by("valid_from")
    )
    for post in due:
        _list_under(Person.objects.select_for_update().get(pk=post.person_id), post)
    Appointment.objects.filter(pk__in=[post.pk for post in due]).update(becomes_main=False)
    return len(due)
