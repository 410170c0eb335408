"""One unit's sheet: figures with how they were reckoned, evidence, what the sources say side by side."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from thidua_web.progress.actions import scorings as actions
from thidua_web.progress.models import ScoreEntry, ScoreEvidence, ScoreSheet, Scoring, Source
from thidua_web.register.actions import blocs
from thidua_web.register.models import Unit
from web.blocs import make_bloc, make_offices
from web.cast import Cast
from web.scorings import PDF, enter, given, open_scoring, prove


@pytest.fixture
def scoring(cast: Cast) -> Scoring:
    """Of the cast's office and two more; in the bloc's order Sở A, Sở B, Sở Thử."""
    return open_scoring(make_bloc(cast.province, [cast.office, *make_offices(cast, 2)]), cast.users["head"])


@pytest.fixture
def member(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


def page(answer: Any) -> str:
    return answer.content.decode()


def address(scoring: Scoring, unit: Unit, act: str = "") -> str:
    return f"/cham-diem/{scoring.pk}/{unit.pk}/{act}"


def filled(revision: int = 0, source: str = "own", **cells: str) -> dict[str, Any]:
    said = {"in-thu-a": "50", "in-thu-b": "45", "points-phong_trao": "8,5", "note-thu": "theo Kho bạc"}
    return {"source": source, "revision": revision, **said, **{name.replace("__", "-"): v for name, v in cells.items()}}


def entries(scoring: Scoring, source: Source = Source.OWN) -> dict[str, ScoreEntry]:
    return {one.criterion: one for one in ScoreEntry.objects.filter(sheet__scoring=scoring, sheet__source=source)}


# One's own points ---------------------------------------------------------------------------------------------------


def test_figures_are_saved_and_reckoned_in_words(member: Client, cast: Cast, scoring: Scoring) -> None:
    member.post(address(scoring, cast.office, "luu/"), filled())
    kept = entries(scoring)
    assert (kept["thu"].inputs, kept["thu"].note) == ({"a": "50", "b": "45"}, "theo Kho bạc")
    assert kept["phong_trao"].points == Decimal("8.5")
    text = page(member.get(address(scoring, cast.office)))
    assert ("45/50 × 10 = 9,00" in text, "Cần minh chứng" in text) == (True, True)


def test_as_it_is_typed_it_is_answered_with_what_it_comes_to(member: Client, cast: Cast, scoring: Scoring) -> None:
    answer = member.post(address(scoring, cast.office, "luu/"), filled(), headers={"X-Thidua": "draft"})
    told = answer.json()
    texts = told["texts"]
    assert (told["revision"], texts["working-thu"]) == (1, "45/50 × 10 = 9,00")
    assert (texts["score-total"], "còn 1 tiêu chí" in texts["score-short"]) == ("…", True)


def test_what_is_wrong_is_told_at_its_cell_and_the_rest_is_kept(member: Client, cast: Cast, scoring: Scoring) -> None:
    said = filled(points__phong_trao="11", in__thu__b="bốn mươi")
    answer = member.post(address(scoring, cast.office, "luu/"), said | {"points-sang_kien": "1,5"})
    text = page(answer)
    assert answer.status_code == 422
    assert ("Điểm từ 0 đến 10." in text, "“bốn mươi” không phải là một số" in text) == (True, True)
    assert 'value="bốn mươi"' in text
    assert list(entries(scoring)) == ["sang_kien"]


def test_of_two_tabs_none_overwrites_the_other(member: Client, cast: Cast, scoring: Scoring) -> None:
    save = address(scoring, cast.office, "luu/")
    member.post(save, filled())
    answer = member.post(save, filled(in__thu__b="10"), headers={"X-Thidua": "draft"})
    assert (answer.status_code, "vừa ghi phiếu này" in answer.json()["said"]) == (409, True)
    shown = member.post(save, filled(in__thu__b="10"))
    assert (shown.status_code, 'value="10"' in page(shown)) == (409, True)
    assert entries(scoring)["thu"].inputs["b"] == "45"


def test_the_same_sent_twice_is_saved_once(member: Client, cast: Cast, scoring: Scoring) -> None:
    for _ in range(2):
        assert member.post(address(scoring, cast.office, "luu/"), filled()).status_code == 302
    assert ScoreSheet.objects.get().revision == 1


def test_sent_it_is_closed_until_taken_back(member: Client, cast: Cast, scoring: Scoring) -> None:
    answer = member.post(address(scoring, cast.office, "gui/"), filled(), follow=True)
    assert "còn 1 tiêu chí chưa có điểm" in page(answer)
    assert "đã gửi phiếu này lúc" in page(answer)
    member.post(address(scoring, cast.office, "luu/"), filled(1, in__thu__b="50"))
    assert entries(scoring)["thu"].inputs["b"] == "45"
    member.post(address(scoring, cast.office, "lay-lai/"), {"source": "own"})
    member.post(address(scoring, cast.office, "luu/"), filled(1, in__thu__b="50"))
    assert entries(scoring)["thu"].inputs["b"] == "50"


def test_the_figure_of_a_tie_breaker_is_asked_beside_the_criteria(member: Client, cast: Cast, scoring: Scoring) -> None:
    assert "Số mô hình hay" in page(member.get(address(scoring, cast.office)))
    member.post(address(scoring, cast.office, "luu/"), filled(count__mo_hinh="3"))
    assert entries(scoring)["count:mo_hinh"].inputs == {"mo_hinh": "3"}


def test_after_its_step_nothing_more_is_entered(member: Client, cast: Cast, scoring: Scoring) -> None:
    actions.open_peer(scoring=scoring, by=cast.users["head"], at=timezone.now())
    answer = member.post(address(scoring, cast.office, "luu/"), filled(), follow=True)
    assert ("bước chấm này đã qua" in page(answer), entries(scoring)) == (True, {})


# Evidence -----------------------------------------------------------------------------------------------------------


def test_evidence_makes_the_points_count_and_comes_back_as_a_download(
    member: Client, cast: Cast, scoring: Scoring
) -> None:
    file = SimpleUploadedFile("báo cáo.exe", PDF)
    member.post(address(scoring, cast.office, "luu/"), filled())
    said = {"criterion": "phong_trao", "files": file}
    answer = member.post(address(scoring, cast.office, "minh-chung/"), said, follow=True)
    assert ("Đã nhận 1 minh chứng." in page(answer), "17,50" in page(answer) or "17,5" in page(answer)) == (True, True)
    kept = ScoreEvidence.objects.get()
    assert kept.name == "báo cáo.pdf"
    given_out = member.get(f"/cham-diem/minh-chung/{kept.pk}/")
    assert "attachment" in given_out["Content-Disposition"]
    assert b"".join(given_out.streaming_content) == PDF


def test_a_page_or_a_program_is_no_evidence(member: Client, cast: Cast, scoring: Scoring) -> None:
    file = SimpleUploadedFile("a.pdf", b"<html><script>alert(1)</script>")
    said = {"criterion": "phong_trao", "files": file}
    answer = member.post(address(scoring, cast.office, "minh-chung/"), said, follow=True)
    assert "a.pdf" in page(answer)
    assert not ScoreEvidence.objects.exists()


def test_evidence_goes_as_long_as_the_sheet_is_open(member: Client, cast: Cast, scoring: Scoring) -> None:
    kept = prove(scoring, cast.office, cast.users["neighbour"])
    member.post(address(scoring, cast.office, "gui/"), filled())
    answer = member.post(f"/cham-diem/minh-chung/{kept.pk}/bo/", follow=True)
    assert ("đã khóa" in page(answer), ScoreEvidence.objects.count()) == (True, 1)
    member.post(address(scoring, cast.office, "lay-lai/"), {"source": "own"})
    member.post(f"/cham-diem/minh-chung/{kept.pk}/bo/")
    assert not ScoreEvidence.objects.exists()


# Peers and the standing body ----------------------------------------------------------------------------------------


def to_peers(scoring: Scoring, cast: Cast) -> Unit:
    """All have scored themselves; the cast's office checks Sở A."""
    first = Unit.objects.get(code="S0")
    for unit in Unit.objects.filter(code__in=["S0", "S1", "T-1"]):
        prove(scoring, unit, cast.users["clerk"])
        enter(scoring, unit, Source.OWN, cast.users["clerk"], given(thu=(50, 45), phong_trao=9))
    actions.open_peer(scoring=scoring, by=cast.users["head"], at=timezone.now())
    scoring.refresh_from_db()
    return first


