"""Icons: drawn once by their template, then told again."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import get_template
from django.utils.safestring import SafeString


@lru_cache(maxsize=100)
def icon(name: str) -> SafeString:
    """The drawing of `_icon.html` by that name. A page has a hundred of them, and each include would read it anew."""
    return get_template("_icon.html").render({"name": name})
