"""The head of the proposing unit lodges again what came back, or pulls it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import ClockEvent, Nomination, Return
from thidua_web.notices.models import Notice
from web.appraised import a_head, act, in_hand, said
from web.cast import Cast


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    row = in_hand(cast)
    Nomination.objects.update(state="returned", returns=1)
    now = timezone.now()
    Return.objects.create(nomination=row, codes=["other"], words="x", by=row.edited_by, at=now, on=now.date())
    row.refresh_from_db()
    return row


def test_the_gate_is_asked_again(client: Client, cast: Cast, nomination: Nomination) -> None:
    answer = act(client, a_head(cast), "lodge_again", nomination)
    assert answer.status_code == 422
    assert "còn điều khiến đơn vị chưa được trình" in said(answer)
    assert nomination.state == "returned"


@pytest.mark.parametrize(("who", "status"), [("neighbour", 403), ("head", 403), ("stranger", 404)])
def test_only_its_own_head_may(client: Client, cast: Cast, nomination: Nomination, who: str, status: int) -> None:
    for name in ("lodge_again", "pull"):
        assert act(client, cast.users[who], name, nomination, words="x").status_code == status


def test_it_is_pulled_with_words(client: Client, cast: Cast, nomination: Nomination) -> None:
    head = a_head(cast)
    assert act(client, head, "pull", nomination, words="").status_code == 422
    assert act(client, head, "pull", nomination, words="Chuyển công tác.").status_code == 302
    assert nomination.state == "withdrawn"
    assert ClockEvent.objects.get().change == "ended"
    assert Notice.objects.filter(kind="nomination.pulled", user=cast.users["appraiser"]).exists()
    assert JournalLine.objects.get(act="nomination.pulled").details["reason"] == "Chuyển công tác."