def test_before_the_peers_step_only_the_own_sheet_is_seen(member: Client, cast: Cast, scoring: Scoring) -> None:
    other, third = Unit.objects.get(code="S0"), Unit.objects.get(code="S1")
    assert member.get(address(scoring, other)).status_code == 404
    to_peers(scoring, cast)
    assert member.get(address(scoring, other)).status_code == 200  # it checks this one
    assert member.get(address(scoring, third)).status_code == 404


def test_a_peer_that_gives_other_points_says_why(member: Client, cast: Cast, scoring: Scoring) -> None:
    other = to_peers(scoring, cast)
    said = filled(source="peer", points__phong_trao="7", note__thu="")
    answer = member.post(address(scoring, other, "gui/"), said)
    assert (answer.status_code, "Cho điểm khác đơn vị tự chấm thì ghi lý do" in page(answer)) == (422, True)
    revision = ScoreSheet.objects.get(unit=other, source=Source.PEER).revision
    said |= {"note-phong_trao": "chưa sơ kết", "revision": revision}
    assert "Đã gửi phiếu chấm." in page(member.post(address(scoring, other, "gui/"), said, follow=True))


def test_a_peer_enters_points_for_none_but_the_one_it_checks(member: Client, cast: Cast, scoring: Scoring) -> None:
    to_peers(scoring, cast)
    third = Unit.objects.get(code="S1")
    assert member.post(address(scoring, third, "luu/"), filled(source="peer")).status_code == 404
    assert member.post(address(scoring, cast.office, "luu/"), filled(source="standing")).status_code == 404


