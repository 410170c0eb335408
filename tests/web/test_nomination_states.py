"""The docs print the states and moves of submissions and nominations as the code has them."""

from __future__ import annotations

from pathlib import Path

from thidua_web.nominations.stages import NOMINATION_MOVES, SUBMISSION_MOVES, NominationState, SubmissionState

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "nominations.md"
TABLES = ((SubmissionState, SUBMISSION_MOVES), (NominationState, NOMINATION_MOVES))


def lines() -> list[str]:
    return PAGE.read_text(encoding="utf-8").splitlines()


def test_the_names_of_states_are_those_on_the_screen() -> None:
    rows = [f"| `{state.value}` | {state.label} |" for states, _ in TABLES for state in states]
    assert [line for line in lines() if line.startswith("| `") and line.count("|") == 3] == rows


def test_the_moves_are_those_of_the_code() -> None:
    rows = []
    for states, moves in TABLES:
        for move in moves.values():
            before = ", ".join(f"`{state}`" for state in states.values if state in move.from_)
            where = "đơn vị thẩm định" if move.above else "đơn vị đề nghị"
            rows.append(f"| `{move.act}` | {move.label} | {before} | `{move.to}` | `{move.permission}`, {where} |")
    assert [line for line in lines() if line.startswith("| `") and line.count("|") == 6] == rows


def test_the_diagrams_are_drawn_from_the_tables() -> None:
    arrows = []
    for states, moves in TABLES:
        arrows.append(f"  [*] --> {next(iter(states)).value}")
        arrows += [f"  {s} --> {one.to}: {one.act}" for one in moves.values() for s in states.values if s in one.from_]
    assert [line for line in lines() if " --> " in line] == arrows
