"""Two appraisers at one dossier at the same moment: one act is made, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.actions import appraising, overrides
from thidua_web.nominations.actions.moving import Done
from thidua_web.nominations.models import ClockEvent, Nomination, Override, Return
from thidua_web.nominations.queries import loading
from web.appraised import a_second, in_hand, lodged
from web.cast import Cast

Act = Callable[[Nomination, User], Done]


def at_once(row: Nomination, *acts: tuple[Act, User]) -> list[str]:
    """Each act in a thread of its own, on the row as it was on both screens; what became of them."""
    said: list[str] = []
    ready = threading.Barrier(len(acts))

    def run(act: Act, user: User) -> None:
        try:
            mine = loading.nomination(row.pk)
            assert mine is not None
            ready.wait(10)
            said.append(act(mine, user).standing.value)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(said)


def accept(row: Nomination, user: User) -> Done:
    return appraising.accept(nomination=row, seen=0, by=user, at=timezone.now())


def send_back(row: Nomination, user: User) -> Done:
    return appraising.send_back(
        nomination=row, codes=["other"], words="x", due_on=None, seen=0, by=user, at=timezone.now()
    )


@pytest.mark.django_db(transaction=True)
def test_two_take_it_in(cast: Cast) -> None:
    row = lodged(cast)
    assert at_once(row, (accept, cast.users["appraiser"]), (accept, a_second(cast))) == ["done", "moved"]
    row.refresh_from_db()
    assert (row.state, row.revision) == ("in_appraisal", 1)
    assert (
        ClockEvent.objects.count()
        == JournalLine.objects.filter(subject=str(row.pk), act="appraisal.accepted").count()
        == 1
    )


@pytest.mark.django_db(transaction=True)
def test_one_takes_it_in_while_the_other_sends_it_back(cast: Cast) -> None:
    row = lodged(cast)
    assert at_once(row, (accept, cast.users["appraiser"]), (send_back, a_second(cast))) == ["done", "moved"]
    row.refresh_from_db()
    assert row.revision == 1
    assert (row.state == "returned") is Return.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_answer_one_override(cast: Cast) -> None:
    row = in_hand(cast)
    one = Override.objects.create(
        nomination=row, key="1-x", clause="x", was="unknown", becomes="met", reason="x",
        by=cast.users["appraiser"], at=timezone.now(),
    )  # fmt: skip

    def answer(*, agreed: bool) -> Act:
        def run(mine: Nomination, user: User) -> Done:
            override = Override.objects.get(pk=one.pk)
            override.nomination = mine
            return overrides.answer_override(
                override=override, agreed=agreed, words="x", seen=0, by=user, at=timezone.now()
            )

        return run

    found = at_once(row, (answer(agreed=True), cast.users["head"]), (answer(agreed=False), a_second(cast)))
    assert found == ["done", "moved"]
    one.refresh_from_db()
    assert one.second is not None
