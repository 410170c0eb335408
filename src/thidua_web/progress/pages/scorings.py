"""A scoring as a case: its steps, how far each member has come, and the lines that it puts among people's work."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from thidua.scoring.points import Score
from thidua_web.accounts.access import Access
from thidua_web.campaigns.pages.strip import Step
from thidua_web.campaigns.pages.work import Act, Line, Rank, say_left
from thidua_web.progress.models import ScoreSheet, Scoring, Source
from thidua_web.progress.pages.score_tables import say_points
from thidua_web.progress.queries import scorings as queries
from thidua_web.progress.queries.scorings import Board, Party, Scores
from thidua_web.progress.stages import ScoringState
from thidua_web.register.models import Unit

SOON = 7


def strip(scoring: Scoring) -> list[Step]:
    """The four steps in their order; the day is when it was opened, is due, was published."""
    days = {
        ScoringState.OWN: (timezone.localdate(scoring.opened_at), scoring.opened_by.full_name),
        ScoringState.PEER: (scoring.own_due, ""),
        ScoringState.STANDING: (scoring.peer_due, ""),
    }
    if scoring.published_at and scoring.published_by:
        published = timezone.localdate(scoring.published_at), scoring.published_by.full_name
        days[ScoringState.PUBLISHED] = published
    now = list(ScoringState).index(ScoringState(scoring.state))
    return [
        Step(str(state.label), "past" if place < now else "now" if place == now else "later", *days.get(state, ()))
        for place, state in enumerate(ScoringState)
    ]


class MemberRow(NamedTuple):
    """How far a member has come. `own`, `peer`, `standing`: a state's icon and its words."""

    party: Party
    own: tuple[str, str]
    peer: tuple[str, str]
    scorer: Unit | None
    standing: tuple[str, str]
    quarrels: int
    seen: bool
    may_change_scorer: bool
    choices: SafeString
    """Whoever may be told to check it, as the options of a select."""


def member_rows(scoring: Scoring, board: Board, *, seen: Iterable[int]) -> list[MemberRow]:
    seen = set(seen)
    rows = []
    option = '<option value="{}"{}>{}</option>'
    others = {
        party.unit.pk: [format_html(option, party.unit.pk, mark, party.name) for mark in ("", " selected")]
        for party in board.parties
        if not party.ended
    }
    for unit, one in board.scores.items():
        peer = board.said.get((unit, Source.PEER))
        chosen = peer.sheet.scorer_id if peer else None
        rows.append(
            MemberRow(
                party=one.party,
                own=_sheet_state(board, one, Source.OWN),
                peer=_sheet_state(board, one, Source.PEER),
                scorer=peer.sheet.scorer if peer else None,
                standing=_standing_state(one),
                quarrels=len(one.quarrels),
                seen=unit in seen,
                may_change_scorer=not (peer and (peer.sheet.sent_at or peer.entries)) and not one.party.ended,
                choices=mark_safe("".join(made[pk == chosen] for pk, made in others.items() if pk != unit)),  # noqa: S308
            )
        )
    return rows


def _sheet_state(board: Board, one: Scores, source: Source) -> tuple[str, str]:
    """As far as anybody may know it: sent with its total, begun, not begun."""
    said = board.said.get((one.party.unit.pk, source))
    score = one.of(source)
    if score is not None:
        return ("met", say_points(score.total)) if score.complete else ("doubt", say_lacking(score))
    if said is not None and said.entries:
        return "waiting", gettext("đang chấm")
    return "unknown", gettext("chưa chấm")


def _standing_state(one: Scores) -> tuple[str, str]:
    open_quarrels = [quarrel for quarrel in one.quarrels if quarrel.standing is None]
    if open_quarrels:
        return "doubt", gettext("còn %(n)s chỗ chênh") % {"n": len(open_quarrels)}
    if one.settled.complete:
        return "met", say_points(one.settled.total)
    return "unknown", say_lacking(one.settled)


