"""Which acts of the appraisal a nomination allows, and why not."""

from __future__ import annotations

import pytest

from thidua_web.nominations.queries.allowed import ACTS, REASONS, Standing, allowed, why_not
from thidua_web.nominations.stages import NominationState

IN_HAND = Standing("in_appraisal", outcome="met")


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("draft", set()),
        ("lodged", {"accept", "assign", "send_back"}),
        ("in_appraisal", {"assign", "send_back", "ask", "recommend", "not_recommend"}),
        ("asked", {"assign", "send_back"}),
        ("returned", set()),
        ("recommended", set()),
        ("not_recommended", set()),
        ("withdrawn", set()),
    ],
)
def test_the_state_tells_what_may_be_done(state: str, acts: set[str]) -> None:
    of = Standing(state, outcome="met")
    assert {act for act in ACTS if allowed(act, of)} == acts
    assert {why_not(act, of) for act in ACTS if act not in acts} <= {("state",)}


def test_every_state_is_asked_about() -> None:
    assert {state.value for state in NominationState} == {
        *("draft", "lodged", "in_appraisal", "asked", "returned", "recommended", "not_recommended", "withdrawn")
    }


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({"outcome": "not_met"}, ("not_met",)),
        ({"outcome": "unknown"}, ("unknown",)),
        ({"outcome": ""}, ("unknown",)),
        ({"defects": 2}, ("defects",)),
        ({"claims": 1}, ("claims",)),
        ({"overrides": 1}, ("override",)),
        ({"objections": 1}, ("objection",)),
        ({"barred": True}, ("conflict",)),
        ({"signed": True}, ("signed",)),
        ({"objections": 1, "outcome": "not_met", "defects": 1}, ("objection", "not_met", "defects")),
    ],
)
def test_what_is_open_keeps_from_recommending(changed: dict[str, object], reasons: tuple[str, ...]) -> None:
    of = Standing(**{"state": "in_appraisal", "outcome": "met", **changed})  # type: ignore[arg-type]
    assert why_not("recommend", of) == reasons
    assert set(reasons) <= REASONS.keys()


def test_a_refusal_waits_for_objections_and_seconds_but_not_for_what_is_missing() -> None:
    assert allowed("not_recommend", Standing("in_appraisal", outcome="not_met", defects=3, claims=2))
    assert why_not("not_recommend", Standing("in_appraisal", objections=1, overrides=1)) == ("objection", "override")


def test_alone_an_appraiser_decides_what_a_batch_leaves_out() -> None:
    of = Standing("in_appraisal", outcome="unknown", defects=1, claims=1)
    assert not allowed("recommend", of)
    assert allowed("recommend", of, singly=True)
    assert not allowed("recommend", Standing("in_appraisal", outcome="not_met"), singly=True)


def test_a_conflict_of_interest_does_not_keep_from_giving_the_dossier_to_somebody_else() -> None:
    of = Standing("lodged", barred=True)
    assert allowed("assign", of)
    assert why_not("accept", of) == ("conflict",)
