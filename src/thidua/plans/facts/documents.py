"""Documents named by a plan: those in its preamble are its legal basis, the others are cited."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Document
from thidua.vietnamese.dates import find_dates

TYPE_WORDS = (
    r"luat|bo luat|phap lenh|nghi quyet|nghi dinh|thong tu(?: lien tich)?|quyet dinh|chi thi|ket luan|quy dinh|quy che|"
    r"ke hoach|chuong trinh(?: hanh dong| phoi hop)?|huong dan|cong van|cong dien|thong bao|to trinh|bao cao|de an|"
    r"thong tri|du an|dieu le|nghi quyet lien tich|van ban|giay moi|ke hoach lien tich|hiep dinh|thoa thuan"
)
# Symbols stand in capitals, so the number is found in the text itself; a dropped dash leaves a space ("05/CT UBND").
_NUMBER = re.compile(
    r"(?<![\d/.,\w])(?P<number>\d{1,5})(?:\s?/\s?(?:19|20)\d\d)?\s?[-–/ ]\s?"
    r"(?P<symbol>[A-ZĐ][A-Za-zĐđÂÊÔƯ0-9]{0,11}(?:\s?[-–/]\s?[A-ZĐ][A-Za-zĐđÂÊÔƯ0-9]{0,14}| (?:[A-ZĐÂÊÔƯ]{2,14}|TTg|HĐTĐKT)\b)*)"
)
_TYPE_BEFORE = re.compile(rf"\b(?P<type>{TYPE_WORDS})\b(?P<name>[^.;:()“\"]{{0,70}}?)\s*(?:\bso\s*[:.]?\s*)?$")
_DATED = re.compile(r"\s*[,(]?\s*(?:ban hanh\s+|ky\s+)?ngay\s")
_BY = re.compile(r"[\s,)]*(?:cua|do)\s+(?P<issuer>[^;.]{3,140})")
_ISSUER_END = re.compile(
    r"\s(?:va(?= (?:cac )?(?:nghi|quyet dinh|chi thi|ke hoach|luat|cong van|thong tu|ket luan|huong dan|cac van ban))|ve|phe duyet|ban hanh|quy dinh|huong dan|thuc hien|nham|tai|trong|de|theo|sua doi|trien khai|phat dong|chi dao|giao|"
    r"tiep tuc|doi voi|thi hanh|“|\"|-|ngay|khoa [ivx]+ ve)(?=\s)|[,(“\":]|\s*$"
)
_SELF = re.compile(r"(?P<issuer>[^,;.]{3,60}?) tai\s*$")
_OPENING = re.compile(r"\b(?:can cu|thuc hien|thi hanh|trien khai|thuc hien theo)\b(?: vao)?\s*(?:cac\s)?(?P<doc>(?:" + TYPE_WORDS + r")\b[^;.]{4,200})")
_TERM = re.compile(r"\blan thu [ivx]+,? nhiem ky[^,;.]*|\b(?:ve viec|ve)\b.*")


def read_documents(source: Source) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """Legal basis and cited documents, each number once; the first mention that gives a date counts."""
    basis: dict[str, Document] = {}
    cited: dict[str, Document] = {}
    preamble = {id(block) for block in source.preamble}
    for block in source.blocks:
        in_preamble = id(block) in preamble or "basis" in block.roles
        for document in _numbered(source, block):
            key = (document.number or "").casefold()
            if key == source.own_number:
                continue
            kept = basis if key in basis or (in_preamble and key not in cited) else cited
            if key not in kept or (kept[key].date is None and document.date is not None):
                kept[key] = document
        if in_preamble:
            for document in _unnumbered(source, block):
                basis.setdefault(document.quote.casefold(), document)
    return _in_order(basis), _in_order(cited)


def _in_order(documents: dict[str, Document]) -> tuple[Document, ...]:
    return tuple(sorted(documents.values(), key=lambda document: document.span))


def _numbered(source: Source, block: Block) -> Iterator[Document]:
    normal = block.normal
    folded = normal.folded
    for match in _NUMBER.finditer(normal.text):
        number = _canonical(match.group())
        if match.start() < block.body or not _is_document(match, number) or re.search(r"\bmau(?: so)?\s*$", folded[: match.start()]):
            continue
        before = _TYPE_BEFORE.search(folded[max(0, match.start() - 110) : match.start()])
        offset = max(0, match.start() - 110)
        start = offset + before.start("type") if before else match.start()
        if not before and folded[max(0, start - 4) : start].startswith("so "):
            start -= 3
        end, day = _date_after(source, folded, match.end())
        end, issuer = _issuer_after(normal.text, folded, end)
        if issuer is None:
            issuer = _issuer_before(normal.text, folded, start)
        quote, span = source.words(normal, start, end)
        type_ = normal.text[start : start + len(before["type"])] if before else None
        yield Document(quote=quote, span=span, number=number, date=day, issuer=issuer, type=type_)


def _is_document(match: re.Match[str], number: str) -> bool:
    """A symbol of two capitals or more behind a slash or dash; "02 UBND" and "10/Tuần" are no documents."""
    separated = re.search(r"\d\s?[-–/]\s?[A-ZĐ]|/\s?(?:19|20)\d\d", match.group()) is not None
    symbol = match["symbol"]
    if separated:
        return re.search(r"[A-ZĐ]{2}|QH\d|CTr|TTr|QyĐ", symbol) is not None
    return re.match(r"(?:CT|NQ|KL|QĐ|KH|HD|CV|TB|CTr|BC|TTr)[-–/ ]+[A-ZĐ]{2}", symbol) is not None and number.count("-") + number.count("/") >= 1


def _canonical(words: str) -> str:
    """The number with its symbol without spaces; a dash that was dropped is put back ("05/CT UBND")."""
    words = re.sub(r"\s*([-/–])\s*", r"\1", words).replace("–", "-")
    return re.sub(r"\s+", "-", words.strip())


def _date_after(source: Source, folded: str, end: int) -> tuple[int, datetime.date | None]:
    match = _DATED.match(folded, end)
    if not match:
        return end, None
    dates = find_dates(folded[end : end + 60])
    if not dates or dates[0].start > 20 or dates[0].grain != "day":
        return end, None
    return end + dates[0].end, dates[0].within(source.year)[0]


def _issuer_after(text: str, folded: str, end: int) -> tuple[int, str | None]:
    match = _BY.match(folded, end)
    if not match:
        return end, None
    stop = _ISSUER_END.search(folded, match.start("issuer"))
    last = min(stop.start() if stop else match.end(), match.end())
    name = text[match.start("issuer") : last].strip(" ,*)")
    return (last, name) if name else (end, None)


def _issuer_before(text: str, folded: str, start: int) -> str | None:
    """ "Sở Nội vụ tại Tờ trình số …" names the issuer first."""
    match = _SELF.search(folded[max(start - 80, 0) : start])
    if not match:
        return None
    offset = max(start - 80, 0)
    name = text[offset + match.start("issuer") : offset + match.end("issuer")]
    return re.sub(r"^.*?(?:theo đề nghị|đề nghị) của ", "", name.strip(), flags=re.IGNORECASE)


def _unnumbered(source: Source, block: Block) -> Iterator[Document]:
    """Laws and resolutions that a preamble names without a number."""
    normal = block.normal
    for match in _OPENING.finditer(normal.folded):
        start, end = match.span("doc")
        words = normal.folded[start:end]
        if re.search(r"\bso\s*:?\s*\d|\d\s?[/-]\s?[a-z]{2}", words):
            continue
        stop = re.search(r",? (?:uy ban nhan dan|ubnd|nay |so noi vu|bo noi vu|ban hanh ke hoach|xay dung ke hoach)", words)
        end = start + stop.start() if stop else end
        dates = [d for d in find_dates(normal.folded[start:end]) if d.grain == "day"]
        day = dates[0].within(source.year)[0] if dates else None
        quote, span = source.words(normal, start, end)
        yield Document(quote=quote, span=span, number=None, date=day, issuer=None, sureness=0.7)
