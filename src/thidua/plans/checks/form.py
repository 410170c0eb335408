"""Form of the document by Nghị định 30/2020/NĐ-CP: heading, foot, signature."""

from __future__ import annotations

import re
from collections.abc import Iterable

from thidua.findings import Basis, Finding
from thidua.plans.checks.plan import Plan, not_met, unknown
from thidua.vietnamese.folding import search_key

_TYPES = {
    "kế hoạch": "KH", "quyết định": "QĐ", "công điện": "CĐ", "chỉ thị": "CT", "hướng dẫn": "HD", "thông báo": "TB",
    "tờ trình": "TTr", "chương trình": "CTr", "báo cáo": "BC", "nghị quyết": "NQ", "đề án": "ĐA", "phương án": "PA",
}  # fmt: skip
_BLANK = r"[\s.…_|]"
_HEAD = 1500
_ONE_PERSON = re.compile(r"(?:tong )?giam doc|chanh van phong|chu tich|(?:hieu |cuc |vu |vien )?truong\b")
_SIGNS_BY_ORDER = re.compile(r"\b(?:chanh|pho|truong|giam doc|uy vien)\b")


def check_number_given(plan: Plan) -> Iterable[Finding]:
    """A signed plan bears its number."""
    header = plan.reading.header
    if header.number is None and not header.draft:
        words = [w for m, w in plan.found(rf"\bso\s*:{_BLANK}*/\s*[a-z][a-z-]*") if m.start() < _HEAD]
        if not words and (header.type is None or not plan.is_whole):
            return
        yield unknown("form.number", plan.clerical("Phụ lục I, Phần I, mục II, khoản 3"), *(words[:1] or [plan.head]))


def check_number_padded(plan: Plan) -> Iterable[Finding]:
    """Numbers below ten are written with a zero: 05/KH-UBND."""
    number = plan.reading.header.number
    if number and number.value.isdigit() and len(number.value) == 1:
        basis = plan.clerical("Phụ lục I, Phần I, mục II, khoản 3 điểm c")
        yield not_met("form.number_padded", basis, number, number=f"0{number.value}")


def check_symbol_fits_type(plan: Plan) -> Iterable[Finding]:
    """The symbol begins with the abbreviation of the document's type, not of another one: Kế hoạch is KH."""
    header = plan.reading.header
    if header.symbol is None or header.type is None:
        return
    expected = _TYPES.get(header.type.value.lower())
    found = re.split(r"[-/]", header.symbol.value)[0].strip()
    other = next((name for name in _TYPES.values() if name.lower() == found.lower()), None)
    if expected and other and other != expected:
        yield not_met(
            "form.symbol", plan.clerical("Phụ lục III"), header.symbol, header.type,
            symbol=header.symbol.value, type=header.type.value, expected=expected,
        )  # fmt: skip


def check_number_spacing(plan: Plan) -> Iterable[Finding]:
    """ "Số: 11/KH-THPT": a colon behind "Số", no spaces inside number and symbol."""
    for match, words in plan.found(r"\bso(?P<colon>\s*:)?\s*\d{1,5}\s*/\s*[a-z]+\s*-\s*[a-z&]+"):
        digits = match.group().split("so", 1)[1].lstrip(" :")
        if match.start() > _HEAD or "thuc hien" in plan.flow.folded[: match.start()] or not plan.is_state:
            return
        if not match["colon"] or re.search(r"\s", digits):
            clean = re.sub(r"\s+", "", plan.flow.text[slice(*match.span())][2:].lstrip(" :"))
            yield not_met(
                "form.number_spacing", plan.clerical("Phụ lục I, Phần I, mục II, khoản 3 điểm c"), words,
                words=words.quote, expected=f"Số: {clean}",
            )  # fmt: skip
        return


def check_place_and_date_given(plan: Plan) -> Iterable[Finding]:
    """A signed plan bears its whole date."""
    header = plan.reading.header
    if plan.dated is None and not header.draft:
        words = header.date_partial
        if words is None and (header.type is None or not plan.is_whole):
            return
        yield unknown("form.date", plan.clerical("Phụ lục I, Phần I, mục II, khoản 4"), words or plan.head)


def check_place_given(plan: Plan) -> Iterable[Finding]:
    """The place stands before the date."""
    header = plan.reading.header
    if plan.dated and header.date and header.place is None:
        yield not_met("form.place", plan.clerical("Phụ lục I, Phần I, mục II, khoản 4 điểm a"), header.date)


