"""Quotas: how many of which kind each unit may propose; units that share a clause are split and share its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.source import Source
from thidua.plans.facts.tables import Table, find_tables
from thidua.plans.outline import Block
from thidua.plans.reading import Quota
from thidua.vietnamese.letters import LOWER, UPPER
from thidua.vietnamese.folding import fold

_KIND = r"to chuc (?:co so )?dang|dang vien|khoa|em|doi|nhom|to chuyen mon|xi nghiep|to san xuat|tap the|ca nhan|ho gia dinh|don vi|doanh nghiep|to dan pho|to|thanh vien|lop|chi doan|doan vien|hoi vien|hoc sinh|giao vien|can bo|giai|guong|cong doan co so|doanh nhan|nong dan|chi hoi|chi bo|phong|thon|khu dan cu|xa|phuong|dai bieu|cong trinh|truong hop|co quan|nha giao|nguoi|co|bang khen|giay khen|ho"
_COUNT = re.compile(
    rf"(?P<n>\d{{1,4}})(?: \([a-z ]+\))?\s*(?P<kind>(?:{_KIND})\b(?:(?: hoac| va/hoac|/) (?:{_KIND})\b)?(?: (?:lop|chi doan|to cong nhan|nguoi lao dong|cong doan co so|dan pho)\b)?)"
)
_MEMBERS = re.compile(r"\d+ (?:thanh vien|nguoi thuoc|ca nhan thuoc) (?P<of>[^,;.:()]{6,70})")
_LIMIT = re.compile(r"\b(?:khong qua|toi da|khong vuot qua|xet chon|lua chon|de nghi|duoc chon|chon|duoc de nghi|gioi thieu|moi|tang|cho|nhieu nhat|dan dau|so luong|khen thuong|bang khen|giay khen)\b")
_EACH = re.compile(r"(?P<unit>\b(?:moi|tung) (?!nam|thang|dot|quy|tuan|lan|ngay|phong trao|chang|ky|hoc ky)[a-z][^;.:()\d]{1,90}?)(?=,?\s+(?:duoc|de nghi|xet|lua chon|chon|khong qua|toi da|gioi thieu|binh chon|cu|co|lap|suy ton|khen|\d))")
_VERB = re.compile(r"\b(?:duoc )?(?:xet chon|lua chon|chon|de nghi(?: khen thuong)?|binh chon|gioi thieu|xet|trinh|de xuat|khong qua|toi da|khong vuot qua|tang (?:bang|giay|co|thuong|cho))\b")
_NOT_HERE = frozenset({"organisation", "dossier", "submission", "purpose", "targets", "content", "programme", "review", "funding", "time", "projects", "pledges"})


def read_quotas(source: Source) -> tuple[Quota, ...]:
    """One item a unit and kind, in reading order."""
    found: list[Quota] = []
    for block in source.blocks:
        if (block.roles & _NOT_HERE and "quotas" not in block.roles) or not block.roles & {"awards", "quotas", "criteria", "subjects"}:
            continue
        if block.is_row:
            continue
        found.extend(_of_block(source, block))
    return (*found, *(quota for table in find_tables(source) for quota in _of_table(source, table)))


def _of_table(source: Source, table: Table) -> Iterator[Quota]:
    """Columns named by a kind ("Tập thể", "Cá nhân") with a number in every unit's row."""
    kinds = [i for i, name in enumerate(table.header) if re.search(r"tap the|ca nhan|ho gia dinh", name) and len(name) < 40]
    if not kinds or re.search(r"thanh tich|tieu chuan", " ".join(table.header)):
        return
    for block, cells in table.rows:
        text = block.normal.text
        names = [text[a:b].strip() for a, b in cells[: kinds[0]] if re.search(r"[^\W\d_]{2}", text[a:b])]
        if not names or re.match(r"(?:tong|cong)\b", names[-1].casefold()):
            continue
        units = _split_units(re.sub(r"\s*\(mỗi [^)]*\)", "", names[-1]) if ";" in names[-1] else names[-1])
        quote, span = source.words(block.normal)
        for i in kinds:
            number = re.fullmatch(r"\s*0*(\d{1,4})\s*", text[slice(*cells[i])]) if i < len(cells) else None
            if number:
                yield from (Quota(quote=quote, span=span, unit=unit, max=int(number[1]), of=table.header[i].strip(), sureness=0.85) for unit in units)


