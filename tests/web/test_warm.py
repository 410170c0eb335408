"""A server process has read its pages before the first of them is asked for, and does not look through them again."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from django.template import engines

from thidua_web.config.warm import templates, warm


@pytest.fixture
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_every_page_is_read_and_left_alone_by_the_collector(as_before: None) -> None:
    loader = engines["django"].engine.template_loaders[0]
    loader.reset()
    warm()
    assert {"base.html", "progress/report_charts.html", "campaigns/_board.html"} <= set(templates())
    assert set(templates()) <= set(loader.get_template_cache)
    assert gc.get_freeze_count() > 50_000
