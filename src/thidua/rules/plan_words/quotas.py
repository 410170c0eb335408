"""A plan's quotas and shares of a list as limits: "Mỗi xã, phường", "Toàn tỉnh", "Các đơn vị còn lại", a named unit.

Patterns run on folded text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import structs

from thidua.findings import Basis
from thidua.law.awards import find_award
from thidua.law.criteria import Subject
from thidua.plans.facts.quantities import find_quantities
from thidua.plans.parties import parties
from thidua.plans.reading import Quota
from thidua.rules.limits import NOMINATED, Limit, Per
from thidua.rules.plan_words.names import slug
from thidua.rules.plan_words.whom import party_kinds
from thidua.vietnamese.folding import fold, search_key

_BRACKETS = re.compile(r"\s*\((?P<in>[^)]*)\)")
_ALL = re.compile(
    r"(?:toan|ca) (?:tinh|thanh pho|quan|huyen|xa|phuong|truong|nganh|cong ty|benh vien|don vi|bo|cuc)\b"
    r"|dai hoi\b|tong (?:cong|so)\b|so luong\b|(?:tinh|huyen|quan|xa|phuong|truong|cong ty|cuc)$"
)
_POOLED = re.compile(r"\btoan (?:khoi|cum)\b")
# With its marks: "mỗi trường" and "Môi trường" fold alike.
_EACH = re.compile(r"\b(?:mỗi|từng)\b(?! (?:năm|đợt|chặng|quý|kỳ|chuyên đề|lần))", re.IGNORECASE)
_EACH_TIME = re.compile(r"(?:mỗi|từng) (?:năm|đợt|chặng|quý|kỳ|chuyên đề|lần)\b", re.IGNORECASE)
_COMMUNES = re.compile(r"\b(?:xa|phuong|thi tran|dac khu)\b")
_REST = re.compile(r"\bcon lai\b")
_GROUP = re.compile(r"(?:cac|nhung|moi|tung|khoi|so luong) ")
_CONDITION = re.compile(r"\b(?:co tu|hoan thanh|duoc giao|dat|co tren)\b")
_AWARD = re.compile(r"(?:bang khen|giay khen|co thi dua|huan chuong|danh hieu|chien si thi dua)")
_PER_SHARE = re.compile(r"[^;%]*%[^;,]*|[^;%]+")
_MARKS: tuple[tuple[str, str], ...] = (
    (r"\bnu\b", "women"),
    (r"dan toc thieu so", "ethnic_minority"),
    (r"truc tiep", "direct"),
    (r"lanh dao", "leader"),
    (r"cong nhan", "worker"),
    (r"nong dan", "farmer"),
    (r"doanh nhan", "business"),
)
_SUBJECTS: tuple[tuple[Subject, str], ...] = (
    (
        "collective",
        r"tap the|don vi|khoa|phong|lop|doanh nghiep|chi hoi|to dan pho|thon|doi\b|chi doan|to chuc|cong doan bo"
        r" phan|giai",
    ),
    (
        "individual",
        r"ca nhan|dang vien|hoc sinh|sinh vien|giao vien|doan vien|hoi vien|thanh vien|nhan vien|dai bieu|nguoi",
    ),
    ("household", r"\bho\b|gia dinh"),
)


def limits_of_plan(quotas: Sequence[Quota], *, award: str = "", plan: str = "") -> tuple[Limit, ...]:
    """A plan's quotas, in their order. `award` is the code of the award they stand under, `plan` how to cite it."""
    own = [structs.replace(_limit(quota, award, plan), code=f"quota.{n}") for n, quota in enumerate(quotas, 1)]
    named = tuple(dict.fromkeys(name for limit in own for name in limit.names))
    rest = {n for n, quota in enumerate(quotas) if _REST.search(search_key(quota.unit))}
    unsure = [limit for limit in own if limit.unsure and limit.per == "unit" and limit.group == "all"]
    return tuple(
        structs.replace(limit, other_than=named if n in rest or limit.groups else (), raised=_raised(limit, unsure))
        for n, limit in enumerate(own)
    )


def _raised(limit: Limit, unsure: Sequence[Limit]) -> int | None:
    """ "Cơ quan được giao chủ trì … được xét chọn 02 cá nhân": more than others of its kind, where it is one."""
    if limit.most is None or not limit.groups:
        return None
    more = (one.most for one in unsure if one.most and one.most > limit.most and one.subjects == limit.subjects)
    return max(more, default=None)


def _limit(quota: Quota, award: str, plan: str) -> Limit:
    basis = Basis(instrument=plan or None, quote=quota.quote, verified=True)
    of = search_key(quota.of)
    if of.startswith("%"):
        return _share(quota, of, award, basis)
    brackets = [match["in"] for match in _BRACKETS.finditer(quota.unit)]
    unit = _BRACKETS.sub("", quota.unit).strip()
    codes = [found.code for words in (*brackets, unit) if (found := find_award(words))]
    per, names, group = _whose(unit, brackets)
    kinds = party_kinds(unit) if per == "named" else frozenset()
    if kinds:
        per, names = "unit", ()
    return Limit(
        code="", label=f"{quota.unit}: {quota.of}", most=quota.max, subjects=subjects_in(of),
        awards=frozenset(codes[:1] or ([award] if award else [])), per=per, names=names, group=group, groups=kinds,
        nouns=tuple(_COMMUNES.findall(search_key(unit))) if group == "communes" else (),
        unsure=per != "named" and _CONDITION.search(search_key(unit)) is not None, basis=basis,
    )  # fmt: skip


