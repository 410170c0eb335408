"""The head and the foot: number, symbol, issuer, place, date, type, title, signer (Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

import re

from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Header, HeaderField
from thidua.vietnamese.names import looks_like_name, strip_degrees
from thidua.vietnamese.letters import LOWER, UPPER
from thidua.vietnamese.dates import find_dates
from thidua.vietnamese.folding import fold
from thidua.vietnamese.normal import Normal, join

TYPE_NAMES = {
    "ke hoach": "Kế hoạch", "ke hoach lien tich": "Kế hoạch liên tịch", "ke hoach phoi hop": "Kế hoạch phối hợp", "chi thi": "Chỉ thị",
    "cong dien": "Công điện", "huong dan": "Hướng dẫn", "quyet dinh": "Quyết định", "thong bao": "Thông báo", "to trinh": "Tờ trình",
    "quy che": "Quy chế", "quy dinh": "Quy định", "chuong trinh": "Chương trình", "chuong trinh hanh dong": "Chương trình hành động",
    "chuong trinh phoi hop": "Chương trình phối hợp", "de an": "Đề án", "phuong an": "Phương án", "nghi quyet": "Nghị quyết", "bao cao": "Báo cáo",
    "the le": "Thể lệ", "loi keu goi": "Lời kêu gọi", "thu keu goi": "Thư kêu gọi", "giao uoc thi dua": "Giao ước thi đua",
}  # fmt: skip
_NUMBER = re.compile(r"\bso\s*[:.]?\s*(?P<number>\d[\d ]*\d|\d)?[\s.…_]*(?P<slash>[-/])\s*(?P<symbol>[a-z][a-z0-9/.]*(?:\s?[-/]\s?[a-z][a-z0-9]*| (?=\S+$)[a-z]{2,10})*)")
_DATE = re.compile(r",?\s*ngay\s*(?P<day>\d{1,2})?[\s.…_]*thang\s*(?P<month>\d{1,2})?[\s.…_]*nam\s*(?P<year>(?:19|20)\d ?\d)?")
_MOTTO = re.compile(r"^(?:cong hoa xa hoi|chu nghia viet nam|doc lap\b|dang cong san viet nam)|hanh phuc$")
_MOTTO_WORDS = re.compile(r"cong hoa xa hoi chu nghia viet nam|doc lap ?-? ?tu do ?-? ?hanh phuc|dang cong san viet nam|-{3,}|\*{3,}|chu nghia viet nam|cong hoa xa hoi")
_ISSUERS = re.compile(
    r"(?:uy ban nhan dan|ubnd|uy ban|hoi dong|bo|so|phong|ban|van phong|truong|tong cong ty|cong ty|tap doan|tong lien doan|lien doan|"
    r"cong doan|doan|hoi|benh vien|trung tam|cong an|bo chi huy|bo tu lenh|toa an|vien|cuc|chi cuc|tong cuc|ngan hang|tinh uy|thanh uy|huyen uy|"
    r"dang uy|thi uy|thu tuong|chinh phu|hop tac xa|lien minh|dai hoc|hoc vien|kho bac|bao hiem|chu tich|mat tran|bch|dang bo|chi bo|tram|quy)\b"
)
_ACTS = re.compile(r"\s*(?:\([^)]*\)\s*)?,?\s*(?:da )?(?:ban hanh|xay dung|phat dong|to chuc (?:phat dong|trien khai)|huong dan|yeu cau|de ra|thong bao|lap ke hoach|trien khai|to chuc)\b")
_ISSUER_START = re.compile(
    r"(?:Ủy ban|Uỷ ban|UBND|Văn phòng|Sở|Bộ|Phòng|Ban|Hội đồng|Trường|trường|Liên đoàn|Công đoàn|Tỉnh đoàn|Huyện đoàn|Thành đoàn|Hội|Công ty|Tổng công ty|Tập đoàn|Bệnh viện|Công an|Thành ủy|Tỉnh ủy|Huyện ủy|Đảng ủy|Thủ tướng|Chủ tịch|Đoàn|Mặt trận|Cục|Chi cục|Viện|Trung tâm|Ngân hàng)\b"
)
_LEVEL = re.compile(r"\b(tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)\b")
_THEME = re.compile(r"chu de\b[^:“\"]{0,60}[:“\"]?")


def read_header(source: Source) -> Header:
    """All header fields that the text gives; `source.issued`, `.year` and `.issuer` are set for the other grammars."""
    cells = _cells(source)
    number, symbol = _number(source, cells)
    if number is not None and symbol is not None:
        source.own_number = f"{number.value}/{symbol.value}".casefold()
    place, date, partial = _date(source, cells)
    signer, position = _signature(source)
    type_, title, draft = _title(source)
    header = Header(
        number=number,
        symbol=symbol,
        issuer=_issuer(source, cells, place),
        place=place,
        date=date,
        date_partial=partial,
        type=type_,
        title=title,
        theme=_slogan(source, "theme", r"chu de"),
        slogan=_slogan(source, "slogan", r"khau hieu"),
        signer=signer,
        signer_position=position,
        draft=draft,
    )
    return header


def field(source: Source, piece: Normal, value: str | None = None, sureness: float = 1.0) -> HeaderField:
    first, last = piece.span(0, len(piece), source.raw)
    return HeaderField(quote=source.raw[first:last], span=(first, last), value=value or piece.text, sureness=sureness)


def _cells(source: Source) -> list[Normal]:
    """The head's lines, flattened columns taken apart again."""
    cells: list[Normal] = []
    zones = source.zones
    limit = zones.body if zones.type_line is None else zones.type_line
    outside = (*source.lines[: min(zones.title, limit)], *source.lines[zones.title_end : limit])
    for line in outside:
        cells.extend(_columns(line.normal))
    return [cell for cell in cells if cell.text]


