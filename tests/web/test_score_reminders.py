"""Reminders of a scoring's own days: own scores and peers' checks, as duties are; silence once the sheet is sent."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from thidua_web.notices.models import Notice
from thidua_web.progress.actions import scorings as actions
from thidua_web.progress.models import ScoreSheet, Scoring, Source
from thidua_web.progress.score_reminders import remind
from thidua_web.register.actions.units import end_unit
from thidua_web.register.models import Bloc
from web.blocs import make_bloc, make_offices
from web.cast import Cast
from web.scorings import enter, given, open_scoring

# A Monday, two weeks from which every Monday to Friday is worked.
DUE = datetime.date(2026, 12, 14)


def run(day: int) -> int:
    """On that day of December, at six in the morning."""
    moment = datetime.datetime.combine(datetime.date(2026, 12, day), datetime.time(6))
    return remind(at=timezone.make_aware(moment))


@pytest.fixture
def bloc(cast: Cast) -> Bloc:
    return make_bloc(cast.province, [cast.office, *make_offices(cast, 2)])


@pytest.fixture
def scoring(cast: Cast, bloc: Bloc) -> Scoring:
    found = open_scoring(bloc, cast.users["head"], own_due=DUE, peer_due=datetime.date(2026, 12, 21))
    Notice.objects.all().delete()
    return found


def told(*, unread: bool = False) -> list[tuple[str, str]]:
    """Kind and working days left, in the order of telling, to the clerk of the office."""
    rows = Notice.objects.filter(user__username="neighbour", key__contains=":due:").order_by("id")
    rows = rows.filter(read_at=None) if unread else rows
    return [(row.kind.removeprefix("score."), row.params["left"]) for row in rows]


def test_own_scores_are_said_as_duties_are(cast: Cast, scoring: Scoring) -> None:
    for day in range(1, 31):
        run(day)
    assert told() == [
        ("own_near", "7"), ("own_near", "3"), ("own_near", "1"), ("own_today", "1"), ("own_late", "1")
    ]  # fmt: skip
    notice = Notice.objects.filter(kind="score.own_near", user=cast.users["neighbour"]).earliest("pk")
    assert str(notice) == ("Còn 7 ngày làm việc đến hạn 14/12/2026: tự chấm điểm của Sở Thử, “Chấm điểm năm 2026”")
    assert notice.href == f"/cham-diem/{scoring.pk}/{cast.office.pk}/"


def test_run_twice_it_is_said_once_and_on_a_day_off_not_at_all(scoring: Scoring) -> None:
    assert [run(5), run(9) > 0, run(9)] == [0, True, 0]


def test_what_is_sent_is_not_said_and_what_was_said_is_settled(cast: Cast, scoring: Scoring) -> None:
    run(9)
    assert told(unread=True) == [("own_near", "3")]
    enter(scoring, cast.office, Source.OWN, cast.users["neighbour"], given(thu=(50, 45)))
    assert told(unread=True) == []
    run(14)
    assert len(told()) == 1


def test_peers_are_reminded_of_their_own_day_and_of_it_alone(cast: Cast, scoring: Scoring) -> None:
    run(9)
    actions.open_peer(scoring=scoring, by=cast.users["head"], at=timezone.now())
    assert told(unread=True) == []
    run(15)
    run(16)
    assert told()[1:] == [("peer_near", "4"), ("peer_near", "3")]
    sheet = ScoreSheet.objects.get(source=Source.PEER, scorer=cast.office)
    assert Notice.objects.filter(kind="score.peer_near").first().params["unit"] == sheet.unit.name
    enter(scoring, sheet.unit, Source.PEER, cast.users["neighbour"], given(phong_trao=(8, "vì")))
    assert told(unread=True) == []
    run(22)
    assert len(told()) == 3


def test_a_unit_that_has_ended_is_asked_nothing(cast: Cast, scoring: Scoring) -> None:
    heir = scoring.bloc.blocmember_rows.exclude(unit=cast.office).first().unit
    end_unit(unit=cast.office, on=timezone.localdate(), successors=[heir])
    run(9)
    assert told() == []


def test_the_day_of_the_scoring_says_who_is_a_member(cast: Cast, bloc: Bloc) -> None:
    open_scoring(bloc, cast.users["head"], own_due=DUE, on=datetime.date(2026, 6, 1))
    bloc.blocmember_rows.filter(unit=cast.office).update(valid_from=datetime.date(2026, 7, 1))
    run(9)
    assert told() == []


def test_as_many_queries_for_many_as_for_one(
    cast: Cast, bloc: Bloc, scoring: Scoring, django_assert_max_num_queries
) -> None:
    for n in range(4):
        open_scoring(bloc, cast.users["head"], own_due=DUE, title=f"Chấm điểm {n}")
    with django_assert_max_num_queries(14):
        run(9)
