from __future__ import annotations

from django import template
from django.template import Context

from thidua_web.campaigns import extensions
from thidua_web.campaigns.models import Campaign

register = template.Library()


@register.inclusion_tag("campaigns/_tabs.html", takes_context=True)
def campaign_tabs(context: Context, campaign: Campaign, view: str = "") -> dict[str, object]:
    """The pages of a campaign that this person may open; none where there is but one.

    `view` is the page that this one is a part of, where it is none of them itself.
    """
    request = context["request"]
    shown = extensions.tabs(campaign, request.access, view or request.resolver_match.view_name)
    return {"tabs": shown if len(shown) > 1 else []}