def _of_block(source: Source, block: Block) -> Iterator[Quota]:
    for start, end in _clauses(block):
        words = block.normal.folded[start:end]
        if "quotas" in block.roles:
            yield from _shares(source, block, start, end)
        counts = [m for m in _COUNT.finditer(words) if not re.search(r"(?:thu|lan|trong|nam|trong so|tong so|mau so|so)\s*$", words[: m.start()])]
        if not counts or not ("quotas" in block.roles or _limited(words, counts[0].start())):
            continue
        if re.search(r"\b(?:it nhat|toi thieu|tu)\s*$", words[: counts[0].start()]) or ("quotas" not in block.roles and _criterion_like(words, counts[0].start())):
            continue
        yield from _clause(source, block, start, end, words, counts)


_SHARE = re.compile(r"\b(?:khong qua|toi da|khong vuot qua|khong duoc qua)\s+(?P<n>\d{1,2})\s?%\s*(?P<of>(?:tren |tong |so |tong so |cua )*[^,;.()]{0,60})")


def _shares(source: Source, block: Block, start: int, end: int) -> Iterator[Quota]:
    """ "không quá 15% tổng số tập thể": a quota as a share, in percent."""
    words = block.normal.folded[start:end]
    match = _SHARE.search(words)
    if match and re.search(r"tap the|ca nhan|cong chuc|vien chuc|nguoi|don vi|lao dong|danh hieu", match["of"]):
        quote, span = source.words(block.normal, start, end)
        name = _clean(block.normal.text[start : start + match.start()]) or _level(source)
        of = block.normal.text[start + match.start("of") : start + match.end("of")].strip()
        yield Quota(quote=quote, span=span, unit=name, max=int(match["n"]), of=f"% {of}", sureness=0.7)


def _clauses(block: Block) -> Iterator[tuple[int, int]]:
    """Clauses, each with the names before it that have no count of their own ("Đảng bộ A; Chi bộ B xét chọn 01 cá nhân")."""
    begin: int | None = None
    for start, end in sentences(block):
        begin = start if begin is None else begin
        words = block.normal.folded[start:end]
        if _COUNT.search(words) or words.endswith(".") or re.search(r"\b(?:tang (?:bang|giay|co|danh|thuong)|khen|thuong|phai|duoc)\b", words):
            yield begin, end
            begin = None
    if begin is not None:
        yield begin, len(block.normal)


def _limited(words: str, at: int) -> bool:
    """Outside the part on numbers, a count is a quota only where a limiting word stands close before it."""
    return _LIMIT.search(words[max(0, at - 70) : at]) is not None and re.search(r"\b(?:tren|hon|den)\s*$", words[:at]) is None


def _criterion_like(words: str, at: int) -> bool:
    return re.search(r"\b(?:dat|co|ho tro|phai|hoan thanh|giup do|huong dan)\s+(?:duoc |tren |tu )?$", words[:at]) is not None


def _clause(source: Source, block: Block, start: int, end: int, words: str, counts: list[re.Match[str]]) -> Iterator[Quota]:
    parts = _parts(words, counts)
    for first, last, group in parts:
        units = _units(source, block, words, first, group[0].start(), start)
        quote, span = source.words(block.normal, start + first, start + last)
        for unit in units:
            for count in group:
                named = _MEMBERS.match(words, count.start())
                if named:
                    unit = block.normal.text[start + named.start("of") : start + named.end("of")]
                kind = block.normal.text[start + count.start("kind") : start + count.end("kind")]
                yield Quota(quote=quote, span=span, unit=unit, max=int(count["n"]), of=kind, sureness=0.8)


_NEW_UNIT = re.compile(r"[,;]\s*(?:rieng |cac )*(?:khoi|cum|dang bo|chi bo|huyen|thi xa|thanh pho|phuong|xa|so|phong|ban|trung tam|truong|doan|hoi|cong an|van phong|don vi)\b")


