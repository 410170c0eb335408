"""An assessment in words: letters as they read, what would have sufficed, who is nearest, what to ask for."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from nominees import FACTS, OFFERS, ON, PARAMS, statutes
from rules.case_files import cases
from rules.letters import FOLDER, LETTERS, written
from thidua.explain import LANGUAGES, catalogue
from thidua.findings import Outcome
from thidua.law.awards import awards
from thidua.law.criteria import Criterion
from thidua.law.law import Law
from thidua.law.ratings import levels
from thidua.law.statute import Statute, parse_statute
from thidua.rules import facts as kinds
from thidua.rules.assessing import Assessment, NoStandardError, assess
from thidua.rules.explaining import SHOWN, explain, letter, missing, nearness
from thidua.rules.facts import AnswerFact, Facts, HonourFact, RatingFact, SpellFact, WorkFact
from thidua.rules.offers import Offer
from thidua.rules.predicates import PREDICATES
from thidua.rules.sufficing import Nearness, needed
from thidua.rules.words import Words

CASES = dict(cases())
DECEMBER = datetime.date(2025, 12, 10)
QUIETLY = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
LAWS = statutes().map(lambda statute: Law([statute]))


def judged(tests: str, facts: Facts | None = None, **offered: Any) -> Assessment:
    """Against a law of these criteria alone."""
    entry = 'award = "LDTT"\nsubjects = ["individual"]\nsince = 2024-01-01'
    law = Law([parse_statute(f'instrument = "1"\nmark = "verified"\n[[standard]]\n{entry}\nall = [{tests}]')])
    return assess(Offer(award="LDTT", subject="individual", year=2025, **offered), facts or Facts(), law, DECEMBER)


def asked(name: str, text: str = "") -> str:
    return f'{{ text = "{text or name}", test = {{ judged = {{ question = "{name}" }} }} }}'


def either(*parts: str) -> str:
    return f"{{ any = [{', '.join(parts)}] }}"


def both(*parts: str) -> str:
    return f"{{ all = [{', '.join(parts)}] }}"


def answers(**said: bool) -> Facts:
    return Facts(answers=tuple(AnswerFact(question=name, yes=yes) for name, yes in said.items()))


# --- Letters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_reads_as_it_did(name: str) -> None:
    """Where the new words are meant: python tests/rules/letters.py, then look at the difference."""
    assert FOLDER.joinpath(f"{name}.txt").read_text("utf-8") == written(name)


def test_no_letter_is_left_behind() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == set(LETTERS)


@QUIETLY
@given(LAWS, OFFERS, FACTS)
def test_whatever_is_judged_is_told_in_both_languages(law: Law, offer: Offer, facts: Facts) -> None:
    try:
        assessment = assess(offer, facts, law, ON)
    except (NoStandardError, ValueError):
        return
    for language in LANGUAGES:
        told = explain(assessment, language)
        assert letter(assessment, language).endswith("\n")
        assert bool(told.needs) == (assessment.outcome is not Outcome.MET)
        for top in told.lines:
            for line in top.each():
                assert bool(line.sentence) or bool(line.lines)
                assert bool(line.needs) == (not line.lines and line.outcome is not Outcome.MET)


def test_a_basis_that_was_not_verified_says_so() -> None:
    before, after = (
        CASES["moc-thoi-gian: Ngày 30/09/2026: trước khi Luật sửa đổi có hiệu lực"],
        next(case for name, case in CASES.items() if name.startswith("moc-thoi-gian: Ngày 01/10/2026")),
    )
    assert not explain(before.assessed()).unverified
    assert explain(after.assessed()).unverified
    assert "chưa kiểm chứng" in letter(after.assessed())


def test_a_plan_is_cited_with_its_own_words() -> None:
    case = CASES["ke-hoach: Kế hoạch giao ban tổ chức xét một điều máy không đọc được"]
    assert "(Kế hoạch 05/KH-UBND: “có cách làm hay, được nhân dân ghi nhận”)" in letter(case.assessed())


def test_facts_come_with_the_papers_they_stand_on() -> None:
    rating = RatingFact(year=2025, level="good", cited="QĐ 12/QĐ-SNV", ref="rating:7")
    assessment = judged("{ test = { rated = { level = 'good' } } }", Facts(ratings=(rating,)))
    (fact,) = explain(assessment).lines[0].facts
    assert (fact.words, fact.paper, fact.ref) == ("năm 2025: hoàn thành tốt nhiệm vụ", "QĐ 12/QĐ-SNV", "rating:7")
    assert "Đã xem: năm 2025: hoàn thành tốt nhiệm vụ (QĐ 12/QĐ-SNV)." in letter(assessment)


# --- What would have sufficed ---------------------------------------------------------------------------------------


def test_of_all_every_part_that_is_not_met() -> None:
    told = explain(judged(f"{asked('a')}, {asked('b')}, {asked('c')}", answers(a=True, b=False)))
    assert told.needs[0] == "Sẽ đạt nếu có đủ các điều sau:"
    assert [line[:2] + line[line.index("“") :] for line in told.needs[1:]] == ["- “b”", "- “c”"]


def test_of_any_the_alternatives_the_nearest_first_and_no_flood() -> None:
    ways = [both(*(asked(f"{way}{n}") for n in range(way))) for way in (3, 1, 5, 2, 4)]
    told = explain(judged(either(*ways)))
    assert told.needs[0] == "Sẽ đạt nếu có một trong các điều sau:"
    assert len(told.needs) == SHOWN + 2
    assert [line.count("“") for line in told.needs[1:-1]] == [1, 2, 3]
    assert told.needs[-1] == "- (còn 2 cách khác, xa hơn)"


def test_a_way_that_belongs_to_others_is_left_out() -> None:
    farmers = both("{ test = { of_group = { groups = ['farmer'] } } }", asked("farm"))
    staff = both("{ test = { of_group = { groups = ['staff'] } } }", asked("desk"), asked("hall"))
    assessment = judged(either(farmers, staff), Facts(groups=frozenset({"staff"})))
    assert "farm" not in "".join(explain(assessment).needs)
    assert [line.aside for line in explain(assessment).lines[0].lines] == [True, False]
    assert nearness(assessment) == Nearness(unknown=2, short=2)


def test_where_every_way_belongs_to_others_they_are_named() -> None:
    farmers = both("{ test = { of_group = { groups = ['farmer'] } } }", asked("farm"))
    armed = both("{ test = { of_group = { groups = ['armed'] } } }", asked("arms"))
    told = explain(judged(either(farmers, armed), Facts(groups=frozenset({"staff"}))))
    assert "thuộc đối tượng nông dân" in "".join(told.needs)


def test_a_single_thing_is_one_sentence() -> None:
    told = explain(judged(f"{asked('a')}, {asked('b', 'Đoàn kết')}", answers(a=True)))
    (needs,) = told.needs
    assert needs.startswith("Sẽ đạt nếu được tập thể và thủ trưởng đơn vị nhận xét là đạt, kèm ")
    assert needs.endswith("minh chứng: “Đoàn kết”.")


@pytest.mark.parametrize(
    ("own", "needs"),
    [
        ("Chưa đủ 20 năm", "Sẽ đạt nếu đáp ứng “Chưa đủ 20 năm”."),
        ("", "Sẽ đạt nếu không thuộc trường hợp “Đã đủ 20 năm”."),
    ],
)
def test_what_must_not_be_is_told_by_its_clause(own: str, needs: str) -> None:
    inner = asked("a", "Đã đủ 20 năm")
    assert explain(judged(f"{{ text = '{own}', not = {inner} }}", answers(a=True))).needs == (needs,)


def test_an_award_that_is_met_needs_and_asks_nothing() -> None:
    told = explain(judged(asked("a"), answers(a=True)))
    assert (told.needs, told.ask, told.nearness) == ((), (), Nearness())


# --- Who nearly, and what to ask for --------------------------------------------------------------------------------


def test_who_nearly_is_sorted_by_what_speaks_against() -> None:
    rated = "{ test = { rated = { level = 'good', years = 3 } } }"
    tests = f"{asked('a')}, {asked('b')}, {rated}"

    def three(*known: str) -> tuple[RatingFact, ...]:
        return tuple(RatingFact(year=2023 + n, level=level) for n, level in enumerate(known))  # type: ignore[arg-type]

    people = {
        "met": Facts(answers=answers(a=True, b=True).answers, ratings=three("good", "good", "good")),
        "one unknown": Facts(answers=answers(a=True).answers, ratings=three("good", "good", "good")),
        "two unknown": Facts(answers=answers(a=True).answers, ratings=three("good", "good")),
        "one year short": Facts(answers=answers(a=True, b=True).answers, ratings=three("good", "done", "good")),
        "two years short": Facts(answers=answers(a=True, b=True).answers, ratings=three("done", "done", "good")),
        "somebody said no": Facts(answers=answers(a=True, b=False).answers, ratings=three("good", "good", "good")),
    }
    found = {name: nearness(judged(tests, facts)) for name, facts in people.items()}
    assert sorted(found, key=found.__getitem__) == list(people)


def test_evidence_is_asked_for_where_the_way_is_still_open() -> None:
    closed = both(asked("no"), asked("useless"))
    assessment = judged(f"{either(closed, asked('open'))}, {asked('more')}", answers(no=False))
    assert [str(dict(r.criterion.test.params)["question"]) for r in missing(assessment) if r.criterion.test] == [
        "open",
        "more",
    ]


def test_nothing_is_asked_of_whom_nothing_could_help() -> None:
    assert missing(judged(f"{asked('no')}, {asked('open')}", answers(no=False))) == ()


def test_the_same_thing_is_asked_once() -> None:
    good, excellent = (f"{{ test = {{ rated = {{ level = '{level}' }} }} }}" for level in ("good", "excellent"))
    assert len(missing(judged(f"{good}, {excellent}, {good}"))) == 1


@QUIETLY
@given(LAWS, OFFERS, FACTS)
def test_nearness_agrees_with_the_outcome(law: Law, offer: Offer, facts: Facts) -> None:
    try:
        assessment = assess(offer, facts, law, ON)
    except (NoStandardError, ValueError):
        return
    near = nearness(assessment)
    assert (near == Nearness()) == (assessment.outcome is Outcome.MET)
    against = near.elsewhere + near.refused + near.not_met
    assert (against == 0) == (assessment.outcome is not Outcome.NOT_MET)
    need = needed(assessment)
    assert (need is None) == (assessment.outcome is Outcome.MET)
    assert bool(missing(assessment)) <= (assessment.outcome is Outcome.UNKNOWN)
    if need is not None:
        assert len(list(need.leaves())) == near.tests


# --- Words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PREDICATES)
def test_a_predicate_has_its_sentences(name: str) -> None:
    assert {f"rules.{name}.{ending}" for ending in (*Outcome, "needs")} <= set(catalogue())
    assert name in PARAMS


def test_levels_are_called_what_the_law_calls_them() -> None:
    words = Words("vi", DECEMBER)
    assert {level.code: words.name("level", level.code) for level in levels()} == {
        level.code: level.name[:1].lower() + level.name[1:] for level in levels()
    }


@pytest.mark.parametrize(
    ("group", "codes"),
    [("level", kinds.LEVELS), ("scope", kinds.SCOPES), ("form", kinds.FORMS)],
)
def test_every_code_of_the_facts_has_its_word(group: str, codes: tuple[str, ...]) -> None:
    assert [code for code in codes if f"rules.words.{group}.{code}" not in catalogue()] == []


def test_an_award_is_called_what_it_was_called_on_the_day() -> None:
    assert Words("vi", datetime.date(2025, 6, 30)).award("XPTB") == "danh hiệu xã, phường, thị trấn tiêu biểu"
    assert Words("vi", datetime.date(2025, 7, 1)).award("XPTB") == "danh hiệu xã, phường, đặc khu tiêu biểu"
    assert Words("vi", DECEMBER).award("COBT") == "cờ thi đua của Bộ, ban, ngành, tỉnh"
    assert Words("vi", DECEMBER).award("LOCAL_1") == "LOCAL_1"
    assert all(Words("vi", DECEMBER).award(code) for code in awards())


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ((2025,), "năm 2025"),
        ((2025, 2023, 2024), "năm 2023, 2024, 2025"),
        ((2022, 2023, 2024, 2025), "từ năm 2022 đến năm 2025"),
        ((2021, 2023, 2024, 2025), "năm 2021, 2023, 2024, 2025"),
    ],
)
def test_years_are_listed_or_a_span(years: tuple[int, ...], words: str) -> None:
    assert Words("vi", DECEMBER).year(*years) == words


def test_facts_of_one_kind_stand_together() -> None:
    rows = (
        RatingFact(year=2023, level="good"),
        HonourFact(award="COBT", year=2022),
        RatingFact(year=2024, level="done"),
        RatingFact(year=2025, level="good"),
        HonourFact(award="COBT", year=2024, inherited=True),
        WorkFact(kind="initiative", year=2025, used_for="CSTDCS"),
        SpellFact(kind="discipline", since=DECEMBER),
    )
    assert Words("vi", DECEMBER).facts(rows) == (
        "năm 2023, 2025: hoàn thành tốt nhiệm vụ; cờ thi đua của Bộ, ban, ngành, tỉnh năm 2022; "
        "năm 2024: hoàn thành nhiệm vụ; cờ thi đua của Bộ, ban, ngành, tỉnh năm 2024, của đơn vị cũ; "
        "sáng kiến năm 2025, trong phạm vi cơ sở, đã dùng cho danh hiệu “Chiến sĩ thi đua cơ sở”; "
        "bị kỷ luật, chưa rõ hình thức từ 10/12/2025, chưa kết thúc"
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("XPTB.economy", "nhận xét “Đời sống kinh tế ổn định và từng bước phát triển”: đạt"),
        ("plan.05.cach-lam-hay", "nhận xét: đạt"),
        ("confirmed.tax", "cơ quan thuế: đạt"),
        ("campaign.launched", "phát động phong trào: đạt"),
    ],
)
def test_an_answer_says_what_it_is_about(question: str, words: str) -> None:
    assert Words("vi", DECEMBER).fact(AnswerFact(question=question, yes=True)) == words


@pytest.mark.parametrize(
    ("years", "complete", "begins"),
    [
        ((2023, 2024, 2025), {}, "Cờ thi đua của Bộ, ban, ngành, tỉnh năm 2023, 2024, 2025 là của đơn vị cũ"),
        ((2025,), {}, "Hồ sơ khen thưởng chưa đủ: chưa có lần nào được tặng"),
        ((2025,), {"honours": 0}, "Chưa có lần nào được tặng"),
    ],
)
def test_a_former_units_honours_are_the_reason_only_where_they_would_be_enough(
    years: tuple[int, ...], complete: dict[str, int], begins: str
) -> None:
    rows = tuple(HonourFact(award="COBT", year=year, inherited=True) for year in years)
    assessment = judged(
        "{ test = { honoured = { awards = ['COBT'], times = 3 } } }", Facts(honours=rows, complete=complete)
    )
    assert explain(assessment).lines[0].sentence.startswith(begins)


def test_an_award_of_which_no_standard_is_known_is_a_question() -> None:
    statute = Statute(instrument="1", standard=())
    offer = Offer(award="X", subject="individual", year=2025, criteria=(Criterion(meets=("LDTT",), text="Đạt LĐTT"),))
    told = explain(assess(offer, Facts(), Law([statute]), DECEMBER))
    assert told.outcome is Outcome.UNKNOWN
    assert told.lines[0].sentence.startswith("Chưa có tiêu chuẩn danh hiệu “Lao động tiên tiến”")
    assert told.needs == ("Sẽ đạt nếu đạt tiêu chuẩn danh hiệu “Lao động tiên tiến”.",)
