"""What plans ask, as trees: sentences (plan_words.toml), every criterion of every labelled plan, whom it concerns."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelled import corpora, gold
from thidua.law.awards import awards
from thidua.law.criteria import Criterion
from thidua.law.law import national_law
from thidua.plans.campaign import Offer, Words
from thidua.plans.read import read_text
from thidua.plans.reading import Condition
from thidua.plans.reading import Criterion as PlanCriterion
from thidua.rules.assessing import assess
from thidua.rules.facts import Facts, MeasureFact, RatingFact
from thidua.rules.from_plan import (
    Asked,
    Source,
    asked_of,
    concerns,
    criteria_for,
    named_in,
    own_of,
    read_condition,
    read_criterion,
    read_offer,
    subjects_of,
)
from thidua.rules.offers import Offer as RuleOffer
from thidua.rules.plan_words.cutting import cut
from thidua.rules.predicates import predicate
from thidua.vietnamese.folding import fold

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("plan_words.toml").read_text("utf-8"))["case"]
LABELLED = [
    (document.name, clause)
    for document in [*gold(), *(document for documents in corpora().values() for document in documents)]
    for clause in document.labels.get("criteria", [])
]


def clause(words: str, whom: str | None = None, **more: Any) -> PlanCriterion:
    return PlanCriterion(quote=words, span=(0, len(words)), applies_to=whom, text=words, **more)


def asked_in(case: dict[str, Any]) -> Asked:
    years = {"rating_years": tuple(case["years"]), "min_excellent_years": case["excellent"]} if "years" in case else {}
    return read_criterion(clause(case["words"], case.get("whom"), **years), Source(rank=case.get("rank")))


def shown(node: Criterion) -> str:
    """A tree in one line: predicates with their parameters, a person's judgement with its words."""
    if node.test is not None:
        params = dict(node.test.params)
        if node.test.predicate == "judged" and params["question"].startswith("plan."):
            return f'judged("{node.text}")'
        told = (f"{key}={'|'.join(value) if isinstance(value, tuple) else value}" for key, value in node.test.params)
        return f"{node.test.predicate}({', '.join(told)})"
    if node.meets:
        return f"meets({'|'.join(node.meets)})"
    kind = "all" if node.all else "any" if node.any else "not"
    return f"{kind}({', '.join(map(shown, node.parts))})"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"][:60])
def test_the_words_of_a_plan_become_a_tree(case: dict[str, Any]) -> None:
    asked = asked_in(case)
    others = [[part.how, part.words] for part in asked.parts if part.how in ("preferred", "counted")]

    assert (shown(asked.tree) if asked.tree else "") == case["asks"]
    assert others == case.get("other", [])


