"""Every act is one line, sealed onto the one before."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from thidua.journal import Head, Sealed, verify
from thidua_web.journal.actions import journal_key, line_of, record
from thidua_web.journal.models import JournalHead, JournalLine
from web.cast import Cast

NOON = datetime.datetime(2026, 11, 20, 12, 30, 15, 123456, tzinfo=datetime.UTC)


def write(cast: Cast, number: int) -> JournalLine:
    return record(
        act="campaign.launched",
        by=cast.users["head"],
        at=NOON + datetime.timedelta(minutes=number),
        unit_id=cast.province.pk,
        subject=("campaign", number),
        label=f"Phong trào số {number}",
        details={"duties": 12, "share": 0.5, "days": ["2026-11-20"]},
    )


def faults() -> list[str]:
    rows = JournalLine.objects.order_by("number")
    head = JournalHead.objects.get()
    found = verify((Sealed(line_of(row), row.seal) for row in rows), journal_key(), Head(head.number, head.seal))
    return [finding.code for finding in found if finding.outcome != "met"]


def test_lines_are_numbered_and_hold_who_did_what_to_what(cast: Cast) -> None:
    one, two = write(cast, 1), write(cast, 2)
    assert (one.number, two.number) == (1, 2)
    kept = JournalLine.objects.get(pk=2)
    assert (kept.actor_name, kept.label, kept.unit) == ("Người head", "Phong trào số 2", cast.province.pk)
    assert kept.details == {"duties": 12, "share": 0.5, "days": ["2026-11-20"]}


def test_what_the_database_gives_back_still_fits_its_seal(cast: Cast) -> None:
    for number in range(5):
        write(cast, number)
    assert faults() == []


@pytest.mark.parametrize(
    "tamper",
    [
        lambda: JournalLine.objects.filter(pk=3).update(label="Phong trào khác"),
        lambda: JournalLine.objects.filter(pk=3).update(actor_name="Người khác"),
        lambda: JournalLine.objects.filter(pk=3).delete(),
        lambda: JournalLine.objects.filter(pk=5).delete(),
    ],
    ids=["label", "actor", "removed", "cut off"],
)
def test_tampering_is_found(cast: Cast, tamper) -> None:
    for number in range(5):
        write(cast, number)
    tamper()
    assert faults()


def test_an_act_that_fails_leaves_no_line(cast: Cast) -> None:
    @transaction.atomic
    def fail() -> None:
        write(cast, 2)
        raise ZeroDivisionError

    write(cast, 1)
    with pytest.raises(ZeroDivisionError):
        fail()
    assert JournalLine.objects.count() == JournalHead.objects.get().number == 1
    assert write(cast, 3).number == 2


def test_the_system_acts_without_a_name(cast: Cast) -> None:
    line = record(act="reform.carried_out", by=None, at=timezone.now())
    assert (line.actor, line.actor_name) == (None, "")
