"""The command as a user's shell runs it, and a plan of our own to run it on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH MINH GIANG
Số: 57/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Minh Giang, ngày 25 tháng 02 năm 2026

KẾ HOẠCH
Phát động đợt thi đua cải cách hành chính năm 2026

Thực hiện Chỉ thị số 04/CT-TTg ngày 12/01/2026 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
Tạo khí thế thi đua sôi nổi.

II. NỘI DUNG
1. Thời gian: từ ngày 01/3/2026 đến hết ngày 30/9/2026.
2. Chỉ tiêu: tỷ lệ hồ sơ trả đúng hạn đạt từ 98% trở lên.

III. TỔ CHỨC THỰC HIỆN
1. Các sở báo cáo Sở Nội vụ trước 16 giờ ngày 15/10/2026.
2. Sở Nội vụ báo cáo Ủy ban nhân dân tỉnh định kỳ ngày 20 hằng tháng./.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Minh Khải Hưng
"""


def thidua(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "thidua_web", *map(str, arguments)]
    settings = {**clean_environment(), **environment}
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=settings, timeout=120, check=False)


def clean_environment() -> dict[str, str]:
    """This process's own, without what other tests have set for a server."""
    ours = ("THIDUA_", "DJANGO_", "DATABASE_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {"PYTHONUTF8": "1"}
