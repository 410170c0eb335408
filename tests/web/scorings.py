"""Scorings for tests: opened, filled in and moved on as people do it, without their pages."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from thidua.scoring.table import ScoringTable, load_table
from thidua_web.accounts.models import User
from thidua_web.progress.actions import scores as score_actions
from thidua_web.progress.actions import scorings as actions
from thidua_web.progress.actions.scores import Given
from thidua_web.progress.models import ScoreSheet, Scoring, Source
from thidua_web.progress.queries.scorings import board
from thidua_web.register.models import Bloc, Unit

TABLE = """
title = "Bảng điểm năm"
total = 20

[[section]]
key = "kinh_te"
label = "Chỉ tiêu kinh tế"
max_points = 10

[[section]]
key = "thi_dua"
label = "Công tác thi đua"
max_points = 10

[[criterion]]
key = "thu"
section = "kinh_te"
label = "Thu ngân sách"
max_points = 10
formula = "b/a × chuẩn"
inputs = [
    { key = "a", label = "Chỉ tiêu", unit = "tỷ đồng", source = "target" },
    { key = "b", label = "Kết quả", unit = "tỷ đồng" },
]

[[criterion]]
key = "phong_trao"
section = "thi_dua"
label = "Tổ chức phong trào"
max_points = 10
evidence_required = true

[[criterion]]
key = "sang_kien"
label = "Sáng kiến"
max_points = 2
kind = "bonus"

[[tie_breaker]]
by = "section"
of = "kinh_te"

[[tie_breaker]]
by = "count"
of = "mo_hinh"
label = "Số mô hình hay"

[[tie_breaker]]
by = "council"
"""
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def table() -> ScoringTable:
    return load_table(TABLE)


def open_scoring(bloc: Bloc, by: User, *, on: datetime.date | None = None, **values: Any) -> Scoring:
    now = timezone.now()
    said = {"title": "Chấm điểm năm 2026", "year": 2026, "table": table(), **values}
    return actions.open_scoring(bloc=bloc, on=on or timezone.localdate(now), by=by, at=now, **said)


def given(**points: Any) -> dict[str, Given]:
    """`thu=(50, 45)` are figures, `phong_trao=8` points, either with words behind: `phong_trao=(8, "vì")`."""
    found = {}
    for key, value in points.items():
        numbers = value if isinstance(value, tuple) else (value,)
        note = next((part for part in numbers if isinstance(part, str)), "")
        plain = [Decimal(str(part)) for part in numbers if not isinstance(part, str)]
        if key == "thu":
            found[key] = Given({"a": plain[0], "b": plain[1]}, None, note)
        else:
            found[key] = Given({}, plain[0], note)
    return found


def enter(scoring: Scoring, unit: Unit, source: Source, by: User, entries: Mapping[str, Given], *, send: bool = True):
    """A sheet is filled in and, but for the standing body's, sent; with evidence where it is one's own."""
    now = timezone.now()
    peer = ScoreSheet.objects.filter(scoring=scoring, unit=unit, source=Source.PEER).first()
    scorer = {Source.OWN: unit, Source.PEER: peer.scorer if peer else unit, Source.STANDING: scoring.bloc.unit}[source]
    there = ScoreSheet.objects.filter(scoring=scoring, unit=unit, source=source).first()
    said = {"scoring": scoring, "unit": unit, "source": source, "scorer": scorer, "by": by, "at": now}
    saved = score_actions.save_sheet(**said, revision=there.revision if there else 0, given=entries)
    assert saved.sheet is not None, saved
    if send and source != Source.STANDING:
        assert score_actions.send_sheet(sheet=saved.sheet, total=None, by=by, at=now)
    return saved.sheet


def prove(scoring: Scoring, unit: Unit, by: User, criterion: str = "phong_trao", data: bytes = PDF):
    return score_actions.add_evidence(
        scoring=scoring, unit=unit, criterion=criterion, source=io.BytesIO(data), name="bang-chung.pdf", by=by,
        at=timezone.now(),
    )  # fmt: skip


def ranks(scoring: Scoring) -> dict[str, int]:
    found = board(scoring, timezone.localdate())
    names = {party.key: party.name for party in found.parties}
    return {names[row.unit]: row.rank for row in found.ranking.rows}


def published(bloc: Bloc, by: User) -> Scoring:
    """Every member has scored itself in full; the standing body agreed with all."""
    scoring = open_scoring(bloc, by, title="Đã công bố")
    for place, party in enumerate(board(scoring, timezone.localdate()).parties):
        prove(scoring, party.unit, by)
        enter(scoring, party.unit, Source.OWN, by, given(thu=(50, 45 - place), phong_trao=8))
    now = timezone.now()
    assert actions.open_standing(scoring=scoring, by=by, at=now)
    assert actions.publish(scoring=scoring, by=by, at=now)
    scoring.refresh_from_db()
    return scoring
