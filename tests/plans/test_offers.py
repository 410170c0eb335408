"""Which clauses of a plan decide about which of its awards."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from strategies import readings
from thidua.plans.campaign import Offer
from thidua.plans.launching import plan_campaign
from thidua.plans.reading import AwardForm, Criterion, DossierPart, Fact, Quota, Reading
from thidua.plans.review import begin


def at(start: int, end: int | None = None, quote: str = "chữ của kế hoạch") -> dict[str, Any]:
    return {"quote": quote, "span": (start, end or start + 10)}


def offers_of(reading: Reading) -> tuple[Offer, ...]:
    return plan_campaign(begin(reading)).offers


AWARDS = (
    AwardForm(name="Bằng khen", granted_by="Chủ tịch UBND tỉnh", **at(100, 200)),
    AwardForm(name="Giấy khen của Giám đốc Sở", granted_by="Giám đốc Sở", for_="collective", **at(200)),
    AwardForm(name="danh hiệu “Chiến sĩ thi đua cơ sở”", for_="individual", **at(300)),
)


def offers_with(clause: Fact) -> list[str]:
    """The awards whose offers hold the clause."""
    kinds = {Criterion: "criteria", Quota: "quotas", DossierPart: "dossier"}
    kind = kinds[type(clause)]
    offers = offers_of(Reading(award_forms=AWARDS, **{kind: (clause,)}))
    return [offer.award for offer in offers if clause in getattr(offer, kind)]


BANG_KHEN, GIAY_KHEN, CHIEN_SI = (award.name for award in AWARDS)


@pytest.mark.parametrize(
    ("clause", "awards"),
    [
        (Criterion(text="Gương mẫu chấp hành chủ trương của Đảng", **at(500)), [BANG_KHEN, GIAY_KHEN, CHIEN_SI]),
        (Criterion(applies_to="Tập thể", text="Nội bộ đoàn kết", **at(500)), [BANG_KHEN, GIAY_KHEN]),
        (Criterion(applies_to="cá nhân", text="Có sáng kiến", **at(500)), [BANG_KHEN, CHIEN_SI]),
        (Criterion(text="Tập thể, cá nhân có thành tích", **at(500)), [BANG_KHEN, GIAY_KHEN, CHIEN_SI]),
        (Criterion(text="cho tập thể tiêu biểu", **at(150, 190)), [BANG_KHEN]),
        (Criterion(text="Danh hiệu Chiến sĩ thi đua cơ sở: có sáng kiến được công nhận", **at(500)), [CHIEN_SI]),
        (Quota(unit="Mỗi phòng", max=1, of="tập thể", **at(500)), [BANG_KHEN, GIAY_KHEN]),
        (Quota(unit="Mỗi xã", max=2, of="hộ gia đình", **at(500)), [BANG_KHEN, GIAY_KHEN, CHIEN_SI]),
        (Quota(unit="Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", max=1, of="tập thể", **at(500)), [BANG_KHEN]),
        (DossierPart(document="Báo cáo thành tích đề nghị tặng Giấy khen", **at(500)), [GIAY_KHEN]),
        (DossierPart(document="Tờ trình", **at(500)), [BANG_KHEN, GIAY_KHEN, CHIEN_SI]),
    ],
)
def test_a_clause_belongs_to_the_awards_it_speaks_of(clause: Fact, awards: list[str]) -> None:
    assert offers_with(clause) == awards


def test_an_award_held_before_is_not_the_one_that_a_criterion_is_for() -> None:
    long = "Có thành tích tiêu biểu, dẫn đầu phong trào thi đua của ngành, của địa phương, được quần chúng suy tôn "
    clause = Criterion(text=f"{long} và đã được tặng Giấy khen", **at(500))

    assert offers_with(clause) == [BANG_KHEN, GIAY_KHEN, CHIEN_SI]


def test_two_awards_of_one_name_are_told_apart_by_who_grants_them() -> None:
    awards = (
        AwardForm(name="Bằng khen của Thủ tướng Chính phủ", granted_by="Thủ tướng Chính phủ", **at(100)),
        AwardForm(name="Bằng khen", granted_by="Chủ tịch UBND tỉnh", **at(200)),
    )
    quota = Quota(unit="Toàn tỉnh", max=3, of="tập thể", **at(300, quote="đề nghị Thủ tướng Chính phủ tặng Bằng khen"))

    assert [offer.quotas for offer in offers_of(Reading(award_forms=awards, quotas=(quota,)))] == [(quota,), ()]


def test_clauses_of_a_plan_that_names_no_award_are_one_offer_without_a_name() -> None:
    criterion = Criterion(text="Có thành tích", **at(300))
    paper = DossierPart(document="Tờ trình", **at(200))
    [offer] = offers_of(Reading(criteria=(criterion,), dossier=(paper,)))

    assert (offer.key, offer.award, offer.criteria, offer.dossier) == ("dossier-1", "", (criterion,), (paper,))


@given(readings())
@settings(max_examples=100, deadline=None)
def test_no_clause_on_awards_is_lost(reading: Reading) -> None:
    offers = offers_of(reading)

    assert _held(offers) == {
        kind: {fact.span for fact in getattr(reading, kind)} for kind in ("criteria", "quotas", "dossier")
    }


def _held(offers: tuple[Offer, ...]) -> dict[str, set[tuple[int, int]]]:
    return {
        kind: {fact.span for offer in offers for fact in getattr(offer, kind)}
        for kind in ("criteria", "quotas", "dossier")
    }
