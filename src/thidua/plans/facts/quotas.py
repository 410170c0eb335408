"""Quotas: how many of which kind each unit may propose; units that share a clause are split and share its words.

Patterns run on folded text, unless a comment says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.patterns import AWARDS, any_of, words_of
from thidua.plans.facts.source import Source
from thidua.plans.facts.tables import Table, find_tables
from thidua.plans.outline import Block
from thidua.plans.reading import Quota
from thidua.vietnamese.folding import fold
from thidua.vietnamese.letters import LOWER, UPPER

# Counts. A longer kind stands before the kinds it opens with.
_KIND = any_of(
    "to chuc (?:co so )?dang|dang vien|khoa|em|doi|nhom|to chuyen mon|xi nghiep|to san xuat",
    "tap the|ca nhan|ho gia dinh|don vi|doanh nghiep|to dan pho|to|thanh vien",
    "lop|chi doan|doan vien|hoi vien|hoc sinh|giao vien|can bo|giai|guong",
    "cong doan co so|doanh nhan|nong dan|chi hoi|chi bo|phong|thon|khu dan cu|xa|phuong",
    "dai bieu|cong trinh|truong hop|co quan|nha giao|nguoi|co|bang khen|giay khen|ho",
)
_OF_KIND = r"(?: (?:lop|chi doan|to cong nhan|nguoi lao dong|cong doan co so|dan pho)\b)?"
_COUNT = re.compile(
    r"(?P<n>\d{1,4})(?: \([a-z ]+\))?\s*"
    rf"(?P<kind>{_KIND}\b(?:(?: hoac| va/hoac|/) {_KIND}\b)?{_OF_KIND})"
)
_ORDINAL_OR_TOTAL = re.compile(r"(?:thu|lan|trong|nam|trong so|tong so|mau so|so)\s*$")
_MEMBERS = re.compile(r"\d+ (?:thanh vien|nguoi thuoc|ca nhan thuoc) (?P<of>[^,;.:()]{6,70})")
_SHARE = re.compile(
    r"\b(?:khong qua|toi da|khong vuot qua|khong duoc qua)\s+(?P<n>\d{1,2})\s?%\s*"
    r"(?P<of>(?:tren |tong |so |tong so |cua )*[^,;.()]{0,60})"
)
_SHARED_OUT = re.compile(r"tap the|ca nhan|cong chuc|vien chuc|nguoi|don vi|lao dong|danh hieu")

# What makes a count a quota, and what makes it something else.
_LIMIT = re.compile(
    words_of(
        "khong qua|toi da|khong vuot qua|nhieu nhat|so luong|moi|cho",
        "xet chon|lua chon|de nghi|duoc chon|chon|duoc de nghi|gioi thieu|dan dau",
        "tang|khen thuong|bang khen|giay khen",
    )
)
_MORE_THAN = re.compile(r"\b(?:tren|hon|den)\s*$")
_AT_LEAST = re.compile(r"\b(?:it nhat|toi thieu|tu)\s*$")
_MERIT = re.compile(r"\b(?:dat|co|ho tro|phai|hoan thanh|giup do|huong dan)\s+(?:duoc |tren |tu )?$")
_CLAUSE_ENDS = re.compile(r"\.$|\b(?:tang (?:bang|giay|co|danh|thuong)|khen|thuong|phai|duoc)\b")

# Who has the quota.
_LABEL = re.compile(
    r"\s*(?:[^:;]{3,80}\b(?:tang|khen)\b[^:;]{0,40}:\s*(?=\S[^:;]{3,80}moi)"
    r"|(?:ve )?(?:so luong|co cau|chi tieu|ty le|han muc|muc khen)\b[^:;.]{0,60}:)\s*"
)
_NOT_EACH_UNIT = "nam|thang|dot|quy|tuan|lan|ngay|phong trao|chang|ky|hoc ky"
_AFTER_EACH = any_of(
    "duoc|de nghi|xet|lua chon|chon|khong qua|toi da|gioi thieu|binh chon",
    r"cu|co|lap|suy ton|khen|\d",
)
_EACH = re.compile(rf"(?P<unit>\b(?:moi|tung) (?!{_NOT_EACH_UNIT})[a-z][^;.:()\d]{{1,90}}?)(?=,?\s+{_AFTER_EACH})")
_WHOLE_BODY = re.compile(
    r"\btoan "
    + any_of(
        "truong|tinh|nganh|huyen|xa|phuong|khoi|cum|co quan|don vi|cong ty",
        "thanh pho|benh vien|quan|thi xa|bo|vien|tap doan|tong cong ty",
    )
    + r"\b"
)
_OFFER = re.compile(
    r"(?:(?:de nghi|trinh)?\s*(?P<by>[a-z][^:;,.]{3,70}?)\s+)?\b(?:xet )?tang\s+(?:thuong )?"
    r"(?P<award>(?:bang khen|giay khen|co thi dua|ky niem chuong)(?: cua [^:;,.]{3,50}?)?)"
    r"(?=\s*(?::|\.|cho|doi voi|khong|toi da|$))"
)
_VERB = re.compile(
    r"\b(?:duoc )?"
    + any_of(
        "xet chon|lua chon|chon|de nghi(?: khen thuong)?|binh chon|gioi thieu|xet|trinh|de xuat",
        "khong qua|toi da|khong vuot qua|tang (?:bang|giay|co|thuong|cho)",
    )
    + r"\b"
)
_NAMES_NO_UNIT = re.compile(
    any_of(
        "khen thuong|(?:khen thuong |khen )?tap the|ca nhan|tap the va ca nhan|so luong.*|trong do|cho|tang",
        "giay khen.*|bang khen.*|co thi dua.*|danh hieu .*",
        "(?:cuoi|hang|moi) (?:nam|dot|quy|thang).*",
    )
)
_AWARD = re.compile(any_of(AWARDS, "danh hieu") + r"\b")
_PRIZE_OR_PEOPLE = re.compile(r"\b(?:giay khen|bang khen|khen thuong|phan thuong|tap the|ca nhan|hoc sinh)\b")
_NEW_UNIT = re.compile(
    r"[,;]\s*(?:rieng |cac )*"
    + any_of(
        "khoi|cum|dang bo|chi bo|huyen|thi xa|thanh pho|phuong|xa",
        "so|phong|ban|trung tam|truong|doan|hoi|cong an|van phong|don vi",
    )
    + r"\b"
)
_UNIT_HEADING = re.compile(r"(?:doi voi|khoi|cum|cac|moi|don vi)\b")
_KIND_COLUMN = re.compile(r"tap the|ca nhan|ho gia dinh")
_MERIT_COLUMN = re.compile(r"thanh tich|tieu chuan")
_CELL_NUMBER = re.compile(r"\s*0*(?P<n>\d{1,4})\s*")
_LEVELS = (
    ("truong", "Toàn trường"), ("benh vien", "Toàn bệnh viện"), ("cong ty", "Toàn công ty"),
    ("dac khu", "Toàn đặc khu"), ("phuong", "Toàn phường"), ("xa", "Toàn xã"),
    ("huyen", "Toàn huyện"), ("quan", "Toàn quận"), ("thanh pho", "Toàn thành phố"),
    ("bo", "Toàn ngành"), ("so", "Toàn ngành"), ("tinh", "Toàn tỉnh"),
)  # fmt: skip

# On the plan's own words, with their marks: capitals tell where a name starts.
_SYLLABLE = rf"[{UPPER}]['’{LOWER}]+"
_PROPER = rf"{_SYLLABLE}(?: {_SYLLABLE})*"
_AND = re.compile(r", | và ")
_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<list>số \d+(?:(?:, | và )số \d+)+)")
_NUMBER = re.compile(r"số \d+")
_PLACES = re.compile(
    r"(?P<stem>(?:[^,;]*? )?)(?:các )?(?P<kind>huyện|xã|phường|quận|thị xã|thành phố|sở) "
    rf"(?P<names>{_PROPER}(?:(?:, | và ){_PROPER})+)"
)
_BETWEEN_UNITS = re.compile(
    r"[;,]\s+(?="
    + any_of(
        "huyện|thị xã|thành phố|quận|phường|xã|Sở|Phòng|Ban|Văn phòng",
        "Đảng bộ|Chi bộ|Chi, Đảng|Trung tâm|Trường",
    )
    + rf"\s+[{UPPER}])|;\s+"
)
_COMMA_BEFORE_NAME = re.compile(rf",\s+(?=[{UPPER}])")
_SHARED_WORD = re.compile(
    r"(?P<word>Đảng bộ|Chi bộ|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Công an|Hội|LĐLĐ|Liên đoàn Lao động)\s+"
    r"(?=(?:huyện|thị xã|thành phố|quận|xã|phường|tỉnh)\b)"
)
_OPENING_OF_NAME = re.compile(r"^[Đđ]ối với\s+|^(?:Riêng|Mỗi)\s+(?=[A-ZĐ])")
_OPENING_OF_GRANTER = re.compile(r"^(?:Đề nghị|đề nghị|Trình|trình)\s+")
_WORD = re.compile(r"[^\W\d_]{2}")
_TOTAL = re.compile(r"tổng(?: cộng| số)?\W*$|cộng\W*$")
_EACH_NOTE = re.compile(r"\s*\(mỗi [^)]*\)")

_HERE = frozenset({"awards", "criteria", "subjects"})
_NOT_HERE = frozenset({
    "organisation", "dossier", "submission", "purpose", "targets", "content", "programme", "review", "funding", "time",
    "projects", "pledges",
})  # fmt: skip


class _Words(Struct, frozen=True):
    """A piece of the plan, and the same piece folded, letter for letter."""

    text: str
    folded: str


class _Share(Struct, frozen=True):
    """The counts of one unit (or of several that share them) at [start, end) of a clause."""

    start: int
    end: int
    counts: list[re.Match[str]]


def read_quotas(source: Source) -> tuple[Quota, ...]:
    """One item a unit and kind, in reading order."""
    listed = [quota for block in source.blocks if _may_state(block) for quota in _of_block(source, block)]
    tabled = [quota for table in find_tables(source) for quota in _of_table(source, table)]
    return (*listed, *tabled)


def _may_state(block: Block) -> bool:
    if block.is_row:
        return False
    return "quotas" in block.roles or bool(block.roles & _HERE and not block.roles & _NOT_HERE)


def _of_block(source: Source, block: Block) -> Iterator[Quota]:
    for start, end in _clauses(block):
        words = block.normal.folded[start:end]
        if "quotas" in block.roles:
            yield from _in_percent(source, block, start, end)
        counts = [match for match in _COUNT.finditer(words) if not _ORDINAL_OR_TOTAL.search(words[: match.start()])]
        if counts and _limits(words[: counts[0].start()], in_part="quotas" in block.roles):
            for share in _shares(words, counts):
                yield from _of_share(source, block, share, start)


def _clauses(block: Block) -> Iterator[tuple[int, int]]:
    """Clauses with the names before them that have no count ("Đảng bộ A; Chi bộ B xét chọn 01 cá nhân")."""
    begin: int | None = None
    for start, end in sentences(block):
        begin = start if begin is None else begin
        words = block.normal.folded[start:end]
        if _COUNT.search(words) or _CLAUSE_ENDS.search(words):
            yield begin, end
            begin = None
    if begin is not None:
        yield begin, len(block.normal)


def _limits(before: str, *, in_part: bool) -> bool:
    """Outside the part on numbers, a count is a quota only where a limiting word stands close before it."""
    if _AT_LEAST.search(before):
        return False
    if in_part:
        return True
    return bool(_LIMIT.search(before[-70:])) and not _MORE_THAN.search(before) and not _MERIT.search(before)


def _shares(words: str, counts: list[re.Match[str]]) -> Iterator[_Share]:
    """Counts of the same unit stay together; a new unit's name between two counts starts a new share."""
    start, group = 0, counts[:1]
    for count in counts[1:]:
        last = group[-1].end()
        between = words[last : count.start()]
        if _EACH.search(between + "0") or _NEW_UNIT.search(between):
            cut = last + max(between.find(","), 0)
            yield _Share(start, cut, group)
            start, group = cut, []
        group.append(count)
    yield _Share(start, len(words), group)


