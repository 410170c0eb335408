"""What the planners of all kinds share."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from django.db.models import QuerySet
from msgspec import Struct

from thidua.findings import Finding, Outcome
from thidua.register.kinds import SheetKind, sheet_kinds
from thidua.register.matching import Match
from thidua.register.sheets import Row
from thidua_web.register.lists.changes import MODELS, CandidateFacts, Change, Json, Staged, faulty, outcome_of, plain
from thidua_web.register.lists.places import Places
from thidua_web.register.models import ImportRow, ImportRun, RowOutcome


class Said(Struct):
    """What a staged row says, to be planned (again); `target` is the object it is about, None for a new one."""

    number: int
    values: Json
    secret: dict[str, str]
    target: int | None


Plan = list[Change] | Finding


class Planner:
    """One kind of list. `stage` goes through the rows in their order; `plan` plans rows that a person has settled.

    `letters` are the columns that the sheet has, by key; `again` the keys ("code:…", "register_number:…") that several
    rows of the sheet have.
    """

    kind: str
    label_of: tuple[str, ...]

    def __init__(self, run: ImportRun, places: Places, *, today: datetime.date) -> None:
        self.run = run
        self.places = places
        self.today = today
        self.sheet: SheetKind = sheet_kinds()[self.kind]
        self.letters: Mapping[str, str] = {}
        self.again: frozenset[str] = frozenset()

    def stage(self, rows: Sequence[Row]) -> list[Staged]:
        raise NotImplementedError

    def finish(self) -> Iterable[list[Staged]]:
        """What could only be told once all rows were seen."""
        return ()

    def plan(self, rows: Sequence[Said]) -> list[Plan]:
        """The changes of each row, or what is in their way."""
        raise NotImplementedError

    def twice(self, rows: Sequence[tuple[int, Sequence[Change]]]) -> Collection[int]:
        """Those of the rows whose new objects the register has got meanwhile."""
        raise NotImplementedError

    def since(self, model: str) -> QuerySet[Any]:
        """Objects that others have made since the list was read."""
        own = ImportRow.objects.filter(run=self.run, written=True, target__isnull=False).values("target")
        newest = self.run.counts.get("newest", {}).get(model, 0)
        return MODELS[model]._default_manager.filter(pk__gt=newest).exclude(pk__in=own)

    def at(self, number: int, key: str, finding: Finding) -> Finding:
        """The finding with its place in the sheet."""
        column = self.sheet.by_key[key]
        place = {"row": number, "column": self.letters.get(key, ""), "header": column.header}
        return msgspec.structs.replace(finding, params={**place, **finding.params})

    def split(self, row: Row) -> tuple[Json, dict[str, str]]:
        """Values as JSON without the sensitive ones, and those as text; none of these where the sender may not."""
        hidden = self.sheet.sensitive
        open_ = {key: _json(value) for key, value in row.values.items() if key not in hidden}
        secret = {key: _text(value) for key, value in row.values.items() if key in hidden}
        return open_, secret if self.run.sensitive else {}

    def label(self, values: Mapping[str, Any]) -> str:
        return " · ".join(str(values[key]) for key in self.label_of if values.get(key))[:250]

    def staged(  # noqa: PLR0913 - what there is to say of a row
        self,
        number: int,
        values: Json,
        secret: dict[str, str],
        findings: Sequence[Finding],
        *,
        changes: Sequence[Change] = (),
        target: int | None = None,
        new: bool = False,
        candidates: Sequence[CandidateFacts] = (),
        doubt: str = "",
    ) -> Staged:
        """The row with the outcome that follows from its findings and changes."""
        if faulty(findings):
            outcome, doubt, changes, candidates = RowOutcome.FAULT, "", (), ()
        elif doubt or findings:
            outcome, doubt, changes = RowOutcome.DOUBT, doubt or findings[0].code, ()
        else:
            outcome = RowOutcome(outcome_of(changes, new=new))
        return Staged(
            number=number,
            outcome=outcome,
            label=self.label(values),
            values=values,
            secret=secret,
            findings=[msgspec.to_builtins(finding) for finding in findings],
            candidates=list(candidates),
            target=target,
            doubt=doubt,
            changes=list(changes),
        )


def candidates_of(match: Match, among: Collection[int] | None = None) -> list[CandidateFacts]:
    return [
        CandidateFacts(one.key, one.score, [msgspec.to_builtins(reason) for reason in one.reasons])
        for one in match.candidates
        if among is None or one.key in among
    ]


def why(candidate: CandidateFacts) -> str:
    """The kind of doubt: the first reason that does not speak for the candidate."""
    against = [reason for reason in candidate.reasons if reason["outcome"] != Outcome.MET]
    return (against or candidate.reasons)[0]["code"] if candidate.reasons else ""


def _json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else plain(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "x" if value else ""
    return str(plain(value))


def day(value: object) -> datetime.date | None:
    """A day out of JSON."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) and value else None
