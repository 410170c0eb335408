"""Bonus money: the whole table of coefficients on either side of every change of the base salary."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from thidua.explain import sentence
from thidua.findings import Finding
from thidua.law.bonus import Bonus, bonus, rounded_up
from thidua.law.criteria import Subject
from thidua.law.law import national_law

OLD_PAY, MIDDLE_PAY, NEW_PAY = datetime.date(2024, 6, 30), datetime.date(2024, 7, 1), datetime.date(2026, 7, 1)
TABLE: list[tuple[str, Subject, str, tuple[int, int, int]]] = [
    ("CSTDTQ", "individual", "4.5", (8_100_000, 10_530_000, 11_390_000)),
    ("CSTDBT", "individual", "3.0", (5_400_000, 7_020_000, 7_590_000)),
    ("CSTDCS", "individual", "1.0", (1_800_000, 2_340_000, 2_530_000)),
    ("LDTT", "individual", "0.3", (540_000, 710_000, 760_000)),
    ("CSTT", "individual", "0.3", (540_000, 710_000, 760_000)),
    ("TTLDXS", "collective", "1.5", (2_700_000, 3_510_000, 3_800_000)),
    ("DVQT", "collective", "1.5", (2_700_000, 3_510_000, 3_800_000)),
    ("TTLDTT", "collective", "0.8", (1_440_000, 1_880_000, 2_030_000)),
    ("DVTT", "collective", "0.8", (1_440_000, 1_880_000, 2_030_000)),
    ("XPTB", "collective", "2.0", (3_600_000, 4_680_000, 5_060_000)),
    ("THONVH", "collective", "1.5", (2_700_000, 3_510_000, 3_800_000)),
    ("COCP", "collective", "12.0", (21_600_000, 28_080_000, 30_360_000)),
    ("COBT", "collective", "8.0", (14_400_000, 18_720_000, 20_240_000)),
    ("CO_QK", "collective", "6.0", (10_800_000, 14_040_000, 15_180_000)),
    ("BKTTG", "individual", "3.5", (6_300_000, 8_190_000, 8_860_000)),
    ("BKTTG", "collective", "7.0", (12_600_000, 16_380_000, 17_710_000)),
    ("BANG_KHEN_TINH", "individual", "1.5", (2_700_000, 3_510_000, 3_800_000)),
    ("BANG_KHEN_TINH", "collective", "3.0", (5_400_000, 7_020_000, 7_590_000)),
    ("GIAY_KHEN", "individual", "0.3", (540_000, 710_000, 760_000)),
    ("GIAY_KHEN", "collective", "0.6", (1_080_000, 1_410_000, 1_520_000)),
]
ORDERS: list[tuple[str, int, int]] = [
    ("HCLD1", 21_060_000, 22_770_000),
    ("HCLD2", 17_550_000, 18_980_000),
    ("HCLD3", 10_530_000, 11_390_000),
]


def paid(award: str, subject: Subject, on: datetime.date) -> Bonus:
    found = bonus(award, subject, on, national_law())
    assert isinstance(found, Bonus)
    return found


@pytest.mark.parametrize(("award", "subject", "rate", "amounts"), TABLE)
def test_the_money_of_a_decision_on_its_day(
    award: str, subject: Subject, rate: str, amounts: tuple[int, int, int]
) -> None:
    found = [paid(award, subject, day) for day in (OLD_PAY, MIDDLE_PAY, NEW_PAY)]
    assert tuple(entry.amount for entry in found) == amounts
    assert {entry.rate for entry in found} == {Decimal(rate)}


@pytest.mark.parametrize(("award", "middle", "new"), ORDERS)
def test_the_money_of_labour_orders(award: str, middle: int, new: int) -> None:
    assert (paid(award, "individual", MIDDLE_PAY).amount, paid(award, "individual", NEW_PAY).amount) == (middle, new)


@pytest.mark.parametrize("award", ["BKTTG", "BANG_KHEN_TINH", "GIAY_KHEN"])
def test_a_household_is_given_half_as_much_again_as_a_person(award: str) -> None:
    household, person = paid(award, "household", MIDDLE_PAY), paid(award, "individual", MIDDLE_PAY)
    assert household.rate == person.rate * Decimal("1.5")


def test_the_last_day_of_a_base_salary_still_pays_by_it() -> None:
    assert paid("CSTDCS", "individual", datetime.date(2026, 6, 30)).amount == 2_340_000
    assert paid("CSTDCS", "individual", NEW_PAY).amount == 2_530_000


def test_it_is_rounded_up_and_never_down() -> None:
    assert rounded_up(Fraction(702_000), 10_000) == 710_000
    assert rounded_up(Fraction(710_000), 10_000) == 710_000
    assert rounded_up(Fraction(700_001), 10_000) == 710_000


def test_the_rate_the_salary_and_the_rounding_are_cited() -> None:
    found = paid("CSTDCS", "individual", datetime.date(2025, 8, 1))
    assert [(basis.instrument, basis.place) for basis in found.bases] == [
        ("152/2025/NĐ-CP", "Điều 50"),
        ("73/2024/NĐ-CP", "khoản 2 Điều 3"),
        ("152/2025/NĐ-CP", "Điều 49"),
    ]
    assert found.verified


def test_a_sum_that_rests_on_memory_or_an_unread_text_is_not_verified() -> None:
    assert not paid("GIAY_KHEN", "individual", datetime.date(2025, 8, 1)).verified
    assert not paid("CSTDCS", "individual", NEW_PAY).verified


def test_a_commemorative_medal_has_a_limit_instead_of_a_sum() -> None:
    found = paid("KNC", "individual", datetime.date(2025, 8, 1))
    assert (found.at_most, found.amount) == (True, 1_410_000)


@pytest.mark.parametrize(
    ("award", "subject", "on", "code"),
    [
        ("GDVH", "household", MIDDLE_PAY, "law.bonus.no_rate"),
        ("CSTDCS", "collective", MIDDLE_PAY, "law.bonus.no_rate"),
        ("CSTDCS", "individual", datetime.date(2023, 12, 31), "law.bonus.no_rate"),
        ("CSTDCS", "individual", datetime.date(2027, 3, 2), "law.bonus.no_rate"),
    ],
)
def test_what_is_not_known_is_said_and_not_guessed(award: str, subject: Subject, on: datetime.date, code: str) -> None:
    found = bonus(award, subject, on, national_law())
    assert isinstance(found, Finding)
    assert found.code == code
    assert f"{on:%d/%m/%Y}" in sentence(found)
    assert sentence(found, "en")


def test_a_code_that_is_no_award_is_an_error() -> None:
    with pytest.raises(KeyError):
        bonus("CSTD", "individual", MIDDLE_PAY, national_law())
