"""A simulated province: two thousand nominations of 120 units, 300 of them defective in 25 ways, appraised to the list.

Every planted defect is found with its own code, no clean nomination is refused, and the desk carries all of them
through: taken in, sent back with the reasons that the findings suggest, recommended, listed, signed.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from thidua.findings import Finding, Outcome
from thidua.nominations.gate import Stop
from thidua.nominations.returning import suggested
from thidua_web.nominations.actions import batches, lists
from thidua_web.nominations.models import Batch, BatchState, Claim, Nomination, Return
from thidua_web.nominations.queries import fairness
from thidua_web.nominations.queries.checking import Checked, checked_of, gate_of
from thidua_web.nominations.queries.loading import nominations
from web.cast import make_cast
from web.kept import kept
from web.nominated_province import TODAY, YEAR, Making, Province
from web.nominated_ways import EACH, OF_LISTS, OF_SECOND_LISTS, REGULATION, WAYS

NOW = timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time(9)))
CLEAN = 1_700
PART = 499
CODES = {one.way: one.code for one in WAYS}


@dataclass
class Seen:
    """What the checks said of each nomination, and the gate of each list, before anybody acted."""

    province: Province
    found: Mapping[int, Checked]
    stops: Mapping[int, tuple[Stop, ...]]
    open: Mapping[int, tuple[Stop, ...]]


@pytest.fixture(scope="module")
def seen(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Seen]:
    folder = tmp_path_factory.mktemp("law")
    (folder / "quy-che.toml").write_text(REGULATION, encoding="utf-8")
    with kept(django_db_blocker), override_settings(LAW_FOLDER=folder):
        cast = make_cast()
        province = Making(cast).make(cast.users["appraiser"])
        rows = list(nominations().order_by("pk"))
        found: dict[int, Checked] = {}
        for first in range(0, len(rows), PART):
            found |= checked_of(rows[first : first + PART], TODAY)
        gates = {one.pk: gate_of(one, one.lodged_on) for one in province.submissions}
        stops = {pk: gate.standing for pk, gate in gates.items()}
        yield Seen(province, found, stops, {pk: gate.open for pk, gate in gates.items()})


@pytest.fixture
def world(seen: Seen, db: None) -> Seen:
    return seen


def against(seen: Seen, pk: int) -> list[Finding]:
    """What is not met of it, alone and as one of its list."""
    row = Nomination.objects.get(pk=pk)
    told = [*seen.stops[row.submission_id], *seen.open[row.submission_id]]
    listed = [one.finding for one in told if one.ref in ("", str(pk))]
    own = [*seen.found[pk].findings, *listed]
    return [one for one in own if one.outcome is Outcome.NOT_MET]


def test_two_thousand_are_proposed_by_a_hundred_and_twenty_units(world: Seen) -> None:
    assert Nomination.objects.count() == 2_000
    assert Nomination.objects.values("unit").distinct().count() == 120
    assert len(world.province.submissions) == 120 + len(OF_SECOND_LISTS)
    assert Counter(world.province.planted.values()) == {one.way: EACH for one in WAYS}


@pytest.mark.parametrize("planted", WAYS, ids=[one.way for one in WAYS])
def test_every_planted_defect_is_found_with_its_code(world: Seen, planted: Any) -> None:
    for pk in [pk for pk, way in world.province.planted.items() if way == planted.way]:
        told = against(world, pk)
        assert {one.code for one in told} == {f"nominations.{planted.code}"}
        assert all(planted.words in str(one.params) for one in told)


def test_every_defect_says_where_it_stands(world: Seen) -> None:
    """In the law, or in the plan's own words; of a name alone nothing says it but the register."""
    without = {
        one.code for pk in world.province.planted for one in against(world, pk)
        if one.basis is None or not (one.basis.instrument or one.basis.quote)
    }  # fmt: skip
    assert without == {"nominations.name_differs"}


