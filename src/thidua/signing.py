"""Who issues a paper and who signs it, as Nghị định 30/2020/NĐ-CP (Phụ lục I, phần I, mục II, khoản 2 and 7) writes
them: the body's name, for whom one signs, and one's own position without the name of the body.
"""

from __future__ import annotations

import re

from thidua.vietnamese.folding import search_key

_COMMITTEE = ("ubnd", "uy ban nhan dan")
_DEPUTY, _ACTING = "pho ", "quyen "
_CHAIR = "chu tich"
_DEPARTMENT = "so "


def letterhead(unit: str) -> tuple[str, ...]:
    """The lines of a body's name: a People's Committee spelt out, and its place below."""
    name = " ".join(unit.split())
    start = next((len(words) for words in _COMMITTEE if search_key(name).startswith(f"{words} ")), 0)
    return ("ỦY BAN NHÂN DÂN", name[start:].strip().upper()) if start else (name.upper(),)


def authority(position: str, *, unit: str) -> tuple[str, ...]:
    """ "Phó Giám đốc" of a department: KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC. The chair of a committee signs for it (TM.).

    Nothing where no position is known: a signature's authority is never guessed.
    """
    own = _bare(" ".join(position.split()), unit)
    if not own:
        return ()
    key = search_key(own)
    for_all = ("TM. ỦY BAN NHÂN DÂN",) if is_committee(unit) and _CHAIR in key else ()
    if key.startswith(_DEPUTY):
        return (*for_all, f"KT. {own[len(_DEPUTY) :].upper()}", own.upper())
    if key.startswith(_ACTING):
        return (*for_all, f"Q. {own[len(_ACTING) :].upper()}")
    return (*for_all, own.upper())


_SEAT = re.compile(
    r"(?:UBND|Ủy ban nhân dân) (?P<kind>tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu) (?P<name>.+)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\d|hồ chí minh", re.IGNORECASE)
"""Places named by a number or after a person are written with what they are (mục II, khoản 4)."""


def seat(*names: str) -> str:
    """Where a body's papers are dated: the place of the first People's Committee among its own name and those above it,
    the nearest first. "" where there is none.
    """
    for name in names:
        if found := _SEAT.fullmatch(" ".join(name.split())):
            place = found["name"]
            return f"{found['kind'].capitalize()} {place}" if _WHOLE.search(place) else place
    return ""


def symbol(kind: str, unit: str, code: str = "") -> str:
    """ "TTr-SNNMT" of a paper, of a letter (no `kind`) "SNNMT-…", whose office is not known.

    The code counts where it is capitals only, as bodies are shortened.
    """
    own = "UBND" if is_committee(unit) else code if code.isalpha() and code.isupper() else "…"
    return f"{kind}-{own}" if kind else f"{own}-…"


def is_committee(unit: str) -> bool:
    return search_key(unit).startswith(_COMMITTEE)


def _bare(position: str, unit: str) -> str:
    """Without the body's name: "Giám đốc Sở Nội vụ" is "Giám đốc", "Phó Chủ tịch Thường trực UBND tỉnh" its office."""
    key, name = search_key(position), search_key(unit)
    if is_committee(unit) and _CHAIR in key:
        return position[: key.index(_CHAIR) + len(_CHAIR)]
    if name.startswith(_DEPARTMENT) and key.endswith(f"giam doc {_DEPARTMENT.strip()}"):
        return position[: -len(_DEPARTMENT)]
    return position[: -len(name)].strip(" ,-") if name and key.endswith(f" {name}") else position
