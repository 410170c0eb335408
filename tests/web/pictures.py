"""Pictures of the real pages for the README: `PYTHONPATH=tests python -m web.pictures docs/images`.

Starts the demo in a temporary folder, and takes each page at the width of a desk and of a phone.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from web.browser import chromium, look, sign_in
from web.processes import Site

SHOTS = (
    ("dang-nhap", "light", 1440, None),
    ("ke-hoach", "light", 1440, "list"),
    ("doi-chieu", "light", 1440, "plan"),
    ("doi-chieu-toi", "dark", 1440, "words"),
    ("doi-chieu-dien-thoai", "light", 390, "words"),
)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, Site(Path(place), server_database="") as site, chromium() as browser:
        for name, scheme, width, page in SHOTS:
            take(browser, site, folder / f"{name}.png", scheme, width, page)


def take(browser: Browser, site: Site, file: Path, scheme: str, width: int, what: str | None) -> None:
    context = look(browser, scheme, width)
    page = context.new_page()
    page.goto(f"{site.url}/dang-nhap/")
    if what:
        sign_in(page, site, "vanthu")
    if what in ("plan", "words"):
        page.locator(".plans .name a").first.click()
    if what == "words":
        page.locator("#f-deadlines-1 > a").click()
    page.screenshot(path=file)
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
