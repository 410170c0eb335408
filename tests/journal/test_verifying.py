"""Whoever tampers with the journal is found, and where; an intact journal is called intact."""

from __future__ import annotations

import datetime
import random
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.findings import Finding, Outcome
from thidua.journal import START, Head, Line, Sealed, Verifier, seal, verify

KEY = bytes(range(32))
STRANGER = bytes(32)
DAWN = datetime.datetime(2026, 1, 5, 1, tzinfo=datetime.UTC)


def written(count: int, key: bytes = KEY, after: Head = START) -> Iterator[Sealed]:
    before = after.seal
    for number in range(after.count + 1, after.count + count + 1):
        line = Line(
            number=number,
            at=DAWN + datetime.timedelta(minutes=number),
            act="unit.renamed",
            actor=number % 7,
            subject_kind="unit",
            subject_key=str(number % 50),
            details={"name": [f"Phòng {number}", f"Ban {number}"]},
        )
        before = seal(line, before, key)
        yield Sealed(line, before)


def journal(count: int) -> list[Sealed]:
    return list(written(count))


def head(lines: Sequence[Sealed]) -> Head:
    return Head(lines[-1].line.number, lines[-1].seal) if lines else START


def changed(entry: Sealed, **values: object) -> Sealed:
    return Sealed(msgspec.structs.replace(entry.line, **values), entry.seal)


def renumbered(lines: Sequence[Sealed]) -> list[Sealed]:
    return [changed(entry, number=place) for place, entry in enumerate(lines, 1)]


def found(lines: Sequence[Sealed], kept: Head | None = None) -> list[tuple[str, int]]:
    """Code without "journal.", and the number of the line or of the first that is missing."""
    findings = list(verify(lines, KEY, kept))
    assert all(sentence(finding, language) for finding in findings for language in ("vi", "en"))
    return [(f.code.removeprefix("journal."), f.params.get("number", f.params.get("first"))) for f in findings]


def named(findings: Sequence[Finding]) -> set[int]:
    """Every line number that the findings point at, as the fault itself or as unprovable."""
    numbers: set[int] = set()
    for finding in findings:
        params = finding.params
        first = params.get("first", params.get("number"))
        numbers |= set(range(first, params.get("last", first) + 1)) | {params.get("true", first)}
    return numbers


@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_an_intact_journal_has_no_faults(count: int) -> None:
    lines = journal(count)

    assert found(lines, head(lines)) == found(lines) == []


def test_it_tells_how_far_it_went() -> None:
    lines = journal(5)
    verifier = Verifier(KEY, head=head(lines))

    assert list(verifier.run(iter(lines))) == []
    assert (verifier.lines, verifier.reached) == (5, head(lines))


def test_an_older_head_is_good_for_the_lines_up_to_it() -> None:
    lines = journal(9)

    assert found(lines, head(lines[:4])) == []


def test_a_part_is_checked_behind_what_was_checked_before() -> None:
    lines = journal(9)

    assert list(verify(lines[4:], KEY, head(lines), after=head(lines[:4]))) == []
    assert list(verify(lines[4:], KEY, head(lines), after=Head(4, "0" * 64))) != []


def test_with_another_key_nothing_fits() -> None:
    assert found(list(written(3, STRANGER)))[0] == ("changed", 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", DAWN), ("act", "unit.moved"), ("actor", None), ("on_behalf_of", 3), ("unit", 9),
        ("subject_kind", "person"), ("subject_key", "1"), ("details", {}),
    ],
)  # fmt: skip
def test_every_field_is_under_the_seal(field: str, value: object) -> None:
    lines = journal(6)
    lines[2] = changed(lines[2], **{field: value})

    assert found(lines, head(lines)) == [("changed", 3)]


def test_a_changed_seal_is_a_change_of_that_line_alone() -> None:
    lines = journal(6)
    lines[2] = Sealed(lines[2].line, "0" * 64)

    assert found(lines, head(lines)) == [("changed", 3)]


def test_a_line_changed_with_its_seal_leaves_the_next_unproven() -> None:
    lines = journal(6)
    lines[2] = Sealed(msgspec.structs.replace(lines[2].line, act="x"), "0" * 64)

    findings = list(verify(lines, KEY, head(lines)))

    assert [(f.code, f.params["number"], f.outcome) for f in findings] == [
        ("journal.changed", 3, Outcome.NOT_MET),
        ("journal.unproven", 4, Outcome.UNKNOWN),
    ]


