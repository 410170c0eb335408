"""The parts of a plan, told by the words of their headings.

A heading may announce several parts at once ("Đối tượng, tiêu chuẩn và hình thức khen thưởng"); the headings under it
then say which. Names of parts: purpose, theme, slogan, targets, content, time, subjects, criteria, awards, quotas,
dossier, submission, organisation, programme, projects, pledges, review, funding, basis.
"""

from __future__ import annotations

import re

_WORDS: tuple[tuple[str, str], ...] = (
    ("purpose", r"muc dich|yeu cau|quan diem|vi sao|su can thiet|y nghia|ly do|boi canh|tinh hinh chung|dac diem"),
    ("theme", r"chu de(?! nam hoc)"),
    ("slogan", r"khau hieu|phuong cham"),
    ("targets", r"muc tieu|chi tieu(?! khen)|dat duoc nhung gi|ket qua can dat|phan dau dat|muc phan dau|^cac con so|chi so (?:phai|can|thi dua)|cac chi so"),
    ("content", r"noi dung|giai phap|nhiem vu trong tam|bien phap|phong trao thi dua|hoat dong|nhiem vu(?! cua| cac| cu the cho)|viec can lam|trien khai cac"),
    ("time", r"thoi gian|thoi ky|bao lau|cac dot thi dua|giai doan|tien do|lo trinh|thoi diem"),
    ("subjects", r"doi tuong|thanh phan(?! ho so)|ai tham gia|^pham vi"),
    ("criteria", r"tieu chuan|tieu chi|dieu kien (?:xet|khen|de nghi|binh|duoc|chung)|nguyen tac (?:xet|khen|binh)|thang diem|cham diem|cach (?:tinh|cham) diem|^dieu kien$|can cu xet"),
    ("awards", r"(?<!doi tuong )(?<!tieu chuan )(?<!tieu chi )(?<!dieu kien )(?<!co cau )(?<!so luong )(?<!ho so )(?<!de nghi )(?<!trinh )(?<!xet )khen thuong|hinh thuc khen|danh hieu|muc thuong|ton vinh|giai thuong|tang thuong|thuong gi|^thuong\b"),
    ("quotas", r"so luong|co cau|chi tieu khen|ty le|phan bo|dinh muc|so tap the|so ca nhan|chi tieu xet|han muc|bao nhieu"),
    ("dossier", r"(?:thanh phan |ve )?ho so|(?:trinh tu,? )?thu tuc"),
    ("submission", r"(?:thoi gian|thoi han|han|noi) (?:gui|trinh|nhan|nop|de nghi|xet)|thoi han|moc thoi gian"),
    ("organisation", r"to chuc thuc hien|phan cong|trach nhiem|ai lam|^thuc hien$|trien khai thuc hien|to chuc trien khai|nhiem vu cua cac|nhiem vu cu the cho|che do (?:thong tin|bao cao)|kiem tra, giam sat|thong tin,? bao cao|tien trinh thuc hien"),
    ("programme", r"chuong trinh (?:dai hoi|hoi nghi|le|buoi|lam viec|nghi su|du kien|to chuc)|trinh tu (?:dai hoi|hoi nghi|buoi le|tien hanh|le|to chuc)|noi dung chuong trinh|kich ban|^chuong trinh$|chuong trinh, noi dung"),
    ("projects", r"cong trinh|du an|phan viec|khoi cong|khanh thanh|gan bien"),
    ("pledges", r"dang ky|giao uoc"),
    ("review", r"so ket|tong ket|so,? tong ket"),
    ("funding", r"kinh phi|co so vat chat|nguon luc"),
    ("basis", r"can cu phap ly|^can cu$|co so phap ly"),
)  # fmt: skip
_ROLES = tuple((role, re.compile(rf"(?<![a-z])(?:{words})")) for role, words in _WORDS)
# Under these parts an item's own first words name its subject, not a new part of the plan.
_LISTS = frozenset({"organisation", "criteria", "quotas", "dossier", "programme", "content", "targets"})


_OPENS = re.compile(r"(?:ve |cac |mot so |nhung |tong |quy dinh ve )*")
_UNDER_TARGETS = frozenset({"theme", "slogan", "time", "criteria", "awards", "subjects", "projects"})


def roles_of(heading: str, *, rank: float, inherited: frozenset[str], run_in: bool = False) -> frozenset[str]:
    """Parts that a folded heading announces; empty where it announces none.

    Deep headings inside a list-like part name units or themes and keep the part they stand in.
    """
    heading = heading.strip(" .:;-*")
    if run_in or rank >= 6:
        begin = _OPENS.match(heading).end()  # type: ignore[union-attr]
        found = frozenset(role for role, words in _ROLES if words.search(heading) and (rank < 6 or ((m := words.search(heading)) is not None and m.start() - begin < (3 if run_in and "targets" in inherited else 14))))
    else:
        found = frozenset(role for role, words in _ROLES if words.search(heading))
    if "targets" in inherited and inherited <= {"targets", "content"} and (run_in or rank >= 6):
        found &= _UNDER_TARGETS if run_in else _UNDER_TARGETS | {"content", "targets", "organisation", "pledges"}
        if "time" in found and not re.match(r"thoi gian (?:thi dua|thuc hien|phat dong|to chuc)|thoi gian$", heading):
            found -= {"time"}
    if "organisation" in inherited:
        return frozenset()
    if run_in and inherited & {"awards", "criteria", "quotas"}:
        found -= {"review", "time"}
    if found & {"projects", "pledges"} and "content" in found:
        found -= {"content"}
    if rank >= 6 and inherited & _LISTS and len(heading) > 40:
        return frozenset()
    return found
