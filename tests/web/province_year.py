"""What happens in the simulated province from July 2024 to October 2025: three campaigns, one merger, one bloc.

`play` is called inside the process that has the database; every act is done on its day by whoever does it.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from thidua.register.acts import Act, Target
from thidua.scoring.table import load_table
from thidua_web.accounts.models import User
from thidua_web.campaigns.actions import deployments
from thidua_web.campaigns.models import Campaign, Deployment, DutyDay
from thidua_web.progress.actions import pledges, scores, scorings
from thidua_web.progress.actions.gathering import gather
from thidua_web.progress.actions.scores import Given
from thidua_web.progress.models import Pledge, ScoreSheet, Scoring, Source
from thidua_web.register.actions import blocs, reforms
from thidua_web.register.models import Bloc, Unit
from thidua_web.register.queries.reforms import as_kept
from web.province import (
    Promise,
    Province,
    accept,
    days_of,
    found_province,
    hand_in,
    launch,
    moment,
    pledge,
    report,
    text_of,
    write_pledge,
)
from web.scorings import PDF, TABLE

TV, HG, TN = "tra-vinh-128", "hau-giang-du-thao", "thai-nguyen-dai-hoi"
DAY = datetime.date
MERGED_ON = DAY(2025, 3, 1)
SHARES = (0.25, 0.5, 0.8, 1.0)
# Of Trà Vinh's campaign: who never does anything, who stops after receiving it, who is late or missing when.
STILL, ONLY_RECEIVED = ("S13", "D5"), ("D4",)
LATE = {("S05", 1): DAY(2025, 3, 20), ("H2", 2): DAY(2025, 6, 23)}
MISSING = {("D3", 2)}
SHORT = {"H4": 0.9}
# Of Hậu Giang's.
NEVER_LAUNCHED, NEVER_SUMMARISED = ("S12", "D5"), ("S13", "D5")
OWN_PLAN = """UBND {home}
Số: {number}/KH-UBND

KẾ HOẠCH
Thực hiện đợt thi đua lập thành tích chào mừng Đại hội đảng bộ các cấp của {home}

I. THỜI GIAN
- Đợt 01: Từ tháng 11 năm 2024 đến ngày 30 tháng 4 năm 2025.
- Đợt 02: Từ tháng 5 năm 2025 đến ngày 30 tháng 9 năm 2025.

II. CHỈ TIÊU
1. Tỷ lệ hộ dân được sử dụng điện đạt ít nhất 99,5%.
2. Trồng mới ít nhất 200 cây xanh.

III. ĐĂNG KÝ
{rule}

IV. TỔ CHỨC THỰC HIỆN
1. {who} báo cáo kết quả thực hiện về {home} định kỳ hằng quý vào ngày 10 của tháng cuối quý.
"""
CONGRESS_PLAN = """UBND {home}
Số: {number}/KH-UBND

KẾ HOẠCH
Tổ chức hội nghị điển hình tiên tiến của {home}

I. THỜI GIAN
Thực hiện từ ngày 15 tháng 10 năm 2024 đến ngày 31 tháng 3 năm 2025.

