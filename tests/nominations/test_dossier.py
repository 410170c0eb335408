"""Papers that the law of a day and a plan ask for, each with where that stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from labelled import corpora, gold
from thidua.explain import sentence
from thidua.law.awards import awards
from thidua.law.law import Law, national_law
from thidua.law.statute import DossierRule, parse_statute
from thidua.nominations.dossier import NeededPaper, dossier_note, held_by, papers_for
from thidua.nominations.plan_papers import asked_of, bodies_in, paper_code

LAW = national_law()
IN_2024, IN_2025, IN_2026 = date(2024, 12, 10), date(2025, 12, 10), date(2026, 11, 20)
HAU_GIANG = (
    "Tờ trình đề nghị khen thưởng của cơ quan, đơn vị và địa phương",
    "Biên bản họp xét khen thưởng của Hội đồng Thi đua - Khen thưởng",
    "Báo cáo thành tích của tập thể và cá nhân",
    "Đối với doanh nghiệp hoặc cá nhân là Giám đốc doanh nghiệp trong hồ sơ khen thưởng phải có văn bản xác nhận của"
    " cơ quan quản lý thuế, BHXH, BHYT có thẩm quyền",
)


def papers(award: str, on: date, law: Law = LAW, **asked: Any) -> dict[str, NeededPaper]:
    given: dict[str, Any] = {"subject": "individual", "merit": "yearly"} | asked
    return {paper.code: paper for paper in papers_for(law, award=award, on=on, **given)}


def test_a_title_by_the_decree_of_its_day() -> None:
    found = papers("CSTDCS", IN_2024)

    assert list(found) == ["to_trinh", "bao_cao", "bien_ban", "sang_kien", "ket_qua_phieu"]
    assert [basis.citation for basis in found["bien_ban"].bases] == [
        "khoản 1 Điều 84, 06/2022/QH15",
        "Điều 34, 98/2023/NĐ-CP",
    ]
    assert found["sang_kien"].or_code == "xep_loai"
    assert all(paper.verified and paper.sure for paper in found.values())
    assert dossier_note(LAW, award="CSTDCS", merit="yearly", on=IN_2024) is None


def test_a_paper_for_some_titles_alone() -> None:
    assert "sang_kien" not in papers("LDTT", IN_2024)
    assert "ket_qua_phieu" not in papers("LDTT", IN_2024)
    assert papers("CSTDBT", IN_2024)["sang_kien"].or_code == ""


def test_a_sudden_deed_needs_its_attestation() -> None:
    assert "chung_nhan" in papers("BANG_KHEN_TINH", IN_2026, merit="sudden")
    assert "chung_nhan" not in papers("BANG_KHEN_TINH", IN_2026, merit="campaign")
    assert "chung_nhan" not in papers("BANG_KHEN_TINH", IN_2026, merit="")


def test_enterprises_and_their_heads_alone_are_confirmed() -> None:
    found = papers("BANG_KHEN_TINH", IN_2024, business=True)["xac_nhan_nghia_vu"]

    assert found.held_by == "confirmation"
    assert {"tax", "social_insurance", "labour", "environment", "food_safety"} <= set(found.bodies)
    assert not found.sure
    assert "xac_nhan_nghia_vu" not in papers("BANG_KHEN_TINH", IN_2024)


def test_a_plans_papers_come_on_top_in_its_own_words() -> None:
    found = papers("BANG_KHEN_TINH", date(2025, 7, 5), business=True, plan_papers=HAU_GIANG, merit="campaign")

    assert list(found) == ["to_trinh", "bao_cao", "bien_ban", "xac_nhan_nghia_vu"]
    assert found["xac_nhan_nghia_vu"].bodies == ("tax", "social_insurance", "health_insurance")
    assert found["bien_ban"].words == HAU_GIANG[1]
    assert [basis.quote for basis in found["bien_ban"].bases] == [None, HAU_GIANG[1]]
    assert found["bien_ban"].basis.citation == "khoản 2 Điều 84, 06/2022/QH15"


def test_a_plan_that_asks_enterprises_asks_nobody_else() -> None:
    assert "xac_nhan_nghia_vu" not in papers("BANG_KHEN_TINH", date(2025, 7, 5), plan_papers=HAU_GIANG)


def test_opinions_of_other_bodies_are_for_the_appraisal_to_gather() -> None:
    found = tuple(papers("BKTTG", IN_2025).values())

    assert [paper.code for paper in held_by(found, "consultation")] == ["y_kien"]
    assert [paper.code for paper in held_by(found, "submission")] == ["to_trinh", "bien_ban"]


def test_a_list_that_nobody_has_read_is_told_and_refuses_nothing() -> None:
    note = dossier_note(LAW, award="BANG_KHEN_TINH", merit="yearly", on=IN_2025)

    assert note is not None
    assert note.code == "nominations.dossier_unread"
    assert "chưa đọc được" in sentence(note)
    assert list(papers("BANG_KHEN_TINH", IN_2025)) == ["to_trinh", "bao_cao", "bien_ban"]


def test_a_list_out_of_a_copy_is_told() -> None:
    note = dossier_note(LAW, award="CSTDCS", merit="yearly", on=IN_2025)

    assert note is not None
    assert note.code == "nominations.dossier_unverified"
    assert not papers("CSTDCS", IN_2025)["ket_qua_phieu"].sure


def test_what_provinces_set_and_nobody_entered_is_told() -> None:
    note = dossier_note(LAW, award="GIAY_KHEN", merit="campaign", on=IN_2025)

    assert note is not None
    assert note.code == "nominations.dossier_local_unknown"


PROVINCE = """
instrument = "86/2025/QĐ-UBND"
level = "local"
title = "Quy chế của tỉnh"
mark = "verified"
source = "Thử"
[[dossier]]
place = "Điều 12"
since = 2025-07-01
awards = ["CSTDCS", "CSTDBT"]
parts = [
  { code = "to_trinh", text = "Tờ trình của đơn vị" },
  { code = "bien_ban", text = "Biên bản họp bình xét" },
  { code = "phieu_diem", text = "Phiếu chấm điểm của cá nhân", form = "Mẫu 3" },
]
"""


def test_where_the_law_leaves_it_to_the_province_its_list_replaces_the_decrees() -> None:
    law = LAW.with_local([parse_statute(PROVINCE)])
    found = papers("CSTDCS", IN_2025, law)

    assert list(found) == ["to_trinh", "bao_cao", "bien_ban", "sang_kien", "phieu_diem"]
    assert "ket_qua_phieu" not in found  # it stands in the list that the province's takes the place of
    assert found["to_trinh"].words == "Tờ trình của đơn vị"
    assert found["phieu_diem"].form == "Mẫu 3"
    assert dossier_note(law, award="CSTDCS", merit="yearly", on=IN_2025) is None


def test_where_it_does_not_the_provinces_list_comes_on_top() -> None:
    law = LAW.with_local([parse_statute(PROVINCE.replace("2025-07-01", "2024-07-01"))])

    assert {"ket_qua_phieu", "phieu_diem"} <= papers("CSTDBT", IN_2024, law).keys()


def test_the_law_itself_never_gives_way() -> None:
    law = LAW.with_local([parse_statute(PROVINCE)])

    assert "bao_cao" in papers("CSTDCS", IN_2025, law)


@pytest.mark.parametrize("award", awards())
@pytest.mark.parametrize("on", [IN_2024, IN_2025, IN_2026])
def test_every_award_has_a_dossier_each_paper_once_with_its_place(award: str, on: date) -> None:
    subject = awards()[award].subjects[0]
    found = papers_for(LAW, award=award, subject=subject, merit="yearly", on=on, business=True)
    listed = {
        code for rule in LAW.rules(DossierRule, on) if isinstance(rule.entry, DossierRule) for code in rule.entry.awards
    }

    assert len({paper.code for paper in found}) == len(found)
    assert all(basis.citation for paper in found for basis in paper.bases)
    assert {"to_trinh", "bao_cao", "bien_ban"} <= {paper.code for paper in found} or award not in listed


# --- Words of plans ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Tờ trình đề nghị khen thưởng của các phòng, ban, đơn vị", "to_trinh"),
        ("Văn bản đề nghị khen thưởng", "to_trinh"),
        ("Văn bản đề nghị", "to_trinh"),
        ("Văn bản hiệp y của cơ quan đối ngoại", "y_kien"),
        ("Biên bản cuộc họp xét khen thưởng", "bien_ban"),
        ("Biên bản kiểm phiếu", "ket_qua_phieu"),
        ("Báo cáo thành tích (Mẫu số 08)", "bao_cao"),
        ("Bản tóm tắt thành tích", "tom_tat"),
        ("Giấy chứng nhận sáng kiến", "sang_kien"),
        ("Xác nhận của cơ quan thuế", "xac_nhan_nghia_vu"),
        ("Danh sách trích ngang", "danh_sach"),
        ("File mềm gửi qua thư điện tử", "tep_dien_tu"),
        ("Hình ảnh minh chứng", "minh_chung"),
        ("Phiếu tự chấm điểm", "plan.phieu_tu_cham_diem"),
    ],
)
def test_a_plans_words_name_a_paper(words: str, code: str) -> None:
    assert paper_code(words) == code


@pytest.mark.parametrize(
    ("words", "individual", "collective"),
    [
        ("Bản chứng nhận sáng kiến", "always", "always"),
        ("Bản chứng nhận sáng kiến (nếu có)", "if_any", "if_any"),
        ("Bản sao giấy chứng nhận sáng kiến (đối với cá nhân)", "always", None),
        ("Bảng điểm (đối với tập thể)", None, "always"),
        ("Bản sao quyết định nghỉ hưu (đối với người đã nghỉ hưu)", "perhaps", "perhaps"),
        ("Đối với người có công: bản khai", "perhaps", "perhaps"),
        ("Báo cáo thành tích (Mẫu số 08)", "always", "always"),
    ],
)
def test_of_whom_a_plan_asks_for_it(words: str, individual: str | None, collective: str | None) -> None:
    assert (asked_of(words, "individual"), asked_of(words, "collective")) == (individual, collective)


def test_what_is_asked_of_all_is_not_weakened_by_what_is_asked_of_some() -> None:
    found = papers("CSTDBT", IN_2024, plan_papers=["Giấy chứng nhận sáng kiến (nếu có)", "Ảnh chụp (nếu có)"])

    assert (found["sang_kien"].asked, found["plan.anh_chup_neu_co"].asked) == ("always", "if_any")


def test_codes_of_plans_fit_where_they_are_kept() -> None:
    assert len(paper_code("Phiếu " + "rất dài " * 30)) <= 40


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        ("thuế, bảo hiểm, lao động, môi trường, an toàn thực phẩm",
         ("tax", "social_insurance", "environment", "labour", "food_safety")),
        ("thuế, BHXH, BHYT", ("tax", "social_insurance", "health_insurance")),
        ("bảo hiểm xã hội, bảo hiểm y tế", ("social_insurance", "health_insurance")),
        ("công an nơi cư trú", ("police",)),
        ("người lao động trong đơn vị", ()),
    ],
)  # fmt: skip
def test_who_must_confirm(words: str, bodies: tuple[str, ...]) -> None:
    assert bodies_in(words) == bodies


def test_every_labelled_paper_of_a_plan_has_a_code() -> None:
    plans = [*gold(), *(plan for corpus in corpora().values() for plan in corpus)]
    words = [part["document"] for plan in plans for part in plan.labels.get("dossier", [])]

    assert words
    assert all(paper_code(said) for said in words)
