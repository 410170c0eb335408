"""What follows when a body that was asked does not answer.

The decrees that were read set days for an answer and say nothing of silence. So silence is no consent unless the rule
under which the body was asked says so in words; the appraisal goes on without the opinion, and says that it does.
"""

from __future__ import annotations

import datetime

from thidua.findings import Basis, Finding, met, not_met, unknown


def silence(
    *,
    asked_on: datetime.date,
    due: datetime.date,
    on: datetime.date,
    answered_on: datetime.date | None = None,
    consent: Basis | None = None,
) -> Finding:
    """How an opinion stands at the end of a day. `consent`: the rule by which silence is consent, None without one.

    Met: nothing is left to wait for. Unknown: wait, or go on without it and say so. Not met: it came too late, and is
    read nevertheless.
    """
    if answered_on is not None and answered_on <= on:
        late = answered_on > due
        make, code = (not_met, "answered_late") if late else (met, "answered")
        return make(f"nominations.{code}", None, asked=asked_on, answered=answered_on, due=due)
    if on <= due:
        return unknown("nominations.answer_awaited", None, asked=asked_on, due=due)
    if consent is not None:
        return met("nominations.silence_consents", consent, asked=asked_on, due=due)
    return unknown("nominations.silence_open", None, asked=asked_on, due=due)
