"""Two rows become one person and are parted again: nothing is lost either way."""

from __future__ import annotations

import datetime
import random
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.register.actions import merging, sensitive
from thidua_web.register.models import Appointment, AwardRecord, MergeLog, Person, Rating, SensitiveData
from thidua_web.register.queries.merging import links
from web.cast import LONG_AGO, Cast
from web.nominated import a_nomination, a_submission
from web.register_rows import make_person


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


@pytest.fixture
def pair(cast: Cast) -> tuple[Person, Person]:
    """The same woman, once from a list of staff, once from a list of awards."""
    kept = make_person(cast.office, "Lê Thị An", position="Chuyên viên", code="CB-1")
    dropped = make_person(cast.province, "Lê Thị An", birth_year=1990, sex="female")
    for person, level in ((kept, "good"), (dropped, "excellent")):
        Rating.objects.create(person=person, year=2024, level=level)
    Rating.objects.create(person=dropped, year=2023, level="good")
    AwardRecord.objects.create(person=dropped, year=2023, title="Giấy khen")
    return kept, dropped


def merge(cast: Cast, kept: Person, dropped: Person) -> MergeLog:
    return merging.merge(kept=kept, dropped=dropped, reason="trùng", by=cast.users["clerk"], at=timezone.now())


def part(cast: Cast, log: MergeLog) -> bool:
    return merging.part(log=log, by=cast.users["clerk"], at=timezone.now())


def everything() -> dict[str, Any]:
    """All rows that name a person, but for the log and the journal; sealed texts by what is in them."""
    rows: dict[str, Any] = {link.name: list(link.model._base_manager.order_by("pk").values()) for link in links()}
    rows["people"] = list(Person.objects.order_by("pk").values())
    rows["sensitive"] = {row.person_id: sensitive.opened(row.person) for row in SensitiveData.objects.all()}
    return rows


def test_every_column_of_every_app_that_names_a_person_is_thought_of() -> None:
    assert {link.name for link in links()} == {
        "register.appointment.person",
        "register.rating.person",
        "register.awardrecord.person",
        "register.household.head",
        "accounts.user.person",
        "accounts.invitation.person",
        "eligibility.deed.person",
        "eligibility.recordedfact.person",
        "nominations.nomination.person",
        "nominations.attendee.person",
    }


def test_what_the_dropped_row_had_goes_to_the_kept_one(cast: Cast, pair: tuple[Person, Person]) -> None:
    kept, dropped = pair
    user = cast.users["neighbour"]
    user.person = dropped
    user.save()
    merge(cast, kept, dropped)
    kept.refresh_from_db()
    user.refresh_from_db()
    assert (kept.birth_year, kept.sex, kept.code, user.person) == (1990, "female", "CB-1", kept)
    assert sorted(kept.ratings.values_list("year", "level")) == [(2023, "good"), (2024, "good")]
    assert (kept.awards.count(), kept.appointments.count()) == (1, 2)
    line = JournalLine.objects.get(act="person.merged")
    assert (line.details["dropped"], line.details["filled"]) == (dropped.pk, ["birth_year", "sex"])


def test_a_year_rated_in_both_keeps_the_level_of_the_kept_row_and_shows_both_before(
    clerk: Client, cast: Cast, pair: tuple[Person, Person]
) -> None:
    kept, dropped = pair
    page = clerk.get(f"/nguoi/{kept.pk}/gop/?voi={dropped.pk}").content.decode()
    assert "2024: Hoàn thành tốt nhiệm vụ / Hoàn thành xuất sắc nhiệm vụ" in page
    merge(cast, kept, dropped)
    assert Rating.objects.get(person=dropped).level == "excellent"


def test_nominations_move_and_one_that_both_have_stays(cast: Cast, pair: tuple[Person, Person]) -> None:
    kept, dropped = pair
    submission = a_submission(cast.office, cast.province, cast.users["neighbour"])
    own = a_nomination(submission, person=kept, award="LDTT")
    like, other = (a_nomination(submission, person=dropped, award=award) for award in ("LDTT", "CSTDCS"))
    log = merge(cast, kept, dropped)
    assert list(kept.nominations.order_by("pk")) == [own, other]
    assert list(dropped.nominations.all()) == [like]
    part(cast, log)
    assert set(dropped.nominations.all()) == {like, other}


