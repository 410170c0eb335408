"""Whatever django-allauth can show or send is a page or letter of ours, under the same policy as every other page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.template.loader import get_template
from django.test import Client

from thidua_web.accounts import sign_in_urls, words
from web.cast import PASSWORD, Cast
from web.test_access import ADDRESSES, PUBLIC, READING, SIGNED_IN

TEMPLATES = Path(allauth.__file__).parent / "templates"
# What only sign-up, telephones, codes by mail, trusted browsers and other sites' buttons would show is not reachable.
UNUSED = (
    "code",
    "phone",
    "signup",
    "unknown",
    "already",
    "trust",
    "login_redirect",
    "base",
    "logout",
    "verification_sent",
)
UNUSED += ("verified_email_required", "socialaccount/login.html", "account/email.html", "email_confirmation_sign")
PAGES = sorted(
    {address.path for address in ADDRESSES if address.who in (PUBLIC, SIGNED_IN) and address.method == READING}
)


def of_allauth(pattern: str) -> list[str]:
    names = [path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.glob(pattern)]
    return sorted(name for name in names if not any(word in name.replace("recovery_codes", "") for word in UNUSED))


def is_ours(name: str) -> bool:
    return Path(settings.PACKAGE) in Path(get_template(name).origin.name).parents


@pytest.mark.parametrize("room", ["account", "mfa", "socialaccount"])
def test_every_page_is_ours(room: str) -> None:
    pages = [name for name in of_allauth(f"{room}/**/*.html") if "/snippets/" not in name]
    assert len(pages) >= 3
    assert [name for name in pages if not is_ours(name)] == []


def test_every_page_of_the_addresses_is_ours() -> None:
    views = [getattr(pattern.callback, "view_class", None) for pattern in sign_in_urls.urlpatterns]
    # Signing out is a button and never a page.
    names = {name for view in views if (name := getattr(view, "template_name", None))} - {"account/logout.html"}
    assert len(names) > 15
    assert [name for name in sorted(names) if not is_ours(name)] == []


def test_every_message_has_our_words() -> None:
    wanted = of_allauth("*/messages/*.txt")
    assert len(wanted) > 15
    assert [name for name in wanted if name not in words.MESSAGES] == []


def test_every_letter_has_our_words() -> None:
    prefixes = {name.removesuffix("_subject.txt") for name in of_allauth("*/email/*_subject.txt")}
    own = {"account/email/password_reset_key", "account/email/email_confirmation"}
    assert prefixes == own | set(words.NOTICES)
    assert [name for name in own if not is_ours(f"{name}_message.txt") or not is_ours(f"{name}_subject.txt")] == []


@pytest.fixture
def somebody(cast: Cast) -> Client:
    """Signed in just now, with everything that an account can have."""
    user = cast.users["clerk"]
    client = Client()
    client.post("/dang-nhap/", {"login": "clerk", "password": PASSWORD})
    RecoveryCodes.activate(user)
    return client


@pytest.mark.parametrize("path", [path for path in PAGES if "{" not in path])
def test_every_page_keeps_the_policy(somebody: Client, client: Client, path: str) -> None:
    for visitor in (somebody, client):
        answer = visitor.get(path)
        headers = answer.headers
        assert ("unsafe" in headers["Content-Security-Policy"], headers["X-Frame-Options"]) == (False, "DENY")
        assert "script-src 'self';" in headers["Content-Security-Policy"]
        assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]
        if headers.get("Content-Type", "").startswith("text/html"):
            assert "no-store" in headers["Cache-Control"]
            assert inline(answer.content.decode()) == []


def inline(page: str) -> list[str]:
    """What the policy would refuse: styles and scripts inside the page, and anything from elsewhere."""
    scripts = [tag for tag in re.findall(r"<script[^>]*>", page) if "src=" not in tag and "application/json" not in tag]
    handlers = re.findall(r"<[^>]+ (?:style|on[a-z]+)=", page)
    foreign = re.findall(r"(?:src|href|action)=\"(?:https?:|data:|javascript:)[^\"]*", page)
    return [*scripts, *re.findall("<style", page), *handlers, *foreign]


def test_what_the_policy_refuses_is_found() -> None:
    page = (
        '<style>a</style><p style="x"><a onclick="y"><script>z</script><img src="data:a"><script src="/a.js"></script>'
    )
    assert len(inline(page)) == 5


@pytest.mark.parametrize("path", ["/dang-nhap/", "/tai-khoan/", "/tai-khoan/hai-buoc/", "/tai-khoan/mat-khau/"])
def test_in_english_no_vietnamese_is_left(somebody: Client, client: Client, path: str) -> None:
    visitor: Any = client if path == "/dang-nhap/" else somebody
    visitor.post("/ngon-ngu/", {"language": "en", "next": path})
    main = visitor.get(path).content.decode().split("<main")[1].split("</main>")[0]
    words_of_demo = main.split('<section class="card stack"')[0]
    own_name = words_of_demo.replace("Người clerk", "")
    assert re.findall(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]\w*", own_name) == []


def test_a_lost_factor_leaves_its_codes_with_it(somebody: Client) -> None:
    """Codes alone are no second factor."""
    assert somebody.get("/tai-khoan/").content.decode().count("Chưa bật") == 1
    assert Authenticator.objects.count() == 1
