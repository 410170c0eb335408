"""Static files that come inside Python packages: fonts, htmx, passkeys, by name, nothing else of those packages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

FILES = {
    "fonts/BeVietnamPro-Regular.ttf": ("fontpkg_be_vietnam_pro", "files/BeVietnamPro-Regular.ttf"),
    "fonts/BeVietnamPro-Medium.ttf": ("fontpkg_be_vietnam_pro", "files/BeVietnamPro-Medium.ttf"),
    "fonts/BeVietnamPro-SemiBold.ttf": ("fontpkg_be_vietnam_pro", "files/BeVietnamPro-SemiBold.ttf"),
    "fonts/BeVietnamPro-Bold.ttf": ("fontpkg_be_vietnam_pro", "files/BeVietnamPro-Bold.ttf"),
    "js/htmx.js": ("django_htmx", "static/django_htmx/htmx-2.min.js"),
    "js/webauthn-json.js": ("allauth", "mfa/static/mfa/js/webauthn-json.js"),
}


@cache
def location(name: str) -> Path:
    package, inside = FILES[name]
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ImproperlyConfigured(f"Thiếu gói {package}; cài lại với thidua[server].")
    return Path(spec.origin).parent / inside


class PackagedStorage(FileSystemStorage):
    def path(self, name: str) -> str:
        return str(location(name))


class PackagedFilesFinder(BaseFinder):
    storage = PackagedStorage()

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(location(path))] if path in FILES else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, PackagedStorage]]:
        return [(name, self.storage) for name in FILES if not matches_patterns(name, list(ignore_patterns or ()))]

    def check(self, **kwargs: Any) -> list[Any]:
        return []
