"""One instrument: its days, what Thidua holds of it entry by entry, its articles where they were loaded."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua.law import statute as statutes
from thidua.law.awards import awards
from thidua.law.criteria import Entry, Principle, Standard
from thidua.law.instruments import Instrument
from thidua.law.law import Law, Rule
from thidua.law.statute import Statute
from thidua.law.texts import InstrumentText
from thidua_web.law.linking import award_href, instrument_href, slug
from thidua_web.law.pages.award import Said, say

KINDS: dict[type[Entry], Promise] = {
    Standard: _("Tiêu chuẩn"),
    Principle: _("Nguyên tắc áp dụng cho mọi đề nghị"),
    statutes.VoteRule: _("Bỏ phiếu"),
    statutes.Deadline: _("Thời hạn"),
    statutes.DossierRule: _("Hồ sơ"),
    statutes.Ceiling: _("Giới hạn số lượng"),
    statutes.Preference: _("Ưu tiên"),
    statutes.BonusRate: _("Hệ số tiền thưởng"),
    statutes.BaseSalary: _("Lương cơ sở"),
    statutes.Rounding: _("Làm tròn tiền thưởng"),
    statutes.Provision: _("Quy định khác"),
    statutes.Transition: _("Chuyển tiếp"),
    statutes.Doubt: _("Chưa đối chiếu"),
}


@dataclass(frozen=True)
class Held:
    """An entry of the statute. `award` and `href` where it is about one award."""

    said: Said
    award: str
    href: str
    words: str


@dataclass(frozen=True)
class Kind:
    title: Promise
    entries: tuple[Held, ...]


def statute_by_slug(law: Law, name: str) -> Statute | None:
    return next((statute for statute in law.statutes if slug(statute.instrument) == name), None)


def instrument_page(
    number: str, known: Instrument | None, statute: Statute | None, text: InstrumentText | None, on: datetime.date
) -> dict[str, Any]:
    replaced_by = known.replaced_by if known else None
    return {
        "number": number,
        "instrument": known,
        "statute": statute,
        "title": known.title if known else statute.title if statute else number,
        "citation": known.citation if known else number,
        "replaced_by": replaced_by,
        "replaced_href": instrument_href(replaced_by) if replaced_by else "",
        "amended_by": [(other, instrument_href(other)) for other in (known.amended_by if known else ())],
        "kinds": _kinds(statute, on) if statute else [],
        "articles": text.articles if text else (),
    }


def _kinds(statute: Statute, on: datetime.date) -> list[Kind]:
    rules = [Rule(statute, entry) for entry in statute.entries()]
    found = (Kind(title, tuple(_held(r, on) for r in rules if type(r.entry) is kind)) for kind, title in KINDS.items())
    return [kind for kind in found if kind.entries]


def _held(rule: Rule, on: datetime.date) -> Held:
    code = getattr(rule.entry, "award", "")
    known = awards().get(code)
    day = max(rule.entry.since, min(on, rule.entry.until or on))
    return Held(
        say(rule, day), known.name if known else "", award_href(code, day) if known else "", words_of(rule.entry)
    )


def words_of(entry: Entry) -> str:
    """The clause in brief: the entry's own words, else those of its criteria and papers."""
    own = getattr(entry, "text", "")
    if own:
        return str(own)
    parts = getattr(entry, "all", ()) or getattr(entry, "parts", ())
    return "; ".join(part.text for part in parts if part.text)