def test_nothing_clean_is_held_against_anybody(world: Seen) -> None:
    clean = set(world.found) - set(world.province.planted)
    assert len(clean) == CLEAN
    wrong = {pk: [one.code for one in against(world, pk)] for pk in clean}
    assert {pk: codes for pk, codes in wrong.items() if codes} == {}
    assert Counter(world.found[pk].outcome for pk in clean) == {"met": CLEAN}


def test_the_gate_stops_lists_with_defects_and_no_other(world: Seen) -> None:
    listed = dict(Nomination.objects.values_list("pk", "submission"))
    planted = {listed[pk] for pk in world.province.planted}
    for pk, stops in world.stops.items():
        assert bool(stops) == (pk in planted)
    refs = {stop.ref for stops in world.stops.values() for stop in stops if stop.ref}
    assert refs == {str(pk) for pk, way in world.province.planted.items() if way not in {one.way for one in OF_LISTS}}


@pytest.mark.journey
def test_the_desk_carries_all_of_them_to_the_signed_list(world: Seen) -> None:
    province = world.province
    run(province, "accept", sorted(world.found))
    assert Counter(Nomination.objects.values_list("state", flat=True)) == {"in_appraisal": 2_000}
    for planted in WAYS:
        keys = [pk for pk, way in province.planted.items() if way == planted.way]
        codes = [one.code for one in suggested(against(world, keys[0]))]
        assert codes
        run(province, "send_back", keys, codes=codes, words="Bổ sung theo lý do đã chọn.")
    Claim.objects.filter(verdict="").update(verdict="proved", verdict_by=province.appraiser, verdict_at=NOW)
    run(province, "recommend", sorted(set(world.found) - set(province.planted)))
    assert Counter(Nomination.objects.values_list("state", flat=True)) == {"recommended": CLEAN, "returned": 300}
    sign(province)
    counted(province)


def run(province: Province, act: str, keys: list[int], **params: Any) -> None:
    """The batch act of the desk, prepared and carried out; what is too much for one request is the worker's."""
    who = {"by": province.appraiser, "at": NOW}
    batch = batches.prepare(to_unit=province.top, act=act, keys=keys, **who)
    assert batches.carry_out(batch=batch, params=params, **who)
    batches.work(batch.pk, BatchState.RUNNING)
    rows = Batch.objects.get(pk=batch.pk).rows.all()  # type: ignore[attr-defined]
    assert Counter(rows.order_by().values_list("state", "why")) == {("done", ""): len(keys)}


def sign(province: Province) -> None:
    """Of the year, and of the campaign: together all that was concluded."""
    campaign = Nomination.objects.exclude(offer=None)[0].submission.campaign
    total = 0
    for of in (None, campaign):
        who = {"by": province.appraiser, "at": NOW}
        row = lists.make(to_unit=province.top, title="Kết quả thẩm định", year=YEAR, campaign=of, **who)
        count = Nomination.objects.filter(listed=row).count()
        done = lists.sign(row=row, seen=count, number="12/BC", signed_as="Trưởng ban", **who)
        assert done is lists.Signed.DONE
        total += count
    assert total == CLEAN


def counted(province: Province) -> None:
    """What came back, by reason and unit; who was proposed and who passes, by sex."""
    asked = fairness.Asked(province.top)
    units, codes = fairness.returns(asked)
    assert sum(one.returned for one in units) == sum(one.times for one in units) == Return.objects.count() == 300
    assert codes["no_evidence"] == EACH
    assert codes["no_confirmation"] == 2 * EACH
    assert codes["standard_not_met"] == 3 * EACH
    assert codes["minutes_wanting"] == 3 * EACH
    assert codes["vote_wanting"] == codes["over_quota"] == EACH
    assert sum(codes.values()) == 300
    sexes = [one for one in fairness.fairness(asked) if one.dimension == "sex"]
    people = Nomination.objects.filter(person__isnull=False)
    for one in sexes:
        mine = people.filter(person__sex=one.group)
        assert (one.nominated, one.passed) == (mine.count(), mine.filter(state="recommended").count())
    assert {one.group for one in sexes} == {"female", "male"}
