"""Every kind of fact has its words on the page."""

from __future__ import annotations

import datetime

from thidua.plans import reading as plan
from thidua.plans.reading import KINDS, Header, HeaderField, Reading
from thidua_web.campaigns.pages import facts

AT = {"quote": "chữ", "span": (0, 3)}
DAY = datetime.date(2026, 10, 31)

READING = Reading(
    header=Header(date=HeaderField(value="2026-01-20", **AT), number=HeaderField(value="18", **AT)),
    legal_basis=(plan.Document(number="147/KH-UBND", type="Kế hoạch", date=DAY, issuer="UBND tỉnh", **AT),),
    cited_documents=(plan.Document(**AT),),
    periods=(plan.Period(label="Đợt 1", level="cấp tỉnh", start=DAY, **AT), plan.Period(**AT)),
    targets=(
        plan.Target(indicator="GRDP", op=">=", value=8.5, unit="%", **AT),
        plan.Target(indicator="Giải ngân", op=">=", value=95, unit="%", strict=True, **AT),
        plan.Target(indicator="Hài lòng", op="range", value=90, value_max=95, unit="%", **AT),
        plan.Target(indicator="Nhà", value=2500, unit="căn", **AT),
        plan.Target(indicator="Phấn đấu", **AT),
    ),
    subjects=(plan.Subject(kind="household", text="Hộ nghèo", **AT),),
    projects=(plan.Project(name="Cầu", milestone="finish", by="2026-09", **AT),),
    pledges=(plan.Pledge(who="Mỗi sở", min=1, of="công trình", **AT),),
    conditions=(
        plan.Condition(kind="floor", who="Các sở", year=2023, text="Không thấp hơn kết quả năm 2023", **AT),
        plan.Condition(kind="no_duplicate", text="Không trùng với công trình của tỉnh", **AT),
        plan.Condition(kind="gate", text="Không báo cáo, không đăng ký thì không xét", **AT),
    ),
    movements=(plan.Movement(name="Cả nước chung sức", **AT),),
    anniversaries=(plan.Anniversary(name="Quốc khánh", origin="1945-09-02", date="2025-09-02", years=80, **AT),),
    award_forms=(plan.AwardForm(name="Bằng khen", granted_by="Chủ tịch", for_="both", **AT),),
    criteria=(
        plan.Criterion(applies_to="cá nhân", text="Tốt", rating_years=(2020, 2024), min_excellent_years=1, **AT),
    ),
    quotas=(plan.Quota(unit="Mỗi xã", max=2, of="cá nhân", **AT),),
    dossier=(plan.DossierPart(document="Tờ trình", **AT),),
    deadlines=(
        plan.Deadline(what="Gửi hồ sơ", who="xã", to="Sở Nội vụ", date=DAY, time="16:30", **AT),
        plan.Deadline(what="Báo cáo", recurrence="FREQ=MONTHLY", **AT),
        plan.Deadline(what="Trình", relative=plan.Relative(days=10, unit="working_day", from_="ngày họp"), **AT),
        plan.Deadline(what="Nộp", **AT),
    ),
    open_days=(
        plan.OpenDay(what="Tổng kết", reason="postponed", **AT),
        plan.OpenDay(what="Nộp bảng điểm", reason="week", hint="tuần 12", **AT),
    ),
    programme=(plan.ProgrammeItem(item="Khai mạc", **AT),),
    tasks=(plan.Task(who="Sở Nội vụ", text="Chủ trì", **AT), plan.Task(text="Thực hiện", **AT)),
    recipients=(plan.Recipient(name="Lưu: VT", **AT),),
)

SAID = {
    "header": [("18", [("Số", "")]), ("20/01/2026", [("Ngày ban hành", "")])],
    "periods": [
        ("từ 31/10/2026", [("Đợt", "Đợt 1"), ("Cấp", "cấp tỉnh")]),
        ("Chưa có ngày", []),
    ],
    "deadlines": [
        ("Gửi hồ sơ", [("Hạn", "16:30 31/10/2026"), ("Ai làm", "xã"), ("Gửi tới", "Sở Nội vụ")]),
        ("Báo cáo", [("Hạn", "hằng tháng")]),
        ("Trình", [("Hạn", "10 ngày làm việc kể từ ngày họp")]),
        ("Nộp", [("Hạn", "Chưa có ngày")]),
    ],
    "open_days": [("Tổng kết", [("Hạn", "Chưa có ngày")]), ("Nộp bảng điểm", [("Hạn", "tuần 12")])],
    "targets": [
        ("GRDP", [("Chỉ tiêu", "≥ 8,5%")]),
        ("Giải ngân", [("Chỉ tiêu", "> 95%")]),
        ("Hài lòng", [("Chỉ tiêu", "90 – 95%")]),
        ("Nhà", [("Chỉ tiêu", "2.500 căn")]),
        ("Phấn đấu", []),
    ],
    "projects": [("Cầu", [("Hoàn thành", "09/2026")])],
    "pledges": [("Mỗi sở", [("Đăng ký", "ít nhất 1 công trình")])],
    "conditions": [
        (
            "Không thấp hơn kết quả năm 2023",
            [("Loại", "Chỉ tiêu không thấp hơn"), ("Áp dụng cho", "Các sở"), ("Năm gốc", "2023")],
        ),
        ("Không trùng với công trình của tỉnh", [("Loại", "Công trình không trùng")]),
        (
            "Không báo cáo, không đăng ký thì không xét",
            [("Loại", "Phải làm rồi mới được xét"), ("Phải có", "đăng ký thi đua, báo cáo")],
        ),
    ],
    "award_forms": [("Bằng khen", [("Ai tặng", "Chủ tịch"), ("Cho", "tập thể và cá nhân")])],
    "criteria": [
        (
            "Tốt",
            [("Áp dụng cho", "cá nhân"), ("Xếp loại các năm", "2020–2024"), ("Hoàn thành xuất sắc", "ít nhất 1 năm")],
        )
    ],
    "quotas": [("Mỗi xã", [("Không quá", "2 cá nhân")])],
    "dossier": [("Tờ trình", [])],
    "subjects": [("Hộ nghèo", [("Loại", "hộ gia đình")])],
    "movements": [("Cả nước chung sức", [])],
    "anniversaries": [
        ("Quốc khánh", [("Kỷ niệm", "80 năm"), ("Gốc", "02/09/1945"), ("Kỷ niệm ngày", "02/09/2025")]),
    ],
    "programme": [("Khai mạc", [])],
    "tasks": [("Sở Nội vụ", [("Việc", "Chủ trì")]), ("Thực hiện", [])],
    "legal_basis": [("Kế hoạch 147/KH-UBND", [("Ngày", "31/10/2026"), ("Cơ quan ban hành", "UBND tỉnh")])],
    "cited_documents": [("chữ", [])],
    "recipients": [("Lưu: VT", [])],
}


def test_every_kind_is_shown_in_the_order_of_the_page() -> None:
    shown = {
        group.kind: [(fact.headline, list(fact.details)) for fact in group.facts] for group in facts.groups(READING)
    }
    assert list(shown.items()) == list(SAID.items())


def test_no_kind_of_the_contract_is_forgotten() -> None:
    assert {kind for kind, _, _ in facts.SHOWN} == set(KINDS)


def test_kinds_that_are_empty_are_left_out() -> None:
    assert facts.groups(Reading()) == []
