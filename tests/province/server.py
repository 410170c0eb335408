"""A real OpenID provider for the tests: django-oauth-toolkit with RS256, serving HTTP until it is stopped.

python server.py PORT FOLDER REDIRECT-URI

It knows a few people (PEOPLE), demands PKCE, asks for consent, and hands out no more than was asked for.
"""

# ruff: noqa: PLC0415 - Django's parts are imported once it is set up

from __future__ import annotations

import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

PASSWORD = "mat-khau-cua-tinh"
CLIENT, SECRET = "thidua", "khoa-bi-mat-cua-thidua"
# Name, e-mail address, whether the province has checked the address.
PEOPLE = (
    ("mai.anh", "mai.anh@minhgiang.gov.vn", True),
    ("nguoi.la", "nguoi.la@minhgiang.gov.vn", True),
    ("tu.khai", "tu.khai@minhgiang.gov.vn", False),
    ("duoc.moi", "duoc.moi@minhgiang.gov.vn", True),
    ("cam.thu", "cam.thu@minhgiang.gov.vn", False),
    ("qua.han", "qua.han@minhgiang.gov.vn", True),
)
TEMPLATES = {
    "registration/login.html": "<h1>Cổng đăng nhập tỉnh</h1><form method=post>{% csrf_token %}{{ form.as_p }}"
    "<button>Vào</button></form>",
    "oauth2_provider/authorize.html": "<h1>Cho phép Thidua?</h1><form method=post>{% csrf_token %}"
    "{% for field in form %}{% if field.is_hidden %}{{ field }}{% endif %}{% endfor %}"
    "<button name=allow value=Authorize>Đồng ý</button> <button name=cancel>Không</button></form>",
}


def configure(folder: Path) -> None:
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    settings.configure(
        SECRET_KEY="tinh" * 15,
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF="province_urls",
        USE_TZ=True,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "province.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SESSION_COOKIE_NAME="province",  # cookies know no ports, so this one must not be mistaken for the other's
        CSRF_COOKIE_NAME="province_csrf",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [("django.template.loaders.locmem.Loader", TEMPLATES)],
                    "context_processors": ["django.contrib.auth.context_processors.auth"],
                },
            }
        ],
        LOGIN_URL="/vao/",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": pem,
            "PKCE_REQUIRED": True,
            "SCOPES": {"openid": "Danh tính", "profile": "Họ tên", "email": "Thư điện tử"},
            "OAUTH2_VALIDATOR_CLASS": "province_claims.Claims",
        },
    )


def install_modules() -> None:
    """The two modules that Django and the toolkit import by name."""
    import types

    import django

    django.setup()
    from django.contrib.auth.views import LoginView
    from django.urls import include, path
    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Claims(OAuth2Validator):
        oidc_claim_scope = None

        def get_additional_claims(self, request: object) -> dict[str, object]:
            checked = {name: verified for name, _, verified in PEOPLE}
            user = request.user  # type: ignore[attr-defined]
            return {"name": user.username, "email": user.email, "email_verified": checked[user.username]}

    urls = types.ModuleType("province_urls")
    urls.urlpatterns = [  # type: ignore[attr-defined]
        path("vao/", LoginView.as_view()),
        path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    ]
    claims = types.ModuleType("province_claims")
    claims.Claims = Claims  # type: ignore[attr-defined]
    sys.modules |= {"province_urls": urls, "province_claims": claims}


def fill(redirect_uri: str) -> None:
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name, email, _ in PEOPLE:
        User.objects.create_user(name, email, PASSWORD)
    Application.objects.create(
        name="Thidua",
        client_id=CLIENT,
        client_secret=SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=redirect_uri,
        algorithm=Application.RS256_ALGORITHM,
    )


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        with Path(sys.argv[2], "requests.log").open("a", encoding="utf-8") as log:
            log.write(format % args + "\n")


if __name__ == "__main__":
    configure(Path(sys.argv[2]))
    install_modules()
    fill(sys.argv[3])
    from django.core.wsgi import get_wsgi_application

    make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application(), Server, Quiet).serve_forever()
