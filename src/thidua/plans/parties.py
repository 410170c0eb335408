"""Who is addressed: "Các sở, ban, ngành; UBND các xã, phường và Báo Minh Giang" are three parties.

A comma or "và" parts two bodies only where a body's name begins behind it, so that "Sở Văn hóa, Thể thao và Du lịch"
stays one. Patterns read folded text (no marks, lower case).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from thidua.plans.campaign import Party
from thidua.plans.facts.patterns import any_of
from thidua.vietnamese.folding import fold

_MARK = re.compile(r"\s*(?:[;,]|\bva\b)\s*")
# With its marks: "mỗi trường" and "Môi trường" fold alike.
_EACH = re.compile(r"\b(?:các|mỗi|từng|toàn thể|những) (?=\S)", re.IGNORECASE)
_TELLS = re.compile(r".*[.:] |(?:doi voi|de nghi|yeu cau|giao|rieng) ")

# Who stands for a body.
_HEADS = any_of(
    "thu truong|nguoi dung dau|lanh dao|chu tich|pho chu tich|giam doc|tong giam doc|hieu truong|truong ban|quan doc",
    "bi thu|truong",
)
_LED = re.compile(rf"(?:{_HEADS})?\s*")
_GOVERNMENT = re.compile(rf"(?:{_HEADS})?\s*(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|chinh quyen)?\s*")
_GOVERNS = re.compile(rf"(?:{_HEADS})?\s*(?:ubnd|uy ban nhan dan) ")

# What a body's own name begins with.
_BODY = re.compile(
    any_of(
        _HEADS,
        "so|ban(?! (?:hanh|than))|phong(?! (?:chong|trao))|van phong|vu|cuc|chi cuc|tong cuc|thanh tra|kho bac|thue",
        "bo (?!phan)|vien|hoc vien|truong|trung tam|tram|benh vien|bao(?! (?:cao|dam|hiem))|bao hiem|dai|thong tan xa",
        "ubnd|uy ban|hdnd|hoi dong|ubmttq|mttq|mat tran|thuong truc|thuong vu",
        "hoi|doan|tinh doan|thanh doan|huyen doan|cong doan|lien doan|ldld|lien minh",
        "dang uy|tinh uy|thanh uy|huyen uy|chi bo|dang bo|cong an|bo doi|bo chi huy|quan su|toa an",
        "doanh nghiep|cong ty|tong cong ty|tap doan|hop tac xa|ngan hang|buu dien|dien luc|agribank|bhxh",
        "cum|khoi|to|doi(?! song)",
    )
    + r"\b"
)
_OF_COUNCIL = re.compile(
    r".*van phong (?:doan (?:dbqh|dai bieu quoc hoi)|hdnd|hoi dong nhan dan)(?: va (?:hdnd|hoi dong nhan dan))?"
)
_LEVEL_ENDS = re.compile(r".*\b(?:tinh|huyen|quan|xa|phuong|thanh pho|thi xa|thi tran|dac khu|trung uong|nha nuoc)")

_LOCALITIES = {"districts", "communes"}
# The noun that opens an entry of a list, and the group it names; the first that fits.
_GROUPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"{nouns}\b"), group)
    for nouns, group in (
        ("(?:huyen|quan|thi xa|thanh pho|tp)(?! (?:uy|doan))", "districts"),
        ("(?:xa|phuong|thi tran|dac khu|cap xa)(?! doan)", "communes"),
        (
            "(?:dang uy|dang bo|chi bo|chi, dang bo|cap uy|to chuc dang|co quan dang|ban dang|ban xay dung dang)",
            "party",
        ),
        (
            "(?:doan the|to chuc (?:chinh tri|doan|thanh vien)|hoi(?! dong)|mat tran|(?:cap )?cong doan|lien doan|ldld"
            "|chi hoi|chi doan|doan)",
            "fronts",
        ),
        ("(?:truong(?! (?:phong|ban|khoi|cum))|co so giao duc|nha truong)", "schools"),
        ("(?:doanh nghiep|cong ty|hop tac xa|xi nghiep|nha thau|tap doan|tong cong ty|co so san xuat)", "enterprises"),
        ("(?:cum|khoi)", "blocs"),
        (
            "(?:phong(?! (?:trao|chong))|don vi truc thuoc|co quan chuyen mon|khoa|phan xuong|bo phan|vu|cuc"
            "|chi cuc|trung tam)",
            "offices",
        ),
        ("(?:so|bo(?! phan)|nganh|ban(?! (?:quan ly|chi huy|tu quan)))", "departments"),
        ("(?:co quan|don vi|dia phuong|cap)", "all"),
    )
)
_NOUN = re.compile("|".join(f"(?:{nouns.pattern})" for nouns, _ in _GROUPS))
# Entries that say no more than the one before them: "các phòng, ban, đơn vị" are offices.
_ALSO = re.compile(r"(?:ban|nganh|don vi|co quan|to chuc)\b")


class _Body(NamedTuple):
    """A body whose words stand at [start, end); `is_list`: more bodies of that kind may follow without a name."""

    start: int
    end: int
    group: str | None
    is_list: bool


def parties(who: str) -> tuple[Party, ...]:
    """The bodies that `who` addresses, in their order, each by its words; empty where `who` says nothing.

    `group` is "departments" (sở, ban, ngành), "districts", "communes", "fronts" (Mặt trận, đoàn thể), "party",
    "offices" (phòng, khoa, đơn vị trực thuộc), "schools", "enterprises", "blocs" (cụm, khối) or "all" (các đơn vị);
    None for a body by its own name and for groups that none of these names.
    """
    text = " ".join(unicodedata.normalize("NFC", who).split()).rpartition(": ")[2].strip(" .;,:*-")
    found: list[_Body] = []
    for start, end, sign in _pieces(text):
        body = _as_bare_list(text, _Body(start, end, *_kind(text[start:end])))
        if not found:
            found = [body]
        elif sign == ";":
            found.append(body)
        else:
            found[-1:] = _follow(text, found[-1], body)
    return tuple(Party(name=text[body.start : body.end], group=body.group) for body in found if body.end > body.start)


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """[start, end) between the marks outside brackets, with the mark before."""
    folded = fold(text)
    start, sign = 0, ""
    for mark in _MARK.finditer(folded):
        if folded.count("(", start, mark.start()) > folded.count(")", start, mark.start()):
            continue
        yield start, mark.start(), sign
        start, sign = mark.end(), mark.group().strip()
    yield start, len(text), sign


def _kind(words: str) -> tuple[str | None, bool]:
    """Group and whether a list is open behind the words: "Thủ trưởng các sở", "UBND các xã"."""
    each = _EACH.search(words)
    if each is None:
        return None, False
    group, before = _group_of(fold(words[each.end() :])), _TELLS.sub("", fold(words[: each.start()]))
    whole = _GOVERNMENT if group in _LOCALITIES else _LED
    return group if whole.fullmatch(before) else None, True


def _as_bare_list(text: str, body: _Body) -> _Body:
    """A list that no word opens: "sở, ban, ngành tỉnh", "UBND xã, phường"."""
    words, rest = text[body.start : body.end], text[body.end :]
    governs = _GOVERNS.match(fold(words))
    noun = words[governs.end() :] if governs else words
    if body.is_list or (body.start and not governs) or not rest.startswith(","):
        return body
    if not (_is_noun(noun) and _is_noun(rest.lstrip(" ,"))):
        return body
    return body._replace(group=_group_of(fold(noun)), is_list=True)


def _follow(text: str, last: _Body, body: _Body) -> list[_Body]:
    """The last body with the next words, or both."""
    words, so_far = text[body.start : body.end], text[last.start : last.end]
    joined = last._replace(end=body.end)
    if last.is_list and _is_noun(words):
        group = _group_of(fold(words))
        goes_on = (
            _ALSO.match(fold(words)) or group == last.group or last.group is None or _are_levels(last, so_far, group)
        )
        return [joined] if goes_on else [last, body._replace(group=group, is_list=True)]
    return [last, body] if _begins(words, so_far, body) else [joined]


def _are_levels(last: _Body, so_far: str, group: str | None) -> bool:
    """ "mỗi đảng bộ xã, phường": levels of one kind of body."""
    return group in _LOCALITIES and last.group not in _LOCALITIES and _LEVEL_ENDS.fullmatch(fold(so_far)) is not None


def _is_noun(words: str) -> bool:
    """A noun of bodies without a name of its own behind it."""
    match = _NOUN.match(fold(words))
    behind = words[match.end() :].lstrip() if match else ""
    return match is not None and not behind[:1].isupper()


def _begins(words: str, so_far: str, body: _Body) -> bool:
    """Whether the words begin another body and do not go on with a name."""
    folded = fold(words)
    if body.is_list and (body.group or _EACH.match(words)):
        return True
    if not words[:1].isupper() or _OF_COUNCIL.fullmatch(fold(so_far)):
        return False
    is_whole = so_far.rpartition(" ")[2].islower() and _LEVEL_ENDS.fullmatch(fold(so_far)) is not None
    return is_whole or _BODY.match(folded) is not None


def _group_of(folded: str) -> str | None:
    return next((group for nouns, group in _GROUPS if nouns.match(folded)), None)


def noun_group(words: str) -> str | None:
    """The group that the noun names with which words begin, whatever stands behind it: "Sở Y tế" is a department."""
    return _group_of(fold(words))


def bare_noun(words: str) -> bool:
    """Whether words name bodies of a kind, and none of them by its own name: "sở, ban, ngành", not "Sở Y tế"."""
    return _is_noun(words)