def test_a_disagreement_stands_side_by_side_with_what_it_means_for_the_rank(
    client: Client, cast: Cast, scoring: Scoring
) -> None:
    other = to_peers(scoring, cast)
    enter(scoring, other, Source.PEER, cast.users["neighbour"], given(thu=(50, 45), phong_trao=(7, "chưa sơ kết")))
    actions.open_standing(scoring=scoring, by=cast.users["head"], at=timezone.now())
    client.force_login(cast.users["clerk"])
    text = page(client.get(address(scoring, other)))
    assert ("điểm chênh nhau 2" in text, "chưa sơ kết" in text) == (True, True)
    assert "thì đơn vị đứng từ hạng 3 đến hạng 1" in text


def test_the_unit_sees_its_peers_points_when_the_standing_body_has_them(
    client: Client, cast: Cast, scoring: Scoring
) -> None:
    to_peers(scoring, cast)
    enter(scoring, cast.office, Source.PEER, cast.users["clerk"], given(phong_trao=(7.25, "chưa sơ kết")))
    client.force_login(cast.users["neighbour"])
    assert "7,25" not in page(client.get(address(scoring, cast.office)))
    actions.open_standing(scoring=scoring, by=cast.users["head"], at=timezone.now())
    enter(scoring, cast.office, Source.STANDING, cast.users["clerk"], given(phong_trao=(7.75, "đã xem")))
    text = page(client.get(address(scoring, cast.office)))
    assert ("7,25" in text, "7,75" in text) == (True, False)


def test_who_has_left_the_bloc_by_its_day_takes_no_part(member: Client, cast: Cast, scoring: Scoring) -> None:
    enter(scoring, cast.office, Source.OWN, cast.users["neighbour"], given(thu=(50, 45)))
    day = timezone.localdate() - datetime.timedelta(days=1)
    blocs.remove_members(bloc=scoring.bloc, units=[cast.office], on=day, by=None, at=timezone.now())
    assert member.get(address(scoring, cast.office)).status_code == 404
    assert str(scoring) not in page(member.get("/cham-diem/"))
