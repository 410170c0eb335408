"""The charts of a campaign: drawn on the server, each with its table, true to the numbers."""

from __future__ import annotations

import itertools
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thidua.progress.targets import PledgedTarget
from thidua_web.campaigns.models import DutyUnit
from thidua_web.progress.pages.bullets import bullet
from thidua_web.progress.pages.charts import WIDE, _label
from thidua_web.register.actions.units import create_unit
from web.cast import LONG_AGO, Cast
from web.launched import in_days, make_duty
from web.reported import Told, make_pledge, make_target, make_told, send

# A busy machine makes numbers slowly; that says nothing of the charts.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


@pytest.fixture
def told(cast: Cast) -> Told:
    return make_told(cast, due=-3)


def page_of(client: Client, cast: Cast, told: Told, query: str = "") -> str:
    client.force_login(cast.users["clerk"])
    answer = client.get(f"/phong-trao/{told.campaign.pk}/tien-do/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@patient
@given(aim=NUMBERS, value=st.none() | NUMBERS, baseline=st.none() | NUMBERS)
def test_every_mark_stands_on_its_bar_in_the_order_of_the_numbers(
    aim: float, value: float | None, baseline: float | None
) -> None:
    made = bullet(PledgedTarget(indicator="a", op=">=", value=aim, baseline=baseline), value, width=240)
    assert made is not None
    marks = [(aim, made.aim), (value, made.value), (baseline, made.baseline), (0.0, made.zero)]
    known = sorted((number, place) for number, place in marks if number is not None and place is not None)
    places = [place for _number, place in known]
    assert all(-1e-6 <= place <= 240 + 1e-6 for place in places)
    assert all(one <= two + 1e-6 for one, two in itertools.pairwise(places))


def test_a_target_without_a_number_has_no_bar() -> None:
    assert bullet(PledgedTarget(indicator="a", op=">="), 5.0) is None


@patient
@given(x=st.floats(0, WIDE), words=st.text(max_size=40))
def test_words_stay_within_the_drawing(x: float, words: str) -> None:
    label = _label(x, 10, words, "aim", WIDE)
    begins = {"start": 0.0, "middle": -len(words) * 3.6, "end": -len(words) * 7.2}[label.anchor] + float(label.x)
    assert begins >= -1 or len(words) * 7.2 > WIDE


def test_targets_have_bars_with_words_on_the_marks_and_a_table(client: Client, cast: Cast, told: Told) -> None:
    send(told, on=in_days(-4))
    page = page_of(client, cast, told)
    assert 'class="chart wide"' in page
    assert 'class="chart narrow"' in page
    for words in ("chỉ tiêu ≥ 99%", "năm gốc 90%", ">95%<", "1/1 đơn vị báo cáo", "55% chặng đường", "Xem bảng số"):
        assert words in page, words
    assert not re.search(r"<[^>]+ style=", page)


def test_lines_lead_over_the_periods(client: Client, cast: Cast, told: Told) -> None:
    earlier = make_duty(told.campaign, in_days(-60), units=[told.unit], what="Báo cáo tháng").days.get()
    cells = {f"v{told.target.pk}": 91.5, f"p{told.work.pk}": 1}
    send(told, day=earlier, on=in_days(-62), **cells)
    assert 'class="trend-line"' not in page_of(client, cast, told)
    send(told, on=in_days(-4))
    page = page_of(client, cast, told)
    assert page.count('class="trend-dot"') == 2
    assert ">91,5%<" in page
    assert f"{in_days(-60):%d/%m}" in page


def test_units_by_period_show_where_nothing_comes(client: Client, cast: Cast, told: Told) -> None:
    other = create_unit(code="X", name="Xã An", kind="commune", parent=cast.province, valid_from=LONG_AGO)
    DutyUnit.objects.create(duty=told.duty, unit=other)
    make_duty(told.campaign, in_days(9), units=[told.unit], what="Báo cáo tổng kết")
    send(told, on=in_days(-9))
    page = page_of(client, cast, told)
    grid = page[page.index('class="unit-grid"') :]
    assert "Gửi sớm" in grid
    assert "Quá hạn, chưa gửi" in grid
    assert "Chưa bắt đầu" in grid
    assert "Không phải báo cáo" in grid
    assert "0/1 đạt" in grid
    assert f'href="{told.page}"' in grid


def test_the_period_is_chosen(client: Client, cast: Cast, told: Told) -> None:
    earlier = make_duty(told.campaign, in_days(-60), units=[told.unit], what="Báo cáo tháng").days.get()
    send(told, day=earlier, on=in_days(-62), **{f"v{told.target.pk}": 91.5, f"p{told.work.pk}": 1})
    send(told, on=in_days(-4))
    assert ">91,5%<" in page_of(client, cast, told, f"?ky={earlier.pk}")
    assert ">95%<" in page_of(client, cast, told, "?ky=abc")


def test_before_anything_was_pledged_it_says_so(client: Client, cast: Cast, told: Told) -> None:
    told.target.pledge.works.all().delete()
    told.target.pledge.delete()
    assert "Chưa đơn vị nào gửi đăng ký" in page_of(client, cast, told)


def test_more_units_cost_no_more_queries(client: Client, cast: Cast, told: Told) -> None:
    page_of(client, cast, told)
    counts = []
    for names in (["A"], ["B", "C", "D"]):
        for name in names:
            unit = create_unit(code=name, name=f"Xã {name}", kind="commune", parent=cast.province, valid_from=LONG_AGO)
            DutyUnit.objects.create(duty=told.duty, unit=unit)
            target = make_target(make_pledge(told.campaign, unit, told.clerk), f"Riêng {name}", value=5, measure="hộ")
            send(told, unit=unit, on=in_days(-4), **{f"v{target.pk}": 4.0})
        with CaptureQueriesContext(connection) as asked:
            page_of(client, cast, told)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 30