@pytest.mark.parametrize(
    ("taken", "faults"),
    [
        (slice(0, 1), [("removed", 1)]),
        (slice(3, 4), [("removed", 4)]),
        (slice(2, 6), [("removed", 3)]),
        (slice(8, 9), [("cut", 9)]),
        (slice(0, 9), [("cut", 1)]),
    ],
)
def test_lines_taken_out_are_missed(taken: slice, faults: list[tuple[str, int]]) -> None:
    lines = journal(9)
    kept = head(lines)
    del lines[taken]

    assert found(lines, kept) == faults


def test_what_is_missing_is_told_with_its_neighbours() -> None:
    lines = journal(9)
    kept = head(lines)
    del lines[2:5]
    del lines[-1]

    removed, cut = verify(lines, KEY, kept)

    assert sentence(removed).startswith("Mất dòng 3–5 (cạnh dòng 2, 6).")
    assert sentence(cut).startswith("Đuôi nhật ký bị cắt: mất dòng 9, sau dòng 8.")


def test_a_line_taken_out_and_the_rest_counted_anew() -> None:
    lines = journal(9)
    kept = head(lines)
    lines = renumbered([*lines[:4], *lines[5:]])

    assert found(lines, kept) == [("changed", 5), ("renumbered", 6)]


def test_a_line_put_in_and_the_rest_counted_anew() -> None:
    lines = journal(9)
    kept = head(lines)
    lines = renumbered([*lines[:4], changed(lines[7], act="x"), *lines[4:]])

    assert found(lines, kept) == [("renumbered", 6), ("inserted", 5)]


@pytest.mark.parametrize("place", [0, 1, 4, 8])
def test_a_forged_line_of_the_same_number_is_told_from_the_true_one(place: int) -> None:
    lines = journal(9)
    kept = head(lines)
    forged = changed(lines[place], act="x")

    assert found([*lines[:place], forged, *lines[place:]], kept) == [("inserted", place + 1)]
    assert found([*lines[: place + 1], forged, *lines[place + 1 :]], kept) == [("inserted", place + 1)]


def test_a_forged_line_behind_the_last_is_beyond_the_head() -> None:
    lines = journal(4)
    forged = [changed(lines[3], number=number) for number in (5, 900)]

    assert found([*lines, forged[0]], head(lines)) == [("inserted", 5)]
    assert found([*lines, forged[1]], head(lines)) == [("inserted", 900)]


def test_forged_lines_in_the_place_of_the_tail() -> None:
    lines = journal(5)
    forged = [*lines[:3], *(changed(entry, act="x") for entry in lines[3:])]
    forged[-1] = Sealed(forged[-1].line, "0" * 64)

    assert found(forged, head(lines)) == [("changed", 4), ("unproven", 5), ("head_differs", 5)]


@pytest.mark.parametrize(("one", "other"), [(0, 1), (3, 4), (7, 8), (2, 6)])
def test_lines_that_changed_places_are_called_moved(one: int, other: int) -> None:
    lines = journal(9)
    kept = head(lines)
    lines[one], lines[other] = lines[other], lines[one]

    faults = found(lines, kept)

    assert {code for code, _ in faults} == {"moved"}
    assert {number for _, number in faults} & {one + 1, other + 1}


def test_a_line_with_only_its_number_changed() -> None:
    lines = journal(9)
    lines[4] = changed(lines[4], number=50)

    assert found(lines, head(lines)) == [("renumbered", 50)]


def test_one_number_changed_does_not_lead_astray_behind_it() -> None:
    lines = journal(9)
    kept = head(lines)
    lines[4] = changed(lines[4], number=50)
    del lines[5]

    assert found(lines, kept) == [("renumbered", 50), ("removed", 6)]


def test_a_line_that_could_never_have_been_sealed_is_a_changed_one() -> None:
    lines = journal(5)
    lines[2] = changed(lines[2], at=DAWN.replace(tzinfo=None))

    assert found(lines, head(lines)) == [("changed", 3)]


