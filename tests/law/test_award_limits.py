"""Who may grant what: a table of grantors as plans write them."""

import pytest

from thidua.law.award_limits import award_limits
from thidua.vietnamese.folding import fold


def forbidden(award: str, grantor: str) -> bool:
    return any(limit.forbids(fold(award), fold(grantor)) for limit in award_limits().grantor)


@pytest.mark.parametrize(
    ("award", "grantor"),
    [
        ("Bằng khen", "Giám đốc Sở Giáo dục và Đào tạo"),
        ("Bằng khen", "Chủ tịch UBND xã"),
        ("Bằng khen", "Chủ tịch Ủy ban nhân dân huyện"),
        ("Bằng khen", "Hiệu trưởng Trường THPT Suối Kiết"),
        ("Bằng khen", "Tổng Giám đốc Công ty Cổ phần May 9"),
        ("Giấy khen", "Chủ tịch UBND tỉnh"),
        ("Giấy khen", "Bộ trưởng Bộ Y tế"),
        ("Giấy khen", "Trưởng phòng Nội vụ"),
        ("Huân chương Lao động hạng Ba", "Thủ tướng Chính phủ"),
        ("Cờ thi đua", "Giám đốc Sở Nội vụ"),
        ("Cờ thi đua của Chính phủ", "Chủ tịch UBND tỉnh"),
        ("Chiến sĩ thi đua toàn quốc", "Bộ trưởng Bộ Nội vụ"),
        ("Kỷ niệm chương", "Giám đốc Sở Văn hóa"),
        ("Tập thể lao động xuất sắc", "Giám đốc Sở Y tế"),
    ],
)
def test_a_grantor_without_the_right_is_forbidden(award: str, grantor: str) -> None:
    assert forbidden(award, grantor)


@pytest.mark.parametrize(
    ("award", "grantor"),
    [
        ("Bằng khen", "Thủ tướng Chính phủ"),
        ("Bằng khen", "Bộ trưởng Bộ Giáo dục và Đào tạo"),
        ("Bằng khen", "Chủ tịch UBND tỉnh"),
        ("Bằng khen", "Chủ tịch Ủy ban nhân dân thành phố"),
        ("Bằng khen", "Chánh án Tòa án nhân dân tối cao"),
        ("Bằng khen", "Chánh Văn phòng Trung ương Đảng"),
        ("Bằng khen", "Ban Chấp hành Tỉnh đoàn"),
        ("Bằng khen", "Giám đốc Đại học Quốc gia Hà Nội"),
        ("Bằng khen", "Tổng Giám đốc Đài Truyền hình Việt Nam"),
        ("Giấy khen", "Giám đốc Sở Nội vụ"),
        ("Giấy khen", "Chánh Văn phòng UBND tỉnh"),
        ("Giấy khen", "Chủ tịch UBND phường"),
        ("Giấy khen", "Hiệu trưởng"),
        ("Huân chương Lao động hạng Ba", "Chủ tịch nước"),
        ("Cờ thi đua của Chính phủ", "Chính phủ"),
        ("Chiến sĩ thi đua cơ sở", "Giám đốc Sở Nội vụ"),
        ("Tập thể lao động tiên tiến", "Giám đốc Sở Y tế"),
    ],
)
def test_a_grantor_named_by_the_law_is_not_forbidden(award: str, grantor: str) -> None:
    assert not forbidden(award, grantor)


def test_every_limit_names_its_clause() -> None:
    limits = award_limits()
    places = [limit.place for limit in (*limits.grantor, *limits.subject, *limits.movement)]

    assert all(place.startswith("Điều ") for place in places)


@pytest.mark.parametrize(
    ("award", "for_", "binds"),
    [
        ("Bằng khen của Thủ tướng Chính phủ", "collective", True),
        ("Bằng khen của Thủ tướng Chính phủ", "both", True),
        ("Bằng khen của Thủ tướng Chính phủ", "individual", False),
        ("Cờ thi đua của Chính phủ", "collective", True),
        ("Huân chương Lao động hạng Ba", "individual", True),
        ("Giấy khen", "collective", False),
    ],
)
def test_a_limit_on_movements_binds_whom_its_clause_names(award: str, for_: str, binds: bool) -> None:
    assert any(limit.binds(fold(award), for_) for limit in award_limits().movement) is binds


def test_only_the_flag_of_the_government_asks_for_a_movement_of_the_prime_minister() -> None:
    by_him = [limit for limit in award_limits().movement if limit.launched_by == "prime_minister"]
    assert [(limit.years, limit.place) for limit in by_him] == [(5, "Điều 25 khoản 3")]
