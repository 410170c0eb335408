"""`thidua calendar`: what a calendar program gets, from a plan or from a corrected reading."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar

from cli.cast import PLAN, thidua


def events(data: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(data).walk("VEVENT")


def test_a_plan_gives_its_period_its_deadline_and_its_monthly_report(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")

    done = thidua("calendar", path)

    period, deadline, report = events(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (period["DTSTART"].dt, period["DTEND"].dt) == (date(2026, 3, 1), date(2026, 10, 1))
    assert deadline["DTSTART"].dt.isoformat() == "2026-10-15T16:00:00+07:00"
    assert report["RRULE"].to_ical() == b"FREQ=MONTHLY;UNTIL=20260930;BYMONTHDAY=20"
    assert datetime.now(UTC) - period["DTSTAMP"].dt < timedelta(minutes=5)


def test_a_corrected_reading_gives_its_calendar(tmp_path: Path) -> None:
    plan, reading = tmp_path / "ke-hoach.txt", tmp_path / "ket-qua.toml"
    plan.write_text(PLAN, encoding="utf-8")
    thidua("read", plan, "--toml", "-o", reading)
    reading.write_text(reading.read_text("utf-8").replace("2026-09-30", "2026-12-31"), encoding="utf-8")

    period = events(thidua("calendar", reading, "--name", "Lịch thi đua").stdout)[0]

    assert period["DTEND"].dt == date(2027, 1, 1)


def test_what_is_left_open_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN.replace("đến hết ngày 30/9/2026", "đến khi tổ chức thành công Đại hội"), encoding="utf-8")

    done = thidua("calendar", path, "-o", tmp_path / "lich.ics")

    assert done.returncode == 0
    assert "chưa rõ kết thúc khi nào" in done.stderr.decode()
    assert [
        event["RRULE"].get("UNTIL") for event in events((tmp_path / "lich.ics").read_bytes()) if "RRULE" in event
    ] == [None]


def test_a_broken_reading_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "ket-qua.json"
    path.write_text('{"header": {}}', encoding="utf-8")

    done = thidua("calendar", path)

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith(f"{path}: Tệp kết quả đọc thiếu mục “legal_basis”.")
