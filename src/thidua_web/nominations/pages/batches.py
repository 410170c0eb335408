"""A batch in words: what it would do, did, left out and why."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from thidua_web.campaigns.pages.wording import say_number
from thidua_web.nominations.models import Batch, BatchRow, BatchState, RowState
from thidua_web.nominations.queries import batches as queries
from thidua_web.nominations.queries.allowed import ASSIGN, REASONS, act_label
from thidua_web.nominations.queries.offers import award_title
from thidua_web.nominations.stages import NOMINATION_MOVES, NominationState

TONES = {
    BatchState.PREPARED: "note",
    BatchState.RUNNING: "reading",
    BatchState.DONE: "met",
    BatchState.STOPPED: "stopped",
    BatchState.UNDOING: "reading",
    BatchState.UNDONE: "undo",
}


class Why(NamedTuple):
    code: str
    words: Promise | str
    n: int


class Line(NamedTuple):
    row: BatchRow
    award: str
    state: str
    why: Promise | str


@dataclass(frozen=True)
class Section:
    """Rows of one state; `why` groups them by what keeps them out."""

    title: str
    state: RowState
    lines: Sequence[Line]
    total: int
    why: Sequence[Why] = field(default_factory=tuple)

    @property
    def more(self) -> int:
        return max(0, self.total - len(self.lines))


TITLES = {
    RowState.PLANNED: _("Sẽ thay đổi"),
    RowState.DONE: _("Đã thay đổi"),
    RowState.UNDONE: _("Đã trở lại như trước"),
    RowState.KEPT: _("Giữ nguyên, không hoàn lại"),
    RowState.LEFT_OUT: _("Không thay đổi"),
}


def title(of: Batch, n: int) -> str:
    """ "Trả lại hồ sơ: 12 hồ sơ"."""
    return f"{act_label(of.act)}: {say(n)}"


def say(n: int) -> str:
    return ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", n) % {"n": say_number(n)}


def sections(of: Batch, on: datetime.date, counts: Mapping[str, int], page: int = 1) -> list[Section]:
    return [_section(of, state, on, page) for state in TITLES if counts.get(state)]


def _section(of: Batch, state: RowState, on: datetime.date, page: int) -> Section:
    found = queries.part(of, state, page=page)
    why = queries.why_counts(of, state) if state in (RowState.LEFT_OUT, RowState.KEPT) else {}
    return Section(
        title=str(TITLES[state]),
        state=state,
        lines=[_line(row, on) for row in found.rows],
        total=found.total,
        why=[Why(code, REASONS.get(code, code), n) for code, n in why.items()],
    )


def _line(row: BatchRow, on: datetime.date) -> Line:
    of = row.nomination
    state = str(NominationState(of.state).label)
    return Line(row, award_title(of.award, of.lodged_on or on), state, REASONS.get(row.why, ""))


def becomes(of: Batch) -> str:
    """What the planned rows come to, in a few words."""
    if of.act == ASSIGN:
        name = of.params.get("name", "")
        return gettext("Người thẩm định: %(name)s") % {"name": name} if name else ""
    return gettext("Trạng thái mới: %(state)s") % {"state": NominationState(NOMINATION_MOVES[of.act].to).label}


class Listed(NamedTuple):
    batch: Batch
    label: str
    tone: str
    state: str
    on: datetime.datetime


def listed(found: Sequence[Batch]) -> list[Listed]:
    return [
        Listed(
            one, title(one, one.total), TONES[BatchState(one.state)], str(BatchState(one.state).label),
            timezone.localtime(one.at),
        )
        for one in found
    ]  # fmt: skip


def shown(of: Batch, on: datetime.date, page: int) -> dict[str, Any]:
    counts = queries.counts(of)
    planned, done = counts.get(RowState.PLANNED, 0), counts.get(RowState.DONE, 0)
    state = BatchState(of.state)
    return {
        "batch": of,
        "act": act_label(of.act),
        "becomes": becomes(of),
        "planned": planned,
        "planned_words": say(planned),
        "done": done,
        "done_words": say(done),
        "sections": sections(of, on, counts, page),
        "tone": TONES[state],
        "state": state.label,
        "runs": state in (BatchState.RUNNING, BatchState.UNDOING),
        "percent": round(100 * of.done / of.total) if of.total else 0,
        "may_begin": state in (BatchState.PREPARED, BatchState.STOPPED) and planned > 0,
        "may_undo": state in (BatchState.DONE, BatchState.STOPPED) and done > 0,
        "pages": -(-max(counts.values(), default=0) // queries.ON_A_PAGE),
        "page_number": page,
    }
