"""Who sees which scoring and which sheet of it.

A scoring is seen by the unit that made the bloc and by every unit that takes part. A sheet by that unit and by its own
from the beginning, by whoever checks it from the peers' step on, by all members once the result is published.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from thidua_web.accounts.access import Access
from thidua_web.progress.actions.scores import STEP_OF
from thidua_web.progress.models import ScoreSheet, Scoring, Source
from thidua_web.progress.queries import scorings as queries
from thidua_web.progress.stages import ScoringState
from thidua_web.progress.views.seeing import access_of
from thidua_web.register.models import Unit


@dataclass(frozen=True)
class Seat:
    """From where somebody looks at a sheet. `editing`: the source whose points they enter now, "" where none."""

    scoring: Scoring
    unit: Unit
    standing: bool
    own: bool
    checks: bool
    editing: str = ""
    scorer: Unit | None = None

    @property
    def columns(self) -> tuple[Source, ...]:
        """Whose points are shown: the unit sees its peers' once the standing body has them, the last once published."""
        published = self.scoring.state == ScoringState.PUBLISHED
        settling = self.scoring.state in (ScoringState.STANDING, ScoringState.PUBLISHED)
        peer = self.standing or self.checks or settling
        standing = published or (self.standing and settling)
        return (Source.OWN, *((Source.PEER,) if peer else ()), *((Source.STANDING,) if standing else ()))


def today() -> datetime.date:
    return timezone.localdate()


def load_scoring(request: HttpRequest, scoring_id: int) -> Scoring:
    """404 for strangers to the unit that made the bloc and to its members, 403 for their people without the role."""
    found = queries.scoring(scoring_id)
    if found is None:
        raise Http404
    access = access_of(request)
    if access.may("score.see", found.bloc.unit_id):
        return found
    taking = queries.taking_part(found)
    if taking & access.ids("score.see"):
        return found
    if taking & ({unit.pk for unit in access.units} | set(access.inherits())):
        raise PermissionDenied("score.see")
    access.require("score.see", found.bloc.unit_id)
    return found


def load_led(request: HttpRequest, scoring_id: int, permission: str) -> Scoring:
    """For the unit that made the bloc."""
    found = queries.scoring(scoring_id)
    if found is None:
        raise Http404
    access_of(request).require(permission, found.bloc.unit_id)
    return found


def load_assigned(request: HttpRequest, scoring_id: int) -> Scoring:
    """Who checks whom is said by the unit that made the bloc, or by its head."""
    found = queries.scoring(scoring_id)
    if found is None:
        raise Http404
    if not may_assign(access_of(request), found):
        access_of(request).require("score.assign", found.bloc.unit_id)
    return found


def may_assign(access: Access, scoring: Scoring) -> bool:
    head = queries.head_of(scoring, today())
    return access.may("score.assign", scoring.bloc.unit_id) or bool(head and access.may("score.assign", head.unit_id))


def load_sheet(request: HttpRequest, scoring_id: int, unit_id: int) -> Seat:
    """A sheet that somebody may look at, and from where."""
    scoring, unit = queries.scoring(scoring_id), Unit.objects.filter(pk=unit_id).first()
    if scoring is None or unit is None or unit_id not in queries.taking_part(scoring):
        raise Http404
    access = access_of(request)
    seat = _seat(access, scoring, unit)
    if not (seat.standing or seat.own or seat.checks):
        if scoring.state == ScoringState.PUBLISHED:
            load_scoring(request, scoring_id)
            return seat
        access.require("score.see", unit_id)
    return seat


def _seat(access: Access, scoring: Scoring, unit: Unit) -> Seat:
    peer = ScoreSheet.objects.filter(scoring=scoring, unit=unit, source=Source.PEER).select_related("scorer").first()
    scorer = peer.scorer if peer else None
    checks = bool(scorer and scoring.state != ScoringState.OWN and scorer.pk in access.ids("score.see"))
    maker = scoring.bloc.unit
    seat = Seat(
        scoring=scoring,
        unit=unit,
        standing=access.may("score.see", maker.pk),
        own=access.may("score.see", unit.pk),
        checks=checks,
    )
    for source, permission, by in (
        (Source.OWN, "score.own", unit),
        (Source.PEER, "score.peer", scorer),
        (Source.STANDING, "score.standing", maker),
    ):
        if by is not None and scoring.state == STEP_OF[source] and access.may(permission, by.pk):
            return Seat(**{**vars(seat), "editing": source.value, "scorer": by})
    return seat


def load_edited(request: HttpRequest, scoring_id: int, unit_id: int, source: Source) -> Seat:
    """For whoever enters the points of this source, in whatever step: the act says whether it is over."""
    scoring, unit = queries.scoring(scoring_id), Unit.objects.filter(pk=unit_id).first()
    if scoring is None or unit is None or unit_id not in queries.taking_part(scoring):
        raise Http404
    access = access_of(request)
    scorer: Unit | None = unit
    if source == Source.STANDING:
        scorer = scoring.bloc.unit
    elif source == Source.PEER:
        peer = ScoreSheet.objects.filter(scoring=scoring, unit=unit, source=source).select_related("scorer").first()
        scorer = peer.scorer if peer else None
    if scorer is None:
        raise Http404
    permission = {Source.OWN: "score.own", Source.PEER: "score.peer", Source.STANDING: "score.standing"}[source]
    access.require(permission, scorer.pk)
    return Seat(**{**vars(_seat(access, scoring, unit)), "editing": source.value, "scorer": scorer})
