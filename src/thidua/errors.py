"""What the core raises when it cannot go on. Mistakes of users that can be collected are findings instead.

ThiduaError
├── UnreadableError      a file cannot be read as a document (which file, why, what to do)
├── InvalidReadingError  a stored reading (JSON or TOML) does not follow the contract
├── InvalidFactError     what a person set for a fact cannot be (every fault with its field)
├── InvalidTableError    a scoring table does not hold together (every fault with its line and key)
└── UnprintableError     a paper cannot be set as PDF here (no face, a character that the face lacks)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from thidua.findings import Finding


class ThiduaError(Exception):
    """Base of all anticipated errors. Carries a code and parameters; `thidua.explain` makes the sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.code}({details})"


class UnreadableError(ThiduaError):
    """The file is empty, damaged, protected, hostile, too large, or of a kind that cannot be read here."""


class InvalidReadingError(ThiduaError):
    """The JSON or TOML given as a reading does not follow the contract."""


class Fault(NamedTuple):
    """What is wrong with one field; `code` and `params` make the sentence. `field` "quote" is the words themselves."""

    field: str
    code: str
    params: Mapping[str, Any]


class InvalidFactError(ThiduaError):
    """The values or the words given for a fact cannot be; `faults` holds all that is wrong, in the order of fields."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("fact.invalid", fields=[fault.field for fault in faults])
        self.faults = faults


class InvalidTableError(ThiduaError):
    """A scoring table that cannot be used; `findings` are all faults and doubts, with `line` and `key` in params."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("scoring.table_invalid", faults=len(findings))
        self.findings = findings


class UnprintableError(ThiduaError):
    """A paper cannot be set as PDF on this machine; as DOCX and HTML it can."""
