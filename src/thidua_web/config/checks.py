"""What makes a start unsafe. Every error here stops the server and the worker; warnings are printed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Reminder

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}


def check_secret() -> list[CheckMessage]:
    key = settings.SECRET_KEY
    if len(key) >= 40 and len(set(key)) >= 10 and not key.startswith("django-insecure-"):
        return []
    return [
        Error(
            "THIDUA_SECRET_KEY quá ngắn hoặc quá dễ đoán.",
            hint="Dùng chuỗi ngẫu nhiên ít nhất 40 ký tự.",
            id="thidua.E001",
        )
    ]


def check_hosts() -> list[CheckMessage]:
    hosts = settings.ALLOWED_HOSTS
    if not hosts:
        return [Error("Chưa đặt THIDUA_HOSTS.", hint="Ví dụ THIDUA_HOSTS=thidua.minhgiang.gov.vn", id="thidua.E002")]
    if any("*" in host or host.startswith(".") for host in hosts):
        return [
            Error("THIDUA_HOSTS nhận mọi tên máy.", hint="Ghi rõ từng tên miền, không dùng dấu *.", id="thidua.E003")
        ]
    return []


def check_transport() -> list[CheckMessage]:
    if settings.HTTPS or set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        return []
    return [
        Error(
            "THIDUA_HTTPS=0: mật khẩu và phiên làm việc sẽ đi qua mạng không mã hóa.",
            hint="Đặt sau một máy chủ có TLS (deploy/ có sẵn) và bỏ THIDUA_HTTPS=0.",
            id="thidua.E004",
        )
    ]


def check_debug() -> list[CheckMessage]:
    if not settings.DEBUG:
        return []
    return [Error("DEBUG đang bật khi chạy thật.", hint="Bỏ THIDUA_MODE=development.", id="thidua.E005")]


def check_cookies() -> list[CheckMessage]:
    safe = settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
    if safe or set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        return []
    return [Error("Cookie phiên làm việc không được bảo vệ.", hint="Bỏ THIDUA_HTTPS=0.", id="thidua.E006")]


def check_storage() -> list[CheckMessage]:
    storage, static = Path(settings.STORAGE_ROOT), Path(settings.STATIC_ROOT)
    if storage == static or static in storage.parents or storage in static.parents:
        return [
            Error("Kho tệp nằm chung với tệp tĩnh, ai cũng tải được.", hint="Đổi THIDUA_STORAGE.", id="thidua.E007")
        ]
    nearest = next((folder for folder in (storage, *storage.parents) if folder.exists()), storage)
    if not os.access(nearest, os.W_OK):
        return [
            Error(
                f"Không ghi được vào kho tệp {storage}.",
                hint="Cấp quyền ghi hoặc đổi THIDUA_STORAGE.",
                id="thidua.E008",
            )
        ]
    return []


def check_server() -> list[CheckMessage]:
    if settings.SQLITE and settings.SERVER_PROCESSES + settings.WORKER_PROCESSES > 8:
        return [
            Error(
                "SQLite không phục vụ tốt quá 8 tiến trình ghi cùng lúc.",
                hint="Giảm THIDUA_SERVER_PROCESSES, THIDUA_WORKER_PROCESSES hoặc dùng PostgreSQL (DATABASE_URL).",
                id="thidua.E009",
            )
        ]
    return []


def check_keys() -> list[CheckMessage]:
    """Keys of data that were derived from the secret key would be lost when that is changed."""
    if os.environ.get("THIDUA_FIELD_KEYS") and os.environ.get("THIDUA_JOURNAL_KEY"):
        return []
    return [
        Reminder(
            "Chưa đặt riêng THIDUA_FIELD_KEYS và THIDUA_JOURNAL_KEY: đổi THIDUA_SECRET_KEY sẽ làm mất dữ liệu nhạy cảm "
            "và không kiểm được nhật ký cũ.",
            id="thidua.W002",
        )
    ]


def check_email() -> list[CheckMessage]:
    if settings.EMAIL_HOST:
        return []
    return [Reminder("Chưa đặt THIDUA_EMAIL_HOST: sẽ không gửi được thư.", id="thidua.W001")]


def check_single_sign_on() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if bool(settings.OIDC.issuer) != bool(settings.OIDC.client_id):
        found.append(
            Error(
                "Đăng nhập một lần mới đặt một nửa.",
                hint="Đặt cả THIDUA_OIDC_ISSUER và THIDUA_OIDC_CLIENT_ID, hoặc bỏ cả hai.",
                id="thidua.E010",
            )
        )
    issuer = urlsplit(settings.OIDC.issuer)
    if settings.OIDC.issuer and issuer.scheme != "https" and issuer.hostname not in LOOPBACK:
        found.append(
            Error(
                "THIDUA_OIDC_ISSUER không dùng https: ai đứng giữa cũng giả được người đăng nhập.",
                hint="Ghi địa chỉ bắt đầu bằng https://.",
                id="thidua.E011",
            )
        )
    return found


def check_proxies() -> list[CheckMessage]:
    if not settings.BEHIND_PROXY or settings.ALLAUTH_TRUSTED_PROXY_COUNT >= 1:
        return []
    return [
        Error(
            "THIDUA_PROXY_COUNT phải từ 1: nếu không, mọi người dùng mang chung địa chỉ của máy chủ trung gian, "
            "và một người nhập sai mật khẩu sẽ chặn tất cả.",
            hint="Đếm số máy chủ trung gian của mình, hoặc bỏ biến này.",
            id="thidua.E012",
        )
    ]


def check_second_factor() -> list[CheckMessage]:
    if settings.SECOND_FACTOR != "optional":
        return []
    return [
        Reminder(
            "THIDUA_SECOND_FACTOR=optional: người ký và người quản trị vào được chỉ với mật khẩu.", id="thidua.W003"
        )
    ]


PRODUCTION_CHECKS: tuple[Callable[[], list[CheckMessage]], ...] = (
    check_secret,
    check_hosts,
    check_transport,
    check_debug,
    check_cookies,
    check_storage,
    check_server,
    check_keys,
    check_email,
    check_single_sign_on,
    check_proxies,
    check_second_factor,
)


@register()
def check_production(app_configs: object = None, **kwargs: object) -> list[CheckMessage]:
    del app_configs, kwargs
    if not settings.PRODUCTION:
        return []
    return [message for check in PRODUCTION_CHECKS for message in check()]
