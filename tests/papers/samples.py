"""Papers of a made-up province, one of each kind, with names as long as they come."""

from __future__ import annotations

import datetime

from thidua.findings import Basis, Outcome, not_met
from thidua.papers.achievements import (
    Achievements,
    Claim,
    Collective,
    Confirmer,
    Figure,
    Household,
    PastAward,
    Person,
    achievements,
)
from thidua.papers.appraised import AppraisalReport, Appraised, appraisal_report
from thidua.papers.issuing import Issue, Signer
from thidua.papers.letters import (
    Defect,
    Ground,
    RefusalLetter,
    Refused,
    Returned,
    ReturnLetter,
    refusal_letter,
    return_letter,
)
from thidua.papers.minutes import Analysis, Attendee, Minutes, Reviewed, Votes, minutes
from thidua.papers.nominees import Nominee
from thidua.papers.opinions import Consultation, Publication, consultation_letter, publication_notice
from thidua.papers.paper import Paper
from thidua.papers.presentation import Presentation, presentation

HANOI = datetime.timezone(datetime.timedelta(hours=7))
CSTDCS, LDTT = "danh hiệu “Chiến sĩ thi đua cơ sở”", "danh hiệu “Lao động tiên tiến”"
MERIT = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
OCCASION = "thành tích xuất sắc trong phong trào thi đua “Minh Giang chung sức xây dựng nông thôn mới” năm 2025"
HUYEN = Nominee(
    name="Nguyễn Thị Khánh Huyền",
    subject="individual",
    about="Phó Trưởng phòng Kế hoạch - Tài chính, Sở Nông nghiệp và Môi trường",
    award=CSTDCS,
    merit="Chủ trì sáng kiến rút ngắn thời gian thẩm định dự toán từ 20 ngày xuống 12 ngày làm việc",
)
QUANG = Nominee(
    name="Tôn Nữ Hoàng Phương Quỳnh Quảng",
    subject="individual",
    about="Chuyên viên Văn phòng Sở Nông nghiệp và Môi trường",
    award=LDTT,
    merit="Hoàn thành tốt nhiệm vụ",
)
OFFICE = Nominee(
    name="Chi cục Trồng trọt và Bảo vệ thực vật",
    subject="collective",
    about="Sở Nông nghiệp và Môi trường",
    award=MERIT,
    merit="Xây dựng 14/12 vùng trồng có mã số, vượt 16,7% kế hoạch",
)
FAMILY = Nominee(
    name="Hộ ông Danh Sóc Kha",
    subject="household",
    about="Ấp Hòa Đức, xã Tân An",
    award=MERIT,
    merit="Hiến 1.200 m² đất làm đường liên ấp",
)
FARMING = Issue(
    unit="Sở Nông nghiệp và Môi trường",
    superior="UBND tỉnh Minh Giang",
    number="5",
    symbol="TTr-SNNMT",
    place="Minh Giang",
    day=datetime.date(2026, 1, 5),
    signer=Signer(name="Lê Hoàng Phương Thảo", position="Phó Giám đốc Sở Nông nghiệp và Môi trường"),
    recipients=("Giám đốc Sở (báo cáo)",),
    filed="VT, VP",
)
HOME = Issue(
    unit="Sở Nội vụ",
    superior="UBND tỉnh Minh Giang",
    symbol="SNV-TĐKT",
    place="Minh Giang",
    signer=Signer(name="Phạm Quốc Việt", position="Giám đốc"),
    filed="VT, TĐKT",
)
CAME_WITH = "Tờ trình số 05/TTr-SNNMT ngày 05/01/2026 của Sở Nông nghiệp và Môi trường"
BASES = (
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
    "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong"
    " lĩnh vực thi đua, khen thưởng",
)


