"""A whole register against an award at once: the same answers as `thidua.rules.assessing`, in columns.

Polars stands behind it and is imported here alone, so that nothing else of the core waits for it.
"""

from thidua.rules.screening.register import Register, register_of
from thidua.rules.screening.screened import Column, Screening, screen

__all__ = ["Column", "Register", "Screening", "register_of", "screen"]
