"""Puts what waits in a scoring among people's work."""

from __future__ import annotations

from thidua_web.campaigns import extensions
from thidua_web.progress.pages.scorings import home_lines


def connect() -> None:
    if home_lines not in extensions.HOME:
        extensions.HOME.append(home_lines)
