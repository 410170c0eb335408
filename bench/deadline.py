"""Plays the evening of a quarterly deadline with five hundred units against real server processes and a real worker,
on SQLite and on PostgreSQL; fails loudly where anything was lost or doubled.

usage: python bench/deadline.py [--units 500] [--window 120] [--only SQLite|PostgreSQL]        (a part of `make bench`)

The ten minutes are shortened to the window: at 120 seconds everything comes five times as close together. Each unit
writes its draft, presents it, and its head signs it; every button is pressed twice at once. The worker is killed
(kill -9) after a third and after two thirds of the window, the server in its middle. What is checked afterwards, and
how, stands in tests/web/evening.py.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from pages import number, write
from visiting import Times

from web import evening, postgres
from web.mail_server import MailServer

HEAD = "## Buổi tối hạn báo cáo quý"
UNITS, WINDOW, REAL = 500, 120.0, 600
PATIENCE = 300
DATABASES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Night:
    """What one evening came to; `load` is the machine's when it began."""

    database: str
    lasted: float
    presses: Times
    again: int
    letters: Counter[str]
    load: float


def measure(units: int, window: float, names: Sequence[str]) -> list[Night]:
    """Raises AssertionError with everything that was lost or doubled."""
    return [play(name, postgres.start() if name == "PostgreSQL" else "", units, window) for name in names]


def play(name: str, server: str, units: int, window: float) -> Night:
    os.environ |= {"THIDUA_SERVER_PROCESSES": "2", "THIDUA_SERVER_THREADS": "2"}
    with (
        tempfile.TemporaryDirectory() as folder,
        MailServer() as mail,
        evening.site(Path(folder), server_database=server, settings=mail.settings) as site,
    ):
        told = evening.call(site, f"furnish({units})")
        load = os.getloadavg()[0]
        site.started()
        played = evening.Evening(site, told, window, mail.letters)
        played.play()
        now = played.settled(patience=PATIENCE)
    faults = [*played.faults(now)]
    assert not faults, (name, faults)
    presses = Times([spent for unit in played.units for spent in unit.took])
    again = sum(unit.again for unit in played.units)
    print(name, f"{played.lasted:.0f} s", round(presses.median), round(presses.p95), again, now["letters"])
    return Night(name, played.lasted, presses, again, Counter(now["letters"]), load)


def table(nights: list[Night], units: int) -> list[str]:
    rows = (
        ("Tải của máy lúc bắt đầu", [number(night.load) for night in nights]),
        ("Từ đơn vị đầu đến đơn vị cuối (giây)", [number(night.lasted) for night in nights]),
        ("Lần bấm, mỗi lần hai yêu cầu cùng lúc", [str(len(night.presses.all)) for night in nights]),
        ("Trả lời xong cả hai, trung vị (ms)", [number(night.presses.median) for night in nights]),
        ("Trả lời xong cả hai, phân vị 95 (ms)", [number(night.presses.p95) for night in nights]),
        ("Lần mất kết nối, phải mở lại trang", [str(night.again) for night in nights]),
        ("Thư đã gửi / không cần nữa / không rõ", [_letters(night) for night in nights]),
        ("Báo cáo gửi đúng một lần", [f"{units}/{units}" for _ in nights]),
        ("Giá trị mất, thừa hoặc sai", ["0" for _ in nights]),
        ("Ngày nhiệm vụ, thông báo, dòng nhật ký mất hoặc hai lần", ["0" for _ in nights]),
        ("Nhật ký kiểm lại", ["nguyên vẹn" for _ in nights]),
    )
    heads = " | ".join(night.database for night in nights)
    return [
        f"| | {heads} |",
        "|---|" + "---:|" * len(nights),
        *(f"| {said} | {' | '.join(cells)} |" for said, cells in rows),
    ]


def _letters(night: Night) -> str:
    return " / ".join(str(night.letters[state]) for state in ("sent", "needless", "unsure"))


def section(units: int = UNITS, window: float = WINDOW, names: Sequence[str] = DATABASES) -> list[str]:
    nights = measure(units, window, names)
    return [
        HEAD,
        "",
        f"{units} đơn vị lưu, trình, ký báo cáo qua biểu mẫu thật; mười phút rút còn {window:.0f} giây, nghĩa là dồn "
        f"gấp {number(REAL / window)} lần. Mỗi nút được bấm hai lần cùng lúc. Tiến trình nền bị kill -9 hai lần, máy "
        "chủ một lần; ai mất kết nối thì mở lại trang và làm tiếp. Sau đó hỏi thẳng cơ sở dữ liệu; sai một chỗ thì "
        "lệnh đo dừng với lỗi. Máy hỏi chạy chung hai lõi ấy. Chạy riêng: `python bench/deadline.py`.",
        "",
        *table(nights, units),
        "",
    ]


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--units", type=int, default=UNITS)
    ask.add_argument("--window", type=float, default=WINDOW)
    ask.add_argument("--only", choices=DATABASES)
    ask.add_argument("--print-only", action="store_true", help="leave the page of measurements as it is")
    asked = ask.parse_args()
    lines = section(asked.units, asked.window, [asked.only] if asked.only else DATABASES)
    if not asked.print_only:
        write(lines)
    print(*lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
