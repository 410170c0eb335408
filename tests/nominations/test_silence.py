"""What follows when a body that was asked answers, answers late, or does not answer."""

from __future__ import annotations

from datetime import date

import pytest

from thidua.explain import sentence
from thidua.findings import Basis, Outcome
from thidua.nominations.silence import silence

ASKED, DUE = date(2026, 11, 2), date(2026, 11, 16)
REGULATION = Basis(instrument="86/2025/QĐ-UBND", place="Điều 20", verified=True)


@pytest.mark.parametrize(
    ("on", "answered", "consent", "code", "outcome"),
    [
        (date(2026, 11, 10), None, None, "answer_awaited", Outcome.UNKNOWN),
        (DUE, None, None, "answer_awaited", Outcome.UNKNOWN),
        (date(2026, 11, 17), None, None, "silence_open", Outcome.UNKNOWN),
        (date(2026, 11, 17), None, REGULATION, "silence_consents", Outcome.MET),
        (DUE, None, REGULATION, "answer_awaited", Outcome.UNKNOWN),
        (date(2026, 11, 20), DUE, None, "answered", Outcome.MET),
        (date(2026, 11, 20), date(2026, 11, 18), None, "answered_late", Outcome.NOT_MET),
        (date(2026, 11, 20), date(2026, 11, 18), REGULATION, "answered_late", Outcome.NOT_MET),
        (date(2026, 11, 17), date(2026, 11, 18), None, "silence_open", Outcome.UNKNOWN),
    ],
)
def test_what_follows(on: date, answered: date | None, consent: Basis | None, code: str, outcome: Outcome) -> None:
    found = silence(asked_on=ASKED, due=DUE, on=on, answered_on=answered, consent=consent)

    assert (found.code, found.outcome) == (f"nominations.{code}", outcome)
    assert all("02/11/2026" in sentence(found, language) for language in ("vi", "en"))


def test_silence_is_consent_only_where_a_rule_says_so() -> None:
    found = silence(asked_on=ASKED, due=DUE, on=date(2026, 11, 17))

    assert found.basis is None
    assert "Chưa văn bản nào đã đọc coi im lặng là đồng ý" in sentence(found)
