"""Why a dossier goes back: reason codes, what the unit must do, which findings suggest which (returning.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from thidua.findings import Basis, Finding


class Said(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In Vietnamese and in English."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        return self.vi if language == "vi" else self.en


class ReturnReason(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reason by its code. `checks`: the codes of findings that suggest it, without "nominations.".

    `place` and `instrument` say where it stands that a dossier must have this; "" where no text that was read says so.
    """

    code: str
    label: Said
    do: Said
    checks: tuple[str, ...] = ()
    instrument: str = ""
    place: str = ""
    verified: bool = False
    source: str = ""

    @property
    def basis(self) -> Basis | None:
        if not self.instrument:
            return None
        return Basis(
            instrument=self.instrument,
            place=self.place or None,
            verified=self.verified,
            source=self.source or None,
        )


@cache
def return_reasons() -> Mapping[str, ReturnReason]:
    """By code, in the order in which a desk shows them."""
    tree = tomllib.loads(files(__package__).joinpath("returning.toml").read_text("utf-8"))
    return {reason.code: reason for reason in msgspec.convert(tree["reason"], tuple[ReturnReason, ...])}


def suggested(findings: Iterable[Finding]) -> tuple[ReturnReason, ...]:
    """Reasons that these findings give, each once, in the desk's order."""
    found = {finding.code.removeprefix("nominations.") for finding in findings}
    return tuple(reason for reason in return_reasons().values() if not found.isdisjoint(reason.checks))