def check_date_padded(plan: Plan) -> Iterable[Finding]:
    """In the heading, days below ten and the months 1 and 2 are written with a zero."""
    for match, words in plan.found(r"\bngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+\d{4}"):
        field = plan.reading.header.date
        if field is None or not (field.span[0] <= words.span[1] and words.span[0] <= field.span[1]):
            continue
        if len(match[1]) == 1 or match[2] in {"1", "2"}:
            expected = f"ngày {int(match[1]):02} tháng {int(match[2]):02}"
            yield not_met(
                "form.date_padded", plan.clerical("Phụ lục I, Phần I, mục II, khoản 4 điểm b"), words,
                words=words.quote, expected=expected,
            )  # fmt: skip
        return


def check_motto(plan: Plan) -> Iterable[Finding]:
    """Under the nation's name stands its motto; hyphens that optical reading lost are no fault."""
    for match, words in plan.found(r"cong hoa xa hoi\s+chu nghia viet nam"):
        heading = match.start() < _HEAD and plan.flow.text[slice(*match.span())].isupper()
        if heading and plan.is_whole and not plan.mentions(r"doc lap\W*tu do\W*hanh phuc"):
            yield not_met("form.motto", plan.clerical("Phụ lục I, Phần I, mục II, khoản 1"), words)
        return


def check_ending(plan: Plan) -> Iterable[Finding]:
    """The text ends with "./."."""
    if plan.is_state and plan.has_foot and not plan.mentions(r"\.\s?/"):
        yield not_met("form.ending", plan.clerical("Phụ lục III, mẫu 1.4"), plan.foot)


def check_recipients(plan: Plan) -> Iterable[Finding]:
    """ "Nơi nhận" tells who gets the plan."""
    if plan.has_foot and not plan.reading.recipients:
        yield not_met("form.recipients", plan.clerical("Phụ lục I, Phần I, mục II, khoản 9"), plan.foot)


def check_filed(plan: Plan) -> Iterable[Finding]:
    """The last recipient is the file: "Lưu: VT, …"."""
    recipients = plan.reading.recipients
    if plan.is_state and recipients and not plan.mentions(r"\bluu\s*:?\s*(?:vt|van thu|vp|ho so)"):
        yield not_met("form.filed", plan.clerical("Phụ lục I, Phần I, mục II, khoản 9 điểm c"), recipients[-1])


def check_signer_named(plan: Plan) -> Iterable[Finding]:
    """Under the signature stand position and name."""
    header = plan.reading.header
    if header.draft or not plan.has_foot or (header.signer and header.signer_position):
        return
    words = header.signer_position or header.signer
    yield unknown("form.signer", plan.clerical("Phụ lục I, Phần I, mục II, khoản 7"), words or plan.foot)


def check_deputy_signs_for(plan: Plan) -> Iterable[Finding]:
    """A deputy signs for the head: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"; the one line needs the other."""
    position = plan.reading.header.signer_position
    if position is None:
        return
    words = search_key(position.value)
    deputy = re.search(r"\b(?:pho\s|p\.\s?[a-z]|thu truong\b)", words) is not None
    collective = re.match(r"\s*t/?m\.?\s", words) and not re.search(r"uy ban nhan dan|ubnd", words)
    if plan.is_state and not collective and deputy != bool(re.search(r"\bkt\.?\s", words)):
        yield not_met("form.deputy", _signing(plan), position, position=position.value)


def check_signs_on_behalf(plan: Plan) -> Iterable[Finding]:
    """ "TM." stands before a collective; a single head signs in the own name."""
    position = plan.reading.header.signer_position
    match = re.match(r"\s*tm\.?\s+(.*)", search_key(position.value)) if position else None
    if position and match and _ONE_PERSON.match(match[1]):
        yield not_met("form.on_behalf", _signing(plan), position, position=position.value)


def check_signs_by_order(plan: Plan) -> Iterable[Finding]:
    """ "TL." and "TUQ." name the superior first, then the one who signs."""
    position = plan.reading.header.signer_position
    match = re.match(r"\s*(tl|tuq)\.?\s+(.*)", search_key(position.value)) if position else None
    if position and match and not _SIGNS_BY_ORDER.search(match[2], 4):
        yield not_met("form.by_order", _signing(plan), position, position=position.value)


def check_bases_punctuated(plan: Plan) -> Iterable[Finding]:
    """Each basis is a line of its own that ends with a semicolon, the last with a full stop."""
    for line, following in zip(plan.lines, plan.lines[1:], strict=False):
        if not line.folded.startswith("can cu ") or not re.match(r"can cu |theo de nghi |xet ", following.folded):
            continue
        if line.text[-1] != ";":
            yield not_met(
                "form.bases", plan.clerical("Phụ lục I, Phần I, mục II, khoản 6 điểm a"),
                plan.words(line, 0, len(line)), words=line.text[-40:],
            )  # fmt: skip


def _signing(plan: Plan) -> Basis:
    return plan.clerical("Phụ lục I, Phần I, mục II, khoản 7 điểm b")
