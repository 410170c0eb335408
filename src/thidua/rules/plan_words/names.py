"""Awards, bodies and kinds of discipline as plans name them, with the codes of rules. Patterns run on folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from thidua.law.criteria import Criterion, Test
from thidua.plans.facts.patterns import any_of

_PROVINCE = any_of(
    r"(?:chu tich )?(?:ubnd|uy ban nhan dan) (?:cap )?(?:tinh|thanh pho)|(?:cap )?tinh|(?:cap )?bo|bo truong(?: bo"
    r" [a-z ]+)?",
    "(?:ban, nganh, )?tinh|bo, ban, nganh(?:, doan the trung uong)?(?:, tinh)?",
)
_AWARDS: tuple[tuple[str, str], ...] = (
    ("chien si thi dua toan quoc", "CSTDTQ"),
    (rf"chien si thi dua(?: cua)? {_PROVINCE}", "CSTDBT"),
    ("chien si thi dua co so", "CSTDCS"),
    ("tap the lao dong xuat sac", "TTLDXS"),
    ("don vi quyet thang", "DVQT"),
    ("tap the lao dong tien tien", "TTLDTT"),
    ("don vi tien tien", "DVTT"),
    ("lao dong tien tien", "LDTT"),
    ("chien si tien tien", "CSTT"),
    ("co thi dua cua chinh phu", "COCP"),
    (rf"co thi dua(?: cua)? {_PROVINCE}", "COBT"),
    ("bang khen cua thu tuong(?: chinh phu)?", "BKTTG"),
    (rf"bang khen(?: cua)? {_PROVINCE}", "BANG_KHEN_TINH"),
    ("gia dinh van hoa", "GDVH"),
    ("(?:thon|to dan pho|thon, to dan pho|khu dan cu) van hoa", "THONVH"),
    ("huan chuong lao dong hang nhat", "HCLD1"),
    ("huan chuong lao dong hang nhi", "HCLD2"),
    ("huan chuong lao dong hang ba", "HCLD3"),
)
AWARD = any_of(*(words for words, _ in _AWARDS))

FORM = "khien trach|canh cao|ha bac luong|giang chuc|cach chuc|buoc thoi viec|sa thai"
_FORMS = {
    "khien trach": "reprimand", "canh cao": "warning", "ha bac luong": "demotion", "giang chuc": "demotion",
    "cach chuc": "removal", "buoc thoi viec": "dismissal", "sa thai": "dismissal",
}  # fmt: skip

_BODIES: tuple[tuple[str, str], ...] = (
    ("thue|nghia vu thue|(?:nop )?ngan sach(?: nha nuoc)?", "tax"),
    ("bao hiem xa hoi|bhxh", "social_insurance"),
    ("bao hiem y te|bhyt", "health_insurance"),
    ("(?:ve sinh )?an toan thuc pham", "food_safety"),
    ("(?:bao ve )?moi truong", "environment"),
    ("(?:an toan |su dung )?lao dong|an toan, ve sinh lao dong", "labour"),
    ("an ninh,? trat tu|an ninh, trat tu an toan xa hoi", "police"),
)
DUTIES = any_of(*(words for words, _ in _BODIES))


def award_code(words: str) -> str | None:
    """The code of the award that all of these words name."""
    return next((code for pattern, code in _AWARDS if re.fullmatch(pattern, words)), None)


def form_code(words: str | None) -> str:
    """The mildest where none is named."""
    return _FORMS[words] if words else "reprimand"


def duty_bodies(words: str) -> tuple[str, ...] | None:
    """Who confirms that the duties in a list are fulfilled; None where one of them is nobody's."""
    bodies = []
    for item in re.split(r", (?:va )?| va ", words):
        body = next((code for pattern, code in _BODIES if re.fullmatch(pattern, item)), None)
        if body is None:
            return None
        bodies.append(body)
    return tuple(dict.fromkeys(bodies))


def asks(predicate: str, **params: Any) -> Criterion:
    """One test; its words come later."""
    return Criterion(test=Test(predicate, params))


def all_asked(*parts: Criterion) -> Criterion:
    return parts[0] if len(parts) == 1 else Criterion(all=parts)


def any_asked(*parts: Criterion) -> Criterion:
    return parts[0] if len(parts) == 1 else Criterion(any=parts)


def slug(words: str) -> str:
    """Folded words as part of a key: "ty le ho so dung han" as "ty_le_ho_so_dung_han"."""
    return "_".join(re.findall(r"[a-z0-9]+", words))


def flattened(part: Criterion) -> Iterator[Criterion]:
    """Parts of an all-of, however deep."""
    if part.all:
        for inner in part.all:
            yield from flattened(inner)
    else:
        yield part