def _of_share(source: Source, block: Block, share: _Share, start: int) -> Iterator[Quota]:
    """Quotas of the clause that starts at `start`."""
    text, folded = block.normal.text[start:], block.normal.folded[start:]
    at = share.counts[0].start()
    label = _LABEL.match(folded, share.start, at)
    begin = label.end() if label else share.start
    before = _Words(text[begin:at], folded[begin:at])
    behind = _Words(text[at:], share.counts[0].string[at:])
    quote, span = source.words(block.normal, start + share.start, start + share.end)
    for unit in _units(source, block, before, behind):
        holder = unit
        for count in share.counts:
            members = _MEMBERS.match(count.string, count.start())
            if members:
                holder = text[slice(*members.span("of"))]
            kind = text[slice(*count.span("kind"))]
            yield Quota(quote=quote, span=span, unit=holder, max=int(count["n"]), of=kind, sureness=0.8)


def _in_percent(source: Source, block: Block, start: int, end: int) -> Iterator[Quota]:
    """ "không quá 15% tổng số tập thể": a quota as a share, in percent."""
    clause = block.normal.text[start:end]
    match = _SHARE.search(block.normal.folded[start:end])
    if match and _SHARED_OUT.search(match["of"]):
        quote, span = source.words(block.normal, start, end)
        unit = _clean(clause[: match.start()]) or _level(source)
        of = clause[slice(*match.span("of"))].strip()
        yield Quota(quote=quote, span=span, unit=unit, max=int(match["n"]), of=f"% {of}", sureness=0.7)


