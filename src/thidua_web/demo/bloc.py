"""A bloc of the demo and its scoring of last year: members and peers have given their points, the standing body's turn.

Through the product's own acts; the figures are in bloc.toml.
"""

from __future__ import annotations

import datetime
import io
import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.db import transaction

from thidua.scoring.table import example_text, load_table
from thidua_web.accounts.models import User
from thidua_web.demo.days import moment
from thidua_web.demo.files import pdf_from_text
from thidua_web.progress.actions import scores, scorings
from thidua_web.progress.actions.scores import Given
from thidua_web.progress.models import ScoreSheet, Scoring, Source
from thidua_web.register.actions import blocs
from thidua_web.register.models import Bloc, Unit

OPENED, OWN_SENT, CHECKED, HANDED_OVER = -20, -14, -8, -5


@transaction.atomic
def make_bloc(*, on: datetime.date) -> None:
    """Unless there is one already."""
    if Bloc.objects.exists():
        return
    said = tomllib.loads(files("thidua_web.demo").joinpath("bloc.toml").read_text("utf-8"))
    members = [Unit.objects.get(code=code) for code in said["members"]]
    scoring = _open(said, members, on)
    for index, unit in enumerate(members):
        _prove(scoring, unit, said["unproved"].get(unit.code, []), at=moment(on, OWN_SENT, 8))
        _score(scoring, unit, Source.OWN, unit, _given(said, index), at=moment(on, OWN_SENT, 9))
    scorings.open_peer(scoring=scoring, by=_user("thamdinh"), at=moment(on, OWN_SENT + 1, 8))
    scoring.refresh_from_db()
    for sheet in ScoreSheet.objects.filter(scoring=scoring, source=Source.PEER).select_related("unit", "scorer"):
        index = said["members"].index(sheet.unit.code)
        given = _given(said, index) | _otherwise(said["checked"].get(sheet.unit.code, {}))
        _score(scoring, sheet.unit, Source.PEER, sheet.scorer, given, at=moment(on, CHECKED, 9))
    scorings.open_standing(scoring=scoring, by=_user("thamdinh"), at=moment(on, HANDED_OVER, 8))


def _open(said: dict[str, Any], members: list[Unit], on: datetime.date) -> Scoring:
    clerk, at = _user("vanthu"), moment(on, OPENED, 8)
    begun = datetime.date(on.year - 1, 1, 1)
    unit = Unit.objects.get(code="UBND")
    bloc = blocs.make_bloc(unit=unit, name=said["name"], paper=said["paper"], valid_from=begun, by=clerk, at=at)
    blocs.add_members(bloc=bloc, units=members, on=begun, by=clerk, at=at)
    head = next(unit for unit in members if unit.code == said["head"])
    blocs.set_head(bloc=bloc, unit=head, on=begun, by=clerk, at=at)
    return scorings.open_scoring(
        bloc=bloc,
        title=f"Chấm điểm thi đua năm {on.year - 1}",
        year=on.year - 1,
        on=on + datetime.timedelta(days=OPENED),
        table=load_table(example_text()),
        own_due=on + datetime.timedelta(days=OWN_SENT),
        peer_due=on + datetime.timedelta(days=CHECKED),
        by=_user("thamdinh"),
        at=at,
    )


def _prove(scoring: Scoring, unit: Unit, but: list[str], *, at: datetime.datetime) -> None:
    """A paper for every criterion that asks for one, but for those that the unit has forgotten."""
    paper = pdf_from_text(f"BÁO CÁO\nKết quả thực hiện nhiệm vụ năm {scoring.year} của {unit.name}")
    asked = [one.key for one in load_table(example_text()).criteria if one.evidence_required and one.key not in but]
    for key in asked:
        source, who = io.BytesIO(paper), {"by": _user("truongkhoi"), "at": at}
        scores.add_evidence(scoring=scoring, unit=unit, criterion=key, source=source, name="bao-cao.pdf", **who)


def _score(  # noqa: PLR0913 - one sheet by one source
    scoring: Scoring, unit: Unit, source: Source, scorer: Unit, given: dict[str, Given], *, at: datetime.datetime
) -> None:
    by = _user("truongkhoi")
    sheet = ScoreSheet.objects.filter(scoring=scoring, unit=unit, source=source).first()
    revision = sheet.revision if sheet else 0
    who = {"by": by, "at": at}
    saved = scores.save_sheet(
        scoring=scoring, unit=unit, source=source, scorer=scorer, revision=revision, given=given, **who
    )
    if saved.sheet is not None:
        scores.send_sheet(sheet=saved.sheet, total=None, **who)


def _given(said: dict[str, Any], index: int) -> dict[str, Given]:
    points = {key: Given({}, Decimal(str(row[index])), "") for key, row in said["points"].items()}
    inputs = {
        key: Given({name: Decimal(str(row[index])) for name, row in rows.items()}, None, "")
        for key, rows in said["inputs"].items()
    }
    return points | inputs


def _otherwise(checked: dict[str, Any]) -> dict[str, Given]:
    note = "Hồ sơ minh chứng chưa thể hiện đủ."
    return {key: Given({}, Decimal(str(points)), note) for key, points in checked.items()}


def _user(username: str) -> User:
    return User.objects.get(username=username)
