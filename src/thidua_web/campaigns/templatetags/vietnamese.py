from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from thidua.plans.working_days import DUE_BASIS
from thidua_web.campaigns.pages.wording import say_number
from thidua_web.config import addresses, icons

register = template.Library()


@register.filter
def number(value: float) -> str:
    return say_number(value)


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.icon(name)


@register.simple_tag
def address(view: str, *numbers: int) -> str:
    """For lists: `url` asks the resolver for every row."""
    return addresses.address(view, *numbers)


@register.inclusion_tag("campaigns/_due_note.html")
def due_note() -> dict[str, object]:
    """Why a deadline on a day off is due later, and how far that has been verified."""
    return {"basis": DUE_BASIS.citation, "verified": DUE_BASIS.verified}
