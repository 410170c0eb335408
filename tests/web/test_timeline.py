"""The geometry of a timeline: nothing outside the axis, no two words over each other."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua_web.campaigns.pages.timeline import (
    GAP,
    MOST_ROWS,
    ROW,
    WIDTH,
    Band,
    Drawing,
    Flag,
    Mark,
    axis_over,
    cut,
    draw,
    flag_text,
    merge,
    text_width,
)

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))
WORDS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyABCDĐ 0123456789,-", max_size=60)


@st.composite
def bands(draw_: st.DrawFn) -> Band:
    days = draw_(st.lists(DAYS, min_size=2, max_size=2).map(sorted))
    start, end = (day if draw_(st.booleans()) else None for day in days)
    return Band("k", draw_(WORDS), start, end, draw_(st.sampled_from(("", "cấp cơ sở", "cấp tỉnh"))))


FLAGS = st.builds(Flag, DAYS, WORDS, st.sampled_from(("late", "soon", "later", "past", "done")))


def day(text: str) -> datetime.date:
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007


DAY = datetime.timedelta(days=1)
TODAY = day("15/06/2026")
YEAR = Band("a", "Phong trào", day("01/02/2026"), day("31/12/2026"))


def drawn(*marks: Band | Flag, today: datetime.date = TODAY) -> Drawing:
    made = draw(
        [one for one in marks if isinstance(one, Band)], [one for one in marks if isinstance(one, Flag)], today=today
    )
    assert made is not None
    return made


def rows(marks: tuple[Mark, ...]) -> list[list[Mark]]:
    ordered = sorted(marks, key=lambda mark: (mark.y, mark.left))
    return [list(row) for _, row in itertools.groupby(ordered, key=lambda mark: mark.y)]


@settings(deadline=None)
@given(st.lists(bands(), max_size=12), st.lists(FLAGS, max_size=40), DAYS)
def test_everything_stands_inside_the_axis(some: list[Band], flags: list[Flag], today: datetime.date) -> None:
    made = draw(some, flags, today=today)
    if made is None:
        assert not flags
        return
    for mark in (*made.bands, *made.flags):
        assert 0 <= mark.x <= mark.x + mark.width <= 100.0001
        assert mark.y + ROW <= made.height
    assert made.today is None or 0 <= made.today <= 100
    assert all(0 <= tick.x <= 100 for tick in (*made.ticks, *made.years))


@settings(deadline=None)
@given(st.lists(bands(), max_size=12), st.lists(FLAGS, max_size=40), DAYS)
def test_no_label_lies_over_another(some: list[Band], flags: list[Flag], today: datetime.date) -> None:
    made = draw(some, flags, today=today)
    for marks in (made.bands, made.flags) if made else ():
        for row in rows(marks):
            assert all(left.right + GAP <= right.left for left, right in itertools.pairwise(row))


@settings(deadline=None)
@given(st.lists(bands(), max_size=6), st.lists(FLAGS, max_size=40), DAYS)
def test_every_label_fits_the_narrowest_drawing(some: list[Band], flags: list[Flag], today: datetime.date) -> None:
    made = draw(some, flags, today=today)
    for mark in (*made.bands, *made.flags) if made else ():
        start = mark.text_x * WIDTH / 100 + mark.dx
        left, right = (
            (start - text_width(mark.text), start) if mark.anchor == "end" else (start, start + text_width(mark.text))
        )
        assert left >= -12
        assert right <= WIDTH + 12


@settings(deadline=None)
@given(st.lists(FLAGS, min_size=1, max_size=200), DAYS)
def test_many_flags_are_heaped_into_a_few_rows_and_none_is_lost(flags: list[Flag], today: datetime.date) -> None:
    made = drawn(*flags, today=today)
    assert len(rows(made.flags)) <= MOST_ROWS
    assert sum(flag.count for flag in merge(flags, 400)) == len(flags)


def test_nothing_with_a_day_is_no_drawing() -> None:
    assert draw([Band("a", "Đợt 1", None, None)], [], today=TODAY) is None


def test_a_phase_ends_with_its_last_day() -> None:
    days = datetime.timedelta(days=365)
    axis = axis_over([day("01/01/2026"), day("31/12/2026")], TODAY)
    made = drawn(Band("a", "Năm", day("01/01/2026"), day("31/12/2026")))
    assert (made.bands[0].x, made.bands[0].width) == (0, 100 * days / (axis.end - axis.start + DAY))


@settings(deadline=None)
@given(st.lists(bands(), max_size=6), st.lists(FLAGS, min_size=1, max_size=20), DAYS)
def test_every_flag_has_room_for_its_pole_at_the_end(some: list[Band], flags: list[Flag], today: datetime.date) -> None:
    made = draw(some, flags, today=today)
    assert made is not None
    assert all(mark.x < 99.5 for mark in made.flags)


def test_the_month_after_the_last_day_has_no_name_in_the_little_room_that_it_gets() -> None:
    assert [tick.text for tick in drawn(YEAR).ticks][-1] == "T12"


def test_a_phase_without_a_first_day_runs_open_from_the_edge() -> None:
    mark = drawn(YEAR, Band("b", "Đợt 1", None, day("30/06/2026"))).bands[1]
    assert (mark.x, mark.state) == (0, "open-start")


def test_levels_stand_under_their_own_headings_everybodys_phases_first() -> None:
    made = drawn(Band("b", "Đại hội", day("01/03/2026"), day("30/04/2026"), "cấp xã"), YEAR)
    assert [name for _, name in made.levels] == ["cấp xã"]
    assert made.bands[0].y < made.levels[0][0] < made.bands[1].y


def test_the_longer_of_two_phases_that_begin_together_stands_above() -> None:
    made = drawn(Band("b", "Đợt 1", day("01/02/2026"), day("30/06/2026")), YEAR)
    assert [mark.text for mark in made.bands] == ["Phong trào", "Đợt 1"]


@pytest.mark.parametrize(("today", "shown"), [("15/06/2026", True), ("10/01/2027", True), ("01/06/2029", False)])
def test_today_is_a_line_where_it_is_near(today: str, shown: bool) -> None:
    assert (drawn(YEAR, today=day(today)).today is not None) == shown


def test_months_carry_names_over_a_year_and_quarters_over_three() -> None:
    assert [tick.text for tick in drawn(YEAR).ticks][:3] == ["T2", "T3", "T4"]
    assert drawn(Band("a", "Ba năm", day("01/01/2026"), day("31/12/2028"))).ticks[1].text == "Q2"


def test_a_flag_says_its_day_and_what_and_a_heap_how_many() -> None:
    assert flag_text(Flag(day("30/10/2026"), "Gửi hồ sơ")) == "30/10 Gửi hồ sơ"
    (heap,) = merge([Flag(day("10/12/2026"), "a"), Flag(day("15/12/2026"), "b", count=2)], 7)
    assert flag_text(heap) == "10/12–15/12 · 3 việc"


def test_a_heap_is_as_late_as_the_latest_in_it() -> None:
    (heap,) = merge([Flag(day("10/12/2026"), "a", "done"), Flag(day("10/12/2026"), "b", "late")], 0)
    assert heap.state == "late"


def test_what_does_not_fit_is_cut_with_a_sign() -> None:
    assert cut("Gửi hồ sơ", 500) == "Gửi hồ sơ"
    short = cut("Gửi hồ sơ đề nghị khen thưởng", 80)
    assert short.endswith("…")
    assert text_width(short) <= 80


def test_places_are_written_for_svg_whatever_the_language() -> None:
    assert drawn(YEAR).bands[0].at.endswith("%")
    assert "," not in drawn(YEAR).bands[0].wide
