"""What an amendment changes, in the words of a page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from thidua.plans import campaign as core
from thidua.plans import reading
from thidua.plans.difference import Changed, Changes, Difference, FieldChange, difference
from thidua_web.campaigns.pages import facts, parts
from thidua_web.campaigns.pages.wording import say_day, say_number, say_recurrence

LISTS: Mapping[str, str | Promise] = {
    "phases": _("Thời gian, các đợt"),
    "duties": _("Nhiệm vụ, thời hạn"),
    "targets": _("Chỉ tiêu"),
    "works": _("Công trình, phần việc"),
    "pledges": _("Phải đăng ký"),
    "conditions": _("Điều kiện"),
    "offers": _("Khen thưởng"),
}
FIELDS: Mapping[str, str | Promise] = {
    "title": _("Trích yếu"),
    "number": _("Số"),
    "issuer": _("Cơ quan ban hành"),
    "issued_on": _("Ngày ban hành"),
    "start": _("Bắt đầu"),
    "end": _("Kết thúc"),
    "label": _("Tên đợt"),
    "level": _("Cấp"),
    "what": _("Việc"),
    "who": _("Ai làm"),
    "to": _("Gửi tới"),
    "parties": _("Giao cho"),
    "nature": _("Loại"),
    "time": _("Giờ"),
    "rule": _("Định kỳ"),
    "days": _("Ngày"),
    "indicator": _("Tên chỉ tiêu"),
    "name": _("Tên"),
    "milestone": _("Mốc"),
    "by": _("Thời điểm"),
    "min": _("Ít nhất"),
    "of": _("Đăng ký"),
    "kind": _("Loại"),
    "year": _("Năm gốc"),
    "text": _("Nội dung"),
    "award": _("Hình thức"),
    "granted_by": _("Ai tặng"),
    "for_": _("Cho"),
    "criteria": _("Tiêu chuẩn"),
    "quotas": _("Số lượng được đề nghị"),
    "dossier": _("Hồ sơ"),
}
DIGITS = re.compile(r"\d+")
CODES: Mapping[str, Mapping[str, str | Promise]] = {
    "nature": {"deadline": _("thời hạn"), "task": _("nhiệm vụ")},
    "milestone": {"start": _("khởi công"), "finish": _("hoàn thành")},
    "for_": facts.WHO,
    "kind": facts.CONDITIONS,
}


@dataclass(frozen=True)
class Row:
    """One value before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedItem:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Group:
    """One list of the campaign."""

    label: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[ChangedItem, ...]


@dataclass(frozen=True)
class ShownChanges:
    head: tuple[Row, ...] = ()
    groups: tuple[Group, ...] = field(default=())

    @property
    def total(self) -> int:
        return len(self.head) + sum(len(g.added) + len(g.removed) + len(g.changed) for g in self.groups)

    @property
    def short(self) -> list[str]:
        """ "thêm 2 nội dung", "sửa 3 nội dung", ..."""
        added = sum(len(group.added) for group in self.groups)
        changed = len(self.head) + sum(len(group.changed) for group in self.groups)
        removed = sum(len(group.removed) for group in self.groups)
        said = (
            (added, ngettext("thêm %(n)d nội dung", "thêm %(n)d nội dung", added)),
            (changed, ngettext("sửa %(n)d nội dung", "sửa %(n)d nội dung", changed)),
            (removed, ngettext("bỏ %(n)d nội dung", "bỏ %(n)d nội dung", removed)),
        )
        return [words % {"n": n} for n, words in said if n]


def shown(before: core.CampaignPlan, after: core.CampaignPlan) -> ShownChanges:
    found = difference(before, after)
    groups = (_group(name, found) for name in LISTS)
    return ShownChanges(
        head=tuple(map(_row, found.head)), groups=tuple(g for g in groups if g.added or g.removed or g.changed)
    )


def _group(name: str, found: Difference) -> Group:
    changes: Changes = found.lists[name]
    return Group(
        label=str(LISTS[name]),
        added=_names(changes.added),
        removed=_names(changes.removed),
        changed=tuple(_changed(one) for one in changes.changed),
    )


def _names(items: Iterable[core.Item]) -> tuple[str, ...]:
    return tuple(in_a_line(item) for item in items)


def in_a_line(item: core.Item) -> str:
    """What it is called, and where it has one its day or its amount."""
    if isinstance(item, core.Phase):
        return f"{parts.name(item.label)}: {parts.span(item.start, item.end)}"
    if isinstance(item, core.Duty):
        return ": ".join(part for part in (item.what, parts.when(item)) if part)
    line = LINES[type(item)](item, lambda _: "")
    return "; ".join([line.headline, *(f"{label} {value}" for label, value in line.details)])


LINES: Mapping[type, Callable[..., parts.Line]] = {
    core.Aim: parts.target,
    core.Work: parts.work,
    core.PledgeRule: parts.pledge,
    core.ConditionItem: parts.condition,
    core.Offer: lambda offer, _: parts.Line(offer.award or gettext("Khen thưởng"), (), ""),
}


AMOUNT = frozenset({"op", "value", "value_max", "unit", "strict"})


def _changed(one: Changed) -> ChangedItem:
    told = {change.name for change in one.fields}
    rows = [_row(change) for change in one.fields if not _said_elsewhere(change, told)]
    if isinstance(one.before, core.Aim) and isinstance(one.after, core.Aim) and told & AMOUNT:
        rows.append(Row(str(_("Chỉ tiêu")), _amount(one.before), _amount(one.after)))
    return ChangedItem(_name(one.after), tuple(rows))


def _said_elsewhere(change: FieldChange, told: Set[str]) -> bool:
    """Whom a duty goes to follows from who must do it; a name that holds its day changes with the day."""
    if change.name == "what" and "days" in told:
        return DIGITS.sub("", change.before) == DIGITS.sub("", change.after)
    return change.name in AMOUNT or (change.name == "parties" and "who" in told)


def _amount(aim: core.Aim) -> str:
    """The bound with its sign and unit."""
    _headline, details = facts.SAYS["targets"](aim.target)
    return details[0][1] if details else gettext("Chưa có")


def _name(item: core.Item) -> str:
    if isinstance(item, core.Phase):
        return parts.name(item.label)
    if isinstance(item, core.Duty):
        return item.what
    return LINES[type(item)](item, lambda _: "").headline


def _row(change: FieldChange) -> Row:
    label = FIELDS.get(change.name, change.name)
    return Row(str(label), _say(change.name, change.before), _say(change.name, change.after))


def _quota(quota: reading.Quota) -> str:
    said = {"unit": quota.unit, "n": say_number(quota.max), "of": quota.of}
    return gettext("%(unit)s: không quá %(n)s %(of)s") % said


SAID: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (bool, lambda value: gettext("có") if value else gettext("không")),
    (datetime.date, say_day),
    ((int, float), say_number),
    (core.Party, lambda party: party.name),
    (reading.Criterion, lambda criterion: criterion.text),
    (reading.Quota, _quota),
    (reading.DossierPart, lambda part: part.document),
    (object, str),
)


def _say(name: str, value: Any) -> str:
    if value is None or value in ("", ()):
        return gettext("Chưa có")
    if isinstance(value, tuple):
        return "; ".join(_say(name, one) for one in value)
    if name in CODES:
        return str(CODES[name].get(value, value))
    if name == "year":
        return str(value)
    if name in ("by", "rule"):
        return say_day(value) if name == "by" else say_recurrence(value)
    return next(say(value) for kind, say in SAID if isinstance(value, kind))
