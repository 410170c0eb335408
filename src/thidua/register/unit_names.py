"""Names of units as they are compared: short forms spelt out, committees and places left aside."""

from __future__ import annotations

import re

from thidua.vietnamese.folding import search_key

COMMITTEE = "uy ban nhan dan"

_SHORT = (
    (re.compile(r"\bubnd\b"), COMMITTEE),
    (re.compile(r"\bhdnd\b"), "hoi dong nhan dan"),
    (re.compile(r"\bubmttq(?: viet nam)?\b"), "uy ban mat tran to quoc viet nam"),
    (re.compile(r"\bmttq(?: viet nam)?\b"), "mat tran to quoc viet nam"),
    (re.compile(r"\b(?:tp|t\.p)\b\.?"), "thanh pho"),
    (re.compile(r"\bthpt\b"), "trung hoc pho thong"),
    (re.compile(r"\bthcs\b"), "trung hoc co so"),
)
_PLACE = re.compile(r"(?:tinh|thanh pho|huyen|thi xa|thi tran|quan|xa|phuong|dac khu)\b")
_COMMITTEE = re.compile(rf"^{COMMITTEE} (?=xa|phuong|dac khu|thi tran|huyen|thi xa|quan|thanh pho)")


def named(name: str) -> str:
    """A name as it is compared: "UBND xã Tân Lộc" and "Ủy ban nhân dân xã Tân Lộc" are the same words."""
    key = search_key(name).replace("-", " ")
    for short, full in _SHORT:
        key = short.sub(full, key)
    return " ".join(re.sub(r"[^\w ]", " ", key).split())


def bare(known: str) -> str:
    """ "ủy ban nhân dân xã Tân Lộc" and "xã Tân Lộc" are one body (both as `named` gives them)."""
    return _COMMITTEE.sub("", known)


def but_for_a_place(known: str, wanted: str) -> bool:
    """ "Sở Nội vụ tỉnh Minh Giang" is "Sở Nội vụ", "Ủy ban nhân dân tỉnh" is that of the province."""
    longer, shorter = (known, wanted) if len(known) > len(wanted) else (wanted, known)
    if not longer.startswith(f"{shorter} ") or shorter == COMMITTEE:
        return False
    return bool(_PLACE.match(longer[len(shorter) + 1 :])) or shorter in (f"{COMMITTEE} tinh", f"{COMMITTEE} thanh pho")
