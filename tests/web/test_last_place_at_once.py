"""Two units sign at the same moment for the last place of a quota: one has it, the other is told and stays a draft."""

from __future__ import annotations

import threading

import pytest
from django.db import connections
from django.utils import timezone

from thidua_web.nominations.actions import signing
from thidua_web.nominations.queries import loading
from web.cast import Cast
from web.test_sign_submission import contestants


@pytest.mark.django_db(transaction=True)
def test_two_units_sign_for_the_last_place(cast: Cast) -> None:
    _, first, second = contestants(cast)
    said: list[str] = []
    ready = threading.Barrier(2)

    def sign(key: int) -> None:
        try:
            mine = loading.submission(key)
            assert mine is not None
            ready.wait(10)
            done = signing.submit(
                submission=mine, seen=mine.revision, number="1/TTr", by=cast.users["head"], at=timezone.now()
            )
            said.append(done.moved.value)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign, args=(row.pk,)) for row in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(said) == ["done", "stopped"]
    states = []
    for row in (first, second):
        row.refresh_from_db()
        states.append((row.state, row.nominations.get().state))
    assert sorted(states) == [("draft", "draft"), ("submitted", "lodged")]