def _parts(words: str, counts: list[re.Match[str]]) -> list[tuple[int, int, list[re.Match[str]]]]:
    """Counts that belong to the same unit stay together; a new unit's name between two counts starts a new part."""
    parts: list[tuple[int, int, list[re.Match[str]]]] = []
    first = 0
    group: list[re.Match[str]] = []
    for count in counts:
        if group:
            between = words[group[-1].end() : count.start()]
            if _EACH.search(between + "0") or _NEW_UNIT.search(between):
                cut = group[-1].end() + max(between.find(","), 0)
                parts.append((first, cut, group))
                first, group = cut, []
        group.append(count)
    if group:
        parts.append((first, len(words), group))
    return parts


def _units(source: Source, block: Block, words: str, first: int, at: int, start: int) -> list[str]:
    """Names before the verb or count; "mỗi …"; the whole body where only an award is named; else the heading above."""
    label = _LABEL.match(words, first, at)
    first = label.end() if label else first
    text = block.normal.text[start + first : start + at]
    folded = words[first:at]
    each = list(_EACH.finditer(words[first : at + 2]))
    if each:
        return _named_before(text[: each[-1].start()]) or [_clean(text[each[-1].start() : each[-1].end("unit")])]
    whole = _WHOLE.search(folded)
    if whole:
        return [text[whole.start() : whole.end()].capitalize()]
    offer = _OFFER.search(folded)
    if offer:
        return [_offered(source, text[slice(*offer.span("by"))] if offer["by"] else None, text[slice(*offer.span("award"))])]
    verb = _VERB.search(folded)
    stop = min(verb.start() if verb else len(folded), folded.find(":") if ":" in folded else len(folded))
    name = folded[:stop].strip(" ,;:-")
    if len(name) > 3 and not _GENERIC.fullmatch(name):
        return _split_units(text[:stop])
    if re.match(r"(?:giay khen|bang khen|co thi dua|danh hieu)\b", name):
        return [f"{_level(source)} ({_clean(text[:stop])})"]
    trailing = re.search(r"\btoan (?:" + _BODIES + r")\b", words[at:])
    if trailing:
        return [block.normal.text[start + at + trailing.start() : start + at + trailing.end()].capitalize()]
    offer = _OFFER.search(words[at:])
    if offer:
        rest = block.normal.text[start + at :]
        return [_offered(source, rest[slice(*offer.span("by"))].rsplit("đề nghị ", 1)[-1] if offer["by"] else None, rest[slice(*offer.span("award"))])]
    return [_heading(source, block)]


_BODIES = "truong|tinh|nganh|huyen|xa|phuong|khoi|cum|co quan|don vi|cong ty|thanh pho|benh vien|quan|thi xa|bo|vien|tap doan|tong cong ty"
_WHOLE = re.compile(r"\btoan (?:" + _BODIES + r")\b")
_LABEL = re.compile(r"\s*(?:[^:;]{3,80}\b(?:tang|khen)\b[^:;]{0,40}:\s*(?=\S[^:;]{3,80}moi)|(?:ve )?(?:so luong|co cau|chi tieu|ty le|han muc|muc khen)\b[^:;.]{0,60}:)\s*")
_GENERIC = re.compile(r"(?:(?:khen thuong |khen )?tap the|ca nhan|so luong.*|giay khen.*|bang khen.*|co thi dua.*|cho|tang|tap the va ca nhan|trong do|danh hieu .*|(?:cuoi|hang|moi) (?:nam|dot|quy|thang).*)")
_OFFER = re.compile(r"(?:(?:de nghi|trinh)?\s*(?P<by>[a-z][^:;,.]{3,70}?)\s+)?\b(?:xet )?tang\s+(?:thuong )?(?P<award>(?:bang khen|giay khen|co thi dua|ky niem chuong)(?: cua [^:;,.]{3,50}?)?)(?=\s*(?::|\.|cho|doi voi|khong|toi da|$))")


def _named_before(words: str) -> list[str]:
    """ "Phòng A; Phòng B: mỗi phòng …" and "Khối Nội, Khối Ngoại mỗi khối …" name the units first."""
    words = words.strip(" ,;:").rsplit(": ", 1)[-1]
    if re.search(r"\b(?:giay khen|bang khen|khen thuong|phan thuong|tap the|ca nhan|hoc sinh)\b", fold(words)):
        return []
    return [] if len(words) < 4 or _GENERIC.fullmatch(fold(words)) or _VERB.search(fold(words)) else _split_units(words)


