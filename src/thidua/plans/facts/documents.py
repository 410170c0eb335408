"""Documents named by a plan: those in its preamble are its legal basis, the others are cited.

Patterns read folded text (no marks, lower case) unless they hold capitals.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Document
from thidua.vietnamese.dates import find_dates
from thidua.vietnamese.normal import Normal

_TYPES = (
    r"luat|bo luat|phap lenh|nghi quyet|nghi dinh|thong tu(?: lien tich)?|quyet dinh|chi thi|ket luan|quy dinh|quy che|"
    r"ke hoach|chuong trinh(?: hanh dong| phoi hop)?|huong dan|cong van|cong dien|thong bao|to trinh|bao cao|de an|"
    r"thong tri|du an|dieu le|nghi quyet lien tich|van ban|giay moi|ke hoach lien tich|hiep dinh|thoa thuan"
)
_CAPITAL = "[A-ZĐ]"
# Symbols stand in capitals, so the number is found in the text itself; a dropped dash leaves a space ("05/CT UBND").
_NUMBER = re.compile(
    r"(?<![\d/.,\w])\d{1,5}(?:\s?/\s?(?:19|20)\d\d)?\s?[-–/ ]\s?"
    rf"(?P<symbol>{_CAPITAL}[A-Za-zĐđÂÊÔƯ0-9]{{0,11}}"
    rf"(?:\s?[-–/]\s?{_CAPITAL}[A-Za-zĐđÂÊÔƯ0-9]{{0,14}}| (?:[A-ZĐÂÊÔƯ]{{2,14}}|TTg|HĐTĐKT)\b)*)"
)
_SEPARATED = re.compile(rf"\d\s?[-–/]\s?{_CAPITAL}|/\s?(?:19|20)\d\d")
_SYMBOL = re.compile(rf"{_CAPITAL}{{2}}|QH\d|CTr|TTr|QyĐ")
_SYMBOL_OF_TYPE = re.compile(rf"(?:CT|NQ|KL|QĐ|KH|HD|CV|TB|CTr|BC|TTr)[-–/ ]+{_CAPITAL}{{2}}")
# "Mẫu số 01/…" numbers a form.
_FORM_BEFORE = re.compile(r"\bmau(?: so)?\s*$")
_TYPE_BEFORE = re.compile(rf"\b(?P<type>{_TYPES})\b[^.;:()“\"]{{0,70}}?\s*(?:\bso\s*[:.]?\s*)?$")
_NUMBER_BEFORE = re.compile(r"\bso\s*[:.]?\s*$")
_DATED = re.compile(r"\s*[,(]?\s*(?:ban hanh\s+|ky\s+)?ngay\s")
_BY = re.compile(r"[\s,)]*(?:cua|do)\s+(?P<issuer>[^;.]{3,140})")
_NEXT_DOCUMENT = r"(?:cac )?(?:nghi|quyet dinh|chi thi|ke hoach|luat|cong van|thong tu|ket luan|huong dan|cac van ban)"
_WORDS_AFTER_ISSUER = (
    rf"va(?= {_NEXT_DOCUMENT})",
    r"ve|phe duyet|ban hanh|quy dinh|huong dan|thuc hien|sua doi|trien khai|phat dong|chi dao|giao|tiep tuc|thi hanh",
    r"nham|tai|trong|de|theo|doi voi|ngay|khoa [ivx]+ ve",
    r"“|\"|-",
)
_ISSUER_END = re.compile(rf"\s(?:{'|'.join(_WORDS_AFTER_ISSUER)})(?=\s)|[,(“\":]|\s*$")
_ISSUER_BEFORE = re.compile(r"(?P<issuer>[^,;.]{3,60}?) tai\s*$")
_ON_PROPOSAL = re.compile(r"^.*?(?:theo đề nghị|đề nghị) của ", re.IGNORECASE)
_OPENING = re.compile(
    r"\b(?:can cu|thuc hien|thi hanh|trien khai|thuc hien theo)\b(?: vao)?\s*(?:cac\s)?"
    rf"(?P<document>(?:{_TYPES})\b[^;.]{{4,200}})"
)
_HAS_NUMBER = re.compile(r"\bso\s*:?\s*\d|\d\s?[/-]\s?[a-z]{2}")
_ACTING = re.compile(r",? (?:uy ban nhan dan|ubnd|nay |so noi vu|bo noi vu|ban hanh ke hoach|xay dung ke hoach)")
# How far before the number its type, and before the type its issuer, may begin.
_TYPE_REACH, _ISSUER_REACH = 110, 80


def read_documents(source: Source) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """Legal basis and cited documents, each number once; the first mention that gives a date counts."""
    basis: dict[str, Document] = {}
    cited: dict[str, Document] = {}
    preamble = {id(block) for block in source.preamble}
    for block in source.blocks:
        in_preamble = id(block) in preamble or "basis" in block.roles
        for number, document in _numbered(source, block):
            key = number.casefold()
            if key != source.own_number:
                _keep(document, key, basis if key in basis or (in_preamble and key not in cited) else cited)
        if in_preamble:
            for document in _unnumbered(source, block):
                basis.setdefault(document.quote.casefold(), document)
    return _in_order(basis), _in_order(cited)


def _keep(document: Document, key: str, documents: dict[str, Document]) -> None:
    kept = documents.get(key)
    if kept is None or (kept.date is None and document.date is not None):
        documents[key] = document


def _in_order(documents: dict[str, Document]) -> tuple[Document, ...]:
    return tuple(sorted(documents.values(), key=lambda document: document.span))


def _numbered(source: Source, block: Block) -> Iterator[tuple[str, Document]]:
    """Number and document of every number in a paragraph."""
    normal = block.normal
    for match in _NUMBER.finditer(normal.text):
        number = _canonical(match.group())
        is_form = _FORM_BEFORE.search(normal.folded[: match.start()])
        if match.start() >= block.body and not is_form and _is_document(match, number):
            yield number, _document(source, normal, match, number)


def _document(source: Source, normal: Normal, match: re.Match[str], number: str) -> Document:
    start, type_ = _type_before(normal, match.start())
    end, date = _date_after(source, normal.folded, match.end())
    end, issuer = _issuer_after(normal, end)
    quote, span = source.words(normal, start, end)
    return Document(
        quote=quote, span=span, number=number, date=date, issuer=issuer or _issuer_before(normal, start), type=type_
    )


def _is_document(match: re.Match[str], number: str) -> bool:
    """A symbol of two capitals or more behind a slash or dash; "02 UBND" and "10/Tuần" are no documents."""
    if _SEPARATED.search(match.group()):
        return _SYMBOL.search(match["symbol"]) is not None
    return _SYMBOL_OF_TYPE.match(match["symbol"]) is not None and ("-" in number or "/" in number)


def _canonical(words: str) -> str:
    """The number with its symbol without spaces; a dash that was dropped is put back ("05/CT UBND")."""
    words = re.sub(r"\s*([-/–])\s*", r"\1", words).replace("–", "-")
    return re.sub(r"\s+", "-", words.strip())


def _type_before(normal: Normal, start: int) -> tuple[int, str | None]:
    """Where a document's name begins and its type's words; `start` is where its number does."""
    begin = max(0, start - _TYPE_REACH)
    match = _TYPE_BEFORE.search(normal.folded[begin:start])
    if match:
        first, last = match.span("type")
        return begin + first, normal.text[begin + first : begin + last]
    number = _NUMBER_BEFORE.search(normal.folded, max(0, start - 6), start)
    if number:
        return number.start(), None
    return start, None


def _date_after(source: Source, folded: str, end: int) -> tuple[int, datetime.date | None]:
    """New end and date."""
    if not _DATED.match(folded, end):
        return end, None
    dates = find_dates(folded[end : end + 60])
    if not dates or dates[0].start > 20 or dates[0].grain != "day":
        return end, None
    return end + dates[0].end, dates[0].within(source.year)[0]


def _issuer_after(normal: Normal, end: int) -> tuple[int, str | None]:
    """New end and issuer."""
    match = _BY.match(normal.folded, end)
    if not match:
        return end, None
    stop = _ISSUER_END.search(normal.folded, match.start("issuer"))
    last = min(stop.start() if stop else match.end(), match.end())
    name = normal.text[match.start("issuer") : last].strip(" ,*)")
    return (last, name) if name else (end, None)


def _issuer_before(normal: Normal, start: int) -> str | None:
    """ "Sở Nội vụ tại Tờ trình số …" names the issuer first."""
    begin = max(0, start - _ISSUER_REACH)
    match = _ISSUER_BEFORE.search(normal.folded[begin:start])
    if not match:
        return None
    first, last = match.span("issuer")
    return _ON_PROPOSAL.sub("", normal.text[begin + first : begin + last].strip())


def _unnumbered(source: Source, block: Block) -> Iterator[Document]:
    """Laws and resolutions that a preamble names without a number."""
    folded = block.normal.folded
    for match in _OPENING.finditer(folded):
        start, end = match.span("document")
        if _HAS_NUMBER.search(folded[start:end]):
            continue
        acting = _ACTING.search(folded[start:end])
        if acting:
            end = start + acting.start()
        dates = [words for words in find_dates(folded[start:end]) if words.grain == "day"]
        date = dates[0].within(source.year)[0] if dates else None
        quote, span = source.words(block.normal, start, end)
        yield Document(quote=quote, span=span, date=date, sureness=0.7)