def _share(quota: Quota, of: str, award: str, basis: Basis) -> Limit:
    """ "Cá nhân là lãnh đạo không quá 15% số cá nhân được đề nghị": of the list, or of a number that is given."""
    whom = search_key(f"{quota.unit} {of}")
    marks = frozenset(mark for pattern, mark in _MARKS if re.search(pattern, search_key(quota.unit)))
    inside = [match["in"] for match in _BRACKETS.finditer(f"{quota.unit} {quota.of}")]
    counted = next((named.code for words in inside if (named := find_award(words))), award)
    counts_of = re.match(r"(?:tong )?so ", search_key(quota.unit))
    found = find_award(_BRACKETS.sub("", of)) or (find_award(_BRACKETS.sub("", quota.unit)) if counts_of else None)
    subject: Subject = "collective" if "tap the" in whom and "ca nhan" not in whom else "individual"
    if found and not marks:
        base = found.code
    elif "de nghi" in of or marks or of in ("%", "% ca nhan", "% tap the"):
        base = f"{NOMINATED}.{subject}"
    else:
        base = slug(of)
    return Limit(
        code="", label=f"{quota.unit}: {quota.max}{quota.of}", percent=Decimal(quota.max), of=base,
        subjects=frozenset({subject}), marks=marks, awards=frozenset([counted] if counted else []),
        per="unit" if _EACH.search(_composed(quota.unit)) else "all",
        unsure=re.search(r"\bduoc tang\b", search_key(quota.unit)) is not None, basis=basis,
    )  # fmt: skip


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def _whose(unit: str, brackets: Sequence[str]) -> tuple[Per, tuple[str, ...], str | None]:
    per = _counted(unit, _composed(" ".join((unit, *brackets))))
    if per == "named" or (_is_bloc(unit) and _group(unit) == "all"):
        return "named", (unit,), None
    condition = _CONDITION.search(fold(_composed(unit)))
    is_whole = per == "all" and not (_POOLED.search(search_key(" ".join((unit, *brackets)))) or _is_bloc(unit))
    return per, (), None if is_whole else _group(unit[: condition.start()] if condition else unit)


def _counted(unit: str, whole: str) -> Per:
    said = search_key(unit)
    if _ALL.match(said) or _AWARD.match(said) or _EACH_TIME.match(_composed(unit)) or _POOLED.search(search_key(whole)):
        return "all"
    if _EACH.search(whole) or _REST.search(said) or _CONDITION.search(said):
        return "unit"
    if _is_bloc(unit):
        return "all"
    groups = {party.group for party in parties(unit)}
    return "unit" if groups and None not in groups else "named"


def _is_bloc(unit: str) -> bool:
    return search_key(unit).startswith("khoi ")


def _group(unit: str) -> str | None:
    """The kind of units that words name; "all" where they name units of any kind."""
    bare = _BRACKETS.sub("", unit).strip()
    while (opening := _GROUP.match(fold(bare))) is not None:
        bare = bare[opening.end() :]
    bare = re.sub(r"\s+còn lại.*$", "", bare)
    return next((party.group for party in parties(f"Các {bare}")), None) or "all"


def subjects_in(words: str) -> frozenset[Subject]:
    """Kinds of nominee that a quota counts; none where its words do not tell."""
    return frozenset(kind for kind, pattern in _SUBJECTS if re.search(pattern, words))


def limits_of_shares(counted: Iterable[str], *, award: str = "", plan: str = "") -> tuple[Limit, ...]:
    """Words on the make-up of a list (`thidua.rules.from_plan`, parts that are `counted`) as limits.

    "Đại biểu nữ không dưới 30%" is a floor, "tỷ lệ không quá 15% tổng số lao động tiên tiến" a ceiling. Words of
    another form have none.
    """
    found: list[Limit] = []
    for words in counted:
        for piece in _PER_SHARE.findall(words):
            limit = _share_of_list(piece, award, plan)
            if limit:
                found.append(structs.replace(limit, code=f"share.{len(found) + 1}"))
    return tuple(found)


def _share_of_list(words: str, award: str, plan: str) -> Limit | None:
    said = search_key(words)
    quantity = next((one for one in find_quantities(said) if one.percent), None)
    if quantity is None or not quantity.compared.told:
        return None
    marks = frozenset(mark for pattern, mark in _MARKS if re.search(pattern, said))
    base = find_award(said[quantity.end :])
    subject: Subject = "collective" if "tap the" in said and "ca nhan" not in said else "individual"
    if not marks and base is None:
        return None
    return Limit(
        code="", label=words.strip(" ,;."), percent=Decimal(str(quantity.value)),
        of=base.code if base else f"{NOMINATED}.{subject}", at_least=quantity.compared.op == ">=",
        strict=quantity.compared.strict,
        subjects=frozenset({subject}), marks=marks, awards=frozenset([award] if award else []),
        basis=Basis(instrument=plan or None, quote=words, verified=True),
    )  # fmt: skip