def _units(source: Source, block: Block, before: _Words, behind: _Words) -> list[str]:
    """Whose quota it is, from the words before and behind the count, else from the heading above."""
    return (
        _each_unit(before, behind)
        or _whole_body(before)
        or _body_for_award(source, before)
        or _named_before_verb(source, before)
        or _whole_body(behind)
        or _body_for_award(source, behind, proposed=True)
        or [_heading(source, block)]
    )


def _each_unit(before: _Words, behind: _Words) -> list[str]:
    """ "mỗi …", or the units named before it."""
    found = list(_EACH.finditer(before.folded + behind.folded[:2]))
    if not found:
        return []
    each = found[-1]
    return _named_before_each(before.text[: each.start()]) or [_clean(before.text[slice(*each.span("unit"))])]


def _named_before_each(words: str) -> list[str]:
    """ "Phòng A; Phòng B: mỗi phòng …" and "Khối Nội, Khối Ngoại mỗi khối …" name the units first."""
    words = words.strip(" ,;:").rsplit(": ", 1)[-1]
    folded = fold(words)
    if len(words) < 4 or _NAMES_NO_UNIT.fullmatch(folded):
        return []
    return [] if _PRIZE_OR_PEOPLE.search(folded) or _VERB.search(folded) else _split_units(words)