def a_presentation() -> Paper:
    return presentation(
        Presentation(
            issue=FARMING,
            to=("Ủy ban nhân dân tỉnh Minh Giang", "Sở Nội vụ tỉnh Minh Giang"),
            occasion=OCCASION,
            bases=BASES,
            nominees=(HUYEN, OFFICE, QUANG, FAMILY),
            reviewed=datetime.date(2025, 12, 20),
            dossier=(
                "Biên bản họp xét khen thưởng ngày 20/12/2025",
                "Báo cáo thành tích của 02 cá nhân, 01 tập thể, 01 hộ gia đình",
                "Xác nhận của cơ quan thuế, bảo hiểm xã hội",
            ),
        )
    )


def minutes_of_a_meeting() -> Paper:
    met = Analysis(
        criterion="Hoàn thành xuất sắc nhiệm vụ hoặc có sáng kiến được cơ sở công nhận",
        basis="khoản 2 Điều 23 Luật số 06/2022/QH15",
        merit="Sáng kiến được công nhận tại Quyết định số 112/QĐ-SNNMT ngày 02/12/2025",
        outcome=Outcome.MET,
    )
    open_ = Analysis(
        criterion="Không đang bị xem xét kỷ luật, thanh tra, kiểm tra khi có dấu hiệu vi phạm",
        basis="khoản 4 Điều 4 Nghị định số 152/2025/NĐ-CP",
        merit="Chưa có xác nhận của Thanh tra tỉnh",
        outcome=Outcome.UNKNOWN,
    )
    return minutes(
        Minutes(
            issue=Issue(unit=FARMING.unit, superior=FARMING.superior, symbol="BB-SNNMT", filed="VT, Hồ sơ"),
            meeting="xét, đề nghị khen thưởng năm 2025",
            began=datetime.datetime(2025, 12, 20, 8, 0, tzinfo=HANOI),
            ended=datetime.datetime(2025, 12, 20, 11, 5, tzinfo=HANOI),
            place="Phòng họp số 2, trụ sở Sở Nông nghiệp và Môi trường",
            chair=Attendee(name="Trần Văn Bình", position="Giám đốc"),
            secretary=Attendee(name="Đỗ Thị Ngọc Ánh", position="Chuyên viên Văn phòng"),
            present=(
                Attendee(name="Trần Văn Bình", position="Giám đốc"),
                Attendee(name="Lê Hoàng Phương Thảo", position="Phó Giám đốc"),
                Attendee(name="Đỗ Thị Ngọc Ánh", position="Chuyên viên Văn phòng"),
            ),
            absent=(
                Attendee(
                    name="Hồ Tấn Đạt",
                    position="Chủ tịch Công đoàn",
                    reason="đi công tác",
                    opinion="đồng ý cả 02 trường hợp",
                ),
            ),
            reviewed=(
                Reviewed(
                    nominee=HUYEN,
                    analysis=(met, open_),
                    said=("Ông Trần Văn Bình: sáng kiến đã áp dụng tại 09 phòng, chi cục.",),
                    votes=Votes(yes=4, of=4, written=1),
                    result="đề nghị khen thưởng",
                ),
                Reviewed(
                    nominee=QUANG,
                    votes=Votes(yes=2, no=1, abstained=1, of=4, written=1),
                    way="hands",
                    result="không đề nghị khen thưởng",
                ),
            ),
            read_out=True,
        )
    )


def report_of_a_person() -> Paper:
    return achievements(
        Achievements(
            issue=Issue(
                unit="Phòng Kế hoạch - Tài chính",
                superior="Sở Nông nghiệp và Môi trường",
                place="Minh Giang",
                day=datetime.date(2025, 12, 12),
            ),
            subject="individual",
            name=HUYEN.name,
            award=CSTDCS,
            profile=Person(
                name=HUYEN.name,
                born=datetime.date(1987, 2, 9),
                sex="Nữ",
                birthplace="Xã Tân An, tỉnh Minh Giang",
                post="Phó Trưởng phòng Kế hoạch - Tài chính",
                unit="Sở Nông nghiệp và Môi trường",
                education="Thạc sĩ Quản lý công",
            ).lines,
            claims=(
                Claim(
                    text="Chủ trì tham mưu dự toán năm 2025, hoàn thành trước hạn 15 ngày.",
                    figures=(
                        Figure(
                            label="Hồ sơ dự toán thẩm định", unit="hồ sơ", planned="120", reached="138", share="115%"
                        ),
                        Figure(label="Thời gian thẩm định bình quân", unit="ngày", planned="20", reached="12"),
                    ),
                    evidence=("Báo cáo số 88/BC-SNNMT ngày 01/12/2025",),
                ),
                Claim(text="Có 01 sáng kiến được công nhận.", evidence=("Quyết định số 112/QĐ-SNNMT ngày 02/12/2025",)),
            ),
            past=(
                PastAward(year=2024, award=LDTT, decision="Quyết định số 07/QĐ-SNN", day=datetime.date(2025, 1, 14)),
                PastAward(year=2023, award=LDTT, decision="Quyết định số 09/QĐ-SNN", day=datetime.date(2024, 1, 11)),
            ),
            unit_confirms=Confirmer(name="Vũ Đình Khôi"),
        )
    )


