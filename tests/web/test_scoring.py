"""A bloc is scored: opened with a table that is looked at first, moved from step to step, assigned, reopened."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from thidua.scoring.table import dump_table
from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.journal.models import JournalLine
from thidua_web.notices.models import Notice
from thidua_web.progress import score_tables
from thidua_web.progress.actions import scorings as actions
from thidua_web.progress.models import ScoreSheet, Scoring, Source
from thidua_web.progress.stages import ScoringState
from thidua_web.register.actions.units import end_unit
from thidua_web.register.models import Bloc, Unit
from web.blocs import make_bloc, make_offices
from web.cast import LONG_AGO, Cast, make_user
from web.scorings import TABLE, enter, given, open_scoring, table

BAD = TABLE.replace("max_points = 10\nformula", "max_points = 9\nformula").replace("b/a × chuẩn", "b/c × chuẩn")


@pytest.fixture
def bloc(cast: Cast) -> Bloc:
    """Of the cast's office, which leads it, and three more."""
    return make_bloc(cast.province, [cast.office, *make_offices(cast)], head=cast.office)


@pytest.fixture
def head(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["head"])
    return client


def form(bloc: Bloc, text: str | None = None, name: str = "bang.toml", **changed: Any) -> dict[str, Any]:
    day = f"{timezone.localdate():%d/%m/%Y}"
    said = {"bloc": bloc.pk, "title": "Chấm điểm 2026", "year": "2026", "on": day, "table_from": "file", **changed}
    if text is not None:
        said["file"] = SimpleUploadedFile(name, text.encode())
    return said


def page(answer: Any) -> str:
    return answer.content.decode()


# Opening ------------------------------------------------------------------------------------------------------------


def test_a_table_is_looked_at_before_anything_is_opened(head: Client, bloc: Bloc) -> None:
    text = page(head.post("/cham-diem/mo/", form(bloc, TABLE)))
    assert ("Thu ngân sách" in text, "b/a × chuẩn" in text, "4 thành viên ngày" in text) == (True, True, True)
    assert "Khi bằng tổng điểm, xét lần lượt:" in text
    assert not Scoring.objects.exists()


def test_what_was_looked_at_is_opened_and_the_table_is_frozen(head: Client, cast: Cast, bloc: Bloc) -> None:
    said = form(bloc, own_due="20/12/2026", peer_due="25/12/2026", text=dump_table(table()), open="1")
    answer = head.post("/cham-diem/mo/", said)
    scoring = Scoring.objects.get()
    assert answer["Location"] == f"/cham-diem/{scoring.pk}/"
    assert (scoring.state, scoring.own_due) == (ScoringState.OWN, datetime.date(2026, 12, 20))
    line = JournalLine.objects.get(act="score.opened")
    assert (line.unit, line.details["criteria"], line.details["members"]) == (cast.province.pk, 3, 4)
    told = Notice.objects.filter(kind="score.opened").values_list("user__username", flat=True)
    assert sorted(told) == ["both", "neighbour"]
    head.post("/cham-diem/mo/", said)
    assert Scoring.objects.count() == 1


def test_every_fault_of_a_text_is_told_at_once_by_line(head: Client, bloc: Bloc) -> None:
    answer = head.post("/cham-diem/mo/", form(bloc, BAD))
    text = page(answer)
    assert answer.status_code == 422
    assert text.count("Dòng ") >= 2
    assert ("Bảng điểm có" in text, "Chấm điểm 2026" in text) == (True, True)


def test_every_fault_of_a_sheet_is_told_by_row_and_column(head: Client, bloc: Bloc) -> None:
    import io

    import xlsxwriter

    from thidua.scoring.rows import rows_of

    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows_of(table())):
            for place, cell in enumerate(row):
                wrong = cell if cell != "b/a × chuẩn" else "b/c × chuẩn"
                if wrong is not None:
                    sheet.write(number, place, float(wrong) if not isinstance(wrong, str) else wrong)
        sheet.write(12, 0, "Gì đó")
    said = form(bloc) | {"file": SimpleUploadedFile("bang.xlsx", made.getvalue())}
    text = page(head.post("/cham-diem/mo/", said))
    assert ("Dòng 13, cột Dòng:" in text, "cột Cách tính:" in text) == (True, True)


@pytest.mark.parametrize("suffix", ["toml", "xlsx"])
def test_the_table_to_start_from_goes_out_and_comes_back_the_same(head: Client, bloc: Bloc, suffix: str) -> None:
    answer = head.get(f"/cham-diem/bang-mau.{suffix}")
    assert "attachment" in answer["Content-Disposition"]
    assert score_tables.read_table(answer.content, f"mau.{suffix}") == score_tables.example()
    said = form(bloc) | {"file": SimpleUploadedFile(f"mau.{suffix}", answer.content)}
    assert "Xem trước bảng điểm" in page(head.post("/cham-diem/mo/", said))