def _whole_body(words: _Words) -> list[str]:
    """ "toàn trường"."""
    whole = _WHOLE_BODY.search(words.folded)
    return [words.text[slice(*whole.span())].capitalize()] if whole else []


def _body_for_award(source: Source, words: _Words, *, proposed: bool = False) -> list[str]:
    """Where a clause names only an award, the quota is the whole body's for that award.

    `proposed`: the granter is named behind the last "đề nghị".
    """
    offer = _OFFER.search(words.folded)
    if not offer:
        return []
    by = words.text[slice(*offer.span("by"))] if offer["by"] else ""
    by = by.rsplit("đề nghị ", 1)[-1] if proposed else by
    by = _OPENING_OF_GRANTER.sub("", by.strip())
    award = words.text[slice(*offer.span("award"))].strip()
    return [f"{_level(source)} ({award}{f' của {by}' if by else ''})"]


def _named_before_verb(source: Source, before: _Words) -> list[str]:
    """ "Đảng bộ A, Chi bộ B được xét chọn …"; an award in that place counts for the whole body."""
    verb = _VERB.search(before.folded)
    name = before.folded[: verb.start() if verb else None].split(":", 1)[0]
    text = before.text[: len(name)]
    name = name.strip(" ,;:-")
    if len(name) > 3 and not _NAMES_NO_UNIT.fullmatch(name):
        return _split_units(text)
    return [f"{_level(source)} ({_clean(text)})"] if _AWARD.match(name) else []


