"""Ranks with their reasons, what would change them, and the published result, which nothing changes any more."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import load_workbook

from thidua_web.accounts.models import User
from thidua_web.journal.models import JournalLine
from thidua_web.notices.models import Notice
from thidua_web.progress.actions import scorings as actions
from thidua_web.progress.models import ScoreEntry, Scoring, Source
from thidua_web.progress.stages import ScoringState
from thidua_web.register.actions.units import create_unit, end_unit
from thidua_web.register.models import Appointment, Person, Unit, UnitKind
from web.blocs import make_bloc, make_offices
from web.cast import LONG_AGO, Cast
from web.scorings import enter, given, open_scoring, prove, ranks

# Sở A and Sở B have the same total; B has more in the first section.
POINTS = {"S0": (40, 9.0), "S1": (45, 8.0), "T-1": (30, 9.5)}


@pytest.fixture
def scoring(cast: Cast) -> Scoring:
    """Scored by all members themselves, before the standing body."""
    bloc = make_bloc(cast.province, [cast.office, *make_offices(cast, 2)])
    found = open_scoring(bloc, cast.users["head"])
    for code, (reached, judged) in POINTS.items():
        unit = Unit.objects.get(code=code)
        prove(found, unit, cast.users["clerk"])
        enter(found, unit, Source.OWN, cast.users["clerk"], given(thu=(50, reached), phong_trao=judged))
    return found


def settle(scoring: Scoring, cast: Cast) -> None:
    actions.open_standing(scoring=scoring, by=cast.users["head"], at=timezone.now())
    scoring.refresh_from_db()


def page(answer: Any) -> str:
    return answer.content.decode()


def as_user(client: Client, cast: Cast, name: str) -> Client:
    client.force_login(cast.users[name])
    return client


def test_the_chain_decides_and_says_where(client: Client, cast: Cast, scoring: Scoring) -> None:
    assert ranks(scoring) == {"Sở B": 1, "Sở A": 2, "Sở Thử": 3}
    text = page(as_user(client, cast, "clerk").get(f"/cham-diem/{scoring.pk}/xep-hang/"))
    assert "Bằng tổng điểm, hơn Sở A ở mục “Chỉ tiêu kinh tế”: 9,00 so với 8,00." in text


def test_who_has_no_complete_score_stands_apart_with_what_is_missing(
    client: Client, cast: Cast, scoring: Scoring
) -> None:
    other = create_unit(code="S9", name="Sở Y", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
    again = open_scoring(make_bloc(cast.province, [other, cast.office], name="hai"), cast.users["head"], title="hai")
    enter(again, other, Source.OWN, cast.users["clerk"], given(thu=(50, 45), phong_trao=8))
    text = page(as_user(client, cast, "clerk").get(f"/cham-diem/{again.pk}/xep-hang/"))
    assert "Chưa đủ điểm để xếp hạng" in text
    assert ("đang có 9, có thể từ 9 đến 17" in text, "Tổ chức phong trào" in text) == (True, True)


def test_a_doubt_that_changes_the_rank_is_drawn_and_told(client: Client, cast: Cast, scoring: Scoring) -> None:
    actions.open_peer(scoring=scoring, by=cast.users["head"], at=timezone.now())
    first = Unit.objects.get(code="S0")
    enter(scoring, first, Source.PEER, cast.users["neighbour"], given(phong_trao=(6, "vì")))
    text = page(as_user(client, cast, "clerk").get(f"/cham-diem/{scoring.pk}/xep-hang/"))
    assert ('<svg class="intervals"' in text, "các bên chấm chênh nhau" in text) == (True, True)
    assert "hạng 3 đến 2" in text


def test_members_see_the_ranking_once_it_is_published(client: Client, cast: Cast, scoring: Scoring) -> None:
    as_user(client, cast, "neighbour")
    address = f"/cham-diem/{scoring.pk}/xep-hang/"
    assert "Kết quả chưa công bố" in page(client.get(address))
    assert client.get(f"/cham-diem/{scoring.pk}/xep-hang.xlsx").status_code == 404
    settle(scoring, cast)
    actions.publish(scoring=scoring, by=cast.users["head"], at=timezone.now())
    text = page(client.get(address))
    assert ("Sở B" in text, "Kết quả đã khóa." in text, "intervals" in text) == (True, True, False)
    assert Notice.objects.filter(kind="score.published", user=cast.users["neighbour"]).exists()
    assert client.get(f"/cham-diem/{scoring.pk}/{Unit.objects.get(code='S0').pk}/").status_code == 200


def test_a_dispute_is_settled_by_a_point_with_a_reason_before_publishing(
    client: Client, cast: Cast, scoring: Scoring
) -> None:
    actions.open_peer(scoring=scoring, by=cast.users["head"], at=timezone.now())
    first = Unit.objects.get(code="S0")
    enter(scoring, first, Source.PEER, cast.users["neighbour"], given(phong_trao=(6, "vì")))
    settle(scoring, cast)
    as_user(client, cast, "head")
    publish = f"/cham-diem/{scoring.pk}/cong-bo/"
    assert "thường trực chưa chấm" in page(client.post(publish, follow=True))
    enter(scoring, first, Source.STANDING, cast.users["clerk"], given(phong_trao=9))
    assert "thường trực chưa ghi lý do" in page(client.post(publish, follow=True))
    enter(scoring, first, Source.STANDING, cast.users["clerk"], given(phong_trao=(9, "đã kiểm tra tại chỗ")))
    assert "Đã công bố và khóa kết quả" in page(client.post(publish, follow=True))
    scoring.refresh_from_db()
    said = scoring.result["points"][str(first.pk)]["phong_trao"]
    assert (said["own"], said["peer"], said["standing"], said["source"]) == ("9.00", "6.00", "9.00", "standing")
    assert said["reason"] == "đã kiểm tra tại chỗ"


def test_what_is_published_does_not_change(client: Client, cast: Cast, scoring: Scoring) -> None:
    settle(scoring, cast)
    assert actions.publish(scoring=scoring, by=cast.users["head"], at=timezone.now())
    assert not actions.publish(scoring=scoring, by=cast.users["head"], at=timezone.now())
    assert not actions.reopen(scoring=scoring, reason="x", by=cast.users["head"], at=timezone.now())
    scoring.refresh_from_db()
    before = scoring.result
    ScoreEntry.objects.update(points=0)
    create_unit(code="S8", name="Sở X", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
    text = page(as_user(client, cast, "neighbour").get(f"/cham-diem/{scoring.pk}/xep-hang/"))
    scoring.refresh_from_db()
    assert (scoring.result == before, "17,00" in text) == (True, True)
    assert JournalLine.objects.get(act="score.published").details["ranks"] == {"Sở B": 1, "Sở A": 2, "Sở Thử": 3}


def test_a_member_that_ended_has_no_rank_and_its_successor_keeps_its_own_row(
    client: Client, cast: Cast, scoring: Scoring
) -> None:
    ended = Unit.objects.get(code="S1")
    end_unit(unit=ended, on=timezone.localdate() - datetime.timedelta(days=1), successors=[cast.office])
    assert ranks(scoring) == {"Sở A": 1, "Sở Thử": 2}
    settle(scoring, cast)
    actions.publish(scoring=scoring, by=cast.users["head"], at=timezone.now())
    scoring.refresh_from_db()
    assert [one["name"] for one in scoring.result["dissolved"]] == ["Sở B"]
    text = page(as_user(client, cast, "clerk").get(f"/cham-diem/{scoring.pk}/xep-hang/"))
    assert "Đã kết thúc hoạt động, không xếp hạng" in text


def test_an_equal_total_in_everything_is_left_to_the_council(cast: Cast, client: Client) -> None:
    bloc = make_bloc(cast.province, make_offices(cast, 2))
    scoring = open_scoring(bloc, cast.users["head"])
    for unit in Unit.objects.filter(code__in=["S0", "S1"]):
        prove(scoring, unit, cast.users["clerk"])
        enter(scoring, unit, Source.OWN, cast.users["clerk"], given(thu=(50, 45), phong_trao=8))
    assert ranks(scoring) == {"Sở A": 1, "Sở B": 1}
    assert "Hội đồng quyết định" in page(as_user(client, cast, "clerk").get(f"/cham-diem/{scoring.pk}/xep-hang/"))


def test_the_published_ranking_goes_out_as_workbook_and_paper(client: Client, cast: Cast, scoring: Scoring) -> None:
    settle(scoring, cast)
    actions.publish(scoring=scoring, by=cast.users["head"], at=timezone.now())
    as_user(client, cast, "neighbour")
    answer = client.get(f"/cham-diem/{scoring.pk}/xep-hang.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    rows = book.get_sheet_by_name("Xếp hạng").to_python()
    assert rows[2][:2] == ["Hạng", "Đơn vị"]
    assert [row[1] for row in rows[3:6]] == ["Sở B", "Sở A", "Sở Thử"]
    assert rows[3][-1] == 17.0 or 17.0 in rows[3]
    points = book.get_sheet_by_name("Điểm từng tiêu chí").to_python()
    assert len(points) == 1 + 3 * 3
    assert client.get(f"/cham-diem/{scoring.pk}/xep-hang.exe").status_code == 404


def test_the_paper_has_the_official_head_and_a_place_to_sign(client: Client, cast: Cast, scoring: Scoring) -> None:
    """The post is that of the day of publishing; where the register knows none, its place is left open."""
    settle(scoring, cast)
    at = timezone.make_aware(datetime.datetime.combine(datetime.date(2026, 2, 3), datetime.time(9)))
    actions.publish(scoring=scoring, by=cast.users["head"], at=at)
    as_user(client, cast, "neighbour")
    said = printed(client, scoring)
    assert ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said, "ỦY BAN NHÂN DÂN" in said) == (True, True)
    assert ("ngày 03 tháng 02 năm 2026" in said, "Nơi nhận:" in said, "đóng dấu" in said) == (True, True, True)
    assert said.splitlines()[-1].strip() == "Người head"
    assert "CHỦ TỊCH" not in said
    person = Person.objects.create(full_name="Người head", unit=cast.province)
    User.objects.filter(pk=cast.users["head"].pk).update(person=person)
    for position, first, last in (
        ("Phó Chủ tịch UBND tỉnh", datetime.date(2025, 1, 1), datetime.date(2026, 6, 30)),
        ("Chủ tịch UBND tỉnh", datetime.date(2026, 7, 1), None),
    ):
        Appointment.objects.create(
            person=person, unit=cast.province, position=position, valid_from=first, valid_to=last, is_head=not last
        )
    lines = printed(client, scoring).splitlines()
    place = lines.index("PHÓ CHỦ TỊCH")
    assert [line.strip() for line in lines[place - 2 : place]] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]


def printed(client: Client, scoring: Scoring) -> str:
    paper = client.get(f"/cham-diem/{scoring.pk}/xep-hang.pdf")
    assert paper.content.startswith(b"%PDF-")
    pages = pypdfium2.PdfDocument(paper.content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r", "")


def test_the_database_keeps_no_published_scoring_without_its_result(cast: Cast, scoring: Scoring) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Scoring.objects.filter(pk=scoring.pk).update(state=ScoringState.PUBLISHED)
