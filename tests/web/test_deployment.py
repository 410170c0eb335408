"""A launched campaign comes to the units that its duties address, and each says how far it has come. Once each."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

import pytest
from django.utils import timezone

from thidua.deployment import Standing, Step, step_reached
from thidua_web.campaigns.actions import deployments as actions
from thidua_web.campaigns.actions.launches import launch
from thidua_web.campaigns.actions.plans import upload_plan
from thidua_web.campaigns.models import Campaign, Deployment, PlanDocument, PlanReading
from thidua_web.campaigns.queries import deployments as queries
from thidua_web.journal.models import JournalLine
from thidua_web.notices.models import Notice
from thidua_web.register import signals
from thidua_web.register.actions.units import create_unit, end_unit
from thidua_web.register.models import Unit, UnitKind
from thidua_web.register.signals import Moved, Reorganised
from web.cast import LONG_AGO, Cast
from web.launched import ago, in_days, today
from web.launching import PLAN, launched, prepared, reviewed

OWN_PLAN = """SỞ THỬ
Số: 3/KH-ST

KẾ HOẠCH
Triển khai phong trào thi đua năm 2030

Thực hiện Kế hoạch số 7/KH-UBND của UBND tỉnh Thử, Sở Thử triển khai như sau:

I. TỔ CHỨC THỰC HIỆN
1. Các phòng, đơn vị trực thuộc báo cáo kết quả về Sở Thử trước ngày 10 tháng 12 năm 2030.
"""
AMENDED = PLAN.replace(
    "1. Các sở, ban, ngành gửi kế hoạch về Sở Thử trước ngày 15 tháng 02 năm 2030.",
    "1. Ủy ban nhân dân các xã gửi kế hoạch về tỉnh trước ngày 15 tháng 02 năm 2030.",
).replace("2. Sở Thử báo cáo", "2. Ủy ban nhân dân các xã báo cáo")


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return launched(cast)


def row(campaign: Campaign, unit: Unit) -> Deployment:
    return Deployment.objects.standing().get(campaign=campaign, unit=unit)


def reached(campaign: Campaign, unit: Unit) -> Step | None:
    return step_reached(queries.standing_of(row(campaign, unit)))


def commune(cast: Cast, name: str, code: str) -> Unit:
    return create_unit(code=code, name=name, kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)


def own_plan(cast: Cast, text: str = OWN_PLAN, unit: Unit | None = None, **fields: object) -> PlanDocument:
    return reviewed(cast, text, unit=unit or cast.office, **fields)


# Sent ---------------------------------------------------------------------------------------------------------------


def test_a_launch_sends_it_to_those_whom_a_duty_addresses_and_not_to_itself(cast: Cast, campaign: Campaign) -> None:
    sent = Deployment.objects.get()
    assert (sent.campaign, sent.unit, sent.received_at) == (campaign, cast.office, None)
    assert sent.sent_at == sent.moved_at == campaign.launched_at


def test_nobody_is_told_twice_of_a_launch(cast: Cast, campaign: Campaign) -> None:
    of_launch = Notice.objects.filter(key__startswith=f"campaign:{campaign.pk}:")
    assert list(of_launch.filter(user=cast.users["neighbour"]).values_list("kind", flat=True)) == ["campaign.launched"]


def test_an_amendment_sends_it_to_those_added_and_withdraws_it_from_those_left_out(
    cast: Cast, campaign: Campaign
) -> None:
    before = row(campaign, cast.office)
    actions.confirm_receipt(deployment=before, by=cast.users["neighbour"], at=timezone.now())
    added = commune(cast, "UBND xã Tân Lộc", "TL")
    launch(edition=prepared(reviewed(cast, AMENDED, amends=campaign), cast), by=cast.users["head"], at=timezone.now())
    before.refresh_from_db()
    assert [one.unit for one in Deployment.objects.standing()] == [added]
    assert (before.withdrawn_at is None, before.received_at is None) == (False, False)


def test_whoever_is_addressed_again_keeps_the_steps_that_it_had_taken(cast: Cast, campaign: Campaign) -> None:
    actions.confirm_receipt(deployment=row(campaign, cast.office), by=cast.users["neighbour"], at=timezone.now())
    commune(cast, "UBND xã Tân Lộc", "TL")
    for text in (AMENDED, PLAN.replace("99%", "98%")):
        document = reviewed(cast, text, amends=campaign)
        launch(edition=prepared(document, cast), by=cast.users["head"], at=timezone.now())
    again = row(campaign, cast.office)
    assert (again.received_by, again.sent_at > again.received_at) == (cast.users["neighbour"], True)
    assert Deployment.objects.filter(campaign=campaign, unit=cast.office).count() == 2


def test_an_amendment_that_changes_nobody_keeps_every_row(cast: Cast, campaign: Campaign) -> None:
    before = row(campaign, cast.office)
    document = reviewed(cast, PLAN.replace("99%", "98%"), amends=campaign)
    launch(edition=prepared(document, cast), by=cast.users["head"], at=timezone.now())
    assert row(campaign, cast.office) == before


def test_thousands_of_units_get_it_in_a_few_statements(cast: Cast, django_assert_max_num_queries) -> None:
    units = [
        Unit(code=f"X{n}", name=f"Xã {n}", kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)
        for n in range(3500)
    ]
    for unit in units:
        unit.fill_keys()
    Unit.objects.bulk_create(units, batch_size=500)
    Unit.objects.filter(path="").update(path=f"{cast.province.path}9/")
    edition = prepared(reviewed(cast, AMENDED), cast)
    began = timezone.now()
    with django_assert_max_num_queries(200):
        assert launch(edition=edition, by=cast.users["head"], at=began)
    assert Deployment.objects.count() == 3500


# Received -----------------------------------------------------------------------------------------------------------


def test_a_unit_confirms_that_it_received_it_once(cast: Cast, campaign: Campaign) -> None:
    first, second = timezone.now(), timezone.now() + datetime.timedelta(hours=1)
    says = [
        actions.confirm_receipt(deployment=row(campaign, cast.office), by=cast.users[name], at=at)
        for name, at in (("neighbour", first), ("both", second))
    ]
    said = row(campaign, cast.office)
    assert (says, said.received_by, said.received_at) == ([True, False], cast.users["neighbour"], first)
    assert JournalLine.objects.filter(act="deployment.received").count() == 1


def test_what_is_withdrawn_is_received_no_more(cast: Cast, campaign: Campaign) -> None:
    Deployment.objects.update(withdrawn_at=timezone.now())
    deployment = Deployment.objects.get()
    assert not actions.confirm_receipt(deployment=deployment, by=cast.users["neighbour"], at=timezone.now())


# Own plan -----------------------------------------------------------------------------------------------------------


def test_the_own_plan_counts_when_it_is_read_and_says_that_it_was_received(cast: Cast, campaign: Campaign) -> None:
    document = own_plan(cast)
    planned = row(campaign, cast.office)
    assert (document.parent_id, planned.plan) == (campaign.editions.get().document_id, document)
    assert (planned.received_by, reached(campaign, cast.office)) == (document.uploaded_by, Step.PLANNED)
    assert planned.moved_at == planned.planned_at


def test_a_newer_own_plan_takes_the_place_of_the_older_and_the_first_day_stays(cast: Cast, campaign: Campaign) -> None:
    own_plan(cast)
    first = row(campaign, cast.office).planned_at
    newer = own_plan(cast, OWN_PLAN.replace("3/KH-ST", "4/KH-ST"))
    planned = row(campaign, cast.office)
    assert (planned.plan, planned.planned_at) == (newer, first)


def test_an_older_plan_that_is_read_again_takes_no_place(cast: Cast, campaign: Campaign) -> None:
    older = own_plan(cast)
    newer = own_plan(cast, OWN_PLAN.replace("3/KH-ST", "4/KH-ST"))
    actions.note_plan(document=older, at=timezone.now())
    assert row(campaign, cast.office).plan == newer


def test_a_plan_sent_in_for_the_campaign_is_checked_against_it_even_if_it_names_no_number(
    cast: Cast, campaign: Campaign
) -> None:
    document = own_plan(cast, OWN_PLAN.replace("số 7/KH-UBND ", ""), carries_out=campaign)
    assert (document.parent, row(campaign, cast.office).plan) == (campaign.editions.get().document, document)


def test_a_plan_that_the_unit_had_sent_before_is_linked_and_checked_anew(cast: Cast, campaign: Campaign) -> None:
    text = OWN_PLAN.replace("số 7/KH-UBND ", "").replace("10 tháng 12 năm 2030", "25 tháng 12 năm 2030")
    document = own_plan(cast, text)
    assert row(campaign, cast.office).plan is None
    before = PlanReading.objects.get(document=document).findings
    again = upload_plan(
        source=io.BytesIO(text.encode()),
        name="x.txt",
        unit=cast.office,
        by=cast.users["neighbour"],
        at=timezone.now(),
        carries_out=campaign,
    )
    assert (again.known, row(campaign, cast.office).plan) == (True, document)
    assert PlanReading.objects.get(document=document).findings != before


def test_a_plan_of_another_unit_moves_nobody_else(cast: Cast, campaign: Campaign) -> None:
    own_plan(cast, unit=commune(cast, "UBND xã Tân Lộc", "TL"))
    assert reached(campaign, cast.office) == Step.SENT


# Launched -----------------------------------------------------------------------------------------------------------


def test_the_launch_of_its_own_campaign_is_the_unit_s_launch_and_goes_on_below(cast: Cast, campaign: Campaign) -> None:
    room = create_unit(code="P", name="Phòng Tổ chức", kind=UnitKind.OFFICE, parent=cast.office, valid_from=LONG_AGO)
    child = launched(cast, OWN_PLAN, unit=cast.office)
    done = row(campaign, cast.office)
    assert (done.child, done.launched_at) == (child, child.launched_at)
    assert done.plan == child.editions.get().document
    assert reached(child, room) == Step.SENT


def test_what_was_launched_below_before_counts_when_it_is_launched_above(cast: Cast) -> None:
    parent = reviewed(cast)
    child = launched(cast, OWN_PLAN, unit=cast.office)
    launch(edition=prepared(parent, cast), by=cast.users["head"], at=timezone.now())
    above = Campaign.objects.exclude(pk=child.pk).get()
    done = row(above, cast.office)
    assert (done.child, done.launched_at, reached(above, cast.office)) == (child, child.launched_at, Step.LAUNCHED)
    assert done.moved_at == done.received_at == done.sent_at


def test_a_campaign_three_levels_down_counts_at_the_top_too(cast: Cast) -> None:
    room = create_unit(code="P", name="Phòng Tổ chức", kind=UnitKind.OFFICE, parent=cast.office, valid_from=LONG_AGO)
    top = launched(cast, PLAN.replace("2. Sở Thử báo cáo", "2. Phòng Tổ chức và Sở Thử báo cáo"))
    middle = launched(cast, OWN_PLAN, unit=cast.office)
    bottom = launched(cast, OWN_PLAN.replace("3/KH-ST", "1/KH-P").replace("số 7/KH-UBND", "số 3/KH-ST"), unit=room)
    assert (bottom.parent, row(middle, room).child) == (middle, bottom)
    assert (queries.levels_below(top.pk), queries.above(bottom.pk)) == (
        [[middle.pk], [bottom.pk]],
        [bottom.pk, middle.pk, top.pk],
    )
    standing = Deployment.objects.standing().filter(campaign=top, unit=room)
    assert all(one.child == bottom for one in standing)


def test_a_launch_on_paper_has_the_day_and_the_number_of_the_paper(cast: Cast, campaign: Campaign) -> None:
    says = [
        actions.launch_on_paper(
            deployment=row(campaign, cast.office), on=in_days(-n), paper=paper, by=cast.users["neighbour"],
            at=timezone.now(),
        )
        for n, paper in ((2, " 15/KH-ST "), (1, "16/KH-ST"))
    ]  # fmt: skip
    done = row(campaign, cast.office)
    assert (says, done.launched_on, done.paper) == ([True, False], in_days(-2), "15/KH-ST")
    assert queries.standing_of(done).launched == in_days(-2)
    assert (done.received_by, reached(campaign, cast.office)) == (cast.users["neighbour"], Step.LAUNCHED)


def test_it_is_taken_back_once_and_the_receipt_stays(cast: Cast, campaign: Campaign) -> None:
    deployment, by = row(campaign, cast.office), cast.users["neighbour"]
    actions.launch_on_paper(deployment=deployment, on=today(), paper="15/KH-ST", by=by, at=timezone.now())
    says = [actions.take_back_paper(deployment=deployment, by=by, at=timezone.now()) for _ in range(2)]
    back = row(campaign, cast.office)
    assert (says, back.launched_at, back.launched_on, back.paper) == ([True, False], None, None, "")
    assert (reached(campaign, cast.office), back.moved_at) == (Step.RECEIVED, back.received_at)
    acts = JournalLine.objects.filter(subject_kind="deployment").order_by("number").values_list("act", flat=True)
    assert list(acts) == ["deployment.launched_on_paper", "deployment.paper_taken_back"]


def test_a_paper_taken_back_leaves_the_campaign_that_was_launched_since(cast: Cast, campaign: Campaign) -> None:
    deployment, by = row(campaign, cast.office), cast.users["neighbour"]
    actions.launch_on_paper(deployment=deployment, on=today(), paper="15/KH-ST", by=by, at=timezone.now())
    child = launched(cast, OWN_PLAN, unit=cast.office)
    actions.take_back_paper(deployment=deployment, by=by, at=timezone.now())
    assert row(campaign, cast.office).launched_at == child.launched_at


# Reported -----------------------------------------------------------------------------------------------------------


def test_the_first_report_and_the_summary_count_once(cast: Cast, campaign: Campaign) -> None:
    times = [timezone.now() + datetime.timedelta(days=n) for n in range(4)]
    says = [
        actions.note_report(campaign=campaign, unit=cast.office, at=at, final=final)
        for at, final in zip(times, (False, False, True, True), strict=True)
    ]
    done = row(campaign, cast.office)
    assert says == [True, False, True, False]
    assert (done.reported_at, done.summarised_at, done.received_at) == (times[0], times[2], times[0])
    assert done.moved_at == times[2]


def test_a_report_of_a_unit_that_it_was_not_sent_to_is_no_news(cast: Cast, campaign: Campaign) -> None:
    assert not actions.note_report(campaign=campaign, unit=cast.province, at=timezone.now(), final=True)


# What later checks ask ----------------------------------------------------------------------------------------------


def test_later_checks_know_the_steps_of_every_unit_and_its_registration(
    cast: Cast, campaign: Campaign, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr(queries, "REGISTERED", [lambda _campaign, units: dict.fromkeys(units, in_days(-3))])
    actions.note_report(campaign=campaign, unit=cast.office, at=timezone.now(), final=True)
    with django_assert_num_queries(1):
        facts = queries.gate_facts(campaign.pk, [cast.office.pk, cast.province.pk])
    assert facts[cast.province.pk] == Standing(registered=in_days(-3))
    office = facts[cast.office.pk]
    assert (office.summarised, office.launched, office.registered) == (today(), None, in_days(-3))


# Units that end -----------------------------------------------------------------------------------------------------


def sent_to(campaign: Campaign, unit: Unit, *, at: datetime.datetime, **steps: object) -> Deployment:
    fields = {"sent_at": at, "moved_at": at, **steps}
    deployment = Deployment(campaign=campaign, unit=unit, **fields)
    deployment.moved_at = deployment.last_moment()
    deployment.save()
    return deployment


def reorganise(ended: dict[Unit, Sequence[Unit]]) -> dict[str, Moved]:
    for unit, heirs in ended.items():
        end_unit(unit=unit, on=in_days(-1), successors=list(heirs))
    change = Reorganised(
        on=today(),
        at=timezone.now(),
        names={unit.pk: unit.name for unit in ended},
        heirs={unit.pk: heirs[0].pk for unit, heirs in ended.items() if heirs},
        successors={unit.pk: [heir.pk for heir in heirs] for unit, heirs in ended.items() if heirs},
    )
    return signals.follow(change)


@pytest.fixture
def communes(cast: Cast) -> list[Unit]:
    return [commune(cast, f"UBND xã {name}", name) for name in ("A", "B", "C")]


def test_of_several_that_become_one_the_best_of_each_step_goes_on(
    cast: Cast, campaign: Campaign, communes: list[Unit]
) -> None:
    a, b, heir = communes
    sent_to(campaign, a, at=ago(20), received_at=ago(10), received_by=cast.users["clerk"])
    sent_to(campaign, b, at=ago(19), received_at=ago(12), launched_at=ago(3), launched_on=in_days(-3), paper="1/KH")
    reorganise({a: [heir], b: [heir]})
    done, gone = row(campaign, heir), Deployment.objects.filter(unit__in=[a, b])
    assert (done.received_at, done.launched_on, done.paper) == (gone.get(unit=b).received_at, in_days(-3), "1/KH")
    assert (done.inherited_from, done.sent_at) == (b, gone.get(unit=a).sent_at)
    assert all(one.withdrawn_at for one in gone)
    assert gone.get(unit=b).launched_on == in_days(-3)


def test_an_heir_with_steps_of_its_own_takes_over_what_it_had_not_done(
    cast: Cast, campaign: Campaign, communes: list[Unit]
) -> None:
    a, _, heir = communes
    own = sent_to(campaign, heir, at=ago(9), received_at=ago(8), planned_at=ago(5))
    sent_to(campaign, a, at=ago(9), received_at=ago(7), launched_at=ago(4))
    reorganise({a: [heir]})
    done = row(campaign, heir)
    assert (done.pk, done.received_at, done.inherited_from) == (own.pk, own.received_at, a)
    assert reached(campaign, heir) == Step.LAUNCHED


def test_a_split_gives_every_successor_what_was_done(cast: Cast, campaign: Campaign, communes: list[Unit]) -> None:
    a, *heirs = communes
    sent_to(campaign, a, at=ago(9), received_at=ago(7), launched_at=ago(4))
    reorganise({a: heirs})
    assert [reached(campaign, heir) for heir in heirs] == [Step.LAUNCHED, Step.LAUNCHED]


def test_a_unit_that_is_dissolved_owes_nothing_and_what_is_over_stays_its_own(
    cast: Cast, campaign: Campaign, communes: list[Unit]
) -> None:
    over = launched(cast, PLAN.replace("năm 2030", "năm 2020").replace("7/KH-UBND", "5/KH-UBND"))
    kept = sent_to(over, communes[0], at=ago(9))
    ended = sent_to(campaign, communes[0], at=ago(9))
    reorganise({communes[0]: []})
    for one in (kept, ended):
        one.refresh_from_db()
    assert (kept.withdrawn_at is None, ended.withdrawn_at is None) == (True, False)


def test_an_amendment_after_a_reform_leaves_the_heir_what_it_has(cast: Cast, campaign: Campaign) -> None:
    heir = create_unit(code="S2", name="Sở Mới", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
    actions.confirm_receipt(deployment=row(campaign, cast.office), by=cast.users["neighbour"], at=timezone.now())
    reorganise({cast.office: [heir]})
    inherited = row(campaign, heir)
    document = reviewed(cast, PLAN.replace("99%", "98%"), amends=campaign)
    launch(edition=prepared(document, cast), by=cast.users["head"], at=timezone.now())
    assert row(campaign, heir) == inherited


def test_a_reform_that_is_undone_puts_every_row_back(cast: Cast, campaign: Campaign, communes: list[Unit]) -> None:
    a, b, heir = communes
    sent_to(campaign, a, at=ago(9), received_at=ago(7), launched_at=ago(4), launched_on=in_days(-4), paper="1")
    sent_to(campaign, heir, at=ago(9))
    new = commune(cast, "UBND xã Mới", "M")
    sent_to(campaign, b, at=ago(9), received_at=ago(8))
    before = list(Deployment.objects.order_by("pk").values())
    moved = reorganise({a: [heir], b: [new]})
    assert list(Deployment.objects.order_by("pk").values()) != before
    signals.put_back.send(sender=Reorganised, handovers=moved)
    assert list(Deployment.objects.order_by("pk").values()) == before


def test_an_heir_that_has_gone_on_keeps_the_reform_from_being_undone(
    cast: Cast, campaign: Campaign, communes: list[Unit]
) -> None:
    a, _, heir = communes
    sent_to(campaign, a, at=ago(9))
    moved = reorganise({a: [heir]})
    since = timezone.now()
    asked = {"units": [heir.pk], "handovers": moved, "since": since}
    assert signals.reasons_against(**asked) == []
    actions.confirm_receipt(deployment=row(campaign, heir), by=cast.users["clerk"], at=timezone.now())
    assert signals.reasons_against(**asked) == ["1 bước triển khai của đơn vị kế thừa sau đó"]
