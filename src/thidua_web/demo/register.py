"""What the register of Minh Giang knows of its units and people: codes, posts, ratings and awards of before.

All of it is fictional, drawn the same way every time, and written in bulk so that the demo is ready in a moment.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model

from thidua_web.demo.people import COMMUNE, OFFICE, POSITIONS
from thidua_web.demo.units import LAST_DAY
from thidua_web.register.models import (
    Appointment,
    AwardRecord,
    Person,
    Rating,
    SensitiveData,
    Unit,
    UnitCode,
    UnitKind,
)
from thidua_web.register.pages.records import scheme_code
from thidua_web.register.sealing import digest, owner_of, seal

YEARS = range(2021, 2026)
LEVELS = ("excellent", "good", "good", "good", "done")
FOR_PEOPLE = {
    "excellent": ("CSTDCS", "Chiến sĩ thi đua cơ sở"),
    "good": ("LDTT", "Lao động tiên tiến"),
}
FOR_UNITS = {
    "excellent": ("TTLDXS", "Tập thể Lao động xuất sắc"),
    "good": ("TTLDTT", "Tập thể Lao động tiên tiến"),
}
HEADS = {
    "Chủ tịch Ủy ban nhân dân tỉnh",
    "Giám đốc Sở",
    OFFICE[0],
    COMMUNE[0],
    *(words[0] for kind, words in POSITIONS.items() if kind != UnitKind.PROVINCE),
}
# Of a few people all of it is known, so that there is something to see.
SEALED = 6


def make_records() -> None:
    """Once: where there are posts already, nothing is added."""
    if Appointment.objects.exists():
        return
    draw = random.Random(2026)  # noqa: S311 - the same every time
    units = list(Unit.objects.select_related("parent").order_by("pk"))
    before = {heir.pk: unit for unit in units if unit.valid_to for heir in unit.successors.all()}
    people = list(Person.objects.select_related("unit").order_by("pk"))
    _know(people, draw)
    _write(UnitCode, _codes(units))
    _write(Appointment, _posts(people, draw))
    _write(Rating, rated := list(_ratings(units, people, before, draw)))
    _write(AwardRecord, _awards(rated, draw))
    _seal(people[:SEALED], draw)


def _write(model: type[Model], rows: Iterable[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=2000)


def _know(people: list[Person], draw: random.Random) -> None:
    """Birth, sex, code; a head who was drawn where an account holds that post already is a deputy."""
    headed = {one.unit_id for one in people if one.position in HEADS and getattr(one, "user", None)}
    for number, person in enumerate(people, 1):
        middle = person.full_name.split()[1:-1]
        person.sex = "female" if "Thị" in middle else "male" if "Văn" in middle else draw.choice(("female", "male"))
        person.birth_date = datetime.date(draw.randint(1966, 1998), draw.randint(1, 12), draw.randint(1, 28))
        person.code = f"MG{number:04}"
        if person.unit_id in headed and person.position in HEADS and not getattr(person, "user", None):
            person.position = f"Phó {person.position}"
        person.fill_keys()
    fields = ["sex", "birth_date", "birth_year", "code", "position", "sort_text", "folded"]
    Person.objects.bulk_update(people, fields, batch_size=200)


def _codes(units: Iterable[Unit]) -> Iterator[UnitCode]:
    for number, unit in enumerate(units, 1):
        if unit.kind != UnitKind.OFFICE:
            yield UnitCode(
                unit=unit, scheme="identifier", code=f"K99.{number}", valid_from=unit.valid_from, valid_to=unit.valid_to
            )


def _posts(people: Iterable[Person], draw: random.Random) -> Iterator[Appointment]:
    """Since the unit stands, or for some years; some had another post in it before."""
    for person in people:
        since = max(person.unit.valid_from, datetime.date(draw.randint(2016, 2023), draw.randint(1, 12), 1))
        head = person.position in HEADS
        if head and since.year > 2018 and person.unit.valid_from < since:
            yield Appointment(
                person=person,
                unit=person.unit,
                position="Chuyên viên",
                valid_from=datetime.date(2012, draw.randint(1, 12), 1),
                valid_to=since - datetime.timedelta(days=1),
            )
        yield Appointment(person=person, unit=person.unit, position=person.position, is_head=head, valid_from=since)


def _ratings(
    units: Iterable[Unit], people: Iterable[Person], before: dict[int, Unit], draw: random.Random
) -> Iterator[Rating]:
    """Each year under the unit that was there at its end: in 2024 a commune's people worked for their district."""
    for year in YEARS:
        end = datetime.date(year, 12, 31)
        for unit in units:
            if unit.valid_from <= end and (unit.valid_to is None or unit.valid_to >= end):
                yield _rating(unit, unit.name, year, draw)
        for person in people:
            home = person.unit if person.unit.valid_from <= end else before.get(person.unit_id, person.unit)
            yield _rating(person, home.name, year, draw)


def _rating(of: Unit | Person, unit_name: str, year: int, draw: random.Random) -> Rating:
    return Rating(
        **({"unit": of} if isinstance(of, Unit) else {"person": of}),
        year=year,
        level=draw.choice(LEVELS),
        scheme=scheme_code(of, year, "state"),
        unit_name=unit_name,
        paper=f"{draw.randint(100, 999)}/QĐ",
        decided_on=datetime.date(year, 12, draw.randint(8, 14)),
    )


def _awards(rated: Iterable[Rating], draw: random.Random) -> Iterator[AwardRecord]:
    """Every other good or excellent year was commended."""
    for rating in rated:
        award, title = (FOR_UNITS if rating.unit_id else FOR_PEOPLE).get(rating.level, ("", ""))
        if not award or draw.random() < 0.5:
            continue
        day = rating.decided_on + datetime.timedelta(days=draw.randint(3, 14))
        yield AwardRecord(
            person_id=rating.person_id,
            unit_id=rating.unit_id,
            award=award,
            title=title,
            year=rating.year,
            decision=f"{draw.randint(1000, 4999)}/QĐ-UBND",
            decided_on=day,
            issuer="Chủ tịch Ủy ban nhân dân tỉnh Minh Giang" if day > LAST_DAY else "",
            recipient_name=rating.person.full_name if rating.person else rating.unit_name,
            unit_name=rating.unit_name,
        )


def _seal(people: Iterable[Person], draw: random.Random) -> None:
    for person in people:
        number = f"099{draw.randint(0, 999_999_999):09}"
        known = {"ethnicity": draw.choice(("Kinh", "Khmer", "Hoa")), "religion": "Không", "id_number": number}
        sealed = seal(known, owner=owner_of(person.pk))
        SensitiveData.objects.create(person=person, sealed=sealed, id_digest=digest(number))
