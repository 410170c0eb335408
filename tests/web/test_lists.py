"""The page of lists, and the page of one list that came in."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.register.actions import imports
from thidua_web.register.models import ImportRow, ImportRun, Person
from thidua_web.register.tasks import read_list, undo_list, write_list
from web.cast import Cast
from web.listing import fresh, send, take_in, workbook, write

MAI = {
    "full_name": "Nguyễn Thị Mai",
    "code": "CB1",
    "birth": "05/03/1985",
    "unit_code": "T-1",
    "position": "Trưởng phòng",
}
WRONG = {"full_name": "Lê Văn Sai", "code": "CB9", "birth": "31/02/1990", "unit_code": "KHONG"}


def client_of(cast: Cast, name: str = "clerk") -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


def upload(client: Client, data: bytes, name: str = "nguoi.xlsx", kind: str = "people", **headers):
    file = io.BytesIO(data)
    file.name = name
    return client.post("/danh-ba/", {"kind": kind, "file": file}, headers=headers)


def test_a_file_is_read_looked_at_written_and_taken_back(cast: Cast) -> None:
    client = client_of(cast)
    answer = upload(client, workbook("people", [MAI, WRONG]))
    run = ImportRun.objects.get()
    assert answer.url == f"/danh-ba/{run.pk}/"
    assert "Đã nhận" in client.get(answer.url).content.decode()

    read_list(run.pk)
    page = client.get(answer.url).content.decode()
    assert "Ghi 1 dòng" in page
    assert "Tải 1 dòng cần sửa" in page
    assert "Không có đơn vị nào mang mã “KHONG”" in page

    client.post(f"/danh-ba/{run.pk}/ghi/")
    assert "Đang ghi" in client.get(answer.url).content.decode()
    write_list(run.pk)
    assert "Đã ghi 1 dòng" in client.get(answer.url).content.decode()
    assert Person.objects.get().full_name == "Nguyễn Thị Mai"

    client.post(f"/danh-ba/{run.pk}/hoan-lai/")
    undo_list(run.pk)
    assert "Đã hoàn lại 1 dòng" in client.get(answer.url).content.decode()
    assert not Person.objects.exists()
    acts = list(JournalLine.objects.filter(act__startswith="list.").order_by("number").values_list("act", flat=True))
    assert acts == ["list.received", "list.write_ordered", "list.written", "list.undo_ordered", "list.undone"]
    counts = JournalLine.objects.get(act="list.written").details
    assert (counts["written"], counts["fault"]) == (1, 1)


def test_pressing_twice_writes_once_and_tells_the_second(cast: Cast) -> None:
    run = send(cast, "people", workbook("people", [MAI]))
    first, second = client_of(cast), client_of(cast, "administrator")

    first.post(f"/danh-ba/{run.pk}/ghi/")
    answer = second.post(f"/danh-ba/{run.pk}/ghi/", follow=True)
    assert "người khác vừa bấm" in answer.content.decode()
    write_list(run.pk)
    write_list(run.pk)
    assert Person.objects.count() == 1


def test_the_same_file_while_it_waits_is_shown_and_not_added(cast: Cast) -> None:
    data = workbook("people", [MAI])
    send(cast, "people", data)
    answer = upload(client_of(cast), data)

    assert "giống hệt" in answer.content.decode()
    assert ImportRun.objects.count() == 1


def test_two_people_with_the_same_rows_write_them_once(cast: Cast) -> None:
    """Both lists were read before either was written."""
    first = send(cast, "people", workbook("people", [MAI]))
    second = send(cast, "people", workbook("people", [MAI, MAI | {"code": "CB2", "full_name": "Trần Văn Bình"}]))
    write(cast, first)
    second = write(cast, second)

    assert Person.objects.filter(code="CB1").count() == 1
    assert (second.counts["written"], second.counts["fault"]) == (1, 1)
    assert [one["code"] for one in ImportRow.objects.get(run=second, outcome="fault").findings] == ["write.now_there"]


def test_what_changed_since_the_reading_is_not_overwritten(cast: Cast) -> None:
    take_in(cast, "people", [MAI])
    run = send(cast, "people", workbook("people", [MAI | {"position": "Chánh Văn phòng"}]))
    Person.objects.update(position="Phó Giám đốc")
    run = write(cast, run)

    assert (Person.objects.get().position, run.counts["written"]) == ("Phó Giám đốc", 0)
    assert [one["code"] for one in run.rows.get().findings] == ["write.changed_since"]


def test_a_stopped_writing_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thidua_web.register.actions.import_writing.BATCH", 2)
    rows = [MAI | {"full_name": f"Nguyễn Văn {name}", "code": name} for name in ("An", "Bảy", "Cảnh", "Dũng", "Em")]
    run = send(cast, "people", workbook("people", rows))
    assert imports.write(run=run, by=cast.users["clerk"], at=timezone.now())
    token = imports.claim(run_id=run.pk, doing="writing", at=timezone.now())
    client_of(cast).post(f"/danh-ba/{run.pk}/dung/")
    from thidua_web.register.actions.import_writing import write as write_rows

    assert not write_rows(run=fresh(run), token=token, clock=timezone.now)
    assert (fresh(run).state, Person.objects.count()) == ("stopped", 0)
    write(cast, fresh(run))
    assert (fresh(run).state, Person.objects.count()) == ("done", 5)


def test_every_tab_and_the_search_show_their_rows(cast: Cast) -> None:
    take_in(cast, "people", [MAI, MAI | {"code": "CB3", "full_name": "Phạm Văn Cũ"}])
    rows = [
        MAI | {"position": "Giám đốc"},
        MAI | {"code": "CB3", "full_name": "Phạm Văn Cũ"},
        MAI | {"code": "CB4", "full_name": "Đỗ Thị Mới", "birth": "1999"},
        {"full_name": "Nguyễn Thị Mai", "birth": "1985", "unit_code": "T"},
        WRONG,
    ]
    run = send(cast, "people", workbook("people", rows))
    client = client_of(cast)
    for tab, words in {
        "changed": "Giám đốc",
        "same": "Phạm Văn Cũ",
        "new": "Đỗ Thị Mới",
        "doubt": "Là người này",
        "fault": "Cột",
    }.items():
        page = client.get(f"/danh-ba/{run.pk}/?muc={tab}").content.decode()
        assert words in page, tab
    assert "Đỗ Thị Mới" in client.get(f"/danh-ba/{run.pk}/?muc=new&tim=do+thi").content.decode()
    assert "Đỗ Thị Mới" not in client.get(f"/danh-ba/{run.pk}/?muc=new&tim=nguyen").content.decode()


def test_a_doubt_is_settled_on_the_page(cast: Cast) -> None:
    take_in(cast, "people", [MAI])
    run = send(cast, "people", workbook("people", [{"full_name": "Nguyễn Thị Mai", "birth": "1985", "unit_code": "T"}]))
    client = client_of(cast)
    page = client.get(f"/danh-ba/{run.pk}/").content.decode()
    assert "Trong danh bạ" in page
    choice = re.search(r'value="(same:\d+)"', page).group(1)

    answer = client.post(f"/danh-ba/{run.pk}/chon/", {"number": 2, "sheet": "Người", "choice": choice}, follow=True)
    assert "Ghi 1 dòng" in answer.content.decode()
    assert "Là “Nguyễn Thị Mai”" in answer.content.decode()


def test_pages_ask_the_database_as_often_for_three_rows_as_for_one(cast: Cast, django_assert_max_num_queries) -> None:
    client = client_of(cast)
    counts = []
    for n in (1, 3):
        rows = [
            {"full_name": "Nguyễn Thị Mai", "birth": "1985", "unit_code": "T", "position": f"{i}"} for i in range(n)
        ]
        if n == 1:
            take_in(cast, "people", [MAI])
        run = send(cast, "people", workbook("people", rows), name=f"{n}.xlsx")
        with django_assert_max_num_queries(60) as asked:
            client.get(f"/danh-ba/{run.pk}/?muc=doubt")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.xlsx", "rỗng"),
        (b"Ho ten,Ma\nA,1", "a.csv", "CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", ".xls"),
        (b"%PDF-1.7", "a.xlsx", "đổi tên"),
        (b"<html><table></table></html>", "a.xls", "trang web"),
        (b"PK\x03\x04 not a zip", "a.xlsx", "hỏng"),
    ],
)
def test_other_files_are_refused_with_what_to_do(cast: Cast, data: bytes, name: str, words: str) -> None:
    page = upload(client_of(cast), data, name).content.decode()

    assert "Không nhận tệp" in page
    assert words in page
    assert not ImportRun.objects.exists()


def test_a_doubt_settled_after_the_writing_is_written_then(cast: Cast) -> None:
    take_in(cast, "people", [MAI])
    doubt = {"full_name": "Nguyễn Thị Mai", "birth": "1985", "unit_code": "T"}
    run = take_in(cast, "people", [MAI | {"code": "CB7", "full_name": "Đỗ Thị Mới", "birth": "1999"}, doubt])
    assert (run.state, run.counts["undecided"]) == ("done", 1)

    assert imports.choose(run=run, number=3, sheet="Người", choice="new")
    assert "Ghi tiếp 1 dòng" in client_of(cast).get(f"/danh-ba/{run.pk}/").content.decode()
    run = write(cast, fresh(run))
    assert (run.counts["written"], Person.objects.count()) == (2, 3)


def test_a_reading_that_was_stopped_leaves_nothing_to_write(cast: Cast) -> None:
    run = send(cast, "people", workbook("people", [MAI]))
    ImportRun.objects.update(state="stopped", counts={"newest": {}})

    assert not imports.write(run=run, by=cast.users["clerk"], at=timezone.now())
    assert "Đọc lại" in client_of(cast).get(f"/danh-ba/{run.pk}/").content.decode()


def test_a_list_of_another_kind_is_not_taken_for_this_one(cast: Cast) -> None:
    page = upload(client_of(cast), workbook("people", [MAI]), kind="units").content.decode()

    assert "Hãy chọn đúng loại danh sách" in page
    assert not ImportRun.objects.exists()


def test_no_file_is_told(cast: Cast) -> None:
    page = client_of(cast).post("/danh-ba/", {"kind": "people"}).content.decode()

    assert "Chưa chọn tệp nào" in page


def test_a_file_without_headers_is_unreadable_with_reasons(cast: Cast) -> None:
    run = send(cast, "people", workbook("people", [{"Cột lạ": "x", "Cột khác": "y"}]))
    page = client_of(cast).get(f"/danh-ba/{run.pk}/").content.decode()

    assert run.state == "unreadable"
    assert "Không thấy dòng tiêu đề" in page
    assert "Tải tệp mẫu" in page


def test_the_file_is_kept_sealed(cast: Cast) -> None:
    from thidua_web.archive.queries import content

    run = send(cast, "people", workbook("people", [MAI]))

    assert not content(run.file).startswith(b"PK")


def test_who_may_not_send_sees_no_form(cast: Cast) -> None:
    assert "Gửi danh sách đã điền" not in client_of(cast, "auditor").get("/danh-ba/").content.decode()
    assert upload(client_of(cast, "auditor"), workbook("people", [MAI])).status_code == 403
