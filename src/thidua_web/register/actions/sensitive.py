"""Sensitive data are opened and changed by those who need them, each time with a line in the journal."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction

from thidua_web.journal.actions import Actor
from thidua_web.register.actions.people import journal
from thidua_web.register.models import Person, SensitiveData
from thidua_web.register.queries import person as queries
from thidua_web.register.sealing import SENSITIVE_FIELDS, digest, owner_of, seal


@transaction.atomic
def see_sensitive(*, person: Person, by: Actor, at: datetime.datetime) -> dict[str, str]:
    """All fields, empty where nothing is known. Raises SealBrokenError."""
    values = opened(person)
    journal("person.sensitive_seen", person, by, at, {"fields": [name for name, value in values.items() if value]})
    return values


@transaction.atomic
def change_sensitive(*, person: Person, values: Mapping[str, str], by: Actor, at: datetime.datetime) -> list[str]:
    """The names of the fields that changed; the journal gets those alone. The same again changes nothing."""
    Person.objects.select_for_update().get(pk=person.pk)
    before = opened(person)
    changed = [name for name in SENSITIVE_FIELDS if values.get(name, "") != before[name]]
    if changed:
        write(person, {name: values.get(name, "") for name in SENSITIVE_FIELDS})
        journal("person.sensitive_changed", person, by, at, {"fields": changed})
    return changed


def opened(person: Person) -> dict[str, str]:
    """Raises SealBrokenError."""
    known = queries.unsealed(person)
    return {name: known.get(name, "") for name in SENSITIVE_FIELDS}


def write(person: Person, values: Mapping[str, str]) -> None:
    """Sealed for this person; nothing is kept where nothing is known."""
    kept = {name: value for name, value in values.items() if value}
    if not kept:
        SensitiveData.objects.filter(person=person).delete()
        return
    sealed = {"sealed": seal(kept, owner=owner_of(person.pk)), "id_digest": digest(kept.get("id_number", ""))}
    SensitiveData.objects.update_or_create(person=person, defaults=sealed)
