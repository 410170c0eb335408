"""What a gate asks for, read out of its words."""

from __future__ import annotations

import pytest

from thidua.plans.gates import gate_requirements
from thidua.plans.reading import Condition

GATES = [
    ("Đơn vị không tổ chức phát động, tổng kết đợt thi đua thì không đề nghị khen thưởng.", {"launched", "summarised"}),
    ("Không đăng ký thi đua thì không được xét.", {"registered"}),
    ("Không xét khen thưởng đối với tập thể báo cáo chậm.", {"reported"}),
    ("Không xét khen thưởng đối với đơn vị không ký kết giao ước, không gửi báo cáo.", {"registered", "reported"}),
    ("Chỉ xét các xã có tổ chức phát động và đăng ký thi đua.", {"launched", "registered"}),
    ("Tập thể phải đăng ký thi đua mới được xét khen thưởng khi tổng kết phong trào.", {"registered"}),
    # A report on the summary is a report; who launched the campaign is not who must.
    ("Đơn vị không gửi báo cáo sơ kết, tổng kết thì không được xét.", {"reported"}),
    ("Đơn vị không đăng ký tham gia phong trào do Chủ tịch UBND tỉnh phát động thì không xét.", {"registered"}),
    ("Đơn vị không đăng ký thi đua thì khi tổng kết không được đề nghị khen thưởng.", {"registered"}),
    # What is not a step of a campaign a person judges.
    ("Hồ sơ gửi chậm sẽ không được xem xét.", set()),
    ("Báo cáo thành tích gửi sau thời hạn trên không được tiếp nhận.", set()),
    ("Không xét khen thưởng đối với: đơn vị không phát động phong trào", {"launched"}),
]


@pytest.mark.parametrize(("words", "wanted"), GATES)
def test_what_must_be_done_before_anything_is_considered(words: str, wanted: set[str]) -> None:
    assert gate_requirements(Condition(kind="gate", text=words, quote=words, span=(0, len(words)))) == wanted


def test_words_that_a_person_wrote_count_even_where_they_are_no_whole_sentence() -> None:
    gate = Condition(kind="gate", text="phải đăng ký và báo cáo đầy đủ", quote="phải", span=(0, 4))

    assert gate_requirements(gate) == {"registered", "reported"}


@pytest.mark.parametrize("kind", ["floor", "no_duplicate"])
def test_only_a_gate_asks_for_steps(kind: str) -> None:
    words = "Chỉ tiêu đăng ký không thấp hơn năm 2023."

    assert gate_requirements(Condition(kind=kind, text=words, quote=words, span=(0, 5))) == frozenset()  # type: ignore[arg-type]
