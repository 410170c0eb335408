"""docs/reference/law.md names every key, test, topic, finding and award as the code has them."""

import re
from pathlib import Path

import msgspec
import pytest

from thidua.explain import catalogue
from thidua.law.awards import Award, awards
from thidua.law.criteria import Criterion, Entry, Principle, Standard
from thidua.law.instruments import Instrument
from thidua.law.law import local_law, national_law, sector_statutes
from thidua.law.statute import DossierPaper, Statute, Topic, parse_statute
from thidua.rules.predicates import PREDICATES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "reference" / "law.md").read_text("utf-8")
HOW_TO = (DOCS / "how-to" / "local-regulation.md").read_text("utf-8")
KINDS = {
    field.name: kind
    for field in msgspec.structs.fields(Statute)
    for kind in getattr(field.type, "__args__", ())
    if isinstance(kind, type) and issubclass(kind, Entry)
}


def test_every_award_stands_in_the_table_as_the_law_prints_it() -> None:
    rows = {cells[0].strip(" `"): cells for line in PAGE.splitlines() if len(cells := line.strip("|").split("|")) == 5}
    for award in awards().values():
        assert rows[award.code][1].strip() == (award.printed or award.name)
        assert rows[award.code][3].strip() == award.place
        assert rows[award.code][4].strip() == award.decided_in


@pytest.mark.parametrize(
    "kind", [Statute, Award, Instrument, Criterion, Standard, Principle, DossierPaper, *KINDS.values()]
)
def test_every_key_is_told(kind: type[msgspec.Struct]) -> None:
    tables = set(KINDS)
    keys = {field.encode_name for field in msgspec.structs.fields(kind)} - tables
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()


def test_every_kind_of_entry_is_told() -> None:
    assert len(KINDS) == 13
    assert {name for name in KINDS if f"`[[{name}]]`" not in PAGE} == set()


@pytest.mark.parametrize("name", PREDICATES)
def test_every_test_and_its_parameters_are_told(name: str) -> None:
    (row,) = [line for line in PAGE.splitlines() if re.match(rf"\| .*`{name}`", line) and line.count("|") == 4]
    assert {f.name for f in msgspec.structs.fields(PREDICATES[name]) if f"`{f.name}`" not in row} == set()


def test_every_topic_and_every_finding_is_told() -> None:
    codes = {code for code in catalogue() if code.startswith("law.")}
    assert {topic for topic in Topic.__args__ if f"`{topic}`" not in PAGE} == set()
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()


def test_the_examples_can_be_read() -> None:
    examples = re.findall(r"```toml\n(.*?)```", PAGE + HOW_TO, re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        head = "" if example.startswith("instrument") else 'instrument = "1/2026/QĐ-UBND"\n'
        assert parse_statute(head + example).entries()


def test_what_the_how_to_shows_is_in_the_sample_file() -> None:
    sample = (Path(__file__).parent / "local" / "bac-ninh-86-2025.toml").read_text("utf-8")
    shown = [line for example in re.findall(r"```toml\n(.*?)```", HOW_TO, re.DOTALL) for line in example.splitlines()]
    known = set(sample.splitlines())
    assert [line for line in shown if line.startswith(("place", "test", "quorum", "step", "by"))] != []
    assert {line for line in shown if line.startswith(("test", "quorum", "step", "by", "majority"))} <= known


def test_every_file_of_law_can_be_named_and_says_where_it_comes_from() -> None:
    statutes = (*local_law(Path(__file__).parent / "local").statutes, *sector_statutes())
    assert national_law().statutes
    assert [s.instrument for s in statutes if not (s.title and s.source)] == []
