"""No act without its line: found in the code by reading it, and seen at work act by act."""

from __future__ import annotations

import ast
import datetime
import io
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from thidua_web.accounts.access import PERMISSIONS, Role
from thidua_web.accounts.models import Delegation, User
from thidua_web.campaigns.actions import answers, calendars, duties, launches, plans, repeals, reviews
from thidua_web.campaigns.models import Edition, PlanDocument
from thidua_web.campaigns.models.reviews import ReviewAct
from thidua_web.campaigns.stages import EDITION_MOVES, MOVES
from thidua_web.campaigns.tasks import read_plan
from thidua_web.journal.acts import ACTS
from thidua_web.journal.models import JournalHead, JournalLine
from thidua_web.journal.verifying import check_journal
from web.cast import Cast, make_user
from web.launched import in_days, make_campaign, make_duty, make_edition, make_plan, make_question, today
from web.test_access import ADDRESSES, WRITING, Address, one_of_everything, read_plan_of

# What a role may is the same whatever the database; in CI it is asked once.
pytestmark = pytest.mark.journey

SOURCE = Path(settings.PACKAGE)
ROOT = SOURCE.parent

# Public functions of campaigns' actions that leave no line of their own, and why.
SILENT = {
    "answers.move_answers": "part of reading",
    "calendars.note_reading": "a program reads; nothing of anybody's work changes",
    "deployment_heirs.carry_on": "part of a reform",
    "deployment_heirs.go_back": "part of undoing a reform",
    "deployments.deploy": "part of launching",
    "deployments.note_family": "part of launching",
    "deployments.note_plan": "part of reading",
    "deployments.note_report": "the report that is signed is the line",
    "handing_on.carried_marks": "part of a reform",
    "handing_on.hand_on": "part of a reform",
    "parts.write_parts": "part of launching and answering",
    "plans.begin_reading": "the worker takes a plan in hand; its outcome is the line",
    "plans.lease": "writes nothing",
    "plans.renew_lease": "the worker says that it is alive",
    "reviews.open_review": "part of reading",
    "successions.connect": "writes nothing",
    "successions.follow": "part of a reform",
    "successions.go_back": "part of undoing a reform",
}
# What somebody does (`by`) that leaves no line, in any app.
SILENT_ACTS: dict[str, str] = {
    "eligibility.actions.deeds.record_deeds": "part of signing many, which is journaled once",
    "nominations.actions.assessing.store": "part of the act that it is stored with",
    "nominations.actions.assessing.store_all": "part of the act that they are stored with",
    "nominations.actions.batches.prepare": "nothing has changed yet: what would is shown",
    "nominations.actions.lodging.lodge_again": "journaled by signing.lodge_again",
    "nominations.actions.meetings.open_meeting": "part of what is written first",
    "nominations.actions.moving.change": "the first half of an act, which journals",
    "nominations.actions.moving.move": "the first half of an act, which journals",
}
# Codes that are put together of parts, by the words of the code that puts them together.
MADE_OF_PARTS = {"f'review.{act.value}'": [f"review.{act.value}" for act in ReviewAct]}


@dataclass
class Function:
    """A function of a module of actions: whether it says who acts, and what it calls."""

    public: bool
    by: bool
    calls: set[str] = field(default_factory=set)


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        if "actions" in name.split(".") and not name.endswith("__init__"):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def functions() -> dict[str, Function]:
    """Every function of every module of actions, by full name; so are its calls, where they can be."""
    found: dict[str, Function] = {}
    for module, tree in modules():
        homes = {node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}
        homes |= imported(tree)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                names = {called(inner) for inner in ast.walk(node)} - {""}
                calls = {homes.get(name, name) for name in names}
                by = not {"by", "actor"}.isdisjoint(arg.arg for arg in all_arguments(node))
                found[f"{module}.{node.name}"] = Function(not node.name.startswith("_"), by, calls)
    return found


def imported(tree: ast.Module) -> dict[str, str]:
    """Functions and modules of this package that a module imports: the name there, and where it is from."""
    return {
        alias.asname or alias.name: f"{node.module.removeprefix('thidua_web.')}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("thidua_web.")
        for alias in node.names
    }


