"""Reports that repeat another's text: passages with offsets in both raw texts, formulae left aside (repeats.toml)."""

from __future__ import annotations

import random
import tomllib
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.findings import Outcome
from thidua.rules.repeats import SHORTEST, Passage, Store, compare, finding, fingerprints, hashes, words_of

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("repeats.toml").read_text("utf-8"))["case"]


def passages(here: str, there: str) -> tuple[Passage, ...]:
    return compare(words_of(here), words_of(there))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_two_reports_share_stands_side_by_side(case: dict[str, Any]) -> None:
    here, there = case["here"], case["there"]
    found = [[here[slice(*one.here)], there[slice(*one.there)], one.same] for one in passages(here, there)]

    assert found == case["passages"]


def test_a_report_in_decomposed_letters_repeats_one_in_composed_letters() -> None:
    """macOS writes ệ as three characters: offsets are those of the raw text all the same."""
    here = CASES[0]["here"]
    there = unicodedata.normalize("NFD", CASES[0]["there"])
    (found,) = passages(here, there)

    assert unicodedata.normalize("NFC", there[slice(*found.there)]) == CASES[0]["passages"][0][1]


def test_hashes_are_the_same_in_every_process() -> None:
    """They may be kept in a database."""
    words = words_of("Vận động bà con góp 350 ngày công làm đường").words
    assert [f"{value:010x}" for value in hashes(words)] == [
        "9fac67c267", "7b5cad26d6", "02246a2055", "2df4e3d095", "3c40769930",
    ]  # fmt: skip


# --- A store ----------------------------------------------------------------------------------------------------------

FORMULA = (
    "Trong những năm qua, được sự quan tâm lãnh đạo, chỉ đạo của cấp ủy, chính quyền các cấp, tập thể cán bộ, công"
    " chức, viên chức và người lao động luôn đoàn kết, nỗ lực phấn đấu hoàn thành tốt nhiệm vụ được giao."
)
OWN = "Riêng quý ba, tổ lưu động đi bảy bản xa nhất làm căn cước cho người già, đi bộ hai ngày đường rừng mới tới nơi."


def store_of(texts: dict[str, str]) -> Store:
    store = Store(texts.__getitem__)
    for ref, raw in texts.items():
        store.add(ref, raw)
    return store


def drawn(seed: int, count: int = 60) -> str:
    draw = random.Random(seed)
    return " ".join(draw.choice(VOCABULARY) for _ in range(count))


VOCABULARY = [
    f"{first}{rest}" for first in "bcdghklmnpqrstvx" for rest in ("an", "ong", "ieu", "at", "em", "uoi", "inh")
]


def test_a_repeat_is_told_and_decides_nothing() -> None:
    (repeat,) = store_of({"a": OWN}).repeats(f"{OWN} {drawn(1, 26)}")
    told = finding(repeat, "Báo cáo của Tổ lưu động, năm 2025")

    assert told.outcome is Outcome.UNKNOWN
    assert sentence(told) == (
        "Trùng 26 chữ với “Báo cáo của Tổ lưu động, năm 2025” (50% báo cáo này), trong 1 đoạn. Đề nghị đọc hai bên rồi"
        " kết luận."
    )


def test_formulae_of_official_language_are_no_copy() -> None:
    texts = {str(n): f"{FORMULA} {drawn(n)}" for n in range(40)}
    assert store_of(texts).repeats(f"{FORMULA} {drawn(999)}") == ()


def test_a_copied_passage_is_found_among_formulae() -> None:
    texts = {str(n): f"{FORMULA} {drawn(n)}" for n in range(40)} | {"chép": f"{FORMULA} {drawn(77)}. {OWN} {drawn(78)}"}
    asked = f"{drawn(500)} {OWN} {drawn(501)} {FORMULA}"
    (found,) = store_of(texts).repeats(asked)

    assert found.ref == "chép"
    assert [(asked[slice(*one.here)], texts["chép"][slice(*one.there)]) for one in found.passages] == [
        (OWN.rstrip("."), OWN.rstrip("."))
    ]


def test_of_a_few_texts_nothing_is_a_formula() -> None:
    """With three reports nobody can say what everybody writes."""
    texts = {str(n): f"{FORMULA} {drawn(n)}" for n in range(3)}
    assert [one.ref for one in store_of(texts).repeats(f"{FORMULA} {drawn(999)}")] == ["0", "1", "2"]


def test_its_own_earlier_versions_are_left_out() -> None:
    texts = {"bản 1": OWN, "bản 2": OWN, "người khác": f"{drawn(1)} {OWN}"}
    assert [one.ref for one in store_of(texts).repeats(OWN, but=["bản 1", "bản 2"])] == ["người khác"]


def test_who_repeats_most_stands_first() -> None:
    asked = f"{drawn(1, 40)} {drawn(2, 40)}"
    texts = {"nửa": f"{drawn(1, 40)} {drawn(8)}", "cả": f"{drawn(9)} {asked}"}
    assert [(one.ref, one.share) for one in store_of(texts).repeats(asked)] == [("cả", 100), ("nửa", 50)]


