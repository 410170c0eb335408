"""A tree of plain values (from TOML, from a sheet) into a scoring table, with all that is wrong at once."""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from thidua.findings import Finding, not_met
from thidua.scoring.checks import Path, check, no_such
from thidua.scoring.decimals import parse_decimal, sane
from thidua.scoring.parsing import LONGEST
from thidua.scoring.parts import Criterion, Input, Rounding, ScoringTable, Section, TieBreaker

_MOST_PARTS = 500
_LONGEST_TEXT = 1000
_LISTS: Mapping[str, type[Struct]] = {"section": Section, "criterion": Criterion, "tie_breaker": TieBreaker}
_TOP = ("title", "total", "rounding", "bonus_cap", "deduction_cap", *_LISTS)

P = TypeVar("P", bound=Struct)


def assemble(tree: Mapping[str, Any]) -> tuple[ScoringTable | None, list[tuple[Path, Finding]]]:
    """The table (None where parts of it cannot be read at all) and every finding with its place.

    What could be read is checked even so: nobody should mend a file in two rounds. Left out are findings that may only
    stand because something else was lost: a sum over what is left says nothing.
    """
    building = _Building()
    table = building.table(tree)
    said = {path for path, _ in building.faults}
    found = [(building.meant(path), finding) for path, finding in check(table)]
    found = [(path, finding) for path, finding in found if path not in said]
    found = [(path, finding) for path, finding in found if not _only_follows(path, finding, building.damaged)]
    return None if building.faults else table, [*building.faults, *found]


# What a finding rests on: whole lists, or other fields of the same criterion.
_RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "scoring.table_section_sum": ("section", "criterion"),
    "scoring.table_total": ("section",),
    "scoring.table_not_hundred": ("section",),
    "scoring.table_no_section": ("section",),
    "scoring.table_tie_unknown": ("section", "criterion"),
    "scoring.table_tie_nothing": ("criterion",),
    "scoring.table_empty": ("criterion",),
    "scoring.table_section_needed": ("criterion itself",),
    "scoring.table_unknown_input": ("criterion itself",),
    "scoring.table_unused_input": ("criterion itself",),
    "scoring.table_survey_input": ("criterion itself",),
    "scoring.table_survey_share": ("criterion itself",),
}
# Fields that other parts are measured by.
_WEIGHTY = frozenset(("key", "kind", "section", "max_points", "source", "formula", "survey_share"))


def _only_follows(path: Path, finding: Finding, damaged: set[Path]) -> bool:
    rests_on = _RESTS_ON.get(finding.code.removesuffix("_near"), ())
    if "criterion itself" in rests_on:
        return any(place[:2] == path[:2] for place in damaged)
    return any(place[0] in rests_on for place in damaged)


