"""One nomination on one page: what is judged and why, what the unit sent, who holds it, for each who reads it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from thidua_web.nominations.models import Nomination
from web.appraised import lodged
from web.cast import Cast


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    """Lodged with the province, with one claim that is proved by one file."""
    return lodged(cast)


def page(row: Nomination) -> str:
    return reverse("nominations:nomination", args=[row.pk])


def read(client: Client, cast: Cast, who: str, row: Nomination) -> str:
    client.force_login(cast.users[who])
    answer = client.get(page(row))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_who_for_what_and_where_it_stands(client: Client, cast: Cast, nomination: Nomination) -> None:
    words = read(client, cast, "appraiser", nomination)
    for said in ("Nguyễn Thị Hòa", "Chiến sĩ thi đua cơ sở", "Sở Thử", "Chờ tiếp nhận", "Số hóa 12.000 hồ sơ"):
        assert said in words
