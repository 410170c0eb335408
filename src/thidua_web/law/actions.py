"""The one write: the wording of an instrument comes in."""

from __future__ import annotations

import datetime
import hashlib
from enum import StrEnum

from django.db import transaction

from thidua.law.texts import parse_text
from thidua_web.journal.actions import record
from thidua_web.law.models import LawText

FEWEST_ARTICLES = 2
"""A text with fewer is no instrument: an annex, or a layout in which no article was found."""


class Loaded(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    NOT_RECOGNISED = "not_recognised"


def load_text(*, instrument: str, name: str, body: str, at: datetime.datetime) -> tuple[Loaded, LawText | None]:
    """Keep the wording of an instrument; the same words again change nothing, an annex or the like is not kept."""
    articles = len(parse_text(body).articles)
    if not instrument or articles < FEWEST_ARTICLES:
        return Loaded.NOT_RECOGNISED, None
    digest = hashlib.sha256(body.encode()).hexdigest()
    with transaction.atomic():
        before = LawText.objects.filter(instrument=instrument).first()
        if before is not None and before.digest == digest:
            return Loaded.SAME, before
        values = {"name": name[:255], "body": body, "digest": digest, "articles": articles, "loaded_at": at}
        text, _made = LawText.objects.update_or_create(instrument=instrument, defaults=values)
        subject, details = ("law_text", text.pk), {"articles": articles}
        record(act="law.text_loaded", by=None, at=at, subject=subject, label=instrument, details=details)
    return (Loaded.CHANGED if before else Loaded.NEW), text
