"""What the core raises when it cannot go on. Mistakes of users that can be collected are findings instead.

ThiduaError
├── UnreadableError      a file cannot be read as a document (which file, why, what to do)
└── InvalidReadingError  a stored reading (JSON or TOML) does not follow the contract
"""

from __future__ import annotations

from typing import Any


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
