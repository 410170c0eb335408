"""What a scoring has come to, as plain values: what is shown while it runs is what is frozen when it is published."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext

from thidua.scoring.points import Score
from thidua_web.progress.models import Source
from thidua_web.progress.queries.scorings import Board, Scores


def result_of(board: Board) -> dict[str, Any]:
    """Ranks with their reasons, who stands apart and why, and every point by source."""
    by_key = {one.party.key: one for one in board.scores.values()}
    ranking = board.ranking
    return {
        "rows": [
            {
                **_named(by_key[row.unit]),
                "rank": row.rank,
                "total": str(row.total),
                "shared": row.shared,
                **_sums(by_key[row.unit].settled),
                "findings": msgspec.to_builtins(row.findings),
            }
            for row in ranking.rows
        ],
        "incomplete": [
            {
                **_named(by_key[one.unit]),
                "known": str(one.known),
                "least": str(one.least),
                "most": str(one.most),
                "missing": list(one.missing),
                "findings": msgspec.to_builtins(by_key[one.unit].settled.findings),
            }
            for one in ranking.incomplete
        ],
        "dissolved": [_named(by_key[key]) for key in ranking.dissolved],
        "points": {str(one.party.unit.pk): _points(one, board) for one in board.scores.values()},
    }


def _named(one: Scores) -> dict[str, Any]:
    return {"unit": one.party.unit.pk, "name": one.party.name, "code": one.party.unit.code}


def _sums(score: Score) -> dict[str, Any]:
    return {
        "sections": {key: str(value) for key, value in score.by_section.items()},
        "bonus": str(score.bonus),
        "deducted": str(score.deducted),
    }


def _points(one: Scores, board: Board) -> dict[str, Any]:
    standing = board.said.get((one.party.unit.pk, Source.STANDING))
    notes = {key: entry.note for key, entry in standing.entries.items()} if standing else {}
    return {
        key: {
            "points": _text(part.points),
            "source": part.source,
            **{source.value: _given(one.of(source), key) for source in Source},
            "reason": notes.get(key, ""),
        }
        for key, part in one.settled.by_criterion.items()
    }


def _given(score: Score | None, key: str) -> str | None:
    part = score.by_criterion[key] if score else None
    return _text(part.points) if part and part.given else None


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def in_the_way(board: Board) -> list[str]:
    """What must be settled before publishing: disputes it has not settled, points without a reason."""
    found = []
    for one in board.scores.values():
        if one.party.ended:
            continue
        for quarrel in one.quarrels:
            said = {"unit": one.party.name, "criterion": board.table.by_key[quarrel.criterion].label}
            if quarrel.standing is None:
                found.append(gettext("%(unit)s, “%(criterion)s”: điểm còn chênh, thường trực chưa chấm.") % said)
            elif not reason_of(board, one.party.unit.pk, quarrel.criterion):
                found.append(gettext("%(unit)s, “%(criterion)s”: thường trực chưa ghi lý do.") % said)
    if not board.ranking.rows:
        found.append(gettext("Chưa đơn vị nào có đủ điểm để xếp hạng."))
    return found


def reason_of(board: Board, unit: int, criterion: str) -> str:
    standing = board.said.get((unit, Source.STANDING))
    entry = standing.entries.get(criterion) if standing else None
    return entry.note if entry else ""