def _heading(source: Source, block: Block) -> str:
    """The nearest heading that names units, else the body that issues the plan."""
    for candidate in (block, *block.ancestors()):
        if candidate is block and not block.head:
            continue
        words = candidate.normal.text[candidate.body : candidate.head or None]
        if candidate.rank >= 3 and _UNIT_HEADING.match(fold(words)):
            return _clean(words)[:120]
    return _level(source)


def _level(source: Source) -> str:
    issuer = fold(source.issuer or "")
    return next((name for word, name in _LEVELS if re.search(rf"\b{word}\b", issuer)), "Toàn đơn vị")


def _split_units(name: str) -> list[str]:
    """One name a unit; a word that stands once for all ("Đảng bộ thị xã A, huyện B") is repeated."""
    name = _clean(name)
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        return [f"{numbered['stem']}{number}" for number in _NUMBER.findall(numbered["list"])]
    places = _PLACES.fullmatch(name)
    if places:
        return [f"{places['stem']}{places['kind'].lower()} {place}" for place in _AND.split(places["names"])]
    units = [unit for part in _BETWEEN_UNITS.split(name) if (unit := _clean(part))]
    if len(units) == 1:
        return _alike(name) or units
    shared = _SHARED_WORD.match(name)
    return _with_shared_word(units, shared["word"]) if shared and units else units or [name]


def _alike(name: str) -> list[str]:
    """ "Khối Nội, Khối Ngoại": names that all open with the same word."""
    names = [part.strip() for part in _COMMA_BEFORE_NAME.split(name)]
    return names if len(names) > 1 and len({part.split()[0] for part in names}) == 1 else []


def _with_shared_word(units: list[str], word: str) -> list[str]:
    return [unit if unit.startswith(word) or unit[0].isupper() else f"{word} {unit}" for unit in units]


def _clean(name: str) -> str:
    return _OPENING_OF_NAME.sub("", name.strip(" ,;:.-–*+")).strip(" ,;:.-–*")


def _of_table(source: Source, table: Table) -> Iterator[Quota]:
    """Columns named by a kind ("Tập thể", "Cá nhân") with a number in every unit's row."""
    kinds = [i for i, name in enumerate(table.header) if _KIND_COLUMN.search(name) and len(name) < 40]
    if not kinds or _MERIT_COLUMN.search(" ".join(table.header)):
        return
    for block, cells in table.rows:
        text = block.normal.text
        units = _units_of_row([text[a:b].strip() for a, b in cells[: kinds[0]]])
        quote, span = source.words(block.normal)
        for i in kinds:
            number = _CELL_NUMBER.fullmatch(text[slice(*cells[i])]) if i < len(cells) else None
            if number:
                most, of = int(number["n"]), table.names[i].lower()
                yield from (Quota(quote=quote, span=span, unit=u, max=most, of=of, sureness=0.85) for u in units)


def _units_of_row(cells: list[str]) -> list[str]:
    """From the cell before the numbers; none in the row of totals."""
    names = [name for name in cells if _WORD.search(name)]
    if not names or _TOTAL.match(names[-1].casefold()):
        return []
    return _split_units(_EACH_NOTE.sub("", names[-1]) if ";" in names[-1] else names[-1])
