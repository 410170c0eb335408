"""What a demand asks of the nominee's own standing: discipline, duties, titles, works. Patterns run on folded text."""

from __future__ import annotations

import re

from msgspec import structs

from thidua.law.criteria import Criterion
from thidua.plans.facts.patterns import any_of
from thidua.plans.facts.quantities import parse_count
from thidua.rules.plan_words.frame import Frame, amount
from thidua.rules.plan_words.names import (
    AWARD,
    DUTIES,
    FORM,
    all_asked,
    any_asked,
    asks,
    award_code,
    duty_bodies,
    form_code,
)
from thidua.rules.plan_words.ratings import LEVELS
from thidua.rules.plan_words.years import COUNT, RUN, SPAN, years_in
from thidua.vietnamese.numbers import NUMBER

# --- Discipline, duties -----------------------------------------------------------------------------------------------

_DISCIPLINE = rf"(?:xu ly )?ky luat(?: (?:tu )?(?:hinh thuc )?(?P<form>{FORM})(?: tro len)?)?"
_UNPUNISHED = re.compile(rf"khong (?:bi |vi pham |co )?{_DISCIPLINE}")
_MEMBERS = any_of(
    "can bo|cong chuc|vien chuc|nguoi lao dong|dang vien|chien si|doan vien|hoi vien|ca nhan|thanh vien|ai|nguoi nao",
    "cong nhan|nhan vien|giao vien",
)
_MEMBERS_UNPUNISHED = re.compile(rf"khong (?:co|de) (?:{_MEMBERS}(?:, | va | hoac | )?)+(?:bi |vi pham ){_DISCIPLINE}")
_UNDER_REVIEW = re.compile(
    r"(?:khong )?(?:dang )?(?:trong (?:thoi gian|qua trinh) |bi )?"
    r"(?:xem xet(?: thi hanh)? ky luat|thanh tra|kiem tra|dieu tra|co (?:don thu )?khieu nai,? (?:va )?to cao dang"
    r" (?:duoc )?(?:co quan co tham quyen )?xac minh(?:,? lam ro)?|don thu khieu nai,? to cao dang"
    r" (?:duoc )?(?:co quan co tham quyen )?xac minh(?:,? lam ro)?)"
)
_DUTIES = re.compile(
    any_of(
        r"(?:khong vi pham|chap hanh|thuc hien)(?: tot| nghiem| nghiem tuc| day du| dung)*(?: cac)?(?: che do| quy"
        r" dinh)*"
        r"(?: cua)?(?: phap luat)?(?: ve)?",
        "dong (?:day )?du|khong no(?: dong)?|nop (?:day )?du|hoan thanh",
    )
    + rf" (?P<duties>{DUTIES}(?:(?:, | va ){DUTIES})*)(?: cho (?:nguoi )?lao dong)?(?: theo quy dinh)?"
)


def is_under_review(words: str) -> bool:
    """Words for those about whom something is being looked into; only a clause that excludes them asks this."""
    return _UNDER_REVIEW.fullmatch(words) is not None


def read_discipline(words: str, frame: Frame) -> Criterion | None:
    """ "Không bị kỷ luật", "không có cán bộ, công chức bị kỷ luật từ cảnh cáo trở lên"."""
    own, members = _UNPUNISHED.fullmatch(words), _MEMBERS_UNPUNISHED.fullmatch(words)
    found = own or members
    if found:
        form = form_code(found["form"])
        kept = {"form": form} if form != "reprimand" else {}
        return asks("not_disciplined" if own else "members_not_disciplined", **kept)
    return None


def read_duties(words: str, frame: Frame) -> Criterion | None:
    """ "Không vi phạm pháp luật về môi trường, thuế, lao động": whose word it is that duties are fulfilled."""
    found = _DUTIES.fullmatch(words)
    bodies = duty_bodies(found["duties"]) if found else None
    return asks("confirmed", by=bodies) if bodies else None


# --- Titles, works, service -------------------------------------------------------------------------------------------

