"""Results that a demand asks for: targets, a campaign's steps, a base year, a rank. Patterns run on folded text."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from msgspec import structs

from thidua.law.criteria import Criterion
from thidua.rules.plan_words.frame import Frame, Rank, amount, plain
from thidua.rules.plan_words.names import all_asked, asks, slug
from thidua.vietnamese.numbers import NUMBER

# --- Targets ----------------------------------------------------------------------------------------------------------

_DAY = r"(?P<day>\d{1,2})(?: thang |/)(?P<month>\d{1,2})(?: nam |/)(?P<year>20\d\d)"
_BY = rf"(?:(?:den (?:het )?|truoc )(?:ngay )?{_DAY},? |(?:trong )?nam (?P<of>20\d\d),? |trong nam,? )?(?:phai )?"
_OWN = (
    r"(?: (?:da|duoc|giao|dang ky|thi dua|ke hoach|de ra|cua|trong|dot|nam|nay|theo|chinh|phong trao|giao uoc|cam ket"
    r"|chu tri|va|don vi|hang nam|ca nhan|tap the|tai|muc|phan|khoan|\d+(?:\.\d+)*|[ivx]+(?:\.\d+)*))*"
)
_ALL = r"(?:toan bo|tat ca|day du)(?: cac)? |cac |"
_TARGETS = re.compile(
    rf"{_BY}(?:hoan thanh|dat)(?P<well> toan dien(?: va)?)? ?(?P<beyond>vuot(?: muc)? )?"
    rf"(?:(?P<op>tren|it nhat|toi thieu|tu) )?(?:(?P<share>{NUMBER})\s?%(?: tro len)? )?(?P<all>{_ALL})"
    rf"(?:muc tieu, )?chi tieu(?P<tasks>,? (?:va )?(?:cac )?nhiem vu)?(?P<own>{_OWN})"
    rf"(?: truoc ngay (?P<bday>\d{{1,2}})/(?P<bmonth>\d{{1,2}})/(?P<byear>20\d\d))?"
)
_SOME_TARGETS = re.compile(
    rf"(?:dat|hoan thanh)(?P<beyond> vuot(?: muc)?)? (?:it nhat |toi thieu |tu )?(?P<n>\d+)(?:/\d+)?(?: tro len)?"
    rf" chi tieu{_OWN}(?: tro len)?"
)
_OF_THEM_BEYOND = re.compile(
    rf"(?:co )?(?:it nhat |toi thieu |tu |tren )?(?P<n>{NUMBER})(?P<percent>\s?%)?(?: tro len)? (?:so )?chi tieu "
    r"(?:duoc )?(?:hoan thanh |thuc hien |dat )?vuot(?: muc)?(?: ke hoach| chi tieu| muc)?(?: (?:duoc )?giao)?"
)


def read_targets(words: str, frame: Frame) -> Criterion | None:
    """ "Hoàn thành vượt mức các chỉ tiêu đã đăng ký", "đến hết ngày 30/6/2025 hoàn thành trên 80% chỉ tiêu"."""
    found = _TARGETS.fullmatch(words)
    if found is None or not (found["share"] or found["all"] or found["beyond"]):
        return None
    test = _share_of_targets(found)
    if not (found["well"] or found["tasks"] or "muc tieu, chi tieu" in words):
        return test
    return all_asked(test, structs.replace(frame.judge(words), text="Phần ngoài chỉ tiêu:"))


def _share_of_targets(found: re.Match[str]) -> Criterion:
    share = amount(found["share"] or "100")
    day = _when(found, "day", "month", "year") or _when(found, "bday", "bmonth", "byear") or found["of"]
    if not day and found["op"] != "tren":
        return asks("targets_met", share=share, **({"beyond": True} if found["beyond"] else {}))
    what = "exceeded" if found["beyond"] else "met"
    key = f"targets.{day}.{what}.share" if day else f"targets.{what}.share"
    return asks("measured", key=key, op=">" if found["op"] == "tren" else ">=", value=share)


def _when(found: re.Match[str], *names: str) -> str | None:
    if not found[names[0]]:
        return None
    day, month, year = (int(found[name]) for name in names)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def read_some_targets(words: str, frame: Frame) -> Criterion | None:
    """ "Đạt ít nhất 6/7 chỉ tiêu tại mục 3", "trong đó có ít nhất 30% chỉ tiêu vượt kế hoạch"."""
    some = _SOME_TARGETS.fullmatch(words)
    if some:
        key = "targets.exceeded.count" if some["beyond"] else "targets.met.count"
        return asks("measured", key=key, op=">=", value=int(some["n"]))
    beyond = _OF_THEM_BEYOND.fullmatch(words)
    if beyond is None:
        return None
    if not beyond["percent"]:
        return asks("measured", key="targets.exceeded.count", op=">=", value=amount(beyond["n"]))
    if "tren" in words:
        return asks("measured", key="targets.exceeded.share", op=">", value=amount(beyond["n"]))
    return asks("targets_met", share=amount(beyond["n"]), beyond=True)


# --- The campaign's steps ---------------------------------------------------------------------------------------------

_MOVEMENT = (
    r"(?: (?:dot|cac|phong trao|thi dua|cao diem|dac biet|tai don vi|cua don vi|kip thoi|day du|theo quy dinh))*"
)
_LAUNCHED = re.compile(
    rf"(?:da |co )?(?:to chuc )?(?:le )?phat dong(?:,?(?: va)? (?P<end>tong ket|so ket(?:, tong ket)?))?{_MOVEMENT}"
)
_SUMMARISED = re.compile(rf"(?:da |co )?(?:to chuc )?(?:hoi nghi )?(?:so ket,? (?:va )?)?tong ket{_MOVEMENT}")
_PLANNED = re.compile(
    r"(?:da |co )?(?:xay dung,? |ban hanh )(?:va )?(?:ban hanh |trien khai |to chuc thuc hien )*(?:duoc )?ke hoach"
    r"(?: (?:trien khai|thuc hien|huong ung|kip thoi|phong trao|thi dua|dot|cao diem|cua|don vi|rieng|va))*"
)
_REGISTERED = re.compile(
    r"(?:co |da )?(?:dang ky|ky ket giao uoc|giao uoc)(?: tham gia)?(?: thi dua)?(?: tu dau nam| dau nam| dung han)?"
)
_REPORTED = re.compile(
    r"(?:(?:nop|gui|thuc hien|chap hanh|co)(?: tot| nghiem| nghiem tuc| day du)?(?: che do)?(?: thong tin,?| thong"
    r" ke,?)* )?"
    r"bao cao(?: (?:dinh ky|tien do|ket qua|so ket|tong ket|va|gui),?)*(?P<how>(?:,?(?: va)? (?:day du|du|dung han"
    r"|dung thoi gian|dung thoi han"
    r"|kip thoi|dung quy dinh))*)(?:(?: theo)? quy dinh)?"
)


def read_steps(words: str, frame: Frame) -> Criterion | None:
    """ "Phát động, tổng kết đợt thi đua", "ban hành kế hoạch triển khai", "nộp báo cáo đầy đủ, đúng hạn"."""
    launched = _LAUNCHED.fullmatch(words)
    if launched:
        ends = (asks("summarised_campaign"),) if launched["end"] and "tong ket" in launched["end"] else ()
        return all_asked(asks("launched_campaign"), *ends) if ends or not launched["end"] else None
    if _SUMMARISED.fullmatch(words):
        return asks("summarised_campaign")
    if _PLANNED.fullmatch(words):
        return asks("judged", question="campaign.planned")
    if _REGISTERED.fullmatch(words):
        return asks("judged", question="campaign.registered")
    reported = _REPORTED.fullmatch(words)
    if reported and reported["how"]:
        timely = re.search(r"\bdung (?:han|thoi)|kip thoi", reported["how"])
        return asks("reported", **({"on_time": True} if timely else {}))
    return None


# --- Compared with a base year, with others ---------------------------------------------------------------------------

_NOT_BELOW = re.compile(
    r"(?:cac |ket qua |chi tieu |dang ky |thuc hien |phai |muc )*khong (?:thap hon|duoi|kem)"
    r"(?: (?:ket qua|muc|so voi|thuc hien|dat duoc|cua|chi tieu))*"
    r" (?:nam (?P<year>20\d\d)|nam truoc(?: lien ke)?|cung ky(?: nam truoc)?)"
)
_GREW = re.compile(
    rf"(?P<what>[^;:]*?),? tang(?: truong)?(?: (?P<op>it nhat|toi thieu|tu|tren) (?P<more>{NUMBER})\s?%(?: tro len)?)?"
    r" so (?:voi )?(?:nam (?P<year>20\d\d)|nam truoc|cung ky(?: nam truoc)?)"
)
_CUT_DOWN = re.compile(
    rf"giam (?:it nhat |toi thieu |tu )(?P<less>{NUMBER})\s?% (?P<what>[^;:,]*?) so (?:voi )?nam (?P<year>20\d\d)"
)
_BLOC = r"(?:cac )?(?:cum, khoi|cum|khoi)(?: thi dua)?(?: so \d+)?"
_RUN_BY = r"(?: (?:do|cua|thuoc|cap) (?P<by>[a-z .-]+?)(?: to chuc| phat dong)?)?"
_FIRST = re.compile(
    rf"(?:la )?(?:tap the |don vi )?(?:dan dau|xep thu nhat|dung dau|nhat)(?: trong)? (?P<among>{_BLOC}|phong trao"
    rf"(?: thi dua)?){_RUN_BY}"
)
_MOST_POINTS = re.compile(rf"(?:co )?(?:tong )?(?:so )?diem cao nhat(?: trong)? (?P<among>{_BLOC}){_RUN_BY}")
_RANKS: tuple[tuple[str, Rank], ...] = (
    ("hoi dong thi dua - khen thuong trung uong|trung uong|thu tuong(?: chinh phu)?|chinh phu|toan quoc", "central"),
    ("(?:ubnd |uy ban nhan dan )?tinh|bo(?: [a-z]+){0,4}|thanh pho truc thuoc trung uong", "province"),
    ("(?:ubnd |uy ban nhan dan )?(?:huyen|quan|thi xa)", "district"),
    ("(?:ubnd |uy ban nhan dan )?(?:xa|phuong|truong|don vi|co quan|so|nganh)", "unit"),
)


def read_baseline(words: str, frame: Frame) -> Criterion | None:
    """ "Kết quả không thấp hơn năm 2024"; without a number, the base is the plan's own."""
    found = _NOT_BELOW.fullmatch(words)
    if found is None:
        return None
    return asks("not_below_baseline", **({"year": int(found["year"])} if found["year"] else {}))


