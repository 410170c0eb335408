"""What the appraiser found of each claim of the report."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.nominations.actions.appraising import judge_again
from thidua_web.nominations.actions.moving import DONE, Acted, Done, change, note
from thidua_web.nominations.models import Claim, Nomination, Verdict
from thidua_web.nominations.stages import NominationState

JUDGING = frozenset({NominationState.IN_APPRAISAL, NominationState.ASKED})


class Judged(NamedTuple):
    """`verdict` "" takes back what was said; every one but "proved" says why."""

    verdict: str
    note: str = ""


@transaction.atomic
def judge(
    *, nomination: Nomination, verdicts: Mapping[int, Judged], seen: int, by: User, at: datetime.datetime
) -> Done:
    """By the number of the claim; what is the same as before stays with whoever said it. Raises ValueError for a
    verdict against a claim without a note.
    """
    if any(one.verdict not in ("", Verdict.PROVED) and not one.note.strip() for one in verdicts.values()):
        raise ValueError("a verdict against a claim says why")
    changed = _changed(nomination, verdicts)
    if not changed:
        return Done(Acted.REPEATED)
    done = change("appraisal.verdict", nomination, seen=seen, among=JUDGING, by=by)
    if done is not DONE:
        return done
    for claim in changed:
        claim.verdict_by, claim.verdict_at = (by, at) if claim.verdict else (None, None)
    Claim.objects.bulk_update(changed, ["verdict", "verdict_note", "verdict_by", "verdict_at"])
    judge_again(nomination, timezone.localdate(at))
    said = {str(claim.pk): claim.verdict for claim in changed}
    note("appraisal.verdict", nomination, unit_id=nomination.to_unit_id, by=by, at=at, verdicts=said)
    return done


def _changed(nomination: Nomination, verdicts: Mapping[int, Judged]) -> list[Claim]:
    found = []
    for claim in Claim.objects.filter(nomination=nomination, pk__in=verdicts):
        said = verdicts[claim.pk]
        if (claim.verdict, claim.verdict_note) != (said.verdict, said.note):
            claim.verdict, claim.verdict_note = said.verdict, said.note
            found.append(claim)
    return found
