"""What a merge of two rows of one person does with nominations, which the register may not know."""

from __future__ import annotations

from thidua_web.nominations.models import Nomination
from thidua_web.register.queries.merging import SAME


def connect() -> None:
    """One person stands once for an award in a submission: the dropped row's nomination stays with it then."""
    SAME[Nomination] = ("submission_id", "award")
