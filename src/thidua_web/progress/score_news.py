"""Who is told of what happens to a scoring. Called by the acts, inside their transaction."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.campaigns.telling import TIMES
from thidua_web.notices.actions import Told, notify, notify_each, settle
from thidua_web.notices.recipients import who_may
from thidua_web.progress.models import ScoreSheet, Scoring, Source
from thidua_web.progress.stages import ScoringState
from thidua_web.register.models import BlocMember, Unit


def tell_of_opening(scoring: Scoring, units: Iterable[Unit], by: User, *, at: datetime.datetime) -> None:
    """In every member, those who score their own unit."""
    _tell_members(scoring, units, "score.opened", by, at)


def tell_of_moving(scoring: Scoring, by: User, *, at: datetime.datetime, reason: str = "") -> None:
    """Whoever has the next step; what was told of the step before is settled."""
    _settle_steps(scoring, at)
    if scoring.state == ScoringState.OWN:
        sheets = ScoreSheet.objects.filter(scoring=scoring, source=Source.OWN).select_related("unit")
        again = f"score.reopened:{int(at.timestamp())}"
        _tell_members(scoring, [sheet.unit for sheet in sheets], "score.reopened", by, at, key=again, reason=reason)
    elif scoring.state == ScoringState.PEER:
        _tell_peers(scoring, by, at)
    elif scoring.state == ScoringState.STANDING:
        maker = scoring.bloc.unit_id
        people = who_may("score.standing", [maker], on=timezone.localdate(at)).get(maker, set()) - {by.pk}
        params = {"title": scoring.title, "bloc": scoring.bloc.name}
        href = scoring.get_absolute_url()
        notify(people, "score.standing", params, href=href, key=_key(scoring, "score.standing"), at=at)


def tell_of_publishing(scoring: Scoring, units: Iterable[Unit], by: User, *, at: datetime.datetime) -> None:
    settle(keys=[_key(scoring, "score.standing")], at=at)
    _tell_members(scoring, units, "score.published", by, at, href=reverse("progress:ranking", args=[scoring.pk]))


def _settle_steps(scoring: Scoring, at: datetime.datetime) -> None:
    """What was asked for in the step before is over."""
    units = set(ScoreSheet.objects.filter(scoring=scoring).values_list("unit_id", flat=True)) | _members_of(scoring)
    kinds = ("score.opened", "score.peer")
    keys = [_key(scoring, kind, unit) for unit in sorted(units) for kind in kinds]
    keys += [
        key
        for unit in sorted(units)
        for source in (Source.OWN, Source.PEER)
        for key in _reminders(scoring, source, unit)
    ]
    settle(keys=[*keys, _key(scoring, "score.standing")], at=at)


def settle_sent(sheet: ScoreSheet, *, at: datetime.datetime) -> None:
    """Nobody need be reminded of it any more."""
    kind = "score.opened" if sheet.source == Source.OWN else "score.peer"
    reminders = _reminders(sheet.scoring, Source(sheet.source), sheet.unit_id)
    settle(keys=[_key(sheet.scoring, kind, sheet.unit_id), *reminders], at=at)


def _tell_peers(scoring: Scoring, by: User, at: datetime.datetime) -> None:
    sheets = ScoreSheet.objects.filter(scoring=scoring, source=Source.PEER, sent_at=None)
    people = who_may("score.peer", {sheet.scorer_id for sheet in sheets}, on=timezone.localdate(at))
    told = [
        Told(
            user,
            {"title": scoring.title, "unit": sheet.unit.name},
            reverse("progress:score_sheet", args=[scoring.pk, sheet.unit_id]),
            _key(scoring, "score.peer", sheet.unit_id),
        )
        for sheet in sheets.select_related("unit")
        for user in people.get(sheet.scorer_id, set()) - {by.pk}
    ]
    notify_each(told, "score.peer", at=at)


def _tell_members(  # noqa: PLR0913 - what a notice is
    scoring: Scoring,
    units: Iterable[Unit],
    kind: str,
    by: User,
    at: datetime.datetime,
    *,
    href: str = "",
    key: str = "",
    **params: str,
) -> None:
    by_key = {unit.pk: unit for unit in units}
    people = who_may("score.own", by_key, on=timezone.localdate(at))
    told = [
        Told(
            user,
            {"title": scoring.title, "unit": by_key[unit].name, **params},
            href or reverse("progress:score_sheet", args=[scoring.pk, unit]),
            _key(scoring, key or kind, unit),
        )
        for unit in sorted(people)
        for user in people[unit] - {by.pk}
    ]
    notify_each(told, kind, at=at)


def reminder_key(scoring: int, source: Source, unit: int, when: str) -> str:
    """`when` is the distance at which it is said, as with duties."""
    return f"scoring:{scoring}:due:{source.value}:{unit}:{when}"


def _reminders(scoring: Scoring, source: Source, unit: int) -> list[str]:
    return [reminder_key(scoring.pk, source, unit, when) for when in TIMES]


def _key(scoring: Scoring, kind: str, unit: int | None = None) -> str:
    return f"scoring:{scoring.pk}:{kind}" + (f":{unit}" if unit else "")


def _members_of(scoring: Scoring) -> set[int]:
    rows = BlocMember.objects.valid(on=scoring.on).filter(bloc=scoring.bloc_id)
    return set(rows.values_list("unit_id", flat=True))