II. TỔ CHỨC THỰC HIỆN
1. {who} gửi kế hoạch tổ chức hội nghị về {home} trước ngày 31 tháng 12 năm 2024.
2. {who} báo cáo kết quả tổ chức hội nghị về {home} trước ngày 31 tháng 3 năm 2025.
"""


def play(texts: Mapping[str, str]) -> Province:
    """Everything; the units, people and campaigns of it."""
    made = found_province()
    make_bloc(made)
    compete_for_congress(made, texts[HG])
    prepare_congress(made, texts[TN])
    quarters = begin(made, texts[TV])
    quarter(made, quarters, 0)
    merge(made)
    quarter(made, quarters, 1)
    quarter(made, quarters, 2)
    sum_up_competition(made)
    quarter(made, quarters, 3)
    score(made)
    return made


# Hậu Giang: two phases by level; what enterprises pledge is not below 2023 -------------------------------------------

FIGURES = (
    ("Lợi nhuận", "tỷ đồng", 40.0), ("Nộp ngân sách nhà nước", "tỷ đồng", 12.0),
    ("Tạo việc làm mới", "lao động", 60.0), ("Lao động tham gia đóng bảo hiểm", "lao động", 320.0),
    ("Thu nhập bình quân", "triệu đồng", 9.0), ("Ủng hộ nhân đạo, xã hội từ thiện", "triệu đồng", 150.0),
)  # fmt: skip


def compete_for_congress(made: Province, text: str) -> None:
    province = made.units["MG"]
    campaign = made.campaigns[HG] = launch(made, province, text_of(HG, text), DAY(2024, 7, 8))
    for unit in _units_of(made, campaign):
        if unit.code not in NEVER_LAUNCHED:
            _on_paper(made, campaign, unit, DAY(2024, 7, 15))
    for number, unit in enumerate(made.of("enterprise")[:5]):
        _enterprise(made, campaign, unit, number)


def sum_up_competition(made: Province) -> None:
    """The report that sums the campaign up, a year later."""
    campaign = made.campaigns[HG]
    final = days_of(campaign)[-1]
    for unit in _units_of(made, campaign):
        if unit.code not in NEVER_SUMMARISED:
            report(made, final, unit, DAY(2025, 7, 15) if unit.code == "H2" else DAY(2025, 7, 9), share=1.0)


def _enterprise(made: Province, campaign: Campaign, unit: Unit, number: int) -> None:
    """The first one would pledge less than in 2023, is told so, and raises it."""

    def promise(factor: float) -> Promise:
        rows = [
            {"indicator": name, "measure": measure, "baseline": base + number, "base_year": 2023,
             "value": (base + number) * factor}
            for name, measure, base in FIGURES
        ]  # fmt: skip
        return Promise(own=rows)

    day = DAY(2024, 7, 16)
    if number == 0:
        row = write_pledge(made, campaign, unit, promise(0.95), day)
        assert hand_in(made, row, day).refusal is pledges.Refusal.REASON
    row = write_pledge(made, campaign, unit, promise(1.1), day)
    done = hand_in(made, row, day)
    assert done.refusal is None, done
    accept(made, row, DAY(2024, 7, 18))


def _on_paper(made: Province, campaign: Campaign, unit: Unit, day: datetime.date) -> None:
    row = Deployment.objects.get(campaign=campaign, unit=unit)
    said = {"by": made.clerk(unit), "at": moment(day)}
    assert deployments.launch_on_paper(deployment=row, on=day, paper=f"{unit.pk}/KH", **said)


def _units_of(made: Province, campaign: Campaign) -> list[Unit]:
    sent = set(Deployment.objects.standing().filter(campaign=campaign).values_list("unit_id", flat=True))
    return [unit for unit in made.units.values() if unit.pk in sent]


# Thái Nguyên: to three levels ---------------------------------------------------------------------------------------


# Whom the plan means, which its reading leaves open: the clerk fills it in.
CONGRESS_FOR = {
    "Đối với cấp cơ sở": "Ủy ban nhân dân các xã, phường, thị trấn",
    "Đối với cấp trên cơ sở": "Các sở, ban, ngành, Ủy ban nhân dân các huyện, thành phố",
    "Căn cứ nội dung Kế hoạch này": "Các cơ quan, tổ chức, đơn vị, địa phương",
}


def prepare_congress(made: Province, text: str) -> None:
    """Every district issues its own plan; the communes of the first two issue theirs, those of the others read it."""
    province = made.units["MG"]
    campaign = made.campaigns[TN] = launch(made, province, text_of(TN, text), DAY(2024, 10, 9), who=CONGRESS_FOR)
    for number, district in enumerate(made.of("district")):
        said = _filled(CONGRESS_PLAN, district, "Ủy ban nhân dân các xã, phường", number + 30)
        own = launch(made, district, said, DAY(2024, 10, 15), carries_out=campaign)
        made.campaigns[f"{TN}/{district.code}"] = own
        for part, commune in enumerate(_units_of(made, own)):
            if number < 2:
                below = _filled(CONGRESS_PLAN, commune, "Các đơn vị trực thuộc", number * 10 + part + 50)
                launch(made, commune, below, DAY(2024, 10, 21), carries_out=own)
            else:
                _receive(made, own, commune, DAY(2024, 10, 21))


def _filled(plan: str, unit: Unit, who: str, number: int, **more: str) -> str:
    return plan.format(home=unit.name.removeprefix("Ủy ban nhân dân "), number=number, who=who, **more)


def _receive(made: Province, campaign: Campaign, unit: Unit, day: datetime.date) -> None:
    row = Deployment.objects.get(campaign=campaign, unit=unit)
    assert deployments.confirm_receipt(deployment=row, by=made.clerk(unit), at=moment(day))


# Trà Vinh: works, twenty targets and more, four quarters, a merger in between ----------------------------------------


def begin(made: Province, text: str) -> list[DutyDay]:
    """Launched, sent on, pledged; the days of the four reports."""
    province = made.units["MG"]
    campaign = made.campaigns[TV] = launch(made, province, text_of(TV, text), DAY(2024, 11, 11))
    _cascade(made, campaign)
    for unit in _units_of(made, campaign):
        if unit.kind != "district" and unit.code not in (*STILL, "S08"):
            _receive(made, campaign, unit, DAY(2024, 11, 14))
        if unit.kind == "department" and unit.code not in (*STILL, "S08"):
            _on_paper(made, campaign, unit, DAY(2024, 11, 28))
    _pledges(made, campaign)
    quarters = days_of(campaign, words="quy")
    assert [day.day.month for day in quarters if day.day] == [12, 3, 6, 9]
    return quarters


def _cascade(made: Province, campaign: Campaign) -> None:
    """Districts and the department of schools send it on."""
    for number, unit in enumerate([*made.of("district"), made.units["S08"]]):
        school = unit.code == "S08"
        who = "Các trường học" if school else "Ủy ban nhân dân các xã, phường"
        rule = f"Mỗi {'trường học' if school else 'xã, phường'} đăng ký ít nhất 01 công trình, phần việc."
        text = _filled(OWN_PLAN, unit, who, number + 200, rule=rule)
        own = launch(made, unit, text, DAY(2024, 11, 20), carries_out=campaign)
        made.campaigns[f"{TV}/{unit.code}"] = own
        for below in _units_of(made, own):
            works = ((f"Sửa phòng họp {below.name}", DAY(2025, 6, 30)),)
            pledge(made, own, below, Promise(takes=(0, 1), works=works), DAY(2024, 11, 25))


def _pledges(made: Province, campaign: Campaign) -> None:
    """Districts take up what their communes have pledged, with two works of their own."""
    for unit in _units_of(made, campaign):
        if unit.code in (*STILL, *ONLY_RECEIVED):
            continue
        if own := made.campaigns.get(f"{TV}/{unit.code}"):
            gather(campaign=own, by=made.clerk(unit), at=moment(DAY(2024, 11, 28)))
        pledge(made, campaign, unit, _promise(unit), DAY(2024, 11, 29))


def _promise(unit: Unit) -> Promise:
    takes, count = {"district": (range(22), 2), "enterprise": ((7,), 1)}.get(unit.kind, (range(6), 1))
    works = tuple(
        (f"Công trình {part} chào mừng đại hội, {unit.name}", DAY(2025, 8, 31)) for part in range(1, count + 1)
    )
    return Promise(takes=tuple(takes), works=works)


def quarter(made: Province, quarters: list[DutyDay], number: int) -> None:
    """Everybody who has pledged reports to the province, and the communes of one district to that."""
    campaign, day = made.campaigns[TV], quarters[number]
    assert day.due is not None
    for unit in reporting(made, campaign):
        if (unit.code, number) in MISSING:
            continue
        sent = LATE.get((unit.code, number), day.due - datetime.timedelta(days=2))
        share = SHARES[number] * SHORT.get(unit.code, 1.0)
        finished = {}
        if number == 3 and unit.kind == "department":
            finished = {f"Công trình 1 chào mừng đại hội, {unit.name}": DAY(2025, 8, 15)}
        report(made, day, unit, sent, share=share, finished=finished)
    own = made.campaigns[f"{TV}/H0"]
    below = days_of(own, words="quy")[number]
    for unit in _units_of(made, own):
        report(made, below, unit, below.due - datetime.timedelta(days=1), share=SHARES[number])


def reporting(made: Province, campaign: Campaign) -> list[Unit]:
    """Units that have handed in a pledge and are still there."""
    pledged = set(Pledge.objects.filter(campaign=campaign, closed_at=None).values_list("unit_id", flat=True))
    return [unit for unit in made.units.values() if unit.pk in pledged]


def merge(made: Province) -> None:
    """The departments of planning and of finance are one from 01/03/2025 on, between the first and second report."""
    admin, at = User.objects.get(username="mg-admin"), moment(DAY(2025, 2, 20))
    reform = reforms.draft(
        unit=made.units["MG"], title="Hợp nhất Sở Tài chính và Sở Kế hoạch và Đầu tư", on=MERGED_ON, by=admin, at=at,
        document="15/NQ-HĐND", acts=[as_kept(Act(act="merge", old=("S02", "S03"), new=(Target(code="S02", name=""),)))],
    )  # fmt: skip
    reforms.order(reform=reform, by=admin, at=at)
    carried = reforms.carry_out(reform=reform, at=moment(MERGED_ON, 0), today=MERGED_ON)
    assert carried.done, carried.faults
    for code in ("S02", "S03"):
        made.units[code] = Unit.objects.get(code=code)


# The bloc -----------------------------------------------------------------------------------------------------------

FINANCE = "S02"
OWN: Mapping[str, tuple[tuple[int, int], float, float, int]] = {
    # By unit: what was to be collected and was; organising; initiatives; models of good work, which break ties.
    "S01": ((50, 50), 9, 1, 1),
    "S02": ((100, 90), 9, 0, 2),
    "S04": ((80, 72), 9, 0, 3),
    "S05": ((40, 30), 10, 0, 0),
    "S06": ((60, 60), 6, 0, 0),
    "S07": ((60, 30), 8, 0, 0),
}
PEERS_SAY, SETTLED_AT = {"S05": 8}, {"S05": 9}


def make_bloc(made: Province) -> Bloc:
    province = made.units["MG"]
    said: dict[str, Any] = {"by": made.clerk(province), "at": moment(DAY(2024, 1, 5))}
    bloc = blocs.make_bloc(
        unit=province, name="Khối thi đua các sở tổng hợp", paper="12/QĐ-UBND", valid_from=DAY(2024, 1, 1), **said
    )
    blocs.add_members(bloc=bloc, units=[made.units[code] for code in (*OWN, "S03")], on=DAY(2024, 1, 1), **said)
    blocs.set_head(bloc=bloc, unit=made.units["S05"], on=DAY(2024, 1, 1), **said)
    return bloc


def score(made: Province) -> Scoring:
    """Own points, peers', the standing body's on what they disagree about, published."""
    bloc, province, day = Bloc.objects.get(), made.units["MG"], DAY(2025, 10, 15)
    head = made.head(province)
    scoring = scorings.open_scoring(
        bloc=bloc, title="Chấm điểm khối các sở tổng hợp năm 2025", year=2025, on=DAY(2025, 10, 1),
        table=load_table(TABLE), campaign=made.campaigns[TV], by=head, at=moment(day),
    )  # fmt: skip
    for code in OWN:
        unit = made.units[code]
        proof = {"source": io.BytesIO(PDF), "name": "minh-chung.pdf", "by": made.clerk(unit), "at": moment(day)}
        scores.add_evidence(scoring=scoring, unit=unit, criterion="phong_trao", **proof)
        _enter(made, scoring, unit, Source.OWN, unit, code)
    assert scorings.open_peer(scoring=scoring, by=head, at=moment(DAY(2025, 10, 20)))
    for sheet in ScoreSheet.objects.filter(scoring=scoring, source=Source.PEER).select_related("unit", "scorer"):
        _enter(made, scoring, sheet.unit, Source.PEER, sheet.scorer, sheet.unit.code)
    assert scorings.open_standing(scoring=scoring, by=head, at=moment(DAY(2025, 10, 25)))
    for code, points in SETTLED_AT.items():
        given = {"phong_trao": Given({}, Decimal(str(points)), "Theo minh chứng")}
        _save(made, scoring, made.units[code], Source.STANDING, province, given)
    assert scorings.publish(scoring=scoring, by=head, at=moment(DAY(2025, 10, 30)))
    scoring.refresh_from_db()
    return scoring


def _enter(made: Province, scoring: Scoring, unit: Unit, source: Source, scorer: Unit, code: str) -> None:
    (aim, came), organised, initiatives, models = OWN[code]
    if source is Source.PEER:
        organised = PEERS_SAY.get(code, organised)
    given = {
        "thu": Given({"a": Decimal(aim), "b": Decimal(came)}, None, ""),
        "phong_trao": Given({}, Decimal(str(organised)), "Chưa đủ minh chứng" if source is Source.PEER else ""),
        "sang_kien": Given({}, Decimal(str(initiatives)), ""),
        "count:mo_hinh": Given({"mo_hinh": Decimal(models)}, None, ""),
    }
    sheet = _save(made, scoring, unit, source, scorer, given)
    assert scores.send_sheet(sheet=sheet, total=None, by=made.clerk(scorer), at=moment(DAY(2025, 10, 18)))


def _save(
    made: Province, scoring: Scoring, unit: Unit, source: Source, scorer: Unit, given: Mapping[str, Given]
) -> ScoreSheet:
    there = ScoreSheet.objects.filter(scoring=scoring, unit=unit, source=source).first()
    saved = scores.save_sheet(
        scoring=scoring, unit=unit, source=source, scorer=scorer, revision=there.revision if there else 0,
        given=given, by=made.clerk(scorer), at=moment(DAY(2025, 10, 18)),
    )  # fmt: skip
    assert saved.sheet is not None, saved
    return saved.sheet