def test_the_search_goes_on_and_finds_every_fault() -> None:
    lines = journal(40)
    kept = head(lines)
    lines[5] = changed(lines[5], act="x")
    lines[30], lines[31] = lines[31], lines[30]
    lines.insert(25, changed(lines[3], act="y"))
    del lines[15:18]
    del lines[-2:]

    assert sorted(found(lines, kept)) == [
        ("changed", 6), ("cut", 39), ("inserted", 4), ("moved", 32), ("removed", 16),
    ]  # fmt: skip


LENGTH = 24
PLACES = st.integers(0, LENGTH - 1)
INTACT = journal(LENGTH)
VALUES = st.sampled_from([("act", "x"), ("actor", 99), ("details", {"name": "y"}), ("subject_key", "")])


@settings(deadline=None)
@given(st.integers(0, 60))
def test_nothing_is_said_of_any_intact_journal(count: int) -> None:
    lines = journal(count)

    assert found(lines, head(lines)) == []


@settings(deadline=None)
@given(PLACES, VALUES)
def test_any_one_change_is_found(place: int, value: tuple[str, object]) -> None:
    lines = list(INTACT)
    lines[place] = changed(lines[place], **dict([value]))

    assert found(lines, head(INTACT)) == [("changed", place + 1)]


@settings(deadline=None)
@given(PLACES, st.integers(1, LENGTH))
def test_any_removal_and_any_cut_is_found(place: int, count: int) -> None:
    lines = [*INTACT[:place], *INTACT[place + count :]]
    findings = list(verify(lines, KEY, head(INTACT)))

    assert [f.code for f in findings] == ["journal.removed" if place + count < LENGTH else "journal.cut"]
    assert named(findings) == set(range(place + 1, min(place + count, LENGTH) + 1))


@settings(deadline=None)
@given(st.integers(0, LENGTH), PLACES, st.booleans())
def test_any_insertion_is_found(place: int, source: int, forged: bool) -> None:
    entry = changed(INTACT[source], act="x") if forged else INTACT[source]
    lines = [*INTACT[:place], entry, *INTACT[place:]]

    assert source + 1 in named(list(verify(lines, KEY, head(INTACT))))


@settings(deadline=None)
@given(PLACES, PLACES)
def test_any_swap_is_found(one: int, other: int) -> None:
    lines = list(INTACT)
    lines[one], lines[other] = lines[other], lines[one]
    numbers = named(list(verify(lines, KEY, head(INTACT))))

    assert bool(numbers & {one + 1, other + 1}) == (one != other)


@settings(deadline=None, max_examples=200)
@given(st.permutations(INTACT))
def test_any_other_order_is_found(lines: list[Sealed]) -> None:
    in_order = all(a.line.number < b.line.number for a, b in pairwise(lines))

    assert bool(found(lines, head(INTACT))) != in_order


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(PLACES, st.sampled_from(["change", "remove", "forge", "reseal"])), max_size=8))
def test_of_many_faults_each_is_named(faults: list[tuple[int, str]]) -> None:
    lines: list[Sealed] = []
    kinds = dict(faults)
    for place, entry in enumerate(INTACT):
        match kinds.get(place):
            case "change":
                lines.append(changed(entry, act="x"))
            case "forge":
                lines.append(Sealed(changed(entry, act="x").line, "0" * 64))
            case "reseal":
                lines.append(Sealed(entry.line, "0" * 64))
            case None:
                lines.append(entry)
    findings = list(verify(lines, KEY, head(INTACT)))
    unproven_behind_gap = {place + 1 for place in kinds if kinds.get(place - 1) == "remove"}

    assert {place + 1 for place in kinds} - named(findings) - unproven_behind_gap == set()
    assert bool(findings) == bool(kinds)


def test_lines_stream_and_are_not_kept() -> None:
    count = 20_000
    tracemalloc.start()
    began = time.perf_counter()
    verifier = Verifier(KEY)

    assert list(verifier.run(written(count))) == []
    assert verifier.lines == count
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert time.perf_counter() - began < 20


def test_a_shuffled_journal_takes_no_longer_than_its_lines() -> None:
    lines = list(written(10_000))
    began = time.perf_counter()

    assert len(found_in(random.Random(3).sample(lines, len(lines)))) > 9_000
    assert time.perf_counter() - began < 10


def found_in(lines: Sequence[Sealed]) -> list[Finding]:
    return list(verify(lines, KEY))