def test_parting_brings_everything_back(cast: Cast, pair: tuple[Person, Person]) -> None:
    kept, dropped = pair
    sensitive.write(dropped, {"ethnicity": "Khmer"})
    before = everything()
    log = merge(cast, kept, dropped)
    assert sensitive.opened(kept)["ethnicity"] == "Khmer"
    assert part(cast, log)
    assert everything() == before
    assert not part(cast, log)
    assert JournalLine.objects.filter(act="person.parted").count() == 1


def test_whatever_two_people_have_merging_and_parting_changes_nothing(cast: Cast) -> None:
    draw = random.Random(11)
    for round_ in range(25):
        people = [_anybody(cast, draw, f"{round_}-{side}") for side in (0, 1)]
        before = everything()
        log = merge(cast, *people)
        assert Person.objects.get(pk=people[1].pk).merged_into == people[0]
        assert part(cast, log)
        assert everything() == before


def _anybody(cast: Cast, draw: random.Random, mark: str) -> Person:
    known = {
        "code": draw.choice(("", f"C{mark}")),
        "sex": draw.choice(("", "male", "female")),
        "birth_year": draw.choice((None, 1980, 1990)),
        "position": draw.choice(("", "Chuyên viên")),
    }
    person = make_person(draw.choice((cast.office, cast.province)), "Lê An", **known)
    for year in draw.sample(range(2020, 2026), draw.randint(0, 4)):
        Rating.objects.create(person=person, year=year, level=draw.choice(("good", "done")))
    for _ in range(draw.randint(0, 3)):
        AwardRecord.objects.create(
            person=person, year=draw.choice((2023, 2024)), title=draw.choice(("Cờ", "Giấy khen"))
        )
    if draw.random() < 0.5:
        Appointment.objects.create(person=person, unit=cast.office, position="Tổ trưởng", valid_from=LONG_AGO)
    secret = {name: draw.choice(("", "một", "hai")) for name in ("ethnicity", "religion")}
    sensitive.write(person, secret)
    return person


def test_what_was_changed_on_the_kept_row_since_stays(cast: Cast, pair: tuple[Person, Person]) -> None:
    kept, dropped = pair
    log = merge(cast, kept, dropped)
    Person.objects.filter(pk=kept.pk).update(birth_year=1991)
    new = AwardRecord.objects.create(person=kept, year=2025, title="Bằng khen")
    part(cast, log)
    kept.refresh_from_db()
    assert (kept.birth_year, kept.sex, list(kept.awards.all())) == (1991, "", [new])


def test_of_two_merges_the_later_is_parted_first(cast: Cast, pair: tuple[Person, Person]) -> None:
    kept, dropped = pair
    third = make_person(cast.office, "Lê T. An")
    first = merge(cast, kept, dropped)
    second = merge(cast, third, kept)
    with pytest.raises(ValidationError, match="đã được gộp tiếp"):
        part(cast, first)
    assert part(cast, second)
    assert part(cast, first)


def test_two_who_both_sign_in_are_not_merged(cast: Cast, pair: tuple[Person, Person]) -> None:
    for name, person in zip(("neighbour", "both"), pair, strict=True):
        cast.users[name].person = person
        cast.users[name].save()
    with pytest.raises(ValidationError, match="Cả hai đều có tài khoản"):
        merge(cast, *pair)


def test_nobody_is_merged_into_themselves_or_twice(cast: Cast, pair: tuple[Person, Person]) -> None:
    kept, dropped = pair
    with pytest.raises(ValidationError, match="một người khác"):
        merge(cast, kept, kept)
    merge(cast, kept, dropped)
    with pytest.raises(ValidationError, match="vừa được gộp"):
        merge(cast, kept, dropped)


