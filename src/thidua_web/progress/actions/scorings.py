"""A bloc is scored: opened with its table, moved from step to step, published. Every move is one conditional update."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from thidua.scoring.table import ScoringTable
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign
from thidua_web.journal.actions import record
from thidua_web.progress.models import ScoreEntry, ScoreSheet, Scoring, Source
from thidua_web.progress.queries import scorings as queries
from thidua_web.progress.queries.score_results import in_the_way, result_of
from thidua_web.progress.score_news import tell_of_moving, tell_of_opening, tell_of_publishing
from thidua_web.progress.stages import SCORING_MOVES, ScoringState
from thidua_web.register.models import Bloc, Unit

FEWEST = 2


@transaction.atomic
def open_scoring(  # noqa: PLR0913 - what a scoring is
    *,
    bloc: Bloc,
    title: str,
    year: int,
    on: datetime.date,
    table: ScoringTable,
    campaign: Campaign | None = None,
    own_due: datetime.date | None = None,
    peer_due: datetime.date | None = None,
    by: User,
    at: datetime.datetime,
) -> Scoring:
    """Members may score themselves from now on; the table is frozen. Sent twice, the same one is opened once.

    Raises ValidationError where the bloc has fewer than two members on that day.
    """
    Bloc.objects.select_for_update().get(pk=bloc.pk)
    frozen = msgspec.to_builtins(table)
    same = Scoring.objects.filter(bloc=bloc, title=title, year=year, on=on, campaign=campaign)
    for there in same.exclude(state=ScoringState.PUBLISHED):
        if there.table == frozen:
            return there
    scoring = Scoring(
        bloc=bloc, title=title, year=year, on=on, campaign=campaign, table=frozen, own_due=own_due, peer_due=peer_due
    )
    scoring.opened_by, scoring.opened_at = by, at
    scoring.save()
    taking = queries.parties(scoring, timezone.localdate(at))
    if len(taking) < FEWEST:
        words = gettext("Ngày %(day)s cụm, khối chưa có đủ hai thành viên để xếp hạng.")
        raise ValidationError({"on": words % {"day": f"{on:%d/%m/%Y}"}})
    _journal("score.opened", scoring, by, at, {"criteria": len(table.criteria), "members": len(taking)})
    tell_of_opening(scoring, [party.unit for party in taking], by, at=at)
    return scoring


@transaction.atomic
def open_peer(*, scoring: Scoring, by: User, at: datetime.datetime) -> bool:
    """Each member checks the next one of the bloc, but for those that were given another. False: moved meanwhile."""
    if not _move("open_peer", scoring):
        return False
    living = [party.unit for party in queries.parties(scoring, timezone.localdate(at)) if not party.ended]
    there = set(ScoreSheet.objects.filter(scoring=scoring, source=Source.PEER).values_list("unit_id", flat=True))
    pairs = zip(living, living[1:] + living[:1], strict=True)
    ScoreSheet.objects.bulk_create(
        ScoreSheet(scoring=scoring, unit=unit, scorer=scorer, source=Source.PEER)
        for scorer, unit in pairs
        if unit.pk not in there and unit.pk != scorer.pk
    )
    _journal("score.peer_opened", scoring, by, at)
    tell_of_moving(scoring, by, at=at)
    return True


@transaction.atomic
def open_standing(*, scoring: Scoring, by: User, at: datetime.datetime) -> bool:
    """Own and peers' sheets are closed; the standing body settles. False where somebody moved it meanwhile."""
    if not _move("open_standing", scoring):
        return False
    _journal("score.standing_opened", scoring, by, at)
    tell_of_moving(scoring, by, at=at)
    return True


@transaction.atomic
def reopen(*, scoring: Scoring, reason: str, by: User, at: datetime.datetime) -> bool:
    """Back to the members, whose sheets are open again; what all have entered stays."""
    if not reason.strip():
        raise ValueError("a return says why")
    if not _move("reopen", scoring):
        return False
    sheets = ScoreSheet.objects.filter(scoring=scoring, source__in=(Source.OWN, Source.PEER))
    sheets.update(sent_at=None, sent_by=None, revision=F("revision") + 1)
    _journal("score.reopened", scoring, by, at, {"reason": reason})
    tell_of_moving(scoring, by, at=at, reason=reason)
    return True


@transaction.atomic
def assign_peer(*, scoring: Scoring, unit: Unit, scorer: Unit, by: User, at: datetime.datetime) -> bool:
    """`scorer` checks `unit`. False where it does already, or where the checking is over.

    Raises ValidationError where one of them takes no part, a unit would check itself, or its check has begun.
    """
    scoring = Scoring.objects.select_for_update().get(pk=scoring.pk)
    if scoring.state not in (ScoringState.OWN, ScoringState.PEER):
        return False
    living = {party.unit.pk for party in queries.parties(scoring, timezone.localdate(at)) if not party.ended}
    if unit.pk not in living or scorer.pk not in living or unit.pk == scorer.pk:
        raise ValidationError(gettext("Đơn vị chấm chéo phải là một thành viên khác của cụm, khối."))
    sheet, new = ScoreSheet.objects.get_or_create(
        scoring=scoring, unit=unit, source=Source.PEER, defaults={"scorer": scorer}
    )
    if not new and sheet.scorer_id == scorer.pk:
        return False
    if not new and (sheet.sent_at or ScoreEntry.objects.filter(sheet=sheet).exists()):
        words = gettext("%(scorer)s đã bắt đầu chấm %(unit)s nên không đổi người chấm.")
        raise ValidationError(words % {"scorer": sheet.scorer.name, "unit": unit.name})
    ScoreSheet.objects.filter(pk=sheet.pk).update(scorer=scorer)
    _journal("score.peer_assigned", scoring, by, at, {"unit": unit.name, "scorer": scorer.name})
    if scoring.state == ScoringState.PEER:
        tell_of_moving(scoring, by, at=at)
    return True


@transaction.atomic
def publish(*, scoring: Scoring, by: User, at: datetime.datetime) -> bool:
    """Freeze the ranking with its reasons and every settled point. False where somebody moved it meanwhile.

    Raises ValidationError where points are still in dispute.
    """
    scoring = Scoring.objects.select_for_update().select_related("bloc").get(pk=scoring.pk)
    board = queries.board(scoring, timezone.localdate(at))
    if scoring.state == ScoringState.STANDING and (still := in_the_way(board)):
        raise ValidationError(still)
    result = result_of(board)
    if not _move("publish", scoring, published_by=by, published_at=at, result=result):
        return False
    _journal("score.published", scoring, by, at, {"ranks": {row["name"]: row["rank"] for row in result["rows"]}})
    tell_of_publishing(scoring, [party.unit for party in board.parties], by, at=at)
    return True


def _move(act: str, scoring: Scoring, **fields: Any) -> bool:
    """Make the move where the table allows it now."""
    move = SCORING_MOVES[act]
    moved = Scoring.objects.filter(pk=scoring.pk, state__in=move.from_).update(state=move.to, **fields)
    if moved:
        scoring.state = move.to
    return bool(moved)


def _journal(
    act: str, scoring: Scoring, by: User, at: datetime.datetime, details: dict[str, Any] | None = None
) -> None:
    record(
        act=act,
        by=by,
        at=at,
        unit_id=scoring.bloc.unit_id,
        subject=("scoring", scoring.pk),
        label=scoring.title,
        details={"bloc": scoring.bloc_id, **(details or {})},
    )
