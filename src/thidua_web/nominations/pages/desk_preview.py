"""One nomination beside the list: enough to know what to do with it, and the way to all of it."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

import msgspec
from django.db.models import Count, Q
from django.utils.translation import get_language

from thidua.explain import sentence
from thidua.findings import Finding, Outcome
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.pages import desk as pages

SHOWN = 6
TONES = {Outcome.NOT_MET: "fault", Outcome.UNKNOWN: "unknown", Outcome.MET: "met"}


class Line(NamedTuple):
    tone: str
    words: str


def shown(of: Nomination, on: datetime.date) -> dict[str, Any]:
    """Five queries."""
    stored = of.assessments.order_by("-made_at", "-pk").only("checks", "on", "made_at").first()
    lines = _lines(stored.checks) if stored else []
    claims = of.claims.aggregate(all=Count("pk"), judged=Count("pk", filter=~Q(verdict="")))
    counted = {"files": of.files.count(), "claims": claims["all"], "judged": claims["judged"]}
    back = of.sent_back.filter(undone_at__isnull=True).select_related("by").first()
    opinion = of.opinions.filter(undone_at__isnull=True).select_related("by").first()
    return {
        "row": pages.row(of, on),
        "checks": lines[:SHOWN],
        "more_checks": max(0, len(lines) - SHOWN),
        "stored": stored,
        "counted": counted,
        "back": back,
        "opinion": opinion,
    }


def _lines(checks: list[Any]) -> list[Line]:
    """What fails first, then what is not known."""
    found = [msgspec.convert(one, Finding) for one in checks]
    found.sort(key=lambda one: one.outcome is not Outcome.NOT_MET)
    language = get_language() or "vi"
    return [Line(TONES[one.outcome], sentence(one, language)) for one in found if one.outcome is not Outcome.MET]