def test_the_page_proposes_namesakes_shows_both_and_merges(
    clerk: Client, cast: Cast, pair: tuple[Person, Person]
) -> None:
    kept, dropped = pair
    make_person(cast.office, "Trần Khác")
    chosen = clerk.get(f"/nguoi/{kept.pk}/gop/")
    assert chosen.context["found"] == [dropped]
    assert "Trần Khác" in clerk.get(f"/nguoi/{kept.pk}/gop/?tim=khac").content.decode()
    page = clerk.get(f"/nguoi/{kept.pk}/gop/?voi={dropped.pk}").content.decode()
    assert ("UBND tỉnh Thử" in page, "khác nhau" in page) == (True, True)
    refused = clerk.post(f"/nguoi/{kept.pk}/gop/", {"voi": dropped.pk})
    assert (refused.status_code, "Chưa ghi lý do gộp." in refused.content.decode()) == (422, True)
    done = clerk.post(f"/nguoi/{kept.pk}/gop/", {"voi": dropped.pk, "reason": "nhập hai lần"}, follow=True)
    assert "Đã gộp “Lê Thị An” vào người này." in done.content.decode()


def test_different_id_numbers_are_pointed_out(clerk: Client, cast: Cast, pair: tuple[Person, Person]) -> None:
    for person, number in zip(pair, ("079090001234", "079090009999"), strict=True):
        sensitive.write(person, {"id_number": number})
    page = clerk.get(f"/nguoi/{pair[0].pk}/gop/?voi={pair[1].pk}").content.decode()
    assert ("số định danh khác nhau" in page, "9999" in page) == (True, False)


def test_the_log_parts_them_and_says_who_did(clerk: Client, cast: Cast, pair: tuple[Person, Person]) -> None:
    log = merge(cast, *pair)
    page = clerk.get("/nguoi/gop/").content.decode()
    assert ("Lê Thị An" in page, "trùng" in page) == (True, True)
    page = clerk.post(f"/nguoi/gop/{log.pk}/tach/", follow=True).content.decode()
    assert ("Đã tách “Lê Thị An” ra như trước khi gộp." in page, "Đã tách" in page) == (True, True)
    assert pair[1] in Person.objects.filter(merged_into=None)


@pytest.mark.parametrize("other", ["x", "", "99999", "²", "9" * 40])
def test_an_address_that_names_nobody_asks_again(clerk: Client, pair: tuple[Person, Person], other: str) -> None:
    answer = clerk.get(f"/nguoi/{pair[0].pk}/gop/", {"voi": other})
    assert answer.status_code == (404 if other == "99999" else 200)


def test_nobody_merges_people_out_of_their_reach(client: Client, cast: Cast, pair: tuple[Person, Person]) -> None:
    log = merge(cast, *pair)
    part(cast, log)
    client.force_login(cast.users["neighbour"])
    assert client.get(f"/nguoi/{pair[0].pk}/gop/").context["found"] == []
    assert client.post(f"/nguoi/{pair[0].pk}/gop/", {"voi": pair[1].pk, "reason": "x"}).status_code in (403, 404)
    assert client.post(f"/nguoi/gop/{log.pk}/tach/").status_code in (403, 404)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_at_once_one_is_told(cast: Cast, pair: tuple[Person, Person]) -> None:
    """Crosswise: each wants to keep the row that the other drops."""
    said: list[str] = []
    ready = threading.Barrier(2)

    def act(kept: Person, dropped: Person) -> None:
        try:
            ready.wait(10)
            merge(cast, kept, dropped)
            said.append("merged")
        except ValidationError:
            said.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(*order,)) for order in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(said) == ["merged", "told"]
    assert (MergeLog.objects.count(), Person.objects.filter(merged_into=None).count()) == (1, 1)


def test_the_log_asks_the_database_no_more_often_for_more_rows(clerk: Client, cast: Cast) -> None:
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            clerk.get("/nguoi/gop/")
        return len(captured)

    merge(cast, make_person(cast.office, "Lê Một"), make_person(cast.office, "Lê Một"))
    count()
    one = count()
    for name in ("Lê Hai", "Lê Ba"):
        merge(cast, make_person(cast.office, name), make_person(cast.office, name))
    assert count() == one


def test_a_day_of_birth_is_filled_and_taken_out_again(cast: Cast) -> None:
    kept = make_person(cast.office, "Lê An")
    dropped = make_person(cast.office, "Lê An", birth_date=datetime.date(1990, 10, 9))
    log = merge(cast, kept, dropped)
    kept.refresh_from_db()
    assert (kept.birth_date, kept.birth_year) == (datetime.date(1990, 10, 9), 1990)
    part(cast, log)
    kept.refresh_from_db()
    assert (kept.birth_date, kept.birth_year) == (None, None)
