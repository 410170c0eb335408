from __future__ import annotations

from django import template

from thidua_web.law.linking import slug

register = template.Library()


@register.filter
def law_slug(number: str) -> str:
    return slug(number)


@register.filter
def after_hash(address: str) -> str:
    return address.partition("#")[2] or "wording"


@register.filter
def unlocal(value: float) -> str:
    """A number as SVG reads it, whatever the language of the page."""
    return str(value)