def say_lacking(score: Score) -> str:
    """ "46,88, thiếu 10 tiêu chí"."""
    said = {"known": say_points(score.known), "n": len(score.missing)}
    return gettext("%(known)s, thiếu %(n)s tiêu chí") % said


# Among people's work ------------------------------------------------------------------------------------------------


def home_lines(access: Access, unit: Unit, on: datetime.date) -> list[Line]:
    """Own points to give, a peer to check, and for the unit that made the bloc the next step."""
    lines: list[Line] = []
    if access.may("score.own", unit.pk):
        lines += [_own_line(one, unit, on) for one in queries.own_waiting(unit.pk, on)]
    if access.may("score.peer", unit.pk):
        lines += [_peer_line(one, on) for one in queries.peers_waiting(unit.pk)]
    if access.may("score.standing", unit.pk) or access.may("score.lead", unit.pk):
        lines += [line for one in queries.made_waiting(unit.pk) if (line := _made_line(one, access, unit, on))]
    return lines


def _own_line(scoring: Scoring, unit: Unit, on: datetime.date) -> Line:
    url = reverse("progress:score_sheet", args=[scoring.pk, unit.pk])
    title = gettext("Tự chấm điểm: %(title)s") % {"title": scoring.title}
    return _due_line(scoring.own_due, on, title, url, (scoring.bloc.name,), Act(gettext("Chấm điểm"), url))


def _peer_line(sheet: ScoreSheet, on: datetime.date) -> Line:
    url = reverse("progress:score_sheet", args=[sheet.scoring_id, sheet.unit_id])
    title = gettext("Chấm chéo %(unit)s: %(title)s") % {"unit": sheet.unit.name, "title": sheet.scoring.title}
    act = Act(gettext("Chấm điểm"), url)
    return _due_line(sheet.scoring.peer_due, on, title, url, (sheet.scoring.bloc.name,), act)


def _made_line(scoring: Scoring, access: Access, unit: Unit, on: datetime.date) -> Line | None:
    """The standing body settles and publishes; before that it moves on what is due."""
    if scoring.state == ScoringState.STANDING and access.may("score.standing", unit.pk):
        title = gettext("Thẩm định điểm: %(title)s") % {"title": scoring.title}
        return _waiting_line(gettext("Chờ thường trực"), title, scoring)
    if scoring.state == ScoringState.STANDING and access.may("score.publish", unit.pk):
        title = gettext("Công bố kết quả: %(title)s") % {"title": scoring.title}
        return _waiting_line(gettext("Chờ công bố"), title, scoring)
    due = scoring.own_due if scoring.state == ScoringState.OWN else scoring.peer_due
    if scoring.state != ScoringState.STANDING and access.may("score.lead", unit.pk) and due and due < on:
        title = gettext("Chuyển bước chấm điểm: %(title)s") % {"title": scoring.title}
        url = scoring.get_absolute_url()
        return _due_line(due, on, title, url, (scoring.bloc.name,), Act(gettext("Mở"), url))
    return None


def _waiting_line(said: str, title: str, scoring: Scoring) -> Line:
    url, notes = scoring.get_absolute_url(), (scoring.bloc.name,)
    act = Act(gettext("Mở"), url)
    return Line(rank=Rank.OTHERS_WAIT, on=None, tone="waiting", said=said, title=title, url=url, notes=notes, act=act)


def _due_line(  # noqa: PLR0913, PLR0917 - what a line is
    due: datetime.date | None, on: datetime.date, title: str, url: str, notes: tuple[str, ...], act: Act
) -> Line:
    if due is None:
        rank, tone, said = Rank.UNFINISHED, "waiting", gettext("Chưa định hạn")
    elif due < on:
        rank, tone, said = Rank.LATE, "fault", say_left((due - on).days)
    else:
        near = (due - on).days <= SOON
        rank, tone, said = Rank.SOON, "doubt" if near else "waiting", say_left((due - on).days)
    return Line(rank=rank, on=due, tone=tone, said=said, title=title, url=url, notes=notes, act=act)
