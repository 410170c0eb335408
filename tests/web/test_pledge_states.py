"""The states of a pledge are printed and drawn as the table has them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from thidua_web.accounts.access import PERMISSIONS
from thidua_web.progress.stages import PLEDGE_MOVES, PledgeState

PAGE = Path(settings.PACKAGE).parents[1] / "docs" / "reference" / "pledge-states.md"


def lines() -> list[str]:
    return PAGE.read_text(encoding="utf-8").splitlines()


def befores(act: str) -> list[str]:
    return [state for state in PledgeState.values if state in PLEDGE_MOVES[act].from_]


def test_the_moves_are_in_the_docs_as_in_the_code() -> None:
    rows = [
        f"| `{act}` | {', '.join(f'`{state}`' for state in befores(act))} | `{move.to}` | `{move.permission}` |"
        for act, move in PLEDGE_MOVES.items()
    ]
    assert [line for line in lines() if line.startswith("| `") and line.count("|") == 5] == rows


def test_the_names_of_states_are_those_of_the_screen() -> None:
    rows = [f"| `{state.value}` | {state.label} |" for state in PledgeState]
    assert [line for line in lines() if line.startswith("| `") and line.count("|") == 3] == rows


def test_the_diagram_is_drawn_from_the_table() -> None:
    arrows = [f"  {state} --> {move.to}: {act}" for act, move in PLEDGE_MOVES.items() for state in befores(act)]
    assert [line for line in lines() if " --> " in line] == ["  [*] --> draft", *arrows]


def test_every_move_asks_for_a_permission_that_exists() -> None:
    assert {move.permission for move in PLEDGE_MOVES.values()} <= set(PERMISSIONS)