class _Building:
    """Turns what it can into parts and writes down what it cannot."""

    def __init__(self) -> None:
        self.faults: list[tuple[Path, Finding]] = []
        # Parts that are not as they were meant.
        self.damaged: set[Path] = set()
        # Of each list, the places of the items that were not lost.
        self._kept: dict[Path, list[int]] = {}

    def table(self, tree: Mapping[str, Any]) -> ScoringTable:
        self._strange(tree, _TOP, ())
        fields = self._fields(ScoringTable, {k: v for k, v in tree.items() if k not in (*_LISTS, "rounding")}, ())
        rounding = self._part(Rounding, tree.get("rounding", {}), ("rounding",))
        return ScoringTable(
            **fields,
            rounding=rounding or Rounding(),
            sections=tuple(self._parts(Section, tree.get("section", []), ("section",))),
            criteria=tuple(self._parts(Criterion, tree.get("criterion", []), ("criterion",))),
            tie_breakers=tuple(self._parts(TieBreaker, tree.get("tie_breaker", []), ("tie_breaker",))),
        )

    def meant(self, path: Path) -> Path:
        """The path in the tree of a path in the table, which has no places for lost parts."""
        meant: Path = ()
        for part in path:
            meant = (*meant, self._kept[meant][part] if isinstance(part, int) else part)
        return meant

    def _parts(self, kind: type[P], said: Any, path: Path) -> Iterator[P]:
        if not isinstance(said, Sequence) or isinstance(said, str):
            self._note(path, "scoring.table_not_list", said=path[-1])
            self.damaged.add(path)
            return
        if len(said) > _MOST_PARTS:
            self._note(path, "scoring.table_too_many", said=path[-1], found=len(said), limit=_MOST_PARTS)
            self.damaged.add(path)
            return
        for index, item in enumerate(said):
            part = self._part(kind, item, (*path, index))
            if part is not None:
                self._kept.setdefault(path, []).append(index)
                yield part

    def _part(self, kind: type[P], said: Any, path: Path) -> P | None:
        """None where the part lacks what it cannot be without; other faults leave the field's default."""
        if not isinstance(said, Mapping):
            self._note(path, "scoring.table_not_table", said=path[0])
            self.damaged.add(path)
            return None
        self._strange(said, [field.name for field in msgspec.structs.fields(kind)], path)
        fields = self._fields(kind, {key: value for key, value in said.items() if key != "inputs"}, path)
        if kind is Criterion:
            fields["inputs"] = tuple(self._parts(Input, said.get("inputs", []), (*path, "inputs")))
        needed = {field.name for field in msgspec.structs.fields(kind) if field.required}
        if needed - set(fields):
            self.damaged.add(path)
            return None
        return kind(**fields)

    def _strange(self, said: Mapping[str, Any], known: Sequence[str], path: Path) -> None:
        for key in said:
            if key not in known:
                finding = no_such("scoring.table_unknown_key", _shown(key), known)
                self._fault((*path, key), finding, finding.params.get("near", ""))

    def _fields(self, kind: type[Struct], said: Mapping[str, Any], path: Path) -> dict[str, Any]:
        """The fields that could be read; of the others, what is wrong. Words that are missing are left blank."""
        read: dict[str, Any] = {}
        for field in msgspec.structs.fields(kind):
            value = _read(said[field.name], field.type) if field.name in said else None
            if isinstance(value, Finding):
                self._fault((*path, field.name), value, field.name)
            elif field.required and value in (None, ""):
                self._fault((*path, field.name), not_met("scoring.table_missing_key", said=field.name), field.name)
            elif field.name in said:
                read[field.name] = value
            if field.required and field.type is str:
                read.setdefault(field.name, "")
        return read

    def _fault(self, path: Path, finding: Finding, field: str) -> None:
        self.faults.append((path, finding))
        if field in _WEIGHTY:
            self.damaged.add(path)

    def _note(self, path: Path, code: str, **params: Any) -> None:
        self.faults.append((path, not_met(code, **params)))


def _read(said: Any, wanted: Any) -> Any:
    """The value as the field wants it, or a finding."""
    if get_origin(wanted) in (Union, types.UnionType):
        wanted = next(option for option in get_args(wanted) if option is not types.NoneType)
    if get_origin(wanted) is Literal:
        choices = get_args(wanted)
        return said if said in choices else not_met("scoring.table_not_choice", said=_shown(said), known=choices)
    if wanted is bool:
        return said if isinstance(said, bool) else not_met("scoring.table_not_yes_no", said=_shown(said))
    if wanted is str:
        return _text(said)
    number = _number(said)
    if number is None or (wanted is int and number != int(number)):
        return not_met("scoring.table_not_number", said=_shown(said))
    return int(number) if wanted is int else number


def _text(said: Any) -> str | Finding:
    if not isinstance(said, str):
        return not_met("scoring.table_not_text", said=_shown(said))
    text = " ".join(unicodedata.normalize("NFC", said).split())
    if not text.isprintable():
        return not_met("scoring.table_not_text", said=_shown(text))
    if len(text) > max(LONGEST, _LONGEST_TEXT):
        return not_met("scoring.table_text_too_long", length=len(text), limit=_LONGEST_TEXT)
    return text


def _number(said: Any) -> Decimal | None:
    """Whole numbers and decimals, and words such as "7,5"; never a float, which would have lost what was typed."""
    if isinstance(said, str):
        return parse_decimal(said)
    if isinstance(said, bool) or not isinstance(said, int | Decimal):
        return None
    number = Decimal(said)
    return number if sane(number) else None


def _shown(said: Any) -> str:
    text = str(said)
    return text if len(text) <= 60 else f"{text[:59]}…"
