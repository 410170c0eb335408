"""Two rows side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from thidua_web.register.models import Appointment, AwardRecord, Household, Person, Rating
from thidua_web.register.queries import merging as queries


@dataclass(frozen=True)
class Line:
    """A field of both; `result` is what the kept row will have."""

    label: str
    kept: str
    dropped: str
    result: str

    @property
    def differs(self) -> bool:
        return bool(self.kept and self.dropped and self.kept != self.dropped)


def side_by_side(kept: Person, dropped: Person) -> dict[str, Any]:
    compared = queries.compare(kept, dropped)
    told: dict[Any, str] = {
        Appointment: gettext("chức vụ"),
        Rating: gettext("xếp loại"),
        AwardRecord: gettext("khen thưởng"),
        Household: gettext("hộ gia đình đứng tên"),
    }
    return {
        "lines": list(_lines(kept, dropped)),
        "moving": [(words, compared.moving.get(model, 0)) for model, words in told.items()],
        "clashes": compared.clashes,
        "both_sign_in": compared.both_sign_in,
        "other_id_number": compared.other_id_number,
    }


def _lines(kept: Person, dropped: Person) -> Iterator[Line]:
    for label, say in (
        (gettext("Họ và tên"), lambda one: one.full_name),
        (gettext("Mã"), lambda one: one.code),
        (gettext("Ngày sinh"), _birth),
        (gettext("Giới tính"), lambda one: one.get_sex_display() if one.sex else ""),
        (gettext("Chức vụ"), lambda one: one.position),
        (gettext("Đơn vị"), lambda one: one.unit.name),
        (gettext("Tài khoản"), lambda one: gettext("có") if getattr(one, "user", None) else ""),
    ):
        own, other = str(say(kept)), str(say(dropped))
        yield Line(label, own, other, own or other)


def _birth(person: Person) -> str:
    return f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
