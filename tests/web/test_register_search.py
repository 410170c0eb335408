"""Search finds exactly what looking at every row finds, on both databases, whatever was written how."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from thidua_web.register import trigrams
from thidua_web.register.models import Person, Unit, UnitCode, UnitPeriod
from thidua_web.register.queries.searching import found_in, holding, words_of
from web.cast import LONG_AGO, Cast

NAMES = (
    "Nguyễn Văn An", "Trần Thị Ánh", "Lê An", "Đặng Thị Đào", "Đinh Đức Đạt", "Ngô Ý", "Phan Thị Ngọc Lan", "H'Lan Niê",
    "Y Bih Êban", "Võ_Thị 100% Lan", 'Hồ "Ba" Tư', "Trương Mỹ Ly", "Ng. T. Ly",
)  # fmt: skip
ASKED = (
    "an", "AN", "nguyen an", "đào", "dao", "Đ", "y", "ý", "lan h", "h'lan", "%", "_", "100%", '"', '"ba"', "ba tu",
    "ng.", "t.", "uyê", "ông không có", "cb-00", "cb-001 le", "an an", "thi", "a b c d e f g h i k l m", "",
)  # fmt: skip


@pytest.fixture
def people(cast: Cast) -> list[Person]:
    rows = [Person(full_name=name, code=f"CB-{n:03}", unit=cast.office) for n, name in enumerate(NAMES)]
    for row in rows:
        row.fill_keys()
    return Person.objects.bulk_create(rows)


def keys(condition: object, model: type = Person) -> list[int]:
    return sorted(model.objects.filter(condition).values_list("pk", flat=True))


def by_looking(words: tuple[str, ...]) -> list[int]:
    """In Python, of every row: the meaning of the search."""

    def holds(text: str, word: str) -> bool:
        return word in text if len(word) >= 3 else any(part.startswith(word) for part in text.split(" "))

    return sorted(one.pk for one in Person.objects.all() if all(holds(one.folded, word) for word in words))


@pytest.mark.parametrize("asked", ASKED)
def test_the_index_finds_what_looking_at_each_row_finds(people: list[Person], asked: str) -> None:
    words = words_of(asked)
    assert keys(found_in(Person, words)) == keys(holding(words)) == by_looking(words)


def test_any_piece_of_any_name_is_found(people: list[Person]) -> None:
    draw = random.Random(7)
    for _ in range(300):
        text = draw.choice(people).folded
        begin = draw.randrange(len(text))
        words = words_of(text[begin : begin + draw.randint(1, 9)])
        assert keys(found_in(Person, words)) == keys(holding(words)) == by_looking(words), words


def test_marks_and_case_count_for_nothing(people: list[Person]) -> None:
    found = [keys(found_in(Person, words_of(asked))) for asked in ("ĐÀO", "đào", "dao", "Đao")]
    assert found == [[people[3].pk]] * 4


def test_what_is_renamed_or_taken_away_is_no_longer_found(people: list[Person]) -> None:
    first, second = people[0], people[2]
    first.full_name = "Bùi Xuân Quý"
    first.save()
    second.delete()
    assert keys(found_in(Person, words_of("quy"))) == [first.pk]
    assert keys(found_in(Person, words_of("nguyen"))) == []
    assert keys(found_in(Person, words_of("le an"))) == []


def test_a_change_without_the_models_own_save_is_found(people: list[Person]) -> None:
    Person.objects.filter(pk=people[0].pk).update(folded="ten moi")
    assert keys(found_in(Person, words_of("ten moi"))) == [people[0].pk]


def test_earlier_names_and_codes_are_found_however_they_were_written(cast: Cast) -> None:
    UnitPeriod.objects.filter(unit=cast.office).delete()
    UnitPeriod.objects.bulk_create([UnitPeriod(unit=cast.office, name="Ty Thử", kind="office", valid_from=LONG_AGO)])
    UnitCode.objects.bulk_create([UnitCode(unit=cast.office, scheme="identifier", code="H61.Đ.7")])
    assert keys(found_in(UnitPeriod, words_of("ty thu")), UnitPeriod) == [UnitPeriod.objects.get(name="Ty Thử").pk]
    assert UnitCode.objects.filter(found_in(UnitCode, words_of("h61.d"))).get().code == "H61.Đ.7"
    assert keys(found_in(Unit, words_of("t-1")), Unit) == [cast.office.pk]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="triggers are SQLite's")
def test_triggers_that_a_migration_dropped_are_laid_again(people: list[Person]) -> None:
    with connection.cursor() as cursor:
        for event in ("insert", "update", "delete"):
            cursor.execute(f"DROP TRIGGER register_person_search_on_{event}")
    people[0].full_name = "Bùi Xuân Quý"
    people[0].save()
    assert keys(found_in(Person, words_of("quy"))) == []
    trigrams.lay(connection)
    trigrams.lay(connection)
    assert keys(found_in(Person, words_of("quy"))) == [people[0].pk]
    assert len(keys(found_in(Person, words_of("cb-0")))) == len(people)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="roles are PostgreSQL's")
def test_a_database_that_may_not_add_the_extension_says_what_to_do(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
        cursor.execute("CREATE ROLE khong_quyen")
        cursor.execute("SET LOCAL ROLE khong_quyen")
        with pytest.raises(trigrams.NoTrigramsError, match="CREATE EXTENSION pg_trgm"):
            trigrams.lay(connection)
        connection.needs_rollback = False
