"""A dossier is taken in: once, by one of two, with the clock running and what the checks said kept."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import ClockEvent, Nomination, StoredAssessment
from web.appraised import a_second, act, lodged, said
from web.cast import Cast


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    return lodged(cast)


def test_an_appraiser_takes_it_in(client: Client, cast: Cast, nomination: Nomination) -> None:
    answer = act(client, cast.users["appraiser"], "accept", nomination)
    assert answer.status_code == 302
    assert (nomination.state, nomination.revision) == ("in_appraisal", 1)
    assert nomination.received_on == timezone.localdate()
    assert nomination.appraiser == cast.users["appraiser"]
    assert nomination.clock_due > timezone.localdate()
    assert ClockEvent.objects.get().change == "started"
    stored = StoredAssessment.objects.get()
    assert (stored.moment, stored.award, stored.made_by) == ("accepted", "CSTDCS", cast.users["appraiser"])
    assert stored.lines["lines"]
    line = JournalLine.objects.get(act="appraisal.accepted")
    assert (line.unit, line.details["revision"]) == (cast.province.pk, 1)


def test_pressed_twice_it_is_taken_in_once(client: Client, cast: Cast, nomination: Nomination) -> None:
    for _ in range(2):
        answer = act(client, cast.users["appraiser"], "accept", nomination, seen=0)
        assert answer.status_code == 302
    assert nomination.revision == 1
    assert StoredAssessment.objects.count() == ClockEvent.objects.count() == 1


def test_of_two_the_second_is_told_who_was_faster(client: Client, cast: Cast, nomination: Nomination) -> None:
    act(client, cast.users["appraiser"], "accept", nomination, seen=0)
    answer = act(client, a_second(cast), "accept", nomination, seen=0)
    assert answer.status_code == 409
    assert "Người appraiser: Tiếp nhận hồ sơ" in said(answer)
    assert nomination.appraiser == cast.users["appraiser"]
    assert ClockEvent.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("head", 403), ("auditor", 403), ("neighbour", 403), ("stranger", 404)])
def test_nobody_else_takes_it_in(client: Client, cast: Cast, nomination: Nomination, who: str, status: int) -> None:
    assert act(client, cast.users[who], "accept", nomination).status_code == status
    assert nomination.state == "lodged"


def test_what_was_never_sent_is_not_there(client: Client, cast: Cast, nomination: Nomination) -> None:
    Nomination.objects.update(state="draft", lodged_on=None, received_on=None)
    assert act(client, cast.users["appraiser"], "accept", nomination).status_code == 404
