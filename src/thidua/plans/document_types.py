"""Names of the types of official documents (Nghị định 30/2020/NĐ-CP, điều 7), with those that movements add."""

from __future__ import annotations

# By the folded name (no marks, lower case).
TYPE_NAMES = {
    "ke hoach": "Kế hoạch",
    "ke hoach lien tich": "Kế hoạch liên tịch",
    "ke hoach phoi hop": "Kế hoạch phối hợp",
    "chi thi": "Chỉ thị",
    "cong dien": "Công điện",
    "huong dan": "Hướng dẫn",
    "quyet dinh": "Quyết định",
    "thong bao": "Thông báo",
    "to trinh": "Tờ trình",
    "quy che": "Quy chế",
    "quy dinh": "Quy định",
    "chuong trinh": "Chương trình",
    "chuong trinh hanh dong": "Chương trình hành động",
    "chuong trinh phoi hop": "Chương trình phối hợp",
    "de an": "Đề án",
    "phuong an": "Phương án",
    "nghi quyet": "Nghị quyết",
    "bao cao": "Báo cáo",
    "the le": "Thể lệ",
    "loi keu goi": "Lời kêu gọi",
    "thu keu goi": "Thư kêu gọi",
    "giao uoc thi dua": "Giao ước thi đua",
}
_BY_LETTERS = {name.replace(" ", ""): type_name for name, type_name in TYPE_NAMES.items()}


def type_named(folded: str) -> str | None:
    """The type whose name is `folded`, also where spaces split its words ("ke h oach")."""
    return _BY_LETTERS.get(folded.replace(" ", ""))