def read_growth(words: str, frame: Frame) -> Criterion | None:
    """ "Doanh thu, nộp ngân sách năm 2026 tăng so với năm 2025": each value as a percentage of that year's."""
    grew, less = _GREW.fullmatch(words), _CUT_DOWN.fullmatch(words)
    if less:
        key = f"{slug(less['what'])}.percent_of_{less['year']}"
        return asks("measured", key=key, op="<=", value=plain(100 - Decimal(str(amount(less["less"])))))
    if grew is None or not grew["what"] or "khong" in grew["what"].split():
        return None
    base = f"percent_of_{grew['year'] or 'last_year'}"
    more = Decimal(str(amount(grew["more"]))) if grew["more"] else Decimal(0)
    op = ">" if not grew["more"] or grew["op"] == "tren" else ">="
    named = re.split(r", | va ", re.sub(r" nam 20\d\d$", "", grew["what"]))
    return all_asked(*(asks("measured", key=f"{slug(one)}.{base}", op=op, value=plain(100 + more)) for one in named))


def read_rank(words: str, frame: Frame) -> Criterion | None:
    """ "Dẫn đầu cụm, khối thi đua do tỉnh tổ chức"; who runs it is the plan's own rank where the words do not say."""
    found = _FIRST.fullmatch(words) or _MOST_POINTS.fullmatch(words)
    if found is None:
        return None
    by = frame.rank
    if found["by"]:
        by = next((rank for pattern, rank in _RANKS if re.fullmatch(pattern, found["by"])), None)
    if by is None:
        return None
    among = "movement" if "phong trao" in found["among"] else "bloc"
    return asks("ranked_first", among=among, run_by=by)
