"""The parts of a plan, told by the words of their headings.

A heading may announce several parts at once ("Đối tượng, tiêu chuẩn và hình thức khen thưởng"); the headings under it
then say which. Names of parts: the keys of `_WORDS`. Patterns read folded text (no marks, lower case).
"""

from __future__ import annotations

import re

from thidua.plans.labels import RANKS

# "Đối tượng khen thưởng", "hồ sơ khen thưởng" name another part than the forms of awards.
_NOT_AWARDS = "".join(
    rf"(?<!{words} )"
    for words in (
        "doi tuong",
        "tieu chuan",
        "tieu chi",
        "dieu kien",
        "co cau",
        "so luong",
        "ho so",
        "de nghi",
        "trinh",
        "xet",
    )
)
_WORDS: dict[str, tuple[str, ...]] = {
    "purpose": (
        "muc dich|yeu cau|quan diem|vi sao|su can thiet|y nghia|ly do",
        "boi canh|tinh hinh|thuc trang|dac diem",
    ),
    "theme": ("chu de(?! nam hoc)",),
    "slogan": ("khau hieu|phuong cham",),
    "targets": (
        "muc tieu|chi tieu(?! khen)|muc phan dau|phan dau dat",
        "dat duoc nhung gi|ket qua can dat",
        "^cac con so|chi so (?:phai|can|thi dua)|cac chi so",
    ),
    "content": (
        "noi dung|giai phap|bien phap|hoat dong|phong trao thi dua",
        "nhiem vu trong tam|nhiem vu(?! cua| cac| cu the cho)|viec can lam|trien khai cac",
    ),
    "time": ("thoi gian|thoi ky|thoi diem|bao lau|cac dot thi dua|giai doan|tien do|lo trinh",),
    "subjects": ("doi tuong|thanh phan(?! ho so)|ai tham gia|^pham vi",),
    "criteria": (
        "tieu chuan|tieu chi|can cu xet",
        "dieu kien (?:xet|khen|de nghi|binh|duoc|chung)|^dieu kien$|nguyen tac (?:xet|khen|binh)",
        "thang diem|cham diem|cach (?:tinh|cham) diem",
    ),
    "awards": (
        rf"{_NOT_AWARDS}khen thuong",
        "hinh thuc khen|danh hieu|ton vinh",
        r"muc thuong|giai thuong|tang thuong|thuong gi|^thuong\b",
    ),
    "quotas": (
        "so luong|co cau|ty le|phan bo|dinh muc|han muc|bao nhieu",
        "chi tieu khen|chi tieu xet|so tap the|so ca nhan",
    ),
    "dossier": ("(?:thanh phan |ve )?ho so|(?:trinh tu,? )?thu tuc",),
    "submission": ("(?:thoi gian|thoi han|han|noi) (?:gui|trinh|nhan|nop|de nghi|xet)|thoi han|moc thoi gian",),
    "organisation": (
        "to chuc thuc hien|to chuc trien khai|trien khai thuc hien|^thuc hien$|tien trinh thuc hien",
        "phan cong|trach nhiem|ai lam|nhiem vu cua cac|nhiem vu cu the cho",
        "che do (?:thong tin|bao cao)|thong tin,? bao cao|kiem tra, giam sat",
    ),
    "programme": (
        "chuong trinh (?:dai hoi|hoi nghi|le|buoi|lam viec|nghi su|du kien|to chuc)",
        "noi dung chuong trinh|^chuong trinh$|chuong trinh, noi dung|kich ban",
        "trinh tu (?:dai hoi|hoi nghi|buoi le|tien hanh|le|to chuc)",
    ),
    "projects": ("cong trinh|du an|phan viec|khoi cong|khanh thanh|gan bien",),
    "pledges": ("dang ky|giao uoc",),
    "review": ("so ket|tong ket|so,? tong ket",),
    "funding": ("kinh phi|co so vat chat|nguon luc",),
    "basis": ("can cu phap ly|^can cu$|co so phap ly",),
}
_PARTS = tuple((role, re.compile(rf"(?<![a-z])(?:{'|'.join(words)})")) for role, words in _WORDS.items())
_OPENING = re.compile(r"(?:ve |cac |mot so |nhung |tong |quy dinh ve )*")
_CAMPAIGN_TIME = re.compile(r"thoi gian (?:thi dua|thuc hien|phat dong|to chuc)|thoi gian$")
# Under these parts an item's own first words name its subject, not a new part of the plan.
_LISTS = frozenset({"organisation", "criteria", "quotas", "dossier", "programme", "content", "targets"})
_LONGEST_ITEM_HEADING = 40
# A list item names a part within its first letters: how many, and how many where it leads a target's text.
_NEAR, _NEAREST = 14, 3
_UNDER_RUN_IN_TARGETS = frozenset({"theme", "slogan", "time", "criteria", "awards", "subjects", "projects"})
_UNDER_TARGETS = _UNDER_RUN_IN_TARGETS | {"content", "targets", "organisation", "pledges"}


def roles_of(heading: str, *, rank: float, inherited: frozenset[str], run_in: bool = False) -> frozenset[str]:
    """Parts that a folded heading announces; empty where it announces none.

    `rank` is the heading's depth, `inherited` the parts it stands under, `run_in` tells that text follows it in its
    paragraph. Deep headings inside a list-like part name units or themes and keep the part they stand in.
    """
    heading = heading.strip(" .:;-*")
    is_item = rank >= RANKS["letter"]
    if "organisation" in inherited or (is_item and inherited & _LISTS and len(heading) > _LONGEST_ITEM_HEADING):
        return frozenset()
    nearest = run_in and "targets" in inherited
    found = _announced(heading, within=(_NEAREST if nearest else _NEAR) if is_item else None)
    if "targets" in inherited and inherited <= {"targets", "content"} and (run_in or is_item):
        found = _under_targets(heading, found, run_in=run_in)
    if run_in and inherited & {"awards", "criteria", "quotas"}:
        found -= {"review", "time"}
    if found & {"projects", "pledges"}:
        found -= {"content"}
    return found


def _announced(heading: str, *, within: int | None) -> frozenset[str]:
    """Parts whose words stand in the heading; `within`: begin within so many letters of it, openings not counted."""
    if within is None:
        return frozenset(role for role, words in _PARTS if words.search(heading))
    opening = _OPENING.match(heading)
    limit = within + (opening.end() if opening else 0)
    return frozenset(role for role, words in _PARTS if (match := words.search(heading)) and match.start() < limit)


def _under_targets(heading: str, found: frozenset[str], *, run_in: bool) -> frozenset[str]:
    """Targets speak of work, reviews and time; only few parts begin among them."""
    found &= _UNDER_RUN_IN_TARGETS if run_in else _UNDER_TARGETS
    return found if _CAMPAIGN_TIME.match(heading) else found - {"time"}
