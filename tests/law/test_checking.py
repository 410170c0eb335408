"""`check_law`: what is wrong with statute files, each by a file that has it."""

import datetime
from pathlib import Path

import pytest

from thidua.explain import catalogue, sentence
from thidua.findings import Finding
from thidua.law.checking import check_law, read_statutes
from thidua.law.law import national_law
from thidua.law.statute import Statute, parse_statute
from thidua.rules.predicates import predicate

HEAD = 'instrument = "1/2026/QĐ-UBND"\nlevel = "local"\nmark = "verified"\nsource = "Toàn văn"\n'
NATIONAL = HEAD.replace("1/2026/QĐ-UBND", "06/2022/QH15").replace('level = "local"\n', "")


def standard(*, award: str = "LDTT", test: str = 'judged = { question = "LDTT.x" }', extra: str = "") -> str:
    return f"""
[[standard]]
award = "{award}"
subjects = ["individual"]
place = "Điều 4"
since = 2026-01-01
{extra}
[[standard.all]]
text = "Một điểm"
test = {{ {test} }}
"""


def codes(*texts: str) -> list[str]:
    return [finding.code.removeprefix("law.check.") for finding in wrong(*texts)]


def wrong(*texts: str) -> tuple[Finding, ...]:
    return check_law([parse_statute(text) for text in texts], predicate)


def test_the_national_files_hold_together() -> None:
    assert [sentence(finding) for finding in check_law(national_law().statutes, predicate)] == []


def test_a_file_that_holds_together_has_no_findings() -> None:
    assert wrong(HEAD + standard()) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + standard(extra="until = 2025-12-31"), "dates"),
        (HEAD + standard(award="LDTTT"), "award"),
        (HEAD + standard(test='honoured = { awards = ["CSTD"] }'), "award"),
        (HEAD + standard(test='rated = { level = "superb" }'), "predicate"),
        (HEAD + standard(test="shines = {}"), "predicate"),
        (HEAD + standard(award="TTLDXS"), "subject"),
        (HEAD + standard().replace('text = "Một điểm"\n', ""), "text"),
        (HEAD + standard().replace('place = "Điều 4"\n', ""), "place"),
        (HEAD.replace('source = "Toàn văn"\n', "") + standard(), "source"),
        (HEAD + standard().replace('test = { judged = { question = "LDTT.x" } }', 'meets = ["HCSV"]'), "meets"),
        (NATIONAL.replace("06/2022/QH15", "7/2022/QH15") + standard(), "instrument"),
        (NATIONAL + standard().replace("2026-01-01", "2023-12-31"), "instrument_days"),
        (NATIONAL.replace("06/2022/QH15", "98/2023/NĐ-CP") + standard(extra="until = 2026-06-30"), "instrument_days"),
    ],
)
def test_each_fault_is_found(text: str, code: str) -> None:
    assert code in codes(text)


def test_what_has_no_known_place_passes_when_it_is_marked_open() -> None:
    assert codes(HEAD + standard(extra='mark = "open"').replace('place = "Điều 4"\n', "")) == []


def test_two_standards_of_one_file_are_never_in_force_together() -> None:
    (found,) = wrong(HEAD + standard() + standard().replace("2026-01-01", "2026-07-01"))
    assert (found.code, found.params["since"]) == ("law.check.overlap", datetime.date(2026, 7, 1))


def test_days_without_a_rule_are_found_unless_the_file_says_why() -> None:
    first, second = standard(extra="until = 2026-06-30"), standard().replace("2026-01-01", "2026-08-01")
    (found,) = wrong(HEAD + first + second)
    assert (found.code, found.params["since"]) == ("law.check.gap", datetime.date(2026, 7, 1))
    assert found.params["until"] == datetime.date(2026, 7, 31)
    reason = 'since = 2026-08-01\ngap = "Tháng 7 chưa có quy định"'
    assert codes(HEAD + first + second.replace("since = 2026-08-01", reason)) == []


def test_the_next_decree_may_not_begin_before_the_last_one_ended() -> None:
    salary = "[[base_salary]]\nsince = 2024-07-01\namount = 1\n"
    old = NATIONAL.replace("06/2022/QH15", "73/2024/NĐ-CP") + salary
    new = NATIONAL.replace("06/2022/QH15", "161/2026/NĐ-CP") + salary.replace("2024-07-01", "2026-07-01")
    assert codes(old, new) == ["instrument_days", "overlap"]


def test_one_question_is_not_asked_in_two_wordings() -> None:
    (found,) = wrong(HEAD + standard() + standard(award="CSTDCS").replace("Một điểm", "Điểm khác"))
    assert (found.code, found.params["question"]) == ("law.check.question", "LDTT.x")
    assert codes(HEAD + standard() + standard(award="CSTDCS")) == []


def test_two_provinces_may_rule_the_same_at_once() -> None:
    assert codes(HEAD + standard(), HEAD.replace("1/2026", "2/2026") + standard()) == []


def test_a_file_that_cannot_be_read_is_one_finding_among_others(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(HEAD + standard(), "utf-8")
    (tmp_path / "b.toml").write_text("instrument = \n", "utf-8")
    (tmp_path / "c.toml").write_text(HEAD + "[[standards]]\n", "utf-8")
    read, findings = read_statutes(sorted(tmp_path.glob("*.toml")))
    assert [isinstance(statute, Statute) for statute in read] == [True]
    assert [finding.params["file"] for finding in findings] == ["b.toml", "c.toml"]


def test_every_finding_has_its_sentence_and_names_the_entry() -> None:
    known = {code.removeprefix("law.check.") for code in catalogue() if code.startswith("law.check.")}
    assert known == {
        "file", "dates", "overlap", "gap", "instrument", "instrument_days", "award", "subject", "meets", "predicate",
        "question", "text", "place", "source",
    }  # fmt: skip
    (found,) = wrong(HEAD + standard(award="LDTTT"))
    assert (
        sentence(found) == "1/2026/QĐ-UBND, Điều 4, LDTTT, 01/01/2026: không có danh hiệu, hình thức nào mang mã LDTTT."
    )
    assert "LDTTT" in sentence(found, "en")
