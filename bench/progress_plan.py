"""The plan of the measured campaign: quarterly reports of everybody, twenty-four targets, works to be pledged."""

from __future__ import annotations

import datetime

TARGETS = (
    "Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn đạt 98%",
    "Tỷ lệ hồ sơ nộp trực tuyến toàn trình đạt 70%",
    "Tỷ lệ thanh toán trực tuyến đạt 60%",
    "Tỷ lệ số hóa hồ sơ, kết quả giải quyết đạt 90%",
    "Tỷ lệ người dân hài lòng đạt 95%",
    "Tỷ lệ văn bản điện tử có ký số đạt 100%",
    "Tỷ lệ giải ngân vốn đầu tư công đạt 95%",
    "Tỷ lệ hộ nghèo đa chiều giảm 1,5%",
    "Tỷ lệ lao động qua đào tạo đạt 72%",
    "Tỷ lệ thất nghiệp dưới 2%",
    "Tạo việc làm mới cho 23.000 lao động",
    "Tỷ lệ bao phủ bảo hiểm y tế đạt 95%",
    "Tỷ lệ hộ dân được sử dụng điện đạt 99,5%",
    "Tỷ lệ hộ dân sử dụng nước sạch đạt 92%",
    "Tỷ lệ chất thải rắn sinh hoạt được thu gom đạt 88%",
    "Tỷ lệ trường học đạt chuẩn quốc gia đạt 75%",
    "Tỷ lệ học sinh hoàn thành chương trình tiểu học đạt 99,8%",
    "Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng dưới 9%",
    "Số doanh nghiệp thành lập mới là 2.500 doanh nghiệp",
    "Thu ngân sách nội địa tăng 12%",
    "Trồng mới 450 ha rừng",
    "Tỷ lệ xã đạt chuẩn an toàn về an ninh, trật tự đạt 95%",
    "Tỷ lệ cán bộ, công chức được bồi dưỡng kỹ năng số đạt 85%",
    "Có 1.200 sáng kiến được công nhận",
)
UNITS = "Các sở, ban, ngành, các huyện, thị xã, thành phố, các xã, phường, các trường học và các doanh nghiệp"
PLAN = """UBND TỈNH MINH GIANG
Số: 15/KH-UBND

KẾ HOẠCH
Phát động đợt thi đua đặc biệt hoàn thành thắng lợi nhiệm vụ phát triển kinh tế - xã hội

I. THỜI GIAN
Đợt thi đua được thực hiện từ ngày {start} đến ngày {end}.

II. CHỈ TIÊU
{targets}

III. ĐĂNG KÝ THI ĐUA
{units} đăng ký ít nhất 01 công trình, phần việc.

IV. HÌNH THỨC KHEN THƯỞNG
a) Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh tặng tập thể, cá nhân có thành tích xuất sắc trong đợt thi đua.

V. TỔ CHỨC THỰC HIỆN
1. {units} xây dựng kế hoạch triển khai, gửi về Sở Nội vụ trước ngày {planned}.
2. {units} gửi bản đăng ký thi đua về Sở Nội vụ trước ngày {pledged}.
3. {units} báo cáo kết quả thực hiện về Sở Nội vụ định kỳ hằng quý vào ngày 15 của tháng cuối quý.
4. {units} gửi báo cáo tổng kết đợt thi đua về Sở Nội vụ trước ngày {end}.
"""
QUARTER = 3


def text(start: datetime.date) -> str:
    """Four quarters from the first day of `start`'s quarter on."""
    end = quarter(start, 4) - datetime.timedelta(days=1)
    return PLAN.format(
        start=_said(start),
        end=_said(end),
        planned=_said(start + datetime.timedelta(days=30)),
        pledged=_said(start + datetime.timedelta(days=45)),
        targets="\n".join(f"{number}. {words}." for number, words in enumerate(TARGETS, 1)),
        units=UNITS,
    )


def quarter(day: datetime.date, further: int = 0) -> datetime.date:
    """The first day of the quarter that the day is in, or of one so many quarters further."""
    months = day.year * 12 + (day.month - 1) // QUARTER * QUARTER + further * QUARTER
    return datetime.date(months // 12, months % 12 + 1, 1)


def _said(day: datetime.date) -> str:
    return f"{day.day:02} tháng {day.month:02} năm {day.year}"