def nodes_of(tree: Criterion) -> list[Criterion]:
    return [tree, *(inner for part in tree.parts for inner in nodes_of(part))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"][:60])
def test_every_node_has_the_plans_words(case: dict[str, Any]) -> None:
    tree = asked_in(case).tree
    for node in nodes_of(tree) if tree else []:
        assert node.text
        assert all(word in fold(case["words"]) for word in fold(node.quote).split())


# --- Every labelled plan ----------------------------------------------------------------------------------------------

CONNECTORS = re.compile(r"(?:va|hoac|trong do|dong thoi|[\s,;.:]+)*")


def labelled(label: dict[str, Any]) -> PlanCriterion:
    years = tuple(label["rating_years"]) if label.get("rating_years") else None
    return clause(
        label["text"], label.get("applies_to"), rating_years=years, min_excellent_years=label.get("min_excellent_years")
    )


def test_nothing_that_a_labelled_plan_asks_is_dropped() -> None:
    """Every word of every clause stands in one of the parts; between them are only commas, "và", "hoặc"."""
    assert len(LABELLED) > 150
    for name, label in LABELLED:
        asked = read_criterion(labelled(label))
        folded = cut(label["text"]).folded
        at = 0
        for part in asked.parts:
            assert CONNECTORS.fullmatch(folded[at : part.span[0]].strip()), (name, part.words)
            at = part.span[1]
        assert not folded[at:].strip(" .;,"), name
        assert asked.tree or {part.how for part in asked.parts} & {"preferred", "counted"}, name


def test_every_test_read_out_of_a_labelled_plan_is_known_to_the_engine() -> None:
    for name, label in LABELLED:
        tree = read_criterion(labelled(label), Source(rank="province")).tree
        for node in nodes_of(tree) if tree else []:
            if node.test is not None:
                assert predicate(node.test), name
            assert set(node.meets) <= set(awards()), name


def test_the_annual_ratings_that_labels_name_are_tests() -> None:
    """A clause whose label says years of ratings asks for ratings or family titles of these very years."""
    missed = []
    for name, label in LABELLED:
        if not label.get("rating_years"):
            continue
        tests = read_criterion(labelled(label)).tree.tests()  # type: ignore[union-attr]
        spans = [dict(test.params) for test in tests if test.predicate in ("rated", "honoured")]
        if not any([span.get("first"), span.get("last")] == label["rating_years"] for span in spans):
            missed.append((name, label["text"][:60]))

    # Two sentences name the years for one kind of staff, or for one kind of award, alone: those are a person's.
    assert len(missed) <= 2, missed


def test_how_much_of_the_labelled_plans_is_tested() -> None:
    """The share is told in docs/reference/plan-criteria.md; it may only grow."""
    parts = Counter(
        part.how for _, label in LABELLED for part in read_criterion(labelled(label), Source(rank="province")).parts
    )
    tested = parts["tested"] + parts["both"]

    assert tested / (tested + parts["judged"]) >= 0.34, parts


# --- Conditions -------------------------------------------------------------------------------------------------------


def condition(kind: str, words: str, **more: Any) -> Condition:
    return Condition(kind=kind, quote=words, span=(0, len(words)), text=words, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("read", "tree"),
    [
        (
            condition("gate", "Đơn vị không phát động, tổng kết phong trào thi đua thì không xét khen thưởng"),
            "all(launched_campaign(), summarised_campaign())",
        ),
        (
            condition("gate", "Không xét khen thưởng đối với đơn vị không đăng ký thi đua"),
            "judged(question=campaign.registered)",
        ),
        (condition("gate", "Không xét khen thưởng đơn vị không báo cáo"), "reported()"),
        (
            condition("floor", "Chỉ tiêu đăng ký không thấp hơn kết quả năm 2025", year=2025),
            "not_below_baseline(year=2025)",
        ),
        (condition("floor", "Chỉ tiêu đăng ký không thấp hơn kế hoạch được giao"), "not_below_baseline()"),
        (condition("no_duplicate", "Công trình không trùng với đơn vị khác"), "judged(question=pledges.not_repeated)"),
        (
            condition("gate", "Quá thời hạn trên, Sở Nội vụ không tiếp nhận hồ sơ"),
            'judged("Quá thời hạn trên, Sở Nội vụ không tiếp nhận hồ sơ")',
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else value.text[:40],
)
def test_a_plans_condition_becomes_a_tree(read: Condition, tree: str) -> None:
    asked = read_condition(read).tree
    assert asked is not None
    assert shown(asked) == tree


# --- Whom a clause concerns -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whom", "kinds"),
    [
        ("Tập thể", {"collective"}),
        ("Cá nhân", {"individual"}),
        ("Tập thể, cá nhân", {"collective", "individual"}),
        ("Đảng viên", {"individual"}),
        ("Doanh nghiệp, hợp tác xã", {"collective"}),
        ("Cán bộ, công chức, viên chức", {"individual"}),
        ("Hộ gia đình", {"household"}),
        ("Người dân, hộ gia đình", {"individual", "household"}),
        ("Bằng khen của Chủ tịch UBND tỉnh (tập thể, cá nhân)", {"collective", "individual"}),
        ("Bằng khen của Chủ tịch UBND tỉnh", set()),
    ],
)
def test_words_name_kinds_of_nominee(whom: str, kinds: set[str]) -> None:
    assert subjects_of(whom) == kinds


def offer_of(*clauses: PlanCriterion) -> Offer:
    words = Words(quote="Bằng khen", span=(0, 9))
    return Offer(key="a", words=words, award="Bằng khen của Chủ tịch UBND tỉnh", criteria=clauses)


MIXED = offer_of(
    clause("Xã, phường: giải ngân vốn đầu tư công đạt từ 95% trở lên", "Xã, phường"),
    clause("Doanh nghiệp: tạo việc làm cho từ 50 lao động trở lên", "Doanh nghiệp, hợp tác xã"),
    clause("Cá nhân: năm 2026 được xếp loại hoàn thành tốt nhiệm vụ trở lên", "Cá nhân"),
    clause("Chấp hành tốt chủ trương, chính sách", None),
)


def keys(*trees: Criterion) -> list[str]:
    return [shown(tree).partition("(")[0] + ":" + tree.text[:10] for tree in trees]


def test_an_enterprises_criterion_is_not_asked_of_a_commune() -> None:
    assert keys(*criteria_for(MIXED, "collective", "communes")) == ["measured:Giải ngân ", "judged:Chấp hành "]
    assert keys(*criteria_for(MIXED, "collective", "enterprises")) == ["measured:Tạo việc l", "judged:Chấp hành "]


PARTY = offer_of(
    clause("Được đánh giá hoàn thành xuất sắc nhiệm vụ ít nhất 03 năm", "Chi, Đảng bộ sở, ban, ngành, đoàn thể tỉnh"),
    clause("Hoàn thành trên 80% chỉ tiêu sản xuất, kinh doanh", "Chi, Đảng bộ doanh nghiệp, hợp tác xã"),
    clause("Hoàn thành xuất sắc ít nhất 02 năm", "Đảng bộ Công an tỉnh; Đảng bộ Quân sự tỉnh; Đảng bộ các huyện"),
    clause("Hoàn thành Nghị quyết Đại hội đã đề ra", "Đảng bộ các xã, phường, thị trấn"),
    clause("Hằng năm được đánh giá là Đảng viên hoàn thành tốt nhiệm vụ", "khen thưởng"),
)


@pytest.mark.parametrize(
    ("name", "group", "asked"),
    [
        ("Sở Y tế", "departments", [0]),
        ("Đảng bộ Sở Y tế", "party", [0]),
        ("Công ty Cổ phần Mía đường", "enterprises", [1]),
        ("Chi bộ Công ty Mía đường", "party", [1]),
        ("Đảng bộ Quân sự tỉnh", "party", [2]),
        ("Đảng bộ huyện Vàm Sen", "party", [2]),
        ("Đảng bộ xã Tân Lộc", "party", [3]),
        ("Đảng bộ cơ sở 3", "party", [0, 1, 2, 3]),
        ("Chi cục Thủy lợi", None, [0, 1, 2, 3]),
    ],
)
def test_a_party_organisation_is_asked_what_those_of_such_bodies_are_asked(
    name: str, group: str | None, asked: list[int]
) -> None:
    clauses = read_offer(PARTY)
    own = own_of(named_in(clauses), group, (name, "Ủy ban nhân dân tỉnh Minh Giang"))
    assert asked_of(clauses, "collective", own) == tuple(one.tree for one in clauses if clauses.index(one) in asked)


def test_a_party_members_rating_is_asked_of_persons() -> None:
    clauses = read_offer(PARTY)
    assert asked_of(clauses, "individual") == (clauses[4].tree,)


def test_a_person_is_asked_what_persons_are_asked() -> None:
    assert keys(*criteria_for(MIXED, "individual", "communes")) == ["rated:Năm 2026 đ", "judged:Chấp hành "]


def test_where_it_cannot_be_told_it_is_asked() -> None:
    assert len(criteria_for(MIXED, "collective")) == 3
    assert concerns(read_criterion(clause("Giữ vững an ninh", "Xã, phường")), "individual", "communes")


def test_a_party_organisations_ratings_are_those_of_the_party() -> None:
    asked = read_criterion(clause("Năm 2025 được xếp loại hoàn thành tốt nhiệm vụ trở lên", "Đảng bộ các xã, phường"))
    assert asked.tree is not None
    assert shown(asked.tree) == "rated(first=2025, last=2025, level=good, track=party)"


def test_the_same_words_in_two_plans_are_two_questions() -> None:
    one, other = (read_criterion(clause("Có thành tích nổi bật"), Source(key=key)).tree for key in ("12", "13"))
    assert [test.params for tree in (one, other) if tree for test in tree.tests()] == [
        (("question", "plan.12.co_thanh_tich_noi_bat"),),
        (("question", "plan.13.co_thanh_tich_noi_bat"),),
    ]


def test_what_the_reader_finds_in_a_plan_is_asked() -> None:
    """From the raw text on: every criterion and condition of a reading has its tree or its place in the list."""
    for document in corpora()["a"]:
        reading = read_text(document.text)
        asked = [
            *(read_criterion(item) for item in reading.criteria),
            *(read_condition(item) for item in reading.conditions),
        ]
        for one in asked:
            assert one.tree or {part.how for part in one.parts} & {"preferred", "counted"}, document.name


# --- Any clause -------------------------------------------------------------------------------------------------------

SENTENCES = st.lists(
    st.tuples(
        st.sampled_from([case["words"] for case in CASES]), st.sampled_from(["; ", ". ", ", ", " và ", "; hoặc "])
    ),
    min_size=1,
    max_size=4,
).map(lambda pairs: "".join(words.strip(" .") + joint for words, joint in pairs))


@settings(deadline=None)
@given(words=SENTENCES | st.text(max_size=60))
def test_no_word_of_any_clause_is_dropped(words: str) -> None:
    """Every letter stands in exactly one part; whatever is written, a tree of known tests comes out."""
    asked = read_criterion(clause(words), Source(rank="province"))
    taken = cut(words)
    at = 0
    for part in asked.parts:
        assert part.span[0] >= at
        assert CONNECTORS.fullmatch(taken.folded[at : part.span[0]].strip())
        at = part.span[1]
    assert CONNECTORS.fullmatch(re.sub(r"[:\s]+", " ", taken.folded[at:]).strip())
    assert all(predicate(node.test) for node in nodes_of(asked.tree) if node.test) if asked.tree else True


# --- Judged -----------------------------------------------------------------------------------------------------------


def test_an_assessment_cites_the_plans_own_words() -> None:
    words = "Cá nhân: năm 2025 hoàn thành xuất sắc nhiệm vụ; tỷ lệ hồ sơ đúng hạn đạt 100%; nội bộ đoàn kết"
    offer = RuleOffer(
        award="GIAY_KHEN",
        subject="individual",
        year=2025,
        criteria=criteria_for(offer_of(clause(words, "Cá nhân")), "individual"),
        plan="12/KH-UBND",
    )
    facts = Facts(
        ratings=(RatingFact(year=2025, level="excellent"),),
        measures=(MeasureFact(key="ty_le_ho_so_dung_han_percent", value=Decimal("99.5"), year=2025),),
    )
    found = [
        (result.basis.quote, result.outcome.value)
        for result in assess(offer, facts, national_law(), datetime.date(2025, 12, 10)).tests()
        if result.basis.instrument == "12/KH-UBND"
    ]

    assert found == [
        ("năm 2025 hoàn thành xuất sắc nhiệm vụ", "met"),
        ("tỷ lệ hồ sơ đúng hạn đạt 100%", "not_met"),
        ("nội bộ đoàn kết", "unknown"),
    ]
