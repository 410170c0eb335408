"""Who reads a nomination, and what they may do to it now."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from thidua.findings import Finding
from thidua.nominations.conflicts import barred
from thidua_web.accounts.access import Access
from thidua_web.nominations.models import ListState, Nomination
from thidua_web.nominations.queries import loading
from thidua_web.nominations.queries.cases import Asked, asked
from thidua_web.nominations.queries.checking import Checked, checked
from thidua_web.nominations.queries.concluding import Against, against
from thidua_web.nominations.queries.conflicts import conflicts_among
from thidua_web.nominations.queries.dossiers import is_writable
from thidua_web.nominations.stages import NOMINATION_MOVES, UNDER_APPRAISAL, NominationState
from thidua_web.nominations.views.seeing import access_of
from thidua_web.register.nominees import unit_id_of

ASKED_OF_APPRAISERS = frozenset({NominationState.IN_APPRAISAL, NominationState.ASKED})


class Case:
    """A nomination as one person sees it today. `nomination` comes with what `loading.nomination` selects."""

    def __init__(self, request: HttpRequest, nomination: Nomination) -> None:
        self.request, self.nomination = request, nomination
        self.on: datetime.date = timezone.localdate()
        self.language = get_language() or "vi"

    @property
    def access(self) -> Access:
        return access_of(self.request)

    @cached_property
    def known(self) -> Checked:
        return checked(self.nomination, self.on)

    # Who reads

    @cached_property
    def desk(self) -> bool:
        """Whether it is read from the unit that appraises, once it was sent there."""
        return self.nomination.lodged_on is not None and self.access.may("appraisal.see", self.nomination.to_unit)

    @cached_property
    def sensitive(self) -> bool:
        return self.access.may("fact.sensitive", unit_id_of(self.nomination.nominee))

    @cached_property
    def objections(self) -> bool:
        """What is said against a nominee is not for their kin, nor for themselves."""
        return self.desk and self.access.may("objection.handle", self.nomination.to_unit) and not self.barred

    # Conflicts of interest

    @cached_property
    def judges(self) -> bool:
        """Whether the role, without looking at the person, has a say in the appraisal."""
        to_unit = self.nomination.to_unit
        return self.access.may("appraisal.act", to_unit) or self.access.may("appraisal.agree", to_unit)

    @cached_property
    def conflicts(self) -> Sequence[Finding]:
        if not self.judges:
            return ()
        known = {self.nomination.pk: self.known.values}
        return conflicts_among(self.request.user, [self.nomination], self.on, known)[self.nomination.pk]  # type: ignore[arg-type]

    @cached_property
    def barred(self) -> bool:
        return barred(self.conflicts)

    # What others say

    @cached_property
    def asked(self) -> Asked:
        """Who was asked about it, and who spoke up."""
        return asked(self.nomination)

    @cached_property
    def against(self) -> Against:
        """What keeps it from being recommended."""
        return against(self.nomination, self.known, self.asked, self.on)

    # What may be done now

    @cached_property
    def acts(self) -> frozenset[str]:
        """Acts of the stage table that this person may do now."""
        return frozenset(act for act in NOMINATION_MOVES if self._may(act))

    def _may(self, act: str) -> bool:
        move, row = NOMINATION_MOVES[act], self.nomination
        if row.state not in move.from_ or act == "lodge" or (act == "reopen" and self.signed):
            return False
        if move.above:
            return row.lodged_on is not None and self.access.may(move.permission, row.to_unit) and not self.barred
        return self.access.may(move.permission, row.unit)

    @property
    def signed(self) -> bool:
        return self.nomination.listed is not None and self.nomination.listed.state == ListState.SIGNED

    @cached_property
    def may_judge(self) -> bool:
        """Verdicts, overrides: while it is in hand."""
        in_hand = self.nomination.state in ASKED_OF_APPRAISERS
        return in_hand and self.access.may("appraisal.act", self.nomination.to_unit) and not self.barred

    @cached_property
    def may_agree(self) -> bool:
        in_hand = self.nomination.state in ASKED_OF_APPRAISERS
        return in_hand and self.access.may("appraisal.agree", self.nomination.to_unit) and not self.barred

    @cached_property
    def may_ask_others(self) -> bool:
        """Other bodies, or the people."""
        in_hand = self.nomination.state in UNDER_APPRAISAL
        return in_hand and self.access.may("appraisal.act", self.nomination.to_unit) and not self.barred

    @cached_property
    def may_declare(self) -> bool:
        return self.nomination.lodged_on is not None and self.access.may("conflict.declare", self.nomination.to_unit)

    @cached_property
    def may_lower(self) -> bool:
        return self.may_judge and self.nomination.state == NominationState.IN_APPRAISAL

    @cached_property
    def writes(self) -> bool:
        """Whether the unit writes in the dossier now."""
        return is_writable(self.nomination) and self.access.may("nomination.edit", self.nomination.unit)

    @cached_property
    def may_assign(self) -> bool:
        """Somebody with a conflict of interest may give it to somebody without one."""
        in_hand = self.nomination.state in UNDER_APPRAISAL
        return in_hand and self.access.may("appraisal.act", self.nomination.to_unit)


def load_case(request: HttpRequest, nomination_id: int) -> Case:
    """For reading: from the unit that proposes, or from the one that appraises once it was sent there."""
    found = loading.nomination(nomination_id)
    if found is None:
        raise Http404
    case = Case(request, found)
    if not case.desk:
        case.access.require("nomination.see", found.unit)
    return case


def load_above(request: HttpRequest, nomination_id: int, permission: str) -> Case:
    """For an act of the unit that appraises; those of the unit that proposes see that there is such a thing."""
    found = loading.nomination(nomination_id)
    if found is None or found.lodged_on is None:
        raise Http404
    access = access_of(request)
    if not access.may(permission, found.to_unit) and access.may("nomination.see", found.unit):
        raise PermissionDenied(permission)
    access.require(permission, found.to_unit)
    return Case(request, found)


def load_own(request: HttpRequest, nomination_id: int, permission: str) -> Case:
    """For an act of the unit that proposes."""
    found = loading.nomination(nomination_id)
    if found is None:
        raise Http404
    access_of(request).require(permission, found.unit)
    return Case(request, found)
