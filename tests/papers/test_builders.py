"""What the papers of nomination and appraisal say, and what they leave unsaid."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from msgspec import structs

from papers.samples import FARMING, HOME, HUYEN, OFFICE
from thidua.papers import to_outline
from thidua.papers.achievements import Achievements, Confirmer, PastAward, achievements
from thidua.papers.appraised import AppraisalReport, appraisal_report
from thidua.papers.issuing import Issue, Signer, head
from thidua.papers.letters import (
    Ground,
    RefusalLetter,
    Refused,
    Returned,
    ReturnLetter,
    explained,
    refusal_letter,
    return_letter,
)
from thidua.papers.minutes import Votes
from thidua.papers.nominees import counts
from thidua.papers.opinions import Consultation, consultation_letter
from thidua.papers.paper import Listed, Paragraph
from thidua.papers.presentation import Presentation, presentation
from thidua.papers.wording import movement

EXPLANATIONS = Path(__file__).parents[1] / "rules" / "letters"
BARE = Achievements(issue=FARMING, subject="individual", name="Nguyễn Văn An", award="Giấy khen")


@pytest.mark.parametrize(
    ("subject", "merit", "headings"),
    [
        (
            "individual",
            "yearly",
            ["I. SƠ LƯỢC TIỂU SỬ", "II. THÀNH TÍCH ĐẠT ĐƯỢC", "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG"],
        ),
        ("collective", "sudden", ["I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH", "II. THÀNH TÍCH ĐỘT XUẤT ĐẠT ĐƯỢC"]),
        ("household", "campaign", ["I. SƠ LƯỢC VỀ GIA ĐÌNH", "II. THÀNH TÍCH ĐẠT ĐƯỢC TRONG PHONG TRÀO THI ĐUA"]),
    ],
)
def test_headings_follow_whom_it_is_about_and_for_what(subject: str, merit: str, headings: list[str]) -> None:
    text = to_outline(achievements(structs.replace(BARE, subject=subject, merit=merit)))

    assert [line for line in text.split("\n") if line.startswith(("I. ", "II. ", "III. "))] == headings


@pytest.mark.parametrize(
    ("subject", "merit", "on", "pattern"),
    [
        ("individual", "yearly", datetime.date(2025, 7, 1), "Mẫu 05, Nghị định số 152/2025/NĐ-CP"),
        ("individual", "yearly", datetime.date(2025, 6, 30), ""),
        ("individual", "yearly", datetime.date(2027, 3, 1), ""),
        ("collective", "yearly", datetime.date(2025, 12, 1), ""),
        ("individual", "sudden", datetime.date(2025, 12, 1), ""),
        ("household", "campaign", datetime.date(2025, 12, 1), ""),
    ],
)
def test_a_form_is_named_only_where_its_number_is_sure(
    subject: str, merit: str, on: datetime.date, pattern: str
) -> None:
    paper = achievements(structs.replace(BARE, subject=subject, merit=merit, on=on))

    assert paper.pattern == pattern
    assert "Mẫu" not in to_outline(paper)


def test_who_was_never_commended_says_so_in_the_yearly_round() -> None:
    assert "Chưa được khen thưởng." in to_outline(achievements(BARE))
    past = (PastAward(year=2024, award="Giấy khen"), PastAward(year=2020, award="Giấy khen"))
    text = to_outline(achievements(structs.replace(BARE, past=past)))
    assert text.index("| 2020") < text.index("| 2024")


def test_a_collective_is_confirmed_by_the_superior_and_signed_by_its_head() -> None:
    by = Confirmer(authority=("Giám đốc",), name="Trần Văn Bình")
    text = to_outline(achievements(structs.replace(BARE, subject="collective", superior_confirms=by)))

    assert "CẤP TRÌNH DUYỆT / GIÁM ĐỐC / (Ký, ghi rõ họ tên, đóng dấu) / Trần Văn Bình" in text
    assert "[phải] KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / (Ký, ghi rõ họ tên, đóng dấu) / Lê Hoàng Phương Thảo" in text


def test_more_votes_than_members_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="more votes"):
        Votes(yes=8, no=3, of=10)
    with pytest.raises(ValueError, match="below zero"):
        Votes(yes=-1, of=10)


def test_kinds_are_counted_apart_and_absent_ones_left_out() -> None:
    assert counts((HUYEN, OFFICE, HUYEN)) == "01 tập thể và 02 cá nhân"
    assert counts((HUYEN,)) == "01 cá nhân"
    assert counts(()) == ""


def test_a_presentation_without_names_yet_has_no_empty_list() -> None:
    paper = presentation(Presentation(issue=FARMING, to=("Sở Nội vụ",), occasion="năm 2025", nominees=()))

    assert paper.appendices == ()


def test_the_body_above_is_shortened_the_committee_itself_spelt_out() -> None:
    paper = head(Issue(unit="UBND xã Tân An", superior="Ủy ban nhân dân tỉnh Minh Giang"))

    assert (paper.superior, paper.issuer) == (("UBND TỈNH MINH GIANG",), ("ỦY BAN NHÂN DÂN", "XÃ TÂN AN"))


def test_nobody_is_named_as_signer_who_is_not_known() -> None:
    assert head(Issue(unit="Sở Nội vụ")).signatures[0].name == ""
    assert head(Issue(unit="Sở Nội vụ", signer=Signer(name="A"))).signatures[0].authority == ()


def test_silence_means_nothing_unless_a_rule_says_so() -> None:
    asked = Consultation(
        issue=HOME, to=("Thuế tỉnh",), occasion="", nominees=(HUYEN,), asked=("Thuế",), by=datetime.date(2026, 1, 30)
    )
    rule = "Quá thời hạn trên mà chưa có ý kiến thì coi là nhất trí (khoản 2 Điều 9 Quy chế)"

    assert "coi là nhất trí" not in to_outline(consultation_letter(asked))
    assert f"{rule}.\n" in to_outline(consultation_letter(structs.replace(asked, silence=rule)))


def test_a_return_without_a_last_day_names_none() -> None:
    letter = ReturnLetter(
        issue=HOME, to=("Sở Y tế",), submission="Tờ trình", returned=(Returned(nominee=HUYEN, defects=()),)
    )

    assert "chậm nhất" not in to_outline(return_letter(letter))


def test_the_lines_of_an_explanation_keep_their_steps() -> None:
    text = "Đầu đề\n1. Điều\n   - một\n      + hai\n         - ba\n   - bốn\n\nSẽ đạt nếu:\n- năm\n  + sáu\n"
    blocks = explained(text)

    assert [type(block) for block in blocks] == [Paragraph, Paragraph, Listed, Paragraph, Listed]
    assert [(item.words, item.depth) for block in blocks if isinstance(block, Listed) for item in block.items] == [
        ("một", 0),
        ("hai", 1),
        ("ba", 2),
        ("bốn", 0),
        ("năm", 0),
        ("sáu", 1),
    ]


@pytest.mark.parametrize("file", sorted(EXPLANATIONS.glob("*.txt")), ids=lambda file: file.stem)
def test_a_real_explanation_keeps_every_word(file: Path) -> None:
    said = file.read_text("utf-8").partition("\n----\n")[0]
    refused = Refused(nominee=HUYEN, grounds=(Ground(article="Điều 24", fact="chưa đạt"),), explained=said)
    letter = RefusalLetter(issue=HOME, to=("Sở Y tế",), submission="Tờ trình", refused=(refused,))
    appendix = to_outline(refusal_letter(letter)).partition("=" * 20)[2]

    assert "".join(said.split()).rstrip(".") in "".join(appendix.split()).removesuffix("./.")


def test_many_refusals_go_into_an_appendix_each_with_article_fact_and_what_would_suffice() -> None:
    ground = Ground(article="Điều 24", fact="xếp loại hoàn thành nhiệm vụ", sufficed="hoàn thành tốt nhiệm vụ")
    refused = tuple(Refused(nominee=structs.replace(HUYEN, name=f"Người {n}"), grounds=(ground,)) for n in range(6))
    text = to_outline(
        refusal_letter(RefusalLetter(issue=HOME, to=("Sở Y tế",), submission="Tờ trình", refused=refused))
    )

    assert text.count("Điều 24: xếp loại hoàn thành nhiệm vụ. | hoàn thành tốt nhiệm vụ.") == 6


def test_a_list_that_says_it_is_a_result_gives_the_report_its_title() -> None:
    told = AppraisalReport(issue=HOME, to=("Hội đồng",), occasion="Kết quả thẩm định năm 2025, đợt 1", appraised=())

    paper = appraisal_report(told)

    assert paper.summary == "Kết quả thẩm định năm 2025, đợt 1"
    assert "báo cáo Hội đồng kết quả thẩm định năm 2025, đợt 1" in to_outline(paper)


def test_the_report_of_a_collective_is_signed_by_its_head_and_goes_with_the_dossier() -> None:
    told = Achievements(issue=Issue(unit="Chi cục Thủy lợi"), subject="collective", name="Chi cục Thủy lợi", award="X")

    paper = achievements(told)

    assert paper.signatures[1].authority == ("Thủ trưởng đơn vị",)
    assert (paper.recipients, paper.filed) == ((), "")


@pytest.mark.parametrize(
    ("title", "within"),
    [
        ('Phát động phong trào thi đua "Minh Giang xanh, sạch"', "phong trào thi đua “Minh Giang xanh, sạch”"),
        ("Kế hoạch tổ chức phát động đợt thi đua 90 ngày đêm", "đợt thi đua 90 ngày đêm"),
        ("Phong trào thi đua năm 2026", "phong trào thi đua năm 2026"),
        ("UBND xã thi đua xây dựng nông thôn mới", "UBND xã thi đua xây dựng nông thôn mới"),
    ],
)
def test_a_movement_is_named_within_a_sentence(title: str, within: str) -> None:
    assert movement(title) == within
