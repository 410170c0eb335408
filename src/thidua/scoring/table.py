"""Scoring tables as TOML: an officer writes it, all that is wrong is told at once by line, and it is written back.

title = "…"            total = 100              bonus_cap, deduction_cap
[rounding]             places, rule
[[section]]            key, label, max_points
[[criterion]]          key, section, label, max_points, formula, inputs, evidence_required, kind, cap, survey_share
[[criterion.inputs]]   key, label, unit, source
[[tie_breaker]]        by, of, label, order
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from importlib.resources import files
from typing import Any

import msgspec
import tomli_w
from msgspec import Struct

from thidua.errors import InvalidTableError
from thidua.explain import say, sentence
from thidua.findings import Finding, Outcome, not_met
from thidua.scoring.assembling import assemble
from thidua.scoring.checks import Path, check
from thidua.scoring.parts import Criterion, Input, Rounding, ScoringTable, Section, TieBreaker

__all__ = ["Criterion", "Input", "Rounding", "ScoringTable", "Section", "TieBreaker"]

LARGEST_FILE = 500_000
_HEADERS = ("section", "criterion", "tie_breaker")
_HEADER = re.compile(r"\s*\[\[?\s*([a-z_.]+)\s*\]\]?\s*(?:#.*)?")
_FIELD = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")


def example_text() -> str:
    """The table of a bloc to start from, as TOML with its comments."""
    return files(__package__).joinpath("example.toml").read_text("utf-8")


def load_table(text: str) -> ScoringTable:
    """The table. Raises InvalidTableError with every fault, and every doubt beside them, in the order of lines."""
    if len(text) > LARGEST_FILE:
        raise InvalidTableError((not_met("scoring.table_too_long", line=1, key="", limit=LARGEST_FILE),))
    text = text.removeprefix("\ufeff")  # Notepad's
    try:
        tree = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise InvalidTableError((_not_toml(text, str(error)),)) from None
    except (RecursionError, ValueError) as error:
        raise InvalidTableError((_not_toml(text, str(error)),)) from None
    return accepted(*assemble(tree), _Lines(text).of)


def doubts(table: ScoringTable, text: str = "") -> tuple[Finding, ...]:
    """What somebody should look at in a table that can be used; with `text`, at its lines."""
    return located(check(table), _Lines(text).of)


def fault_sentence(finding: Finding, language: str = "vi") -> str:
    """The sentence of a fault or doubt with its place before it."""
    place = say("scoring.table_place", {"line": finding.params["line"], "key": finding.params["key"]}, language)
    return f"{place} {sentence(finding, language)}"


def dump_table(table: ScoringTable) -> str:
    """TOML that reads back to an equal table; what is at its default is left out."""
    tree = tree_of(table)
    blocks = [tomli_w.dumps({key: value for key, value in tree.items() if key not in _HEADERS})]
    for name in _HEADERS:
        for part in tree.get(name, []):
            inputs = part.pop("inputs", [])
            blocks.append(f"[[{name}]]\n{tomli_w.dumps(part)}")
            blocks.extend(f"[[{name}.inputs]]\n{tomli_w.dumps(given)}" for given in inputs)
    return "\n".join(blocks)


def tree_of(table: ScoringTable) -> dict[str, Any]:
    """The table as plain values, as `assemble` takes them."""
    tree = _plain(table, ("rounding", "sections", "criteria", "tie_breakers"))
    if rounding := _plain(table.rounding):
        tree["rounding"] = rounding
    tree["section"] = [_plain(section) for section in table.sections]
    tree["criterion"] = [_criterion(criterion) for criterion in table.criteria]
    tree["tie_breaker"] = [_plain(link) for link in table.tie_breakers]
    return {key: value for key, value in tree.items() if value != []}


def accepted(
    table: ScoringTable | None, findings: Iterable[tuple[Path, Finding]], place: Callable[[Path], Mapping[str, Any]]
) -> ScoringTable:
    """The table if nothing but doubts stand against it. Raises InvalidTableError."""
    found = located(findings, place)
    if table is None or any(finding.outcome is Outcome.NOT_MET for finding in found):
        raise InvalidTableError(found)
    return table


def located(
    findings: Iterable[tuple[Path, Finding]], place: Callable[[Path], Mapping[str, Any]]
) -> tuple[Finding, ...]:
    """Findings with `line` and `key` among their params, in the order of lines."""
    placed = [msgspec.structs.replace(finding, params={**finding.params, **place(path)}) for path, finding in findings]
    return tuple(sorted(placed, key=lambda finding: int(finding.params["line"])))


def _not_toml(text: str, message: str) -> Finding:
    at = _AT_LINE.search(message)
    line = int(at[1]) if at else max(1, text.count("\n") + 1)
    lines = text.splitlines() or [""]
    said = lines[min(line, len(lines)) - 1].strip()[:80]
    return not_met("scoring.table_not_toml", line=line, key="", said=said)


def _criterion(criterion: Criterion) -> dict[str, Any]:
    tree = _plain(criterion, ("inputs",))
    if criterion.inputs:
        tree["inputs"] = [_plain(given) for given in criterion.inputs]
    return tree


def _plain(part: Struct, without: tuple[str, ...] = ()) -> dict[str, Any]:
    fields = [field for field in msgspec.structs.fields(part) if field.name not in without]
    values = {field.name: _short(getattr(part, field.name)) for field in fields}
    return {f.name: values[f.name] for f in fields if f.required or values[f.name] != f.default}


def _short(value: Any) -> Any:
    """Whole points as people write them: 60, not 60.0."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


class _Lines:
    """Where the parts of a TOML text stand. tomllib does not say, so headers and fields are found by their looks."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        block: Path = ()
        counts: dict[Path, int] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if header := _HEADER.fullmatch(line):
                block = self._block(header[1], counts, many=line.lstrip().startswith("[["))
                self._lines.setdefault(block, number)
            elif field := _FIELD.match(line):
                self._lines.setdefault((*block, field[1]), number)

    @staticmethod
    def _block(name: str, counts: dict[Path, int], *, many: bool) -> Path:
        """`criterion.inputs` belongs to the last criterion."""
        path: Path = ()
        words = name.split(".")
        for word in words[:-1]:
            path = (*path, word)
            path = (*path, counts[path] - 1) if path in counts else path
        path = (*path, words[-1])
        if not many:
            return path
        counts[path] = counts.get(path, 0) + 1
        return (*path, counts[path] - 1)

    def of(self, path: Path) -> Mapping[str, Any]:
        """The line of the innermost part that is found, and the path without its numbers as the key."""
        known = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in self._lines), ())
        key = ".".join(part for part in path if isinstance(part, str))
        if not known and path:
            known = (path[0], 0)
        return {"line": self._lines.get(known, 1), "key": key}
