"""Lines pasted into the page of invitations: "họ tên; thư điện tử; vai trò; mã đơn vị", or copied out of a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from thidua.vietnamese.folding import search_key
from thidua_web.accounts.access import Role
from thidua_web.accounts.choosing import Units, role_called
from thidua_web.register.models import Person, Unit

MOST_AT_ONCE = 500
LONGEST_NAME = 120
HEADS = ("ho ten", "ho va ten")


@dataclass(frozen=True)
class Guest:
    """Somebody to invite. `person` where chosen out of the register."""

    full_name: str
    email: str
    role: Role
    unit: Unit
    person: Person | None = None

    @property
    def key(self) -> tuple[str, str, int]:
        return self.email.casefold(), self.role.value, self.unit.pk


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line (from 1)."""

    line: int
    text: str


@dataclass(frozen=True)
class Read:
    """The guests with their lines; none of them is invited while there are faults."""

    guests: tuple[tuple[int, Guest], ...]
    faults: tuple[Fault, ...]


def read_lines(text: str, units: Units, here: Unit | None) -> Read:
    """All lines, and all that is wrong at once. Without a unit: `here`. Empty lines and a head line are skipped."""
    guests: list[tuple[int, Guest]] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str, int], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or search_key(_parts(line)[0]) in HEADS:
            continue
        guest, wrong = _read_line(line, units, here)
        if guest and (first := seen.setdefault(guest.key, number)) != number:
            wrong.append(gettext("Trùng với dòng %(line)s.") % {"line": first})
        faults += [Fault(number, one) for one in wrong]
        if guest and not wrong:
            guests.append((number, guest))
    if len(guests) > MOST_AT_ONCE:
        faults.append(Fault(0, gettext("Mỗi lần mời nhiều nhất %(most)s người.") % {"most": MOST_AT_ONCE}))
    return Read(tuple(guests), tuple(faults))


def _parts(line: str) -> list[str]:
    """Cells of a sheet come with tabs between them."""
    return [part.strip() for part in line.split("\t" if "\t" in line else ";")]


def _read_line(line: str, units: Units, here: Unit | None) -> tuple[Guest | None, list[str]]:
    parts = _parts(line)
    while len(parts) > 4 and not parts[-1]:
        parts.pop()
    if not 3 <= len(parts) <= 4:
        said = gettext("Cần 3 hoặc 4 phần cách nhau bằng dấu chấm phẩy: họ tên; thư điện tử; vai trò; mã đơn vị.")
        return None, [said]
    wrong: list[str] = []
    name = _name(parts[0], wrong)
    email = _email(parts[1], wrong)
    role = _asked(lambda: role_called(parts[2]), wrong)
    named = parts[3] if len(parts) == 4 else ""
    unit = _asked(lambda: units.called(named), wrong) if named else here
    if unit is None and not named:
        wrong.append(gettext("Chưa ghi mã đơn vị."))
    if wrong or role is None or unit is None:
        return None, wrong
    return Guest(name, email, role, unit), wrong


def _name(text: str, wrong: list[str]) -> str:
    name = " ".join(text.split())
    if not name:
        wrong.append(gettext("Chưa ghi họ tên."))
    elif len(name) > LONGEST_NAME:
        wrong.append(gettext("Họ tên dài quá %(most)s ký tự.") % {"most": LONGEST_NAME})
    return name


def _email(text: str, wrong: list[str]) -> str:
    try:
        validate_email(text)
    except ValidationError:
        said = gettext("Địa chỉ thư “%(email)s” không đúng.") if text else gettext("Chưa ghi địa chỉ thư.")
        wrong.append(said % {"email": text} if text else said)
    return text.lower()


def _asked(ask, wrong: list[str]):  # type: ignore[no-untyped-def]
    try:
        return ask()
    except ValidationError as error:
        wrong.extend(error.messages)
        return None
