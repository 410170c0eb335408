"""Letters of some cases as they read (letters/*.txt), so that a change of words is seen and never guessed.

After a change: `python tests/rules/letters.py` writes them anew, and `git diff` is the review.
"""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).with_name("letters")
LETTERS = {
    "hoan-thanh-tot-khong-sang-kien": "danh-hieu-ca-nhan: Hoàn thành tốt, không sáng kiến",
    "hai-lan-trong-so": "danh-hieu-ca-nhan: Hai lần trong sổ, năm trước khi có sổ thì chưa biết",
    "dan-dau-khoi": "danh-hieu-tap-the: Dẫn đầu khối nhưng còn một chỉ tiêu chỉ đạt, không vượt",
    "moi-bon-nam": "huan-chuong-lao-dong: Mới bốn năm sau Bằng khen của Thủ tướng",
    "khong-dat-dieu-nao": "huan-chuong-lao-dong: Huân chương Lao động hạng Nhất, tập thể: không đạt điều nào",
    "chua-co-ho-so": "bang-khen: Bằng khen Thủ tướng cho tập thể: chưa có hồ sơ",
    "so-moi": "don-vi-sap-xep: Sở mới: năm năm liền xuất sắc là của các sở cũ",
    "ky-luat": "nguyen-tac: Bị khiển trách trong năm xét",
    "ke-hoach": "ke-hoach: Kế hoạch: không phát động, thiếu báo cáo, thiếu chỉ tiêu, có kết quả thấp hơn năm gốc",
    "luat-sua-doi": "moc-thoi-gian: Ngày 01/10/2026: Luật sửa đổi chưa được đọc, "
    "vẫn xét theo điều đã biết và ghi là chưa kiểm chứng",
    "du-25-nam": "huy-chuong: Đủ 25 năm liên tục đúng ngày xét",
}
"""The file's name, and the case."""


def written(name: str) -> str:
    """Vietnamese, then English."""
    from rules.case_files import cases  # noqa: PLC0415 - run as a script, the path is set first
    from thidua.rules.explaining import letter  # noqa: PLC0415

    assessment = dict(cases())[LETTERS[name]].assessed()
    return letter(assessment) + "\n----\n\n" + letter(assessment, "en")


if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER.parents[1]))
    for letter_name in LETTERS:
        FOLDER.joinpath(f"{letter_name}.txt").write_text(written(letter_name), "utf-8")
