"""The columns of the predicates: what each counts (`thidua.rules.predicates`), for all people of a register at once."""

from thidua.rules.screening.columns import answers, honours, measures, offered, ratings, spells, works
from thidua.rules.screening.columns.base import Counts, counted, outcome

__all__ = ["Counts", "answers", "counted", "honours", "measures", "offered", "outcome", "ratings", "spells", "works"]
