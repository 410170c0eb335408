"""Pledged rows as the core takes them."""

from __future__ import annotations

import datetime

from thidua.plans import reading
from thidua.progress import targets, works
from thidua_web.campaigns.models import Target
from thidua_web.progress.models import PledgedTarget, PledgedWork


def offered(target: Target, *, due: datetime.date | None) -> targets.PledgedTarget:
    """What a pledge begins with of a target of the campaign."""
    read = reading.Target(
        quote=target.quote,
        span=(0, len(target.quote)),
        indicator=target.indicator,
        op=target.op,  # type: ignore[arg-type]
        value=target.value,
        value_max=target.value_max,
        unit=target.unit or None,
        strict=target.strict,
    )
    return targets.from_plan(read, due=due)


def target_of(row: PledgedTarget) -> targets.PledgedTarget:
    """A row being written may still hold "trên" of the operator that it had before."""
    return targets.PledgedTarget(
        indicator=row.indicator,
        op=row.op,  # type: ignore[arg-type]
        value=row.value,
        value_max=row.value_max,
        unit=row.measure or None,
        baseline=row.baseline,
        base_year=row.base_year,
        due=row.due,
        strict=row.strict and row.op in (">=", "<="),
    )


def work_of(row: PledgedWork) -> works.PledgedWork:
    """What was pledged is what has a day; a work without any is to be finished."""
    both = row.start_due is not None and row.finish_due is not None
    return works.PledgedWork(
        name=row.name,
        milestone="both" if both else "start" if row.start_due else "finish",
        start_due=row.start_due,
        finish_due=row.finish_due,
        started_on=row.started_on,
        finished_on=row.finished_on,
    )
