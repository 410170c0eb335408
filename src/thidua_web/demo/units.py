"""The units of Minh Giang, as of 2026, and the districts that ended on 30/06/2025."""

from __future__ import annotations

import datetime

from thidua_web.register.actions.units import create_unit, end_unit
from thidua_web.register.models import Unit, UnitKind

LONG_AGO = datetime.date(1992, 1, 1)
NEW_ORDER = datetime.date(2025, 7, 1)
LAST_DAY = datetime.date(2025, 6, 30)

DEPARTMENTS = (
    ("VPUBND", "Văn phòng Ủy ban nhân dân tỉnh", ("Phòng Nội chính", "Trung tâm Phục vụ hành chính công")),
    ("SNV", "Sở Nội vụ", ("Ban Thi đua - Khen thưởng", "Phòng Tổ chức, biên chế")),
    ("STC", "Sở Tài chính", ("Phòng Quản lý ngân sách",)),
    (
        "SNNMT",
        "Sở Nông nghiệp và Môi trường",
        ("Chi cục Thủy lợi", "Chi cục Trồng trọt và Bảo vệ thực vật", "Văn phòng Đăng ký đất đai"),
    ),
    ("SXD", "Sở Xây dựng", ("Phòng Quản lý hạ tầng",)),
    ("SCT", "Sở Công Thương", ("Trung tâm Khuyến công",)),
    ("SKHCN", "Sở Khoa học và Công nghệ", ("Trung tâm Chuyển đổi số",)),
    (
        "SGDDT",
        "Sở Giáo dục và Đào tạo",
        ("Trường Trung học phổ thông chuyên Minh Giang", "Trường Trung học phổ thông Vàm Sen"),
    ),
    ("SYT", "Sở Y tế", ("Bệnh viện Đa khoa tỉnh", "Trung tâm Kiểm soát bệnh tật")),
    ("SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch", ("Bảo tàng tỉnh",)),
    ("STP", "Sở Tư pháp", ()),
    ("TTRA", "Thanh tra tỉnh", ()),
    ("MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", ("Liên đoàn Lao động tỉnh", "Hội Liên hiệp Phụ nữ tỉnh")),
)

DISTRICTS = (
    ("H-VS", "Huyện Vàm Sen", ("xã Vàm Sen", "xã Tân Lộc", "xã Mỹ Thạnh", "xã Hòa Bình Đông")),
    ("H-LH", "Huyện Long Hải", ("xã Long Hải", "xã Phước An", "xã Cồn Én", "xã Thạnh Phú Tây")),
    ("H-AL", "Huyện An Lĩnh", ("xã An Lĩnh", "xã Sơn Đông", "xã Đá Bàn", "xã Suối Mây")),
    ("TX-BT", "Thị xã Bình Tân", ("phường Bình Tân", "phường Tân Xuân", "xã Bình Hòa")),
    (
        "TP-MG",
        "Thành phố Minh Giang",
        ("phường Minh Giang", "phường Đông Khê", "phường Tây Khê", "phường Hưng Lợi", "phường Bến Đá"),
    ),
)
SPECIAL_ZONE = ("DK-HD", "Ủy ban nhân dân đặc khu Hòn Đá")


def make_units() -> dict[str, Unit]:
    """All units by code. Called only where none is there yet."""
    province = create_unit(
        code="UBND", name="Ủy ban nhân dân tỉnh Minh Giang", kind=UnitKind.PROVINCE, parent=None, valid_from=LONG_AGO
    )
    _make_departments(province)
    _make_communes(province)
    return {unit.code: unit for unit in Unit.objects.all()}


def _make_departments(province: Unit) -> None:
    for code, name, offices in DEPARTMENTS:
        kind = UnitKind.FRONT if code == "MTTQ" else UnitKind.DEPARTMENT
        department = create_unit(code=code, name=name, kind=kind, parent=province, valid_from=LONG_AGO)
        for number, office in enumerate(offices, 1):
            kind = UnitKind.SCHOOL if office.startswith("Trường") else UnitKind.OFFICE
            create_unit(code=f"{code}-{number}", name=office, kind=kind, parent=department, valid_from=LONG_AGO)


def _make_communes(province: Unit) -> None:
    for code, name, communes in DISTRICTS:
        district = create_unit(
            code=code,
            name=f"Ủy ban nhân dân {name.lower()[0] + name[1:]}",
            kind=UnitKind.DISTRICT,
            parent=province,
            valid_from=LONG_AGO,
        )
        successors = [
            create_unit(
                code=f"{code.split('-')[1]}-{number:02}",
                name=f"Ủy ban nhân dân {commune}",
                kind=UnitKind.WARD if commune.startswith("phường") else UnitKind.COMMUNE,
                parent=province,
                valid_from=NEW_ORDER,
            )
            for number, commune in enumerate(communes, 1)
        ]
        end_unit(unit=district, on=LAST_DAY, successors=successors)
    code, name = SPECIAL_ZONE
    create_unit(code=code, name=name, kind=UnitKind.SPECIAL_ZONE, parent=province, valid_from=NEW_ORDER)