@pytest.mark.parametrize(
    ("data", "said"), [(b"\xff\xfe\x00rubbish", "không phải tệp Excel"), (b"PK\x03\x04 broken", "Tệp")]
)
def test_a_file_that_is_no_table_is_refused_with_its_reason(head: Client, bloc: Bloc, data: bytes, said: str) -> None:
    answer = head.post("/cham-diem/mo/", form(bloc) | {"file": SimpleUploadedFile("x.xlsx", data)})
    assert (answer.status_code, said in page(answer)) == (422, True)


def test_a_bloc_of_one_is_not_scored_and_what_is_missing_is_told(head: Client, cast: Cast) -> None:
    alone = make_bloc(cast.province, [cast.office], name="Khối một")
    answer = head.post("/cham-diem/mo/", form(alone, text=dump_table(table()), open="1"))
    assert (answer.status_code, "chưa có đủ hai thành viên" in page(answer)) == (422, True)
    text = page(head.post("/cham-diem/mo/", {"table_from": "file"}))
    assert all(
        words in text for words in ("Chưa chọn cụm, khối.", "Chưa ghi tên gọi.", "Chưa ghi năm.", "Chưa chọn tệp")
    )
    assert not Scoring.objects.exists()


def test_a_bloc_of_another_unit_is_not_scored_from_here(head: Client, cast: Cast) -> None:
    other = make_bloc(cast.office, name="Khối của sở")
    assert "Hãy chọn trong danh sách." in page(head.post("/cham-diem/mo/", form(other, TABLE)))


# Steps --------------------------------------------------------------------------------------------------------------


def test_each_checks_the_next_of_the_bloc_unless_told_otherwise(head: Client, cast: Cast, bloc: Bloc) -> None:
    scoring = open_scoring(bloc, cast.users["head"])
    first, third = Unit.objects.get(code="S0"), Unit.objects.get(code="S2")
    head.post(f"/cham-diem/{scoring.pk}/phan-cong/", {"unit": first.pk, "scorer": third.pk})
    head.post(f"/cham-diem/{scoring.pk}/cham-cheo/")
    pairs = ScoreSheet.objects.filter(source=Source.PEER).values_list("scorer__name", "unit__name")
    assert sorted(pairs) == [("Sở A", "Sở B"), ("Sở B", "Sở C"), ("Sở C", "Sở A"), ("Sở C", "Sở Thử")]
    told = Notice.objects.filter(kind="score.peer").values_list("user__username", flat=True)
    assert list(told) == []  # nobody works for Sở A, B, C here
    assert JournalLine.objects.get(act="score.peer_assigned").details == {
        "bloc": bloc.pk, "unit": "Sở A", "scorer": "Sở C"
    }  # fmt: skip


def test_a_step_is_taken_once_and_said_when_it_was_taken(head: Client, cast: Cast, bloc: Bloc) -> None:
    scoring = open_scoring(bloc, cast.users["head"])
    for _ in range(2):
        answer = head.post(f"/cham-diem/{scoring.pk}/cham-cheo/", follow=True)
    assert "đã được làm, hoặc bước chấm điểm đã thay đổi" in page(answer)
    assert JournalLine.objects.filter(act="score.peer_opened").count() == 1


def test_the_head_unit_of_the_bloc_says_who_checks_whom(client: Client, cast: Cast, bloc: Bloc) -> None:
    scoring = open_scoring(bloc, cast.users["head"])
    leader, other = make_user("leader"), make_user("other")
    give_role(user=leader, unit=cast.office, role=Role.BLOC_HEAD, on=LONG_AGO)
    give_role(user=other, unit=Unit.objects.get(code="S0"), role=Role.BLOC_HEAD, on=LONG_AGO)
    said = {"unit": Unit.objects.get(code="S0").pk, "scorer": cast.office.pk}
    client.force_login(other)
    assert client.post(f"/cham-diem/{scoring.pk}/phan-cong/", said).status_code == 404
    client.force_login(leader)
    client.post(f"/cham-diem/{scoring.pk}/phan-cong/", said)
    assert ScoreSheet.objects.get(source=Source.PEER).scorer == cast.office


def test_nobody_checks_itself_or_what_another_has_begun(head: Client, cast: Cast, bloc: Bloc) -> None:
    scoring = open_scoring(bloc, cast.users["head"])
    first, second, third = Unit.objects.filter(code__in=["S0", "S1", "S2"]).order_by("code")
    assign = f"/cham-diem/{scoring.pk}/phan-cong/"
    assert "một thành viên khác" in page(head.post(assign, {"unit": first.pk, "scorer": first.pk}, follow=True))
    head.post(f"/cham-diem/{scoring.pk}/cham-cheo/")
    scoring.refresh_from_db()
    enter(scoring, second, Source.PEER, cast.users["clerk"], given(phong_trao=(5, "vì")), send=False)
    assert "đã bắt đầu chấm" in page(head.post(assign, {"unit": second.pk, "scorer": third.pk}, follow=True))


