"""Who issues a paper and who signs it, as Nghị định 30/2020/NĐ-CP (Phụ lục I, phần I, mục II, khoản 2 and 7) writes
them: the body's name, for whom one signs, and one's own position without the name of the body.
"""

from __future__ import annotations

from thidua.vietnamese.folding import search_key

_COMMITTEE = ("ubnd", "uy ban nhan dan")
_DEPUTY, _ACTING = "pho ", "quyen "
_CHAIR = "chu tich"


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
    for_all = ("TM. ỦY BAN NHÂN DÂN",) if _is_committee(unit) and _CHAIR in key else ()
    if key.startswith(_DEPUTY):
        return (*for_all, f"KT. {own[len(_DEPUTY) :].upper()}", own.upper())
    if key.startswith(_ACTING):
        return (*for_all, f"Q. {own[len(_ACTING) :].upper()}")
    return (*for_all, own.upper())


def _is_committee(unit: str) -> bool:
    return search_key(unit).startswith(_COMMITTEE)


def _bare(position: str, unit: str) -> str:
    """Without the body's name: "Giám đốc Sở Nội vụ" is "Giám đốc", "Phó Chủ tịch Thường trực UBND tỉnh" its office."""
    key, name = search_key(position), search_key(unit)
    if _is_committee(unit) and _CHAIR in key:
        return position[: key.index(_CHAIR) + len(_CHAIR)]
    return position[: -len(name)].strip(" ,-") if name and key.endswith(f" {name}") else position