def report_of_a_collective() -> Paper:
    return achievements(
        Achievements(
            issue=Issue(
                unit=OFFICE.name,
                superior=FARMING.unit,
                symbol="BC-TTBVTV",
                place="Minh Giang",
                day=datetime.date(2025, 12, 2),
                signer=Signer(name="Nguyễn Thanh Tùng", position="Chi cục trưởng"),
            ),
            subject="collective",
            merit="campaign",
            name=OFFICE.name,
            award=MERIT,
            occasion="Minh Giang chung sức xây dựng nông thôn mới",
            profile=Collective(name=OFFICE.name, staff="32 công chức, viên chức; 17 nữ").lines,
            about=("Chi cục có 04 phòng chuyên môn và 03 trạm tại các xã.",),
            claims=(Claim(text="Xây dựng 14 vùng trồng có mã số, vượt 02 vùng so với kế hoạch."),),
        )
    )


def report_of_a_household() -> Paper:
    return achievements(
        Achievements(
            issue=Issue(unit="", place="Tân An", day=datetime.date(2025, 11, 3)),
            subject="household",
            merit="sudden",
            name="Danh Sóc Kha",
            award=MERIT,
            profile=Household(head="Danh Sóc Kha", address=FAMILY.about, members="05 người").lines,
            claims=(Claim(text="Hiến 1.200 m² đất làm đường liên ấp trong đợt sạt lở tháng 10 năm 2025."),),
        )
    )


def a_return_letter() -> Paper:
    doubt = not_met(
        "deeds.same_code",
        Basis(instrument="Luật số 06/2022/QH15", place="điểm c khoản 2 Điều 5", verified=True),
        deed="sáng kiến thẩm định dự toán",
    )
    return return_letter(
        ReturnLetter(
            issue=HOME,
            to=("Sở Nông nghiệp và Môi trường",),
            submission=CAME_WITH,
            general=(
                Defect(
                    reason="Thiếu biên bản họp xét khen thưởng có chữ ký của thư ký",
                    article="Mục IV Kế hoạch số 57/KH-UBND",
                    todo="gửi biên bản đủ chữ ký",
                ),
            ),
            returned=(
                Returned(nominee=HUYEN, defects=(Defect(reason=doubt, todo="nói rõ thành tích nào chưa được khen"),)),
                Returned(
                    nominee=OFFICE,
                    defects=(Defect(reason="Chưa có xác nhận của cơ quan thuế", todo="bổ sung xác nhận"),),
                ),
            ),
            by=datetime.date(2026, 1, 19),
            afterwards="Hồ sơ gửi sau ngày trên được xem xét trong đợt tiếp theo (Mục V Kế hoạch số 57/KH-UBND)",
            contact="Phòng Thi đua - Khen thưởng, điện thoại 0290 3 555 000",
        )
    )