def test_a_text_added_later_is_found_too() -> None:
    texts = {str(n): drawn(n) for n in range(10)}
    store = store_of(texts)
    assert store.repeats(OWN) == ()
    texts["mới"] = f"{drawn(55)} {OWN}"
    store.add("mới", texts["mới"])

    assert [one.ref for one in store.repeats(OWN)] == ["mới"]


def test_a_dozen_words_the_same_are_not_shown_unless_asked_for() -> None:
    dozen = "tập huấn kỹ năng số cho mười lăm hộ kinh doanh chợ"
    store = store_of({"a": f"{drawn(1)} {dozen} {drawn(2)}"})
    asked = f"{drawn(3)} {dozen} {drawn(4)}"

    assert store.repeats(asked) == ()
    assert [one.words for one in store.repeats(asked, at_least=SHORTEST)] == [12]


@pytest.mark.parametrize("raw", ["", " \n", "một hai ba", "***"])
def test_a_text_too_short_repeats_nothing(raw: str) -> None:
    assert store_of({"a": raw, "b": raw}).repeats(raw) == ()


# --- What holds for every text ----------------------------------------------------------------------------------------

WORD = st.sampled_from([*VOCABULARY[:12], "Đường", "ủy", "hoà", "tỉnh", "2026", "1.200"])
SPACE = st.sampled_from([" ", "\n", ", ", ". ", "  ", " – ", "** ", "\u200b "])
PAIRS = st.tuples(WORD, SPACE)
TEXT = st.lists(PAIRS, max_size=60).map(lambda pairs: "".join(word + space for word, space in pairs))
LONG = st.lists(PAIRS, min_size=SHORTEST, max_size=40).map(lambda pairs: "".join(word + space for word, space in pairs))
FORM = st.sampled_from(["NFC", "NFD"])


@settings(deadline=None)
@given(raw=TEXT, form=FORM)
def test_words_stand_where_their_offsets_say(raw: str, form: str) -> None:
    raw = unicodedata.normalize(form, raw)
    found = words_of(raw)

    assert list(found.starts) == sorted(found.starts)
    for word, start, end in zip(found.words, found.starts, found.ends, strict=True):
        assert words_of(raw[start:end]).words == (word,)
    for end, start in zip(found.ends, found.starts[1:], strict=False):
        assert end <= start
    assert words_of(unicodedata.normalize("NFC", raw)).words == found.words


@settings(deadline=None)
@given(before=TEXT, after=TEXT, other=TEXT, seed=st.integers(0, 99), forms=st.tuples(FORM, FORM))
def test_a_planted_passage_is_found_where_it_was_planted(
    before: str, after: str, other: str, seed: int, forms: tuple[str, str]
) -> None:
    planted = " ".join(f"q{seed}z{n}" for n in range(SHORTEST))
    here = unicodedata.normalize(forms[0], f"{before} {planted} {after}")
    there = unicodedata.normalize(forms[1], f"{other} {planted}")

    assert any(
        planted in here[slice(*one.here)] and planted in there[slice(*one.there)] for one in passages(here, there)
    )
    (found,) = store_of({"a": there}).repeats(here, at_least=SHORTEST)
    assert found.ref == "a"


@settings(deadline=None)
@given(here=TEXT, there=TEXT)
def test_passages_lie_in_order_within_both_texts(here: str, there: str) -> None:
    found = passages(here, there)
    for one in found:
        assert 0 <= one.here[0] < one.here[1] <= len(here)
        assert 0 <= one.there[0] < one.there[1] <= len(there)
        assert one.words >= SHORTEST
        assert 0 < one.same <= 100
    for one, after in pairwise(found):
        assert one.here[1] <= after.here[0]


@settings(deadline=None)
@given(raw=LONG)
def test_a_text_repeats_itself_whole(raw: str) -> None:
    words = words_of(raw)
    (found,) = compare(words, words)

    assert found.here == words.span(0, len(words.words))
    assert found.same == 100


@settings(deadline=None)
@given(raw=TEXT)
def test_every_stretch_long_enough_keeps_a_hash(raw: str) -> None:
    """Winnowing promises it: so that no repetition of `SHORTEST` words is missed."""
    words = words_of(raw).words
    kept = [at for _, at in fingerprints(words)]
    values = hashes(words)

    assert kept == sorted(set(kept))
    assert [values[at] for at in kept] == [value for value, _ in fingerprints(words)]
    for start in range(len(words) - SHORTEST + 1):
        assert any(start <= at <= start + SHORTEST - 6 for at in kept)


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(TEXT, min_size=1, max_size=6), data=st.data())
def test_the_order_in_which_texts_came_changes_nothing(texts: list[str], data: st.DataObject) -> None:
    named = {str(n): raw for n, raw in enumerate(texts)}
    asked = data.draw(st.sampled_from(texts))
    shuffled = dict(data.draw(st.permutations(list(named.items()))))

    assert store_of(named).repeats(asked) == store_of(shuffled).repeats(asked)
