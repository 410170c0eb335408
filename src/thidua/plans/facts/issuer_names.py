"""The name of an issuing body, from the capitals of its letterhead to the form inside a sentence.

Nghị định 30/2020/NĐ-CP, Phụ lục II gives the capitals of names of bodies and places. Patterns read folded text
(no marks, lower case) unless they hold marks.
"""

from __future__ import annotations

import re

from thidua.vietnamese.folding import fold

# The two placings of the tone mark are both in use.
COMMITTEE = ("Ủy ban nhân dân", "Uỷ ban nhân dân")
_BODIES = (
    r"uy ban nhan dan|ubnd|uy ban|hoi dong|thu tuong|chinh phu|chu tich|bo|so|phong|ban|van phong|cuc|chi cuc|tong cuc",
    r"tinh uy|thanh uy|huyen uy|dang uy|thi uy|dang bo|chi bo|bch|mat tran",
    r"tong lien doan|lien doan|cong doan|doan|hoi|lien minh|hop tac xa|quy",
    r"truong|dai hoc|hoc vien|benh vien|trung tam|vien|tram",
    r"cong an|bo chi huy|bo tu lenh|toa an",
    r"tong cong ty|cong ty|tap doan|ngan hang|kho bac|bao hiem",
)
_BODY = re.compile(rf"(?:{'|'.join(_BODIES)})\b")
_LEVEL = re.compile(r"\b(tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\b")
# Their name goes on in the next line of the letterhead.
_INCOMPLETE = frozenset({
    "chu tich", "uy ban nhan dan", "ubnd", "hoi dong nhan dan", "lien doan lao dong", "uy ban", "dang uy",
    "ban chap hanh", "hoi dong",
})  # fmt: skip
_PHRASES = {
    phrase.casefold(): phrase
    for phrase in (
        "Ủy ban nhân dân", "Uỷ ban nhân dân", "Hội đồng nhân dân", "Thủ tướng Chính phủ", "Chính phủ", "Văn phòng",
        "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Đảng ủy", "Thị ủy", "Quận ủy", "Ban Chấp hành", "Ban Thường vụ",
        "Ban Tổ chức", "Ban Chỉ đạo", "Hội đồng Thi đua - Khen thưởng", "Ủy ban Mặt trận Tổ quốc Việt Nam",
        "Mặt trận Tổ quốc", "Liên đoàn Lao động", "Tổng Liên đoàn Lao động", "Hội Liên hiệp Phụ nữ", "Hội Nông dân",
        "Hội Cựu chiến binh", "Đoàn Thanh niên Cộng sản", "Bộ Chỉ huy Quân sự", "Bộ đội Biên phòng", "Công an",
        "Kho bạc Nhà nước", "Ngân hàng Nhà nước", "Bảo hiểm xã hội", "Tổng cục", "Chi cục", "Tổng công ty",
        "Trung tâm", "Hồ Chí Minh", "Việt Nam",
    )
}  # fmt: skip
_PHRASE = re.compile("|".join(sorted(map(re.escape, _PHRASES), key=len, reverse=True)), re.IGNORECASE)
_INITIALS = frozenset({
    "ubnd", "hđnd", "mttq", "bch", "btv", "tncs", "lđlđ", "tw", "cp", "bhxh", "gd", "đt", "gdđt", "thpt", "thcs",
    "tnhh", "mtv", "vnpt", "evn", "tkv",
})  # fmt: skip
_PLACES = frozenset({"tỉnh", "huyện", "quận", "xã", "phường", "phố", "trấn", "khu"})
_COMMON = _PLACES | {"thành", "thị", "đặc", "và", "của", "các", "cấp"}
# The function named behind these words begins with a capital ("Sở Nội vụ", "Bộ Giáo dục và Đào tạo").
_BEFORE_CAPITAL = frozenset({"sở", "bộ", "phòng", "ban", "hội", "đoàn", "cục", "vụ", "viện", "và", "trường", ",", "-"})
_BEFORE_NAME = re.compile(
    r"(?:công ty|tiểu học|mầm non|thpt|thcs|đại học|cao đẳng|học viện|hợp tác xã|nhà máy|xí nghiệp)$"
)


def begins_body(folded: str) -> bool:
    """Whether a folded line begins as names of bodies do."""
    return _BODY.match(folded) is not None


def issuer_name(lines: list[str]) -> str:
    """The issuing body's full name out of the one or more lines of its heading, the higher body first."""
    *above, body = (re.sub(r"\bUBND\b", "Ủy ban nhân dân", _in_sentence(body)) for body in _bodies(lines))
    return _under(body, " ".join(above)) if above else _office_first(body)


def _bodies(lines: list[str]) -> list[str]:
    """One item a body: a line goes on with the one before it where it does not begin as bodies do."""
    bodies: list[str] = []
    for line in lines:
        if bodies and (not begins_body(fold(line)) or _is_incomplete(bodies[-1])):
            bodies[-1] = f"{bodies[-1]} {line}"
        else:
            bodies.append(line)
    return bodies


def _is_incomplete(body: str) -> bool:
    return fold(body) in _INCOMPLETE or body.endswith((" và", "-"))


def _under(body: str, above: str) -> str:
    """A body that takes part of its name from the body above it: an office, a department, a union's committee."""
    plain, above_plain = fold(body), fold(above)
    if re.match(r"(?:bch|ban chap hanh)\b", plain) and re.match(r"(?:doan|hoi|cong doan|lien doan)\b", above_plain):
        return re.sub(r"^(?:BCH|bch|Ban chấp hành|Ban Chấp hành)\s*", f"Ban Chấp hành {above} ", body).strip()
    if plain == "van phong":
        return f"{body} {above}"
    level = _LEVEL.search(above_plain)
    is_department = re.match(r"(?:so|phong|ban|thanh tra)\b", plain) and not _LEVEL.search(plain)
    if level and is_department and re.match(r"(?:uy ban nhan dan|ubnd)\b", above_plain):
        return f"{body} {above[level.start() :]}"
    return body


def _office_first(body: str) -> str:
    """ "UBND tỉnh An Giang Văn phòng" in one line: the office is the issuer, the Committee the body above."""
    match = re.match(r"((?:Ủy|Uỷ) ban nhân dân .+?) (Văn phòng|Sở .+|Phòng .+|Ban .+)$", body, re.IGNORECASE)
    if not match:
        return body
    committee, office = match.groups()
    return f"Văn phòng {committee}" if fold(office) == "van phong" else office


def _in_sentence(body: str) -> str:
    """Words in capitals as they stand inside a sentence (Nghị định 30/2020/NĐ-CP, Phụ lục II).

    Capital letters for the first word, for the words that name the function after "Sở", "Bộ", "và", and for every
    syllable of a place's name.
    """
    if not body.isupper():
        return body
    words: list[str] = []
    named = False
    before = ""
    for word in body.lower().split():
        plain = word.strip("(),.")
        words.append(_cased(word, plain, capital=named or not words or before in _BEFORE_CAPITAL))
        named = named or plain in _PLACES or _BEFORE_NAME.search(f"{before} {plain}") is not None
        before = "," if word.endswith(",") else plain
    text = _PHRASE.sub(lambda match: _PHRASES[match.group().casefold()], " ".join(words))
    return text[0].upper() + text[1:]


def _cased(word: str, plain: str, *, capital: bool) -> str:
    if plain in _INITIALS:
        return word.upper()
    return word.capitalize() if capital and plain not in _COMMON else word
