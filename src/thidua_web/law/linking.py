"""Addresses within the law browser: of an instrument, of an article in it, of an award."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache

from django.urls import reverse

from thidua.findings import Basis
from thidua.law.instruments import Instrument, instruments
from thidua.vietnamese.folding import fold

_ARTICLE = re.compile(r"điều\s+(\d+[a-zđ]?)", re.IGNORECASE)
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(number: str, signed: datetime.date | None = None) -> str:
    """ "152/2025/NĐ-CP" as 152-2025-nd-cp; a number that begins anew every year says its year."""
    holds_year = re.search(r"/\d{4}/", number) or signed is None
    return _OTHER.sub("-", fold(number)).strip("-") + ("" if holds_year else f"-{signed:%Y}")


@cache
def by_slug() -> Mapping[str, Instrument]:
    return {slug(one.number, one.signed): one for one in instruments()}


@cache
def _slugs() -> Mapping[str, str]:
    return {one.number: name for name, one in by_slug().items()}


def instrument_href(number: str, place: str = "") -> str:
    article = _ARTICLE.search(place)
    address = reverse("law:instrument", args=[_slugs().get(number) or slug(number)])
    return f"{address}#dieu-{article[1]}" if article else address


def basis_href(basis: Basis | None) -> str:
    """Where a basis is read; "" for a plan's words or where it names no instrument."""
    if basis is None or not basis.instrument or "/" not in basis.instrument or basis.quote:
        return ""
    return instrument_href(basis.instrument, basis.place or "")


def award_href(code: str, on: datetime.date | None = None) -> str:
    address = reverse("law:award", args=[code])
    return f"{address}?ngay={on:%d/%m/%Y}" if on else address
