"""Names of works (công trình, phần việc) as officials write them, by a fixed draw: what, of what, where, how much."""

from __future__ import annotations

import random


def _words(text: str) -> list[str]:
    return text.split()


ACTS = (
    "Xây dựng", "Xây dựng mới", "Nâng cấp", "Sửa chữa", "Cải tạo", "Mở rộng", "Hoàn thành", "Lắp đặt", "Duy tu",
    "Đầu tư", "Chỉnh trang",
)  # fmt: skip
THINGS = (
    "đường giao thông nông thôn", "đường liên xã", "cầu dân sinh", "tuyến kênh nội đồng", "trạm bơm điện",
    "cống ngăn mặn", "nhà văn hóa", "khu thể thao", "trường mầm non", "phòng học bộ môn", "phòng máy tính",
    "trạm y tế", "nhà lưu trú giáo viên", "chợ nông thôn", "hệ thống đèn chiếu sáng", "camera an ninh",
    "nhà đại đoàn kết", "công trình nước sạch", "bãi tập kết rác", "khuôn viên cây xanh", "hàng rào trụ sở",
    "bờ kè chống sạt lở", "nhà xe học sinh", "bếp ăn bán trú", "thư viện xanh", "vườn thuốc nam", "sân chơi trẻ em",
    "hệ thống truyền thanh thông minh", "nhà bia ghi tên liệt sĩ", "hồ chứa nước", "kho lạnh bảo quản nông sản",
    "dây chuyền đóng gói", "nhà xưởng số", "hệ thống xử lý nước thải", "mái che sân trường",
)  # fmt: skip
TASKS = (
    "Số hóa {number} hồ sơ lưu trữ của {place}",
    "Bê tông hóa {length} km đường {where}",
    "Kiên cố hóa {number}0 m kênh mương nội đồng {where}",
    "Tuyến đường hoa thanh niên dài {length} km, {where}",
    "Mô hình “Chính quyền thân thiện” tại {where}",
    "Mô hình trồng {crop} theo tiêu chuẩn VietGAP, {number} ha, {where}",
    "Vận động {number} suất học bổng cho học sinh nghèo {where}",
    "Xóa {number} nhà tạm, nhà dột nát tại {where}",
    "Phần mềm quản lý {thing} của {place}",
    "Tập huấn kỹ năng số cho {number} hộ kinh doanh, {where}",
    "Trồng {number} cây phân tán dọc {where}",
    "Đề án vị trí việc làm và sắp xếp bộ máy của {place}",
    "Sáng kiến rút ngắn thời gian giải quyết hồ sơ {field} còn {number} ngày tại {where}",
)
FIELDS = ("đất đai", "hộ tịch", "xây dựng", "đăng ký kinh doanh", "lao động", "bảo hiểm", "y tế", "giáo dục", "thuế")
CROPS = ("bưởi da xanh", "xoài cát", "dừa sáp", "lúa chất lượng cao", "sầu riêng", "thanh long", "rau an toàn", "khóm")
FIRST = _words("An Bình Đông Hòa Hưng Long Lộc Mỹ Ninh Phú Phước Quang Sơn Tân Thanh Thạnh Thuận Trường Vĩnh Yên")
LAST = _words("An Bình Đức Hậu Hiệp Khánh Lập Lợi Lương Nghĩa Nhơn Phong Quới Thành Thới Tiến Trị Trung Xuân")
SPOTS = ("ấp", "khu phố", "xã", "phường", "khóm", "thôn", "tuyến kênh", "trung tâm xã")
STAGES = ("", "", "", "", " (giai đoạn {n})", ", hạng mục {n}", " đợt {n}", ", gói thầu số {n}")
NEARLY = ("{}", "Công trình {}", "{} (điều chỉnh)", "Dự án: {}", "{}, năm 2026")


def place(draw: random.Random) -> str:
    return f"{draw.choice(FIRST)} {draw.choice(LAST)}"


def where(draw: random.Random) -> str:
    return f"{draw.choice(SPOTS)} {place(draw)}"


def work_name(draw: random.Random) -> str:
    spot, number = where(draw), draw.choice((2, 3, 5, 8, 12, 15, 20, 24, 35, 50, 60, 120, 200, 450, 1000))
    if draw.random() < 0.35:
        return draw.choice(TASKS).format(
            number=number, place=place(draw), where=spot, length=f"{draw.randint(1, 9)},{draw.randint(1, 9)}",
            crop=draw.choice(CROPS), thing=draw.choice(THINGS), field=draw.choice(FIELDS),
        )  # fmt: skip
    stage = draw.choice(STAGES).format(n=draw.randint(1, 4))
    return f"{draw.choice(ACTS)} {draw.choice(THINGS)} {spot}{stage}"


def nearly(name: str, draw: random.Random) -> str:
    """The same work as somebody else would write it."""
    return draw.choice(NEARLY).format(name[0].lower() + name[1:] if draw.random() < 0.5 else name)
