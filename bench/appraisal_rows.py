"""A standing body's desk as full as a province's after some years, written into an empty database."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone
from progress_rows import LONG_AGO, make_units
from register_rows import FAMILY, GIVEN, MIDDLE, advance_keys, write_rows

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, User
from thidua_web.archive import actions as archive
from thidua_web.demo.accounts import PASSWORD
from thidua_web.nominations.models import Claim, ClockEvent, DossierFile, Nomination, Submission
from thidua_web.register.models import Person, Unit

ACCOUNTS = 20
STATES = ("lodged", *("in_appraisal",) * 6, "asked", "recommended", "not_recommended")
AWARDS = ("LDTT", "LDTT", "LDTT", "CSTDCS", "BANG_KHEN_TINH", "GIAY_KHEN")
OUTCOMES = ("met", "met", "met", "unknown", "not_met")
REPORT = "Trong năm, bản thân hoàn thành tốt nhiệm vụ, có sáng kiến được áp dụng ở đơn vị. " * 40


class Sizes(NamedTuple):
    """What there is of everything; `files` are those of one dossier."""

    nominations: int = 100_000
    units: int = 2_000
    files: int = 60


def make(sizes: Sizes = Sizes()) -> dict[str, int]:  # noqa: B008 - a tuple
    """Lay everything out; the counts of what was made. Raises RuntimeError where there are units already."""
    if Unit.objects.exists():
        raise RuntimeError("the database has units already: take an empty one")
    draw = random.Random(2026)
    make_units(sizes.units, draw)
    make_accounts()
    send()
    nominate(sizes, draw)
    fill_one(sizes)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return counts()


def counts() -> dict[str, int]:
    tables = (Unit, Submission, Nomination, DossierFile)
    return {model._meta.model_name or "": model._default_manager.count() for model in tables}


def make_accounts() -> None:
    """Twenty appraisers of one standing body."""
    password, draw, home = make_password(PASSWORD), random.Random(1), Unit.objects.get(pk=1)
    for number in range(1, ACCOUNTS + 1):
        name = f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}"
        user = User.objects.create(username=f"bench{number}", full_name=name, password=password, is_demo=True)
        Membership.objects.create(user=user, unit=home, role=Role.APPRAISER, valid_from=LONG_AGO)


def send() -> None:
    """Every unit but the first has sent what it proposes; none of those who appraise had a hand in it."""
    by, at = User.objects.create(username="sent", full_name="Trần Thị Trình", password="", is_demo=True), timezone.now()
    units = Unit.objects.exclude(pk=1).order_by("pk")
    write_rows(
        Submission,
        (
            Submission(
                unit=unit, to_unit_id=1, kind="yearly", year=2025, title="Đề nghị khen thưởng năm 2025",
                state="submitted", prepared_by=by, prepared_at=at, signed_by=by, signed_at=at,
                lodged_on=timezone.localdate() - datetime.timedelta(days=20),
            )
            for unit in units
        ),
    )  # fmt: skip


def nominate(sizes: Sizes, draw: random.Random) -> None:
    sent = list(Submission.objects.order_by("pk"))
    write_rows(Person, _people(sizes, draw, sent))
    advance_keys(Person)
    write_rows(Nomination, _nominations(draw, sent))
    waiting = Nomination.objects.filter(state__in=("lodged", "in_appraisal")).order_by("pk")
    start = timezone.localdate() - datetime.timedelta(days=20)
    at = timezone.now()
    events = (ClockEvent(nomination_id=key, change="started", on=start, why="accept", at=at) for key in _keys(waiting))
    write_rows(ClockEvent, events)


def _keys(rows: Any) -> Iterator[int]:
    yield from rows.values_list("pk", flat=True)


def _people(sizes: Sizes, draw: random.Random, sent: list[Submission]) -> Iterator[Person]:
    for number in range(sizes.nominations):
        name = f"{draw.choice(FAMILY)} {draw.choice(MIDDLE)} {draw.choice(GIVEN)}"
        person = Person(pk=number + 1, full_name=name, unit_id=sent[number % len(sent)].unit_id)
        person.fill_keys()
        yield person


def _nominations(draw: random.Random, sent: list[Submission]) -> Iterator[Nomination]:
    people = [User.objects.get(username=f"bench{number}") for number in range(1, ACCOUNTS + 1)]
    today, at = timezone.localdate(), timezone.now()
    for person in Person.objects.order_by("pk").iterator(5_000):
        of, state = sent[(person.pk - 1) % len(sent)], draw.choice(STATES)
        due = today + datetime.timedelta(days=draw.randint(-5, 40)) if state in ("lodged", "in_appraisal") else None
        yield Nomination(
            submission=of, unit_id=of.unit_id, to_unit_id=1, subject="individual", person=person, state=state,
            name=person.full_name, unit_name="", award=draw.choice(AWARDS), merit="yearly", year=2025, revision=1,
            edited_by=people[0], edited_at=at, lodged_on=of.lodged_on, clock_due=due, outcome=draw.choice(OUTCOMES),
            defects=draw.choice((0, 0, 0, 2)), sections={"achievements": REPORT},
            appraiser=draw.choice(people) if draw.random() < 0.5 else None,
        )  # fmt: skip


def fill_one(sizes: Sizes) -> None:
    """One dossier with sixty files and ten claims."""
    by, at = User.objects.get(username="bench1"), timezone.now()
    of = Nomination.objects.filter(state="in_appraisal").select_related("submission").order_by("pk")[0]
    claims = Claim.objects.bulk_create(
        Claim(nomination=of, place=place, words=f"Sáng kiến số {place}, tiết kiệm {place} triệu đồng")
        for place in range(10)
    )
    stored = archive.keep_content(b"%PDF-1.4\n% bench\n", kind="pdf")
    DossierFile.objects.bulk_create(
        DossierFile(
            submission=of.submission, nomination=of, claim=claims[place % 10], file=stored,
            name=f"minh-chung-{place:02}.pdf", uploaded_by=by, uploaded_at=at,
        )
        for place in range(sizes.files)
    )  # fmt: skip
