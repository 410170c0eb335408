"""The units of Minh Giang: as they were on 30/06/2025, and the reform of the next day that ended the districts."""

from __future__ import annotations

import datetime

from django.utils import timezone

from thidua.register.acts import Act, Target
from thidua_web.accounts.models import User
from thidua_web.register.actions import reforms
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Unit, UnitKind
from thidua_web.register.queries.reforms import as_kept

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
# The island belonged to this district.
ITS_DISTRICT = "H-LH"
RESOLUTION = "1680/NQ-MG"


def make_units() -> dict[str, Unit]:
    """The units as they were before the reform, by code. Called only where none is there yet."""
    province = create_unit(
        code="UBND", name="Ủy ban nhân dân tỉnh Minh Giang", kind=UnitKind.PROVINCE, parent=None, valid_from=LONG_AGO
    )
    _make_departments(province)
    _make_districts(province)
    return {unit.code: unit for unit in Unit.objects.all()}


def _make_departments(province: Unit) -> None:
    for code, name, offices in DEPARTMENTS:
        kind = UnitKind.FRONT if code == "MTTQ" else UnitKind.DEPARTMENT
        department = create_unit(code=code, name=name, kind=kind, parent=province, valid_from=LONG_AGO)
        for number, office in enumerate(offices, 1):
            kind = UnitKind.SCHOOL if office.startswith("Trường") else UnitKind.OFFICE
            create_unit(code=f"{code}-{number}", name=office, kind=kind, parent=department, valid_from=LONG_AGO)


def _make_districts(province: Unit) -> None:
    for code, name, _communes in DISTRICTS:
        committee = f"Ủy ban nhân dân {name.lower()[0] + name[1:]}"
        create_unit(code=code, name=committee, kind=UnitKind.DISTRICT, parent=province, valid_from=LONG_AGO)


def reorganise(by: User) -> None:
    """The reform of 01/07/2025, by the product's own act: every district is split into its communes."""
    drafted, begun = (
        timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))
        for day, hour in ((LAST_DAY - datetime.timedelta(days=10), 9), (NEW_ORDER, 0))
    )
    reform = reforms.draft(
        unit=Unit.objects.get(code="UBND"),
        title="Sắp xếp đơn vị hành chính cấp xã, kết thúc hoạt động cấp huyện",
        on=NEW_ORDER,
        document=RESOLUTION,
        acts=[as_kept(_split(code, communes)) for code, _name, communes in DISTRICTS],
        by=by,
        at=drafted,
    )
    reforms.order(reform=reform, by=by, at=drafted)
    reforms.carry_out(reform=reform, at=begun, today=NEW_ORDER)


def _split(code: str, communes: tuple[str, ...]) -> Act:
    new = [
        Target(
            code=f"{code.split('-')[1]}-{number:02}",
            name=f"Ủy ban nhân dân {commune}",
            kind=UnitKind.WARD if commune.startswith("phường") else UnitKind.COMMUNE,
        )
        for number, commune in enumerate(communes, 1)
    ]
    if code == ITS_DISTRICT:
        zone, name = SPECIAL_ZONE
        new.append(Target(code=zone, name=name, kind=UnitKind.SPECIAL_ZONE))
    return Act(act="split", old=(code,), new=tuple(new), heirs=(new[0].code,))
