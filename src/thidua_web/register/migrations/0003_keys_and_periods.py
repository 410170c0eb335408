"""Units and people from before get their places, keys, periods and appointments."""

import datetime

from django.db import migrations

from thidua.vietnamese.collation import person_sort_text, sort_text
from thidua.vietnamese.folding import search_key

SINCE = datetime.date(2025, 7, 1)


def fill_units(apps, schema_editor):
    Unit, UnitPeriod = apps.get_model("register", "Unit"), apps.get_model("register", "UnitPeriod")
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for unit in units.values():
        line, above = [], unit
        while above is not None and above.pk not in line:
            line.append(above.pk)
            above = units.get(above.parent_id)
        unit.path = "/" + "".join(f"{pk}/" for pk in reversed(line))
        unit.sort_text, unit.folded = sort_text(unit.name), search_key(f"{unit.name} {unit.code}")
        heirs = unit.successors.order_by("pk").values_list("pk", flat=True)
        unit.heir_id = heirs.first() if unit.valid_to else None
        unit.save()
        UnitPeriod.objects.create(
            unit=unit,
            name=unit.name,
            kind=unit.kind,
            parent_id=unit.parent_id,
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
        )


def fill_people(apps, schema_editor):
    Person, Appointment = apps.get_model("register", "Person"), apps.get_model("register", "Appointment")
    for person in Person.objects.select_related("unit"):
        person.sort_text, person.folded = person_sort_text(person.full_name), search_key(person.full_name)
        person.save()
        Appointment.objects.create(
            person=person,
            unit=person.unit,
            position=person.position,
            valid_from=max(person.unit.valid_from, SINCE) if person.unit.valid_to is None else person.unit.valid_from,
            valid_to=person.unit.valid_to,
        )


class Migration(migrations.Migration):
    dependencies = [("register", "0002_register_in_time")]
    operations = [
        migrations.RunPython(fill_units, migrations.RunPython.noop),
        migrations.RunPython(fill_people, migrations.RunPython.noop),
    ]
