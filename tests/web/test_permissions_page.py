"""The one screen of who may do what."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from playwright.sync_api import Browser

from thidua_web.accounts.access import PERMISSIONS, Role
from thidua_web.accounts.roles_page import PURPOSES
from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.cast import Cast


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def test_it_is_the_table_that_decides(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["clerk"])
    page = client.get("/quyen/").content.decode()
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="scope">(.*?)</td>(.*?)</tr>', page, re.DOTALL)
    assert [label for label, _scope, _cells in rows] == [str(one.label) for one in PERMISSIONS.values()]
    for (_label, scope, cells), permission in zip(rows, PERMISSIONS.values(), strict=True):
        allowed = ["unseen" in cell for cell in re.findall(r"<td.*?</td>", cells, re.DOTALL)]
        assert allowed == [role in permission.roles for role in Role]
        assert ("cấp dưới" in scope) == permission.below


def test_ones_own_roles_stand_out(client: Client, cast: Cast) -> None:
    for name, own in (("clerk", 1), ("stranger", 0)):
        client.force_login(cast.users[name])
        page = client.get("/quyen/").content.decode()
        assert page.count('<th scope="col" class="mine">') == own
    client.force_login(cast.users["both"])
    assert "Sở Thử; UBND tỉnh Thử" in client.get("/quyen/").content.decode()


def test_every_role_says_what_it_is_for() -> None:
    assert set(PURPOSES) == set(Role)


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_it_reads_well(browser: Browser, site: Any, scheme: str, width: int) -> None:
    with look(browser, scheme, width) as context:
        page = context.new_page()
        sign_in(page, site, "thamdinh", "/quyen/")
        assert (faults(page), sideways(page)) == ([], 0)


@pytest.mark.looks
def test_it_prints_on_two_pages_at_most(browser: Browser, site: Any) -> None:
    with look(browser) as context:
        page = context.new_page()
        sign_in(page, site, "thamdinh", "/quyen/")
        printed = page.pdf(prefer_css_page_size=True)
    assert len(pypdfium2.PdfDocument(io.BytesIO(printed))) <= 2
