"""How the points of a criterion came about, for those who ask."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from thidua.scoring.decimals import in_words
from thidua.scoring.parts import Criterion
from thidua.scoring.wording import calculation_text


class Working(Struct, frozen=True, kw_only=True):
    """How points were computed, told in words when somebody asks: "45/50 × 10 = 9,00".

    `reckoned`: what the formula or the judge says, before it is held within its bounds; `outcome`: the points.
    """

    criterion: Criterion
    values: dict[str, Decimal | None]
    judged: Decimal | None
    reckoned: Decimal | None = None
    outcome: Decimal | None = None

    def in_words(self, language: str = "vi") -> str:
        """An arrow stands before what the bounds, or a deduction, made of it: "60/50 × 10 = 12,00 → 10,00"."""
        text = self._own_part(language)
        reckoned, outcome = self._shown(self.reckoned, language), self._shown(self.outcome, language)
        if self.criterion.survey_share:
            return f"{self._with_survey(text, language)} = {outcome}"
        if self.criterion.tree is None:
            return outcome if self.judged == self.outcome or self.judged is None else f"{text} → {outcome}"
        return f"{text} = {outcome}" if reckoned == outcome else f"{text} = {reckoned} → {outcome}"

    @staticmethod
    def _shown(number: Decimal | None, language: str) -> str:
        return "?" if number is None else in_words(number, language)

    def _labels(self) -> dict[str, str]:
        return {given.key: given.label for given in self.criterion.inputs}

    def _own_part(self, language: str) -> str:
        criterion = self.criterion
        if criterion.tree is None:
            return self._shown(self.judged, language)
        return calculation_text(criterion.tree, self.values, criterion.max_points, language, self._labels())

    def _with_survey(self, text: str, language: str) -> str:
        criterion, survey = self.criterion, self.criterion.survey
        assert survey is not None  # noqa: S101 - a table that was loaded has one where it has a share
        if self.reckoned is not None and not 0 <= self.reckoned <= criterion.limit:
            held = criterion.limit if self.reckoned > 0 else Decimal(0)
            text = f"{text} → {in_words(held, language)}"
        value = self.values.get(survey.key)
        content = f"[{self._labels()[survey.key]}]" if value is None else f"{in_words(value, language)}%"
        share = criterion.survey_share
        own, of = in_words(100 - share, language), in_words(share, language)
        return f"({text}) × {own}% + {content} × {in_words(criterion.max_points, language)} × {of}%"