def _offered(source: Source, by: str | None, award: str) -> str:
    """Where a clause names only the award, the quota is the whole body's for that award."""
    by = re.sub(r"^(?:Đề nghị|đề nghị|Trình|trình)\s+", "", by.strip()) if by else None
    return f"{_level(source)} ({award.strip()}{f' của {by}' if by else ''})"


_LEVELS = (
    ("truong", "Toàn trường"), ("benh vien", "Toàn bệnh viện"), ("cong ty", "Toàn công ty"), ("dac khu", "Toàn đặc khu"),
    ("phuong", "Toàn phường"), ("xa", "Toàn xã"), ("huyen", "Toàn huyện"), ("quan", "Toàn quận"), ("thanh pho", "Toàn thành phố"),
    ("bo", "Toàn ngành"), ("so", "Toàn ngành"), ("tinh", "Toàn tỉnh"),
)  # fmt: skip


def _level(source: Source) -> str:
    issuer = fold(source.issuer or "")
    return next((name for word, name in _LEVELS if re.search(rf"\b{word}\b", issuer)), "Toàn đơn vị")


_UNIT_START = re.compile(r"(?:;|,)\s+(?=(?:huyện|thị xã|thành phố|quận|Đảng bộ|Chi bộ|Phòng|Sở|Trung tâm|Trường|Ban|Văn phòng|phường|xã|Chi, Đảng)\s+[A-ZĐ" + UPPER + r"])|;\s+")
_NAMED = rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)*"
_LISTED = re.compile(rf"(?P<stem>(?:[^,;]*? )?)(?:các )?(?P<kind>huyện|xã|phường|quận|thị xã|thành phố|sở) (?P<names>{_NAMED}(?:(?:, | và ){_NAMED})+)")
_SHARED = re.compile(r"^((?:Đảng bộ|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Chi bộ|Công an|Hội|LĐLĐ|Liên đoàn Lao động))\s+(?=(?:huyện|thị xã|thành phố|quận|xã|phường|tỉnh)\b)")


def _split_units(name: str) -> list[str]:
    """One name a unit; a word that stands once for all ("Đảng bộ thị xã A, huyện B") is repeated."""
    name = _clean(name)
    numbered = re.fullmatch(r"(?P<stem>.*?)(?P<list>số \d+(?:(?:, | và )số \d+)+)", name)
    if numbered:
        return [f"{numbered['stem']}{one}" for one in re.findall(r"số \d+", numbered["list"])]
    listed = _LISTED.fullmatch(name)
    if listed and len(re.split(r", | và ", listed["names"])) > 1:
        return [f"{listed['stem']}{listed['kind'].lower()} {one}" for one in re.split(r", | và ", listed["names"])]
    parts = [_clean(part) for part in _UNIT_START.split(name) if _clean(part)]
    alike = [part.strip() for part in re.split(r",\s+(?=[A-ZĐ" + UPPER + r"])", name)]
    if len(parts) == 1 and len(alike) > 1 and len({part.split()[0] for part in alike}) == 1:
        parts = alike
    shared = _SHARED.match(name)
    if shared and len(parts) > 1:
        parts = [p if p.startswith(shared.group(1)) or p[0].isupper() else f"{shared.group(1)} {p}" for p in parts]
    return parts or [name]


def _clean(name: str) -> str:
    name = re.sub(r"^(?:Đối với|đối với|Riêng|Mỗi)\s+(?=[A-ZĐ])|^Đối với\s+|^đối với\s+", "", name.strip(" ,;:.-–*+"))
    return name.strip(" ,;:.-–*")


def _heading(source: Source, block: Block) -> str:
    for candidate in (block, *block.ancestors()):
        words = candidate.normal.text[candidate.body : candidate.head] if candidate.head else candidate.text
        folded = fold(words)
        if candidate is block and not candidate.head:
            continue
        if re.match(r"(?:doi voi|khoi|cum|cac|moi|don vi)\b", folded) and candidate.rank >= 3:
            return _clean(words)[:120]
    return _level(source)