def called(node: ast.AST) -> str:
    """A plain name that is mentioned, called or passed on."""
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else ""


def records(name: str, all_: dict[str, Function], seen: frozenset[str] = frozenset()) -> bool:
    if name == "journal.actions.record":
        return True
    if name in seen or name not in all_:
        return False
    return any(records(call, all_, seen | {name}) for call in all_[name].calls)


def test_whatever_somebody_does_is_journaled() -> None:
    """Acts take `by` (or `actor`): each leads to `record`, in every app."""
    all_ = functions()
    acts = {name for name, function in all_.items() if function.public and function.by}
    assert len(acts) > 20
    assert {name for name in acts if not records(name, all_)} == SILENT_ACTS.keys()


def test_nothing_of_campaigns_is_silent_without_a_reason() -> None:
    all_ = functions()
    home = "campaigns.actions."
    public = {name for name, function in all_.items() if function.public and name.startswith(home)}
    silent = {name.removeprefix(home) for name in public if not records(name, all_)}
    assert sorted(silent) == sorted(SILENT)


def codes() -> Iterator[tuple[str, str]]:
    """Every code that is given to `record` or passed on to what calls it, with its file."""
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "journal.actions import" not in text:
            continue
        tree = ast.parse(text)
        passing = {"record"} | {
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and "act" in [arg.arg for arg in all_arguments(node)]
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in passing:
                yield from ((code, str(path)) for code in codes_of(node, tree))


def all_arguments(node: ast.FunctionDef) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def codes_of(call: ast.Call, tree: ast.Module) -> Iterator[str]:
    given = next((word.value for word in call.keywords if word.arg == "act"), call.args[0] if call.args else None)
    if given is None:
        return
    if isinstance(given, ast.Name):
        yield from assigned(given.id, tree)
    elif isinstance(given, ast.JoinedStr):
        yield from MADE_OF_PARTS[ast.unparse(given)]
    else:
        yield from constants(given)


def assigned(name: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            yield from constants(node.value)


def constants(node: ast.AST) -> Iterator[str]:
    """Texts like "campaign.launched"."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and "." in inner.value:
            yield inner.value


def test_every_code_that_is_recorded_has_its_words() -> None:
    used = dict(codes())
    assert {code: path for code, path in used.items() if code not in ACTS} == {}
    assert len(used) > 20


# At work -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def plan(upload) -> PlanDocument:
    document = upload("KẾ HOẠCH\nPhát động thi đua".encode(), "a.txt").document
    JournalLine.objects.all().delete()
    return document


def lines() -> list[tuple[str, str, str]]:
    rows = JournalLine.objects.order_by("number")
    return [(row.act, row.actor_name, row.subject_kind) for row in rows]


def actor(by: User) -> reviews.Actor:
    return reviews.Actor(by=by, at=timezone.now(), token=uuid.uuid4())


def test_a_plan_from_its_upload_to_its_reading(upload, cast: Cast) -> None:
    document = upload("KẾ HOẠCH\nPhát động thi đua".encode(), "a.txt").document
    upload("KẾ HOẠCH\nPhát động thi đua".encode(), "a.txt")
    read_plan(document.pk)
    assert lines() == [("plan.uploaded", "Người clerk", "plan"), ("plan.read", "", "plan")]
    assert JournalLine.objects.get(act="plan.uploaded").unit == cast.province.pk


def test_an_amendment_says_of_which_campaign(upload, cast: Cast) -> None:
    campaign = make_campaign(cast.province, cast.users["head"])
    plans.upload_plan(
        source=io.BytesIO("KẾ HOẠCH sửa đổi".encode()),
        name="b.txt",
        unit=cast.province,
        by=cast.users["clerk"],
        at=timezone.now(),
        amends=campaign,
    )
    line = JournalLine.objects.get(act="plan.amendment_uploaded")
    assert line.details == {"campaign": campaign.pk, "in_part": False}


def test_what_cannot_be_read_is_said(upload, cast: Cast) -> None:
    document = upload(b"PK\x03\x04" + b"x" * 100, "a.docx")
    if document.document is None:  # refused at the door already
        assert lines() == []
        return
    read_plan(document.document.pk)
    assert lines()[-1] == ("plan.unreadable", "", "plan")


def test_reading_stopped_and_asked_for_again(plan: PlanDocument, cast: Cast) -> None:
    act = {"document": plan, "by": cast.users["appraiser"], "at": timezone.now()}
    for _ in range(2):
        plans.stop_reading(**act)
    for _ in range(2):
        plans.read_again(**act)
    who = "Người appraiser"
    assert lines() == [("plan.reading_stopped", who, "plan"), ("plan.read_again", who, "plan")]


def test_checking_again(plan: PlanDocument, cast: Cast) -> None:
    read_plan(plan.pk)
    plan.refresh_from_db()
    plans.check_again(document=plan, result=plan.result, by=cast.users["clerk"], at=timezone.now())
    assert lines()[-1] == ("plan.checked_again", "Người clerk", "plan")


def test_review_acts_are_one_line_each_a_whole_kind_too(cast: Cast) -> None:
    clerk = cast.users["clerk"]
    document = make_plan(cast.province, clerk, verdicts=["pending"] * 5)
    act = {"document": document, "actor": None}
    for name, key in (("accept", "movements-1"), ("reject", "movements-2"), ("restore", "movements-2")):
        seen = document.facts.get(key=key).revision
        act["actor"] = actor(clerk)
        reviews.decide(act=ReviewAct(name), key=key, seen=seen, **act)
    values = {"values": {"name": "Tên khác"}, "span": None}
    reviews.correct(document=document, key="movements-3", seen=0, actor=actor(clerk), **values)
    reviews.add(document=document, kind="movements", values={"name": "X"}, span=(0, 3), actor=actor(clerk))
    document.refresh_from_db()
    for name in ("accept_kind", "reject_kind"):
        reviews.decide_kind(
            document=document, act=ReviewAct(name), kind="movements", seen=document.revision, actor=actor(clerk)
        )
    reviews.undo(document=document, actor=actor(clerk))
    names = ["accept", "reject", "restore", "correct", "add", "accept_kind", "undo"]
    assert [act for act, _, _ in lines()] == [f"review.{name}" for name in names]
    kind = JournalLine.objects.get(act="review.accept_kind").details
    assert (kind["facts"], len(kind["keys"])) == (3, 3)
    assert JournalLine.objects.get(act="review.undo").details["undone"] == "accept_kind"


def test_rejecting_a_whole_kind_is_one_line(cast: Cast) -> None:
    clerk = cast.users["clerk"]
    document = make_plan(cast.province, clerk, verdicts=["pending"] * 5)
    reviews.decide_kind(document=document, act=ReviewAct.REJECT_KIND, kind="movements", seen=0, actor=actor(clerk))
    assert [act for act, _, _ in lines()] == ["review.reject_kind"]


def test_the_same_click_twice_is_one_line(cast: Cast) -> None:
    clerk = cast.users["clerk"]
    document, once = make_plan(cast.province, clerk, verdicts=["pending"]), actor(clerk)
    for _ in range(2):
        reviews.decide(document=document, act=ReviewAct.ACCEPT, key="movements-1", seen=0, actor=once)
    assert len(lines()) == 1


def prepared(cast: Cast) -> Edition:
    edition = make_edition(cast.province, cast.users["clerk"])
    JournalLine.objects.all().delete()
    return Edition.objects.select_related("document", "campaign").get(pk=edition.pk)


def withdraw(edition: Edition, cast: Cast) -> None:
    launches.withdraw(edition=edition, by=cast.users["clerk"], at=timezone.now())


def send_back(edition: Edition, cast: Cast) -> None:
    launches.send_back(edition=edition, by=cast.users["head"], at=timezone.now(), reason="Thiếu căn cứ")


def launch(edition: Edition, cast: Cast) -> None:
    launches.launch(edition=edition, by=cast.users["head"], at=timezone.now())


def prepare(edition: Edition, cast: Cast) -> None:
    withdraw(edition, cast)
    JournalLine.objects.all().delete()
    document = PlanDocument.objects.get(pk=edition.document_id)
    launches.prepare(document=document, by=cast.users["clerk"], at=timezone.now())


MOVED: dict[str, tuple[Callable[[Edition, Cast], None], str]] = {
    "prepare": (prepare, "campaign.prepared"),
    "withdraw": (withdraw, "campaign.withdrawn"),
    "send_back": (send_back, "campaign.sent_back"),
    "launch": (launch, "campaign.launched"),
}


@pytest.mark.parametrize("move", EDITION_MOVES)
def test_every_move_of_an_edition_is_a_line_and_repeated_none(cast: Cast, move: str) -> None:
    do, code = MOVED[move]
    edition = prepared(cast)
    do(edition, cast)
    assert [act for act, _, _ in lines()] == [code]
    if move != "prepare":
        do(edition, cast)
        assert len(lines()) == 1


def test_every_move_of_a_plan_is_a_line_or_the_workers_own() -> None:
    journaled = {"finish_reading", "give_up", "stop_reading", "read_again"}
    assert journaled | {"begin_reading", "put_back"} == MOVES.keys()


def test_why_it_was_sent_back_is_in_the_line(cast: Cast) -> None:
    send_back(prepared(cast), cast)
    assert JournalLine.objects.get().details["reason"] == "Thiếu căn cứ"


def test_an_amendment_launched_is_told_from_a_launch(cast: Cast) -> None:
    campaign = make_campaign(cast.province, cast.users["head"])
    edition = make_edition(cast.province, cast.users["clerk"])
    # The second edition of the same campaign.
    PlanDocument.objects.filter(pk=edition.document_id).update(amends=campaign)
    Edition.objects.filter(pk=edition.pk).update(campaign=campaign, number=2)
    JournalLine.objects.all().delete()
    launch(Edition.objects.get(pk=edition.pk), cast)
    assert lines() == [("campaign.amended", "Người head", "campaign")]


def test_answers_repeals_and_calendars(cast: Cast) -> None:
    clerk, now = cast.users["clerk"], timezone.now()
    campaign = make_campaign(cast.province, cast.users["head"])
    question = make_question(campaign)
    JournalLine.objects.all().delete()
    answered = {
        "document": question.document,
        "key": question.key,
        "start": today(),
        "end": None,
        "basis": "Công văn 1",
    }
    for _ in range(2):
        answers.answer(**answered, by=clerk, at=now)
    address = calendars.open_address(unit=cast.province, campaign=None, by=clerk, at=now)
    calendars.open_address(unit=cast.province, campaign=None, by=clerk, at=now)
    calendars.change_address(address=address, by=clerk, at=now)
    address.refresh_from_db()
    for _ in range(2):
        calendars.end_address(address=address, by=clerk, at=now)
    said = [act for act, _, _ in lines()]
    assert said == ["campaign.answered", "calendar.made", "calendar.changed", "calendar.ended"]


def test_what_is_repealed(cast: Cast) -> None:
    clerk = cast.users["clerk"]
    campaign = make_campaign(cast.province, cast.users["head"])
    document = make_plan(cast.province, clerk, amends=campaign, amends_in_part=True, repeals=["9:duty-1"])
    JournalLine.objects.all().delete()
    for _ in range(2):
        repeals.name_repealed(document=document, sources=[], by=clerk, at=timezone.now())
    assert [act for act, _, _ in lines()] == ["campaign.repeals_named"]


def test_duties_marked_and_taken_back(cast: Cast) -> None:
    campaign = make_campaign(cast.province, cast.users["head"])
    day = make_duty(campaign, in_days(3), units=[cast.office]).days.get()
    JournalLine.objects.all().delete()
    act = {"day": day, "unit": cast.office, "by": cast.users["neighbour"], "at": timezone.now()}
    for _ in range(2):
        duties.mark_done(**act)
    for _ in range(2):
        duties.unmark(**act)
    who = "Người neighbour"
    assert lines() == [("duty.marked", who, "duty_day"), ("duty.unmarked", who, "duty_day")]
    assert {row.unit for row in JournalLine.objects.all()} == {cast.office.pk}


# In a lent role ------------------------------------------------------------------------------------------------------


def lend(cast: Cast, role: Role, to: User) -> Delegation:
    day = timezone.localdate()
    return Delegation.objects.create(
        giver=cast.users[role.value],
        to=to,
        unit=cast.province,
        role=role,
        valid_from=day,
        valid_to=day + datetime.timedelta(days=3),
        given_at=timezone.now(),
    )


@pytest.fixture
def campaign_waiting(cast: Cast) -> Edition:
    return prepared(cast)


def test_what_is_done_in_a_lent_role_says_for_whom(client: Client, cast: Cast, campaign_waiting: Edition) -> None:
    deputy = make_user("deputy")
    lend(cast, Role.HEAD, deputy)
    client.force_login(deputy)
    client.post(f"/ke-hoach/{campaign_waiting.document_id}/phat-dong/ban-hanh/")
    line = JournalLine.objects.get(act="campaign.launched")
    assert (line.actor, line.on_behalf_of, line.on_behalf_of_name) == (
        deputy.pk,
        cast.users["head"].pk,
        "Người head",
    )


def test_ones_own_role_comes_before_a_lent_one(client: Client, cast: Cast, campaign_waiting: Edition) -> None:
    clerk = cast.users["clerk"]
    lend(cast, Role.HEAD, clerk)
    client.force_login(clerk)
    client.post(f"/ke-hoach/{campaign_waiting.document_id}/phat-dong/rut/")
    client.post(f"/ke-hoach/{campaign_waiting.document_id}/phat-dong/trinh/")
    client.post(f"/ke-hoach/{campaign_waiting.document_id}/phat-dong/ban-hanh/")
    said = {row.act: row.on_behalf_of for row in JournalLine.objects.all()}
    assert said == {
        "campaign.withdrawn": None,
        "campaign.prepared": None,
        "campaign.launched": cast.users["head"].pk,
    }


def test_what_a_lent_role_did_is_sealed_with_the_name(client: Client, cast: Cast, campaign_waiting: Edition) -> None:
    deputy = make_user("deputy")
    lend(cast, Role.HEAD, deputy)
    client.force_login(deputy)
    JournalLine.objects.all().delete()
    JournalHead.objects.all().delete()
    client.post(f"/ke-hoach/{campaign_waiting.document_id}/phat-dong/ban-hanh/")
    assert check_journal(at=timezone.now(), whole=True).fault_count == 0
    JournalLine.objects.filter(act="campaign.launched").update(on_behalf_of_name="")
    assert check_journal(at=timezone.now(), whole=True).fault_count == 1


ACTS_OF_OBJECTS = [
    address
    for address in ADDRESSES
    if address.method == WRITING and address.who in PERMISSIONS and address.who != "delegation.give"
]


def test_at_every_address_a_lent_role_is_told_from_ones_own(cast: Cast) -> None:
    """Whatever lines such an act leaves, each says whose role it was."""
    objects = one_of_everything(cast, read_plan_of(cast))
    assert [address.name for address in ACTS_OF_OBJECTS if not tells_whose_role(address, cast, objects)] == []


def tells_whose_role(address: Address, cast: Cast, objects: dict[str, Any]) -> bool:
    """Asked as if it were the first: what it did is taken back."""
    role = next(role for role in Role if role in PERMISSIONS[address.who].roles)
    with transaction.atomic():
        deputy = make_user("deputy")
        lend(cast, role, deputy)
        client = Client()
        client.force_login(deputy)
        calendar = calendars.open_address(unit=cast.province, campaign=None, by=deputy, at=timezone.now())
        last = JournalLine.objects.order_by("-number").first()
        values = objects | {"calendar": calendar.pk}
        data = {name: str(value).format(**values) for name, value in address.data.items()}
        client.post(address.path.format(**values), data)
        own = JournalLine.objects.filter(actor=deputy.pk, number__gt=last.number if last else 0)
        told = {line.on_behalf_of for line in own}
        transaction.set_rollback(True)
    return told <= {cast.users[role.value].pk}