def test_reopening_asks_why_and_gives_the_sheets_back(head: Client, cast: Cast, bloc: Bloc) -> None:
    scoring = open_scoring(bloc, cast.users["head"])
    sheet = enter(scoring, cast.office, Source.OWN, cast.users["neighbour"], given(thu=(50, 45)))
    head.post(f"/cham-diem/{scoring.pk}/cham-cheo/")
    assert head.post(f"/cham-diem/{scoring.pk}/mo-lai/", {"reason": " "}).status_code == 422
    head.post(f"/cham-diem/{scoring.pk}/mo-lai/", {"reason": "thiếu số liệu quý IV"})
    scoring.refresh_from_db()
    sheet.refresh_from_db()
    assert (scoring.state, sheet.sent_at, sheet.entries.count()) == (ScoringState.OWN, None, 1)
    notice = Notice.objects.filter(kind="score.reopened").first()
    assert notice.params["reason"] == "thiếu số liệu quý IV"


def test_what_waits_stands_among_peoples_work(client: Client, cast: Cast, bloc: Bloc) -> None:
    scoring = open_scoring(bloc, cast.users["head"], own_due=timezone.localdate() - datetime.timedelta(days=2))
    client.force_login(cast.users["neighbour"])
    text = page(client.get("/"))
    assert ("Tự chấm điểm: Chấm điểm năm 2026" in text, "Quá hạn 2 ngày" in text) == (True, True)
    enter(scoring, cast.office, Source.OWN, cast.users["neighbour"], given(thu=(50, 45)))
    assert "Tự chấm điểm:" not in page(client.get("/"))
    actions.open_peer(scoring=scoring, by=cast.users["head"], at=timezone.now())
    assert "Chấm chéo Sở A: Chấm điểm năm 2026" in page(client.get("/"))
    actions.open_standing(scoring=scoring, by=cast.users["head"], at=timezone.now())
    client.force_login(cast.users["clerk"])
    assert "Thẩm định điểm: Chấm điểm năm 2026" in page(client.get("/"))
    client.force_login(cast.users["head"])
    assert "Công bố kết quả: Chấm điểm năm 2026" in page(client.get("/"))


def test_a_member_that_ends_keeps_its_sheet_and_checks_nobody(cast: Cast, bloc: Bloc) -> None:
    scoring = open_scoring(bloc, cast.users["head"])
    ended = Unit.objects.get(code="S0")
    enter(scoring, ended, Source.OWN, cast.users["clerk"], given(thu=(50, 45)))
    end_unit(unit=ended, on=timezone.localdate() - datetime.timedelta(days=1), successors=[cast.office])
    actions.open_peer(scoring=scoring, by=cast.users["head"], at=timezone.now())
    pairs = ScoreSheet.objects.filter(source=Source.PEER).values_list("scorer__name", "unit__name")
    assert sorted(pairs) == [("Sở B", "Sở C"), ("Sở C", "Sở Thử"), ("Sở Thử", "Sở B")]


def test_members_see_how_far_all_are_but_no_points_of_others(client: Client, cast: Cast, bloc: Bloc) -> None:
    scoring = open_scoring(bloc, cast.users["head"])
    enter(scoring, Unit.objects.get(code="S0"), Source.OWN, cast.users["clerk"], given(thu=(50, 45), phong_trao=7))
    client.force_login(cast.users["neighbour"])
    text = page(client.get(f"/cham-diem/{scoring.pk}/"))
    assert ("đã gửi" in text, "9,00" in text, "Điểm tính" in text) == (True, False, False)


def test_the_pages_ask_the_same_however_many_members_there_are(client: Client, cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries_of(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    units = make_offices(cast, 7)
    client.force_login(cast.users["head"])
    counts = []
    for name, members in (("nhỏ", units[:2]), ("to", units)):
        scoring = open_scoring(make_bloc(cast.province, members, name=name), cast.users["head"])
        for unit in members:
            enter(scoring, unit, Source.OWN, cast.users["clerk"], given(thu=(50, 45), phong_trao=7))
        pages = ("", "xep-hang/", f"{members[0].pk}/")
        counts.append([queries_of(f"/cham-diem/{scoring.pk}/{one}") for one in pages])
    assert counts[0] == counts[1]
    few = queries_of("/cham-diem/")
    open_scoring(make_bloc(cast.province, units, name="nữa"), cast.users["head"])
    assert queries_of("/cham-diem/") == few
