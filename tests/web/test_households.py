"""Households of a commune: held by the register, found by their head, their address, their code."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from thidua_web.eligibility.models import Deed, RecordedFact
from thidua_web.register.models import AwardRecord, Household
from web.cast import Cast
from web.register_rows import make_person

NOW = {"by_name": "Người clerk", "at": timezone.now()}
RECORDS: list[tuple[type[Any], dict[str, Any]]] = [
    (AwardRecord, {"title": "Gia đình văn hóa", "year": 2024}),
    (RecordedFact, {"kind": "group", "code": "farmer", **NOW}),
    (Deed, {"title": "Hiến đất làm đường", **NOW}),
]


@pytest.mark.parametrize(("model", "said"), RECORDS, ids=lambda of: getattr(of, "__name__", ""))
def test_a_record_is_of_a_person_or_a_unit_or_a_household(cast: Cast, model: type[Any], said: dict[str, Any]) -> None:
    household = Household.objects.create(head_name="Nguyễn Văn An", unit=cast.office)
    person = make_person(cast.office, "Trần Thị Lan")
    for of in ({"household": household}, {"person": person}, {"unit": cast.office}):
        assert model.objects.create(**said, **of).pk
    for of in ({}, {"household": household, "person": person}, {"household": household, "unit": cast.office}):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**said, **of)


def test_a_household_is_called_by_its_head_and_stands_by_the_given_name(cast: Cast) -> None:
    for name, sex in (("Nguyễn Văn An", "male"), ("Trần Thị Bé", "female"), ("Lê Ái", "")):
        Household.objects.create(head_name=name, head_sex=sex, unit=cast.office)
    assert [one.name for one in Household.objects.all()] == ["Hộ Lê Ái", "Hộ ông Nguyễn Văn An", "Hộ bà Trần Thị Bé"]
