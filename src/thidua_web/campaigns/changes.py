"""What an amendment changes, in the words of the page."""

from __future__ import annotations

from thidua_web.campaigns.queries.launches import Standing


def shown(before: Standing, after: Standing) -> None:
    return None
