"""Visits pages of a running site: as a program that only asks, and as a person in Chromium."""

from __future__ import annotations

import gzip
import http.client
import math
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page

from web.browser import look

# Scripts that are deferred have run when the document is complete; the next frame then shows all of it.
USABLE = """
window.moments = {};
window.usable = new Promise(done => addEventListener('DOMContentLoaded', () =>
    requestAnimationFrame(() => setTimeout(() => done(performance.now())))));
"""
# Times a key from the press itself: `shown` when the button has changed, `saved` when the server has said so.
PRESS = """key => {
    const row = document.getElementById(key);
    row.querySelector('a[data-leads]').focus({preventScroll: true});
    document.addEventListener('keydown', event => { moments.pressed = event.timeStamp; }, {capture: true, once: true});
    moments.saved = new Promise(done => {
        const look = () => {
            const now = document.getElementById(key);
            if (!moments.shown && now.querySelector('[data-do=accept]').ariaPressed === 'true') {
                moments.shown = performance.now();
            }
            if (!now.classList.contains('v-accepted')) return;
            watch.disconnect();
            done(performance.now());
        };
        const watch = new MutationObserver(look);
        watch.observe(document.querySelector('.facts'), {attributes: true, childList: true, subtree: true});
    });
}"""


@dataclass
class Times:
    """Milliseconds; without any there is no number to tell."""

    all: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.all) if self.all else math.nan

    @property
    def best(self) -> float:
        return min(self.all)

    @property
    def p95(self) -> float:
        if not self.all:
            return math.nan
        return sorted(self.all)[max(0, round(len(self.all) * 0.95) - 1)]


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: http.client.HTTPMessage
    spent: float

    @property
    def text(self) -> str:
        plain = gzip.decompress(self.body) if self.headers["Content-Encoding"] == "gzip" else self.body
        return plain.decode()


class Visitor:
    """One connection that stays open, as a browser's does."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies = f"sessionid={session}"
        self.token = ""

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """As the review's script sends it."""
        if not self.token:
            self._take_token()
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Thidua": "review"}
        return self._ask("POST", path, body, headers)

    def _take_token(self) -> None:
        cookie = self.get("/ke-hoach/").headers["Set-Cookie"]
        self.token = cookie.split("csrftoken=")[1].split(";")[0]
        self.cookies += f"; csrftoken={self.token}"

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        begun = time.perf_counter()
        self.connection.request(method, path, body, {"Cookie": self.cookies, "Accept-Encoding": "gzip", **headers})
        answer = self.connection.getresponse()
        content = answer.read()
        return Answer(answer.status, content, answer.headers, (time.perf_counter() - begun) * 1000)


@contextmanager
def person(browser: Browser, url: str, session: str) -> Iterator[BrowserContext]:
    """Somebody signed in, with an empty cache."""
    context = look(browser)
    context.set_default_timeout(120_000)
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    context.add_init_script(USABLE)
    yield context
    context.close()


def open_page(page: Page, url: str) -> float:
    """Milliseconds from the start of the navigation until the page can be worked with."""
    page.goto("about:blank")
    page.goto(url, wait_until="commit")
    return page.evaluate("usable")


def press_accept(page: Page) -> tuple[float, float]:
    """Milliseconds from the key A on the first open fact until it shows, and until it is saved."""
    fact = page.locator("li.fact.v-pending").first.get_attribute("id")
    page.evaluate(PRESS, fact)
    page.keyboard.press("a")
    saved = page.evaluate("moments.saved")
    pressed, shown = page.evaluate("[moments.pressed, moments.shown]")
    return shown - pressed, saved - pressed
