"""Every address for every role: what is missing from the table fails."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from thidua_web.accounts.access import PERMISSIONS, Role
from web.cast import Cast

PUBLIC = "public"
SIGNED_IN = "signed in"

# Name, method, and who may: PUBLIC, SIGNED_IN, or the permission in the plan's unit.
ADDRESSES = (
    ("home", "get", SIGNED_IN),
    ("health", "get", PUBLIC),
    ("set_language", "post", PUBLIC),
    ("accounts:sign_in", "get", PUBLIC),
    ("accounts:sign_out", "post", SIGNED_IN),
    ("accounts:switch_unit", "post", SIGNED_IN),
    ("campaigns:plans", "get", "plan.see"),
    ("campaigns:plan", "get", "plan.see"),
    ("campaigns:stop_reading", "post", "plan.stop_reading"),
    ("campaigns:read_again", "post", "plan.read_again"),
    ("campaigns:original", "get", "plan.download"),
    ("campaigns:export", "get", "plan.download"),
)
PATHS = {
    "home": "/",
    "health": "/trang-thai/",
    "set_language": "/ngon-ngu/",
    "accounts:sign_in": "/dang-nhap/",
    "accounts:sign_out": "/dang-xuat/",
    "accounts:switch_unit": "/doi-don-vi/",
    "campaigns:plans": "/ke-hoach/",
    "campaigns:plan": "/ke-hoach/{plan}/",
    "campaigns:stop_reading": "/ke-hoach/{plan}/dung-doc/",
    "campaigns:read_again": "/ke-hoach/{plan}/doc-lai/",
    "campaigns:original": "/ke-hoach/{plan}/tep-goc/",
    "campaigns:export": "/ke-hoach/{plan}/ket-qua.json",
}
OUTSIDERS = ("stranger", "neighbour")


def names(resolver: URLResolver, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.add(f"{prefix}{entry.name}")
        else:
            found |= names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
    return found


def test_every_address_is_in_the_table() -> None:
    assert names(get_resolver()) == {name for name, _, _ in ADDRESSES} == set(PATHS)


@pytest.fixture
def plan_id(upload) -> int:
    from thidua_web.campaigns.tasks import read_plan

    document = upload("KẾ HOẠCH\nPhát động thi đua".encode(), "a.txt").document
    read_plan(document.pk)
    return document.pk


def ask(client: Client, name: str, method: str, plan_id: int) -> int:
    data = {"language": "vi"} if method == "post" else {}
    return getattr(client, method)(PATHS[name].format(plan=plan_id), data).status_code


@pytest.mark.parametrize(("name", "method", "who"), ADDRESSES)
@pytest.mark.parametrize("role", list(Role))
def test_a_member_may_what_the_role_allows(
    client: Client, cast: Cast, plan_id: int, name: str, method: str, who: str, role: Role
) -> None:
    client.force_login(cast.users[role.value])
    allowed = who in (PUBLIC, SIGNED_IN) or role in PERMISSIONS[who]
    answer = ask(client, name, method, plan_id)
    if name == "accounts:switch_unit":
        assert answer == 404  # no unit was named
    else:
        assert answer in ((200, 302) if allowed else (403,))


@pytest.mark.parametrize(("name", "method", "who"), [row for row in ADDRESSES if "plan}" in PATHS[row[0]]])
@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_a_stranger_to_the_unit_learns_nothing(
    client: Client, cast: Cast, plan_id: int, name: str, method: str, who: str, outsider: str
) -> None:
    client.force_login(cast.users[outsider])
    assert ask(client, name, method, plan_id) == ask(client, name, method, plan_id + 999) == 404


@pytest.mark.parametrize(("name", "method", "who"), ADDRESSES)
def test_without_signing_in_only_public_addresses_answer(
    client: Client, plan_id: int, name: str, method: str, who: str
) -> None:
    answer = getattr(client, method)(PATHS[name].format(plan=plan_id), {"language": "vi"} if method == "post" else {})
    sent_to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/dang-nhap/?next=")
    assert sent_to_sign_in == (who != PUBLIC)


@pytest.mark.parametrize(("name", "method", "who"), ADDRESSES)
def test_a_writing_address_refuses_reading_methods(
    client: Client, cast: Cast, plan_id: int, name: str, method: str, who: str
) -> None:
    client.force_login(cast.users["clerk"])
    if name == "accounts:sign_in":
        return  # leads a signed-in person on, whatever the method
    other = {"get": "put", "post": "get"}[method]
    assert getattr(client, other)(PATHS[name].format(plan=plan_id)).status_code == 405


def test_a_post_without_its_token_is_refused(cast: Cast, plan_id: int) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.users["clerk"])
    answer = client.post(f"/ke-hoach/{plan_id}/doc-lai/")
    assert (answer.status_code, "mở quá lâu" in answer.content.decode()) == (403, True)


def test_a_role_ends_with_its_last_day(client: Client, cast: Cast, plan_id: int) -> None:
    import datetime

    from thidua_web.accounts.models import Membership

    user = cast.users["clerk"]
    Membership.objects.filter(user=user).update(valid_to=datetime.date(2021, 1, 1))
    client.force_login(user)
    assert client.get(f"/ke-hoach/{plan_id}/").status_code == 404


def test_an_auditor_sees_no_way_to_upload(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["auditor"])
    assert "Gửi và đọc" not in client.get("/ke-hoach/").content.decode()
    assert client.post("/ke-hoach/").status_code == 403
