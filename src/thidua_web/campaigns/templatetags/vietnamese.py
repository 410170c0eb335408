from __future__ import annotations

from django import template

from thidua_web.campaigns.pages.wording import say_number

register = template.Library()


@register.filter
def number(value: float) -> str:
    return say_number(value)