_STANDARD = re.compile(rf"(?:phai )?(?:dat|dap ung)(?: du| day du)? tieu chuan (?:danh hieu )?(?P<award>{AWARD})")
_HELD = re.compile(
    rf"(?:(?P<before>{SPAN}),? )?(?:phai |da |deu )*(?:la|dat|co|duoc cong nhan(?: la)?|duoc tang(?: thuong)?)?"
    rf"(?: danh hieu)? ?(?P<award>{AWARD})(?: (?:trong )?(?P<behind>{SPAN}))?"
)
_IN_A_ROW = re.compile(
    rf"(?:phai )?(?:co |dat )?(?P<n>{COUNT}) (?:lan|nam) {RUN}(?:,? (?:dat|duoc tang|duoc cong nhan|la|danh hieu))* "
    rf"(?P<award>{AWARD})"
)
_MEMBERS_HELD = re.compile(
    rf"(?:co )?(?:(?P<op>tren|it nhat|toi thieu|tu) )?(?P<share>{NUMBER})\s?%(?: tro len)? (?:so |tong so )?"
    rf"(?:{_MEMBERS})(?: trong tap the)?"
    rf" (?:duoc )?(?:dat|cong nhan)(?: danh hieu)? (?P<award>{AWARD})(?: tro len)?"
)
_MEMBERS_RATED = re.compile(
    rf"(?:co )?(?:(?P<op>tren|it nhat|toi thieu|tu) )?(?P<share>{NUMBER})\s?%(?: tro len)? (?:so |tong so )?"
    rf"(?:{_MEMBERS}(?:, | va )?)+(?: trong tap the)?"
    rf" (?:duoc )?(?:danh gia,? |xep loai )*hoan thanh (?P<level>xuat sac |tot )?nhiem vu(?: duoc giao)?(?: tro len)?"
)
_WORK = re.compile(
    rf"(?:co |la tac gia (?:hoac dong tac gia )?cua )?(?:(?:it nhat |toi thieu |tu )?(?P<n>{COUNT}) )?(?P<kind>sang"
    rf" kien|de tai khoa hoc|sang che)"
    r" (?:da )?(?:duoc )?(?P<by>[^,;]*?)(?: )?(?:cong nhan|nghiem thu)(?: (?:tu )?(?P<scope>cap [a-z]+)(?: tro len)?)?"
)
_RECOGNISER = re.compile(
    any_of(
        r"hoi dong(?: sang kien| khoa hoc)?(?: cac cap| cap)?(?: [a-z]+){0,4}|cap co tham quyen|co quan co tham quyen",
        r"(?:cap )?(?:co so|don vi|co quan|so|bo|tinh|thanh pho|quan|huyen|xa|phuong|nganh|cuc)",
        r"(?:ubnd|uy ban nhan dan) (?:tinh|huyen|xa|phuong)|",
    )
)
_WORKS = {"sang kien": "initiative", "de tai khoa hoc": "science", "sang che": "invention"}
_SERVED = re.compile(
    rf"(?:co )?(?:thoi gian |tham nien |qua trinh )*cong tac(?: lien tuc)? (?:tu |it nhat |toi thieu |du )?"
    rf"(?P<n>{COUNT}) nam(?: tro len)?"
)
_COMMENDED = re.compile(
    r"(?:chua|khong) duoc khen(?: thuong)?(?: (?:ve|cho|vi))? (?:cung )?(?:mot )?thanh tich(?: (?:nay|do|ay))?"
)


def read_titles(words: str, frame: Frame) -> Criterion | None:
    """ "Đạt tiêu chuẩn Lao động tiên tiến", "có 03 lần liên tục đạt Chiến sĩ thi đua cơ sở"."""
    standard, row = _STANDARD.fullmatch(words), _IN_A_ROW.fullmatch(words)
    if standard:
        code = award_code(standard["award"])
        return Criterion(meets=(code,)) if code else None
    if row and (code := award_code(row["award"])) and code != "GDVH":
        return asks("honoured_in_a_row", awards=(code,), times=parse_count(row["n"].split(" ")[0]))
    held = _HELD.fullmatch(words)
    code = award_code(held["award"]) if held else None
    if held is None or code is None or words == held["award"]:
        return None
    return _honoured(code, held["before"] or held["behind"])


_YEARLY = frozenset({"CSTDCS", "CSTDBT", "LDTT", "CSTT", "TTLDXS", "DVQT", "TTLDTT", "DVTT", "GDVH", "THONVH"})


def _honoured(code: str, span: str | None) -> Criterion | None:
    """A yearly title in each year named, or in the offer's; an award once ever."""
    if code not in _YEARLY:
        years = years_in(span or "")
        if span is None:
            return asks("honoured", awards=(code,))
        return asks("honoured", awards=(code,), **years.window()) if years.named and years.is_whole else None
    if span is None:
        return None if code == "GDVH" else asks("honoured", awards=(code,), years=1)
    years = years_in(span)
    if not years.is_whole:
        return None
    times = len(years.named) or years.last_years
    window = years.window() or {"years": 1}
    return asks("honoured", awards=(code,), **({"times": times} if times > 1 else {}), **window)


def read_members(words: str, frame: Frame) -> Criterion | None:
    """ "Có trên 70% cá nhân đạt Lao động tiên tiến", "100% cán bộ hoàn thành nhiệm vụ"."""
    held, done = _MEMBERS_HELD.fullmatch(words), _MEMBERS_RATED.fullmatch(words)
    found = held or done
    if found is None:
        return None
    share = amount(found["share"])
    code = award_code(held["award"]) if held else None
    level = LEVELS[(done["level"] or "").strip()] if done else ""
    if found["op"] == "tren":
        key = f"members.honoured.{code}.share" if held else f"members.rated.{level}.share"
        return asks("measured", key=key, op=">", value=share)
    return (
        asks("members_honoured", award=code, share=share) if held else asks("members_rated", level=level, share=share)
    )


def read_work(words: str, frame: Frame) -> Criterion | None:
    """ "Có ít nhất 01 sáng kiến được công nhận". None at all fails; one of an earlier year is a person's to place."""
    found = _WORK.fullmatch(words)
    if found is None or not _RECOGNISER.fullmatch(found["by"].strip()):
        return None
    said = f"{found['by']} {found['scope'] or ''}"
    scope = "nation" if "toan quoc" in said else "province" if re.search(r"\b(?:bo|tinh|thanh pho)\b", said) else "base"
    times = parse_count(found["n"].split(" ")[0]) if found["n"] else 1
    kept = {"kinds": (_WORKS[found["kind"]],), "scope": scope} | ({"times": times} if times > 1 else {})
    earlier = structs.replace(frame.judge(words), text="Của năm trước mà thuộc thời gian xét:")
    in_time = any_asked(asks("work_recognised", **kept, years=1), earlier)
    return all_asked(asks("work_recognised", **kept), in_time)


def read_service(words: str, frame: Frame) -> Criterion | None:
    served = _SERVED.fullmatch(words)
    if served:
        return asks("served", years=parse_count(served["n"].split(" ")[0]))
    return asks("not_already_awarded") if _COMMENDED.fullmatch(words) else None