def _columns(line: Normal) -> list[Normal]:
    cuts = [0]
    for match in re.finditer(r"\|", line.text):
        cuts.append(match.start())
        cuts.append(match.end())
    for match in _MOTTO_WORDS.finditer(line.folded):
        cuts += [match.start(), match.end()]
    number = _NUMBER.search(line.folded)
    if number:
        cuts += [number.start(), number.end()]
    cuts.append(len(line))
    cuts = sorted(set(cuts))
    return [line.cut(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if line.text[a:b].strip(" |-")]


def _number(source: Source, cells: list[Normal]) -> tuple[HeaderField | None, HeaderField | None]:
    for cell in cells:
        match = _NUMBER.search(cell.folded)
        if match:
            symbol = cell.cut(*match.span("symbol"))
            value = re.sub(r"\s+", "", symbol.text)
            if "/" not in value and "-" not in value and " " in symbol.text:
                value = re.sub(r"\s+", "-", symbol.text)
            number = None
            if match.group("number"):
                piece = cell.cut(*match.span("number"))
                number = field(source, piece, piece.text.replace(" ", ""))
            return number, field(source, symbol, value)
    return None, None


def _date(source: Source, cells: list[Normal]) -> tuple[HeaderField | None, HeaderField | None, HeaderField | None]:
    whole = join(cells)
    for match in _DATE.finditer(whole.folded):
        if not match.group("year") and not match.group("month"):
            continue
        place = _place(source, whole, match.start())
        piece = whole.cut(match.start() + match.group().index("ngay"), match.end())
        found = find_dates(piece.folded)
        day = found[0].within(None)[0] if found and found[0].grain == "day" else None
        if day:
            source.issued, source.year = day, day.year
            return place, field(source, piece, day.isoformat()), None
        if match.group("year"):
            source.year = int(match.group("year").replace(" ", ""))
            month = f"-{int(match.group('month')):02d}" if match.group("month") else ""
            return place, None, field(source, piece, f"{source.year}{month}", 0.8)
        return place, None, None
    return None, None, None


def _place(source: Source, whole: Normal, end: int) -> HeaderField | None:
    """The capitalised words before ", ngày"; the province's name, never the symbol beside it."""
    words = list(re.finditer(r"[^\s,]+", whole.text[:end]))
    start = None
    for word in reversed(words[-6:]):
        text = word.group()
        joins = text in {"phố", "-", "–"}
        if not joins and not (text[0].isupper() and not (text.isupper() and len(text) > 3) and not any(c.isdigit() or c in ":/|" for c in text)):
            break
        if not joins:
            start = word.start()
    return None if start is None else field(source, whole.cut(start, end))


def _title(source: Source) -> tuple[HeaderField | None, HeaderField | None, bool]:
    zones = source.zones
    lines = source.lines
    type_ = None
    draft = any("du thao" in line.normal.folded for line in lines[: zones.body])
    if zones.type_line is not None:
        line = lines[zones.type_line].normal
        end = zones.type_end
        words = re.sub(r"\(?du thao\)?", "", line.folded[:end]).strip(" .*()|")
        start = line.folded.index(words)
        piece = line.cut(start, start + len(words))
        type_ = field(source, piece, TYPE_NAMES.get(words, piece.text.capitalize()))
    pieces = [line.normal for line in lines[zones.title : zones.title_end] if "du thao" not in line.normal.folded or len(line.normal) > 12]
    if zones.type_line is not None and zones.title == zones.type_line and pieces:
        pieces[0] = pieces[0].cut(zones.type_end, len(pieces[0]))
    title = join(p for p in pieces if p.text)
    if zones.type_line is None and title.text:
        about = re.match(r"\(?\s*v/v\s*:?\s*", title.folded)
        if about:
            # A letter has no named type (Nghị định 30/2020/NĐ-CP, Phụ lục I); its subject line tells it.
            type_ = field(source, title.cut(0, about.end()), "Công văn", 0.6)
        title = title.cut(about.end() if about else 0, len(title))
    if not title.text:
        return type_, None, draft
    return type_, field(source, title.cut(0, len(title.text.rstrip(" .|)")))), draft


def _issuer(source: Source, cells: list[Normal], place: HeaderField | None) -> HeaderField | None:
    """The body above the number, with the body it belongs to; else the one that the preamble says acts."""
    named = _issuer_lines(cells)
    found = None
    if named:
        value = issuer_name([cell.text for cell in named])
        whole = join(named)
        found = field(source, whole, value)
        bare = value.startswith(("Ủy ban nhân dân", "Uỷ ban nhân dân")) and not _has_place(value)
        fuller = _issuer_of_preamble(source, place) if bare else None
        if fuller is not None and "nhân dân" in fuller.value:
            found = fuller
        elif place is not None and (bare or re.search(r" (?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường)$", value)):
            found = field(source, whole, f"{value} {place.value}", 0.8)
    elif source.preamble:
        found = _issuer_of_preamble(source, place)
    source.issuer = found.value if found else None
    return found


def _issuer_lines(cells: list[Normal]) -> list[Normal]:
    lines: list[Normal] = []
    for cell in cells:
        folded = cell.folded.strip(" -*|_.")
        if not folded or _MOTTO.search(folded) or _NUMBER.search(folded) or ", ngay" in folded or cell.text.casefold().startswith(("số", "v/v", "điều ", "(", "dự thảo")):
            if cell.text.casefold().startswith(("số:", "v/v")) or _NUMBER.search(folded):
                break
            continue
        letters = [c for c in cell.text if c.isalpha()]
        if lines or _ISSUERS.match(folded):
            if sum(c.isupper() for c in letters) < len(letters) * 0.6:
                continue
            lines.append(cell.cut(0, len(cell.text.rstrip(" -*|_.─━═"))))
    return lines[:4]


_PHRASES = {
    phrase.casefold(): phrase
    for phrase in (
        "Ủy ban nhân dân", "Uỷ ban nhân dân", "Hội đồng nhân dân", "Ủy ban Mặt trận Tổ quốc Việt Nam", "Mặt trận Tổ quốc", "Việt Nam",
        "Hồ Chí Minh", "Liên đoàn Lao động", "Tổng Liên đoàn Lao động", "Hội Liên hiệp Phụ nữ", "Hội Nông dân", "Hội Cựu chiến binh",
        "Đoàn Thanh niên Cộng sản", "Bộ Chỉ huy Quân sự", "Bộ đội Biên phòng", "Ban Chấp hành", "Ban Thường vụ", "Ban Tổ chức", "Ban Chỉ đạo",
        "Hội đồng Thi đua - Khen thưởng", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Đảng ủy", "Thị ủy", "Quận ủy", "Văn phòng", "Thủ tướng Chính phủ",
        "Chính phủ", "Tổng công ty", "Trung tâm", "Công an", "Kho bạc Nhà nước", "Ngân hàng Nhà nước", "Bảo hiểm xã hội", "Chi cục", "Tổng cục",
    )
}  # fmt: skip
_PHRASE = re.compile("|".join(sorted(map(re.escape, _PHRASES), key=len, reverse=True)))
_INITIALS = re.compile(r"\b(?:UBND|HĐND|TNCS|THPT|THCS|MTTQ|BCH|BTV|GD|ĐT|GDĐT|LĐLĐ|TW|TNHH|MTV|VNPT|EVN|BHXH|CP|TKV)\b")
_COMMON = frozenset({"tỉnh", "thành", "phố", "huyện", "quận", "thị", "xã", "phường", "trấn", "đặc", "khu", "và", "của", "các", "cấp"})
_PLACES = frozenset({"tỉnh", "huyện", "quận", "xã", "phường", "phố", "trấn", "khu"})
_HEADS = frozenset({"sở", "bộ", "phòng", "ban", "hội", "đoàn", "cục", "vụ", "viện", "và", "trường"})


def _tidy(text: str) -> str:
    """Words in capitals as they stand inside a sentence (Nghị định 30/2020/NĐ-CP, Phụ lục II).

    Capital letters for the first word, for the words that name the function after "Sở", "Bộ", "và", and for every
    syllable of a place's name.
    """
    if not text.isupper():
        return text
    kept = {match.group().casefold() for match in _INITIALS.finditer(text)}
    out: list[str] = []
    named = False
    after = ""
    for word in text.lower().split():
        plain = word.strip("(),.")
        if plain in kept:
            out.append(word.upper())
        elif plain in _COMMON:
            out.append(word)
            named = named or plain in _PLACES
        else:
            out.append(word.capitalize() if named or not out or after in _HEADS or after.endswith(",") or after == "-" else word)
        named = named or re.search(r"(?:công ty|tiểu học|mầm non|thpt|thcs|đại học|cao đẳng|học viện|hợp tác xã|nhà máy|xí nghiệp)$", f"{after} {plain}") is not None
        after = plain if not word.endswith(",") else ","
    tidy = " ".join(out)
    tidy = _with_phrases(tidy)
    return tidy[0].upper() + tidy[1:]


def _with_phrases(text: str) -> str:
    folded = text.casefold()
    if len(folded) != len(text):
        return text
    out, last = [], 0
    for match in _PHRASE.finditer(folded):
        out += [text[last : match.start()], _PHRASES[match.group()]]
        last = match.end()
    return "".join([*out, text[last:]])


def issuer_name(lines: list[str]) -> str:
    """The issuing body's full name out of the one or more lines of its heading, the higher body first."""
    bodies: list[str] = []
    for line in lines:
        if bodies and (not _ISSUERS.match(fold(line)) or fold(bodies[-1]) in _WITH_PLACE or bodies[-1].endswith((" và", "-"))):
            bodies[-1] = f"{bodies[-1]} {line}"
        else:
            bodies.append(line)
    bodies = [_tidy(body) for body in bodies]
    lower, upper = bodies[-1], " ".join(bodies[:-1])
    lower, upper = (re.sub(r"\bUBND\b", "Ủy ban nhân dân", text) for text in (lower, upper))
    if not upper:
        return _turn(lower)
    return _under(lower, upper)


_WITH_PLACE = frozenset({"chu tich", "uy ban nhan dan", "ubnd", "hoi dong nhan dan", "lien doan lao dong", "uy ban", "dang uy", "ban chap hanh", "hoi dong"})


def _under(lower: str, upper: str) -> str:
    """A body that takes part of its name from the body above it: an office, a department, a union's committee."""
    plain, above = fold(lower), fold(upper)
    level = _LEVEL.search(above)
    if re.match(r"(?:bch|ban chap hanh)\b", plain) and re.match(r"(?:doan|hoi|cong doan|lien doan)\b", above):
        return re.sub(r"^(?:BCH|bch|Ban chấp hành|Ban Chấp hành)\s*", f"Ban Chấp hành {upper} ", lower).strip()
    if plain == "van phong":
        return f"{lower} {upper}"
    if level and re.match(r"(?:uy ban nhan dan|ubnd)\b", above) and re.match(r"(?:so|phong|ban|thanh tra)\b", plain) and not _LEVEL.search(plain):
        return f"{lower} {upper[level.start():]}"
    return lower


def _turn(text: str) -> str:
    """ "UBND tỉnh An Giang Văn phòng" in one line: the office is the issuer, the Committee the body above."""
    match = re.match(r"((?:Ủy|Uỷ) ban nhân dân .+?) (Văn phòng|Sở .+|Phòng .+|Ban .+)$", text, re.IGNORECASE)
    if not match:
        return text
    lower = match.group(2)
    lower = lower[0].upper() + lower[1:].lower() if lower.casefold() == "văn phòng" else lower
    return f"{lower} {match.group(1)}" if lower.startswith("Văn phòng") else lower


def _has_place(value: str) -> bool:
    return len(value.split()) > 5


def _issuer_of_preamble(source: Source, place: HeaderField | None) -> HeaderField | None:
    for block in reversed(source.preamble):
        for match in reversed(list(_ISSUER_START.finditer(block.normal.text, block.body))):
            if block.normal.text[: match.start()].endswith("Văn phòng "):
                continue
            act = _first_act(block.normal.folded, match.start())
            name = block.normal.text[match.start() : act].strip(" ,") if act else ""
            if not 2 < len(name) < 110 or re.search(r"\d|[;:“]", name) or _follows_of(block.normal.folded, match.start()) or block.normal.text[match.end() :].lstrip().startswith(")"):
                continue
            name = re.sub(r"\s*\(.*$", "", name)
            value = name[0].upper() + name[1:]
            if place is not None and re.search(r"\b(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường)$", value):
                value = f"{value} {place.value}"
            return field(source, block.normal.cut(match.start(), match.start() + len(name)), value, 0.8)
    return None


def _first_act(folded: str, start: int) -> int | None:
    match = _ACTS.search(folded, start)
    return match.start() if match else None


def _follows_of(folded: str, start: int) -> bool:
    """ "của Ủy ban nhân dân tỉnh ban hành" speaks of another document's issuer."""
    return re.search(r"\b(?:cua|do|tai|voi|cho)\s$", folded[:start]) is not None


def _signature(source: Source) -> tuple[HeaderField | None, HeaderField | None]:
    """The last column of the foot: authority and office in capitals, then the name."""
    cells = _signing_cells(source)
    name = next((i for i in range(len(cells) - 1, -1, -1) if looks_like_name(cells[i].text)), None)
    position = _position(cells[: name if name is not None else len(cells)])
    signer = None
    if name is not None and (position or name >= len(cells) - 2):
        text = strip_degrees(cells[name].text)
        start = cells[name].text.rindex(text)
        signer = field(source, cells[name].cut(start, start + len(text)))
    return signer, field(source, position) if position else None


_COLUMN_CUT = re.compile(r"\||(?<=[;.:a-z" + LOWER + r")]) (?=(?:TM|KT|TL|TUQ|Q|T/M|K/T)[./ ])|(?<=[;:]) (?=[A-ZĐ" + UPPER + r"]{3,} [A-ZĐ" + UPPER + r"]{2,})")
_NAME_CUT = re.compile(r"(?<=[A-ZĐ" + UPPER + r"]{2}) (?=(?:(?:ThS|TS|PGS|GS|BS|BSCKII|BSCKI)\.? ?)*(?:[A-ZĐ" + UPPER + r"][a-z" + LOWER + r"]+ ?){2,5}$)")


def _signing_cells(source: Source) -> list[Normal]:
    """The last signing column, its names apart from its offices; recipients are left out.

    Where two sign side by side, a line with one office only goes on with the left column.
    """
    cells: list[Normal] = []
    beside = False
    for line in source.lines[source.zones.foot : source.zones.annex]:
        columns = [piece for piece in _cut_at(line.normal, _COLUMN_CUT) if not re.match(r"[-–+•*]|noi nh[ae]n", piece.folded)]
        if columns and not (beside and len(columns) == 1 and columns[0].text.isupper()):
            cells.extend(_cut_at(columns[-1], _NAME_CUT))
        beside = beside or (len(columns) > 1 and all(piece.text.strip(" |").isupper() for piece in columns))
    return cells


def _cut_at(line: Normal, pattern: re.Pattern[str]) -> list[Normal]:
    cuts = [0]
    for match in pattern.finditer(line.text):
        cuts += [match.start(), match.end()]
    cuts.append(len(line))
    return [piece for a, b in zip(cuts, cuts[1:], strict=False) if (piece := line.cut(a, b)).text.strip(" |")]


def _position(cells: list[Normal]) -> Normal | None:
    """The run of lines in capitals that names the signer's authority and office."""
    run: list[Normal] = []
    best: list[Normal] = []
    for cell in cells:
        text = cell.text.strip(" |*")
        letters = [c for c in text if c.isalpha()]
        if len(letters) >= 4 and sum(c.isupper() for c in letters) >= len(letters) * 0.8 and len(text) < 90:
            run.append(cell)
            best = run
        elif not text.startswith("("):
            run = []
    return join(best) if best else None


_QUOTED = re.compile(r"[“\"]\s*([^“”\"]{8,500}?)\s*[”\"]")


def _slogan(source: Source, role: str, words: str) -> HeaderField | None:
    """The words of the theme or slogan: quoted or after a colon, in its own section or sentence."""
    own_name = " ".join(fold(block.normal.text) for block in source.title_block) if role == "slogan" else ""
    for block in source.blocks:
        own = role in block.roles
        match = re.search(rf"^(?:{words})\b[^:“\"]*:|\b{words}\b[^.:“\"]{{0,60}}[:“\"]", block.folded) if words in block.folded else None
        if not own and not match:
            continue
        if match and "purpose" in block.roles and "lan thu" in block.folded[: match.start()]:
            continue
        start = block.body + (match.end() - 1 if match else 0)
        quoted = next((q for q in _QUOTED.finditer(block.normal.text, max(start - 1, 0)) if not own_name or fold(q[1]) not in own_name), None)
        if quoted and (own or quoted.start() - start < 40):
            return field(source, block.normal.cut(*quoted.span(1)))
        if own and block.kind and block.head and block.head >= len(block.normal):
            continue
        if own and (match or not block.kind):
            end = len(block.normal.text.rstrip(" .;*"))
            begin = start + 1 if match else block.body
            if end - begin > 15 and (own and block.head < len(block.normal)):
                return field(source, block.normal.cut(begin, end))
    return None


__all__ = ["Block", "field", "issuer_name", "read_header"]
