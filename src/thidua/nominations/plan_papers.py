"""Papers that a plan asks for, by its words: which of the law's papers they are, and who confirms what.

Patterns run on folded text; the first that fits names the paper. Words that fit none are a paper of their own.
"""

from __future__ import annotations

import re
from typing import Literal

from thidua.law.criteria import Subject
from thidua.rules.plan_words.names import slug
from thidua.vietnamese.folding import search_key

Asked = Literal["always", "perhaps", "if_any"]

_PAPERS: tuple[tuple[str, str], ...] = (
    (r"(?:van ban|to trinh|cong van) de nghi|de nghi (?:khen thuong|xet tang)|to trinh|cong van", "to_trinh"),
    (r"bien ban (?:kiem phieu|bo phieu)|phieu bau|ket qua (?:kiem phieu|bo phieu)", "ket_qua_phieu"),
    (r"bien ban", "bien_ban"),
    (r"tom tat", "tom_tat"),
    (r"bao cao", "bao_cao"),
    (r"sang kien|de tai|cong trinh (?:khoa hoc|nghien cuu)", "sang_kien"),
    (r"y kien|hiep y", "y_kien"),
    (r"xac nhan.*(?:thue|bao hiem|bhxh|bhyt|cong an|moi truong|nghia vu)", "xac_nhan_nghia_vu"),
    (r"danh sach|bang (?:tong hop|ket xuat)", "danh_sach"),
    (r"tep tin|file|ban mem", "tep_dien_tu"),
    (r"minh chung|hinh anh|video", "minh_chung"),
    (r"xep loai|danh gia|hoan thanh (?:xuat sac|tot) nhiem vu", "xep_loai"),
)
_BODIES: tuple[tuple[str, str], ...] = (
    (r"\bthue\b", "tax"),
    (r"\bbao hiem xa hoi\b|\bbhxh\b|\bbao hiem\b(?! (?:y te|xa hoi))", "social_insurance"),
    (r"\bbao hiem y te\b|\bbhyt\b", "health_insurance"),
    (r"\bcong an\b|\ban ninh,? trat tu\b", "police"),
    (r"\bmoi truong\b", "environment"),
    (r"\b(?:phap luat|quan ly|nghia vu|ve|,) lao dong\b|, lao dong\b", "labour"),
    (r"\ban toan (?:ve sinh )?thuc pham\b", "food_safety"),
)
_LONGEST = 34
"""So that "plan." and the words fit where codes are kept (40 characters)."""


def paper_code(words: str) -> str:
    """The code of the paper that a plan's words name; "plan." with the words where it is none of the law's."""
    said = search_key(words)
    for pattern, code in _PAPERS:
        if re.search(rf"\b(?:{pattern})\b", said):
            return code
    return f"plan.{slug(said)[:_LONGEST].strip('_')}"


_IF_ANY = re.compile(r"\bneu co\b")
_OF_KIND = re.compile(r"\((?:doi voi|danh cho|cho) (?P<kind>ca nhan|tap the|ho|ho gia dinh)\)")
_OF_SOME = re.compile(r"\((?:doi voi|danh cho|cho|neu|khi|truong hop|ca nhan|tap the)\b[^)]*\)|^doi voi\b")
_KINDS: dict[str, Subject] = {
    "ca nhan": "individual", "tap the": "collective", "ho": "household", "ho gia dinh": "household",
}  # fmt: skip


def asked_of(words: str, subject: Subject) -> Asked | None:
    """Whether a plan asks such a nominee for a paper; None where it is for another kind.

    "(nếu có)": only where there is one. "(đối với người đã nghỉ hưu)": of some, and no record says of whom.
    """
    said = search_key(words)
    kind = _OF_KIND.search(said)
    if kind:
        return "always" if _KINDS[kind["kind"]] == subject else None
    if _IF_ANY.search(said):
        return "if_any"
    return "perhaps" if _OF_SOME.search(said) else "always"


def bodies_in(words: str) -> tuple[str, ...]:
    """Codes of the bodies whose confirmation is asked for, in the order of the list above."""
    said = search_key(words)
    return tuple(code for pattern, code in _BODIES if re.search(pattern, said))