def a_refusal_letter() -> Paper:
    whole = (
        "Đề nghị “Lao động tiên tiến”, cá nhân, năm 2025.\n"
        "1. Đạt tiêu chuẩn (Điều 24 Luật số 06/2022/QH15): không đạt.\n"
        "   - Hoàn thành tốt nhiệm vụ trở lên: không đạt.\n"
        "      + Năm 2025: hoàn thành nhiệm vụ.\n"
        "   - Tích cực tham gia phong trào: đạt.\n"
    )
    return refusal_letter(
        RefusalLetter(
            issue=HOME,
            to=("Sở Nông nghiệp và Môi trường",),
            submission=CAME_WITH,
            refused=(
                Refused(
                    nominee=QUANG,
                    grounds=(
                        Ground(
                            article="Khoản 1 Điều 24 Luật số 06/2022/QH15",
                            fact="năm 2025 xếp loại hoàn thành nhiệm vụ (Quyết định số 201/QĐ-SNNMT ngày 15/12/2025)",
                            sufficed="được xếp loại hoàn thành tốt nhiệm vụ trở lên năm 2025",
                        ),
                    ),
                    explained=whole,
                ),
            ),
        )
    )


def an_appraisal_report() -> Paper:
    return appraisal_report(
        AppraisalReport(
            issue=Issue(
                unit=HOME.unit,
                superior=HOME.superior,
                symbol="BC-SNV",
                place=HOME.place,
                day=datetime.date(2026, 2, 3),
                signer=Signer(name="Đặng Thị Mỹ Linh", position="Phó Giám đốc"),
                filed=HOME.filed,
            ),
            to=("Hội đồng Thi đua - Khen thưởng tỉnh Minh Giang",),
            occasion=OCCASION,
            appraised=(
                Appraised(nominee=HUYEN, verdict="recommended", submitted_by=FARMING.unit),
                Appraised(
                    nominee=OFFICE,
                    verdict="lowered",
                    submitted_by=FARMING.unit,
                    instead="Giấy khen của Giám đốc Sở",
                    reason="Mới 01 năm hoàn thành xuất sắc nhiệm vụ (điểm d khoản 3 Điều 74 Luật số 06/2022/QH15)",
                ),
                Appraised(
                    nominee=QUANG,
                    verdict="not_recommended",
                    submitted_by=FARMING.unit,
                    reason="Xếp loại hoàn thành nhiệm vụ (khoản 1 Điều 24 Luật số 06/2022/QH15)",
                ),
                Appraised(nominee=FAMILY, verdict="waiting", submitted_by="Xã Tân An", reason="Chờ xác nhận của xã"),
            ),
        )
    )


def a_consultation_letter() -> Paper:
    return consultation_letter(
        Consultation(
            issue=HOME,
            to=("Công an tỉnh", "Thuế tỉnh", "Bảo hiểm xã hội tỉnh"),
            occasion=OCCASION,
            nominees=(OFFICE, HUYEN),
            asked=("Việc chấp hành chủ trương của Đảng, pháp luật của Nhà nước", "Nghĩa vụ thuế, bảo hiểm xã hội"),
            by=datetime.date(2026, 1, 30),
        )
    )


def a_publication_notice() -> Paper:
    return publication_notice(
        Publication(
            issue=HOME,
            occasion=OCCASION,
            nominees=(FAMILY,),
            since=datetime.date(2026, 1, 12),
            until=datetime.date(2026, 1, 23),
            posted="Cổng thông tin điện tử Sở Nội vụ",
            ways=("Gửi thư đến Sở Nội vụ, số 1 đường Hùng Vương", "Gửi thư điện tử đến tdkt@minhgiang.example"),
        )
    )


PAPERS = {
    "to-trinh": a_presentation,
    "bien-ban-hop-xet": minutes_of_a_meeting,
    "bao-cao-thanh-tich-ca-nhan": report_of_a_person,
    "bao-cao-thanh-tich-tap-the": report_of_a_collective,
    "bao-cao-thanh-tich-ho": report_of_a_household,
    "tra-ho-so": a_return_letter,
    "khong-de-nghi": a_refusal_letter,
    "ket-qua-tham-dinh": an_appraisal_report,
    "lay-y-kien": a_consultation_letter,
    "lay-y-kien-nhan-dan": a_publication_notice,
}
"""The golden file's name, and the paper."""
