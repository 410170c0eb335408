"""Measures the pages of a running site, in requests and in Chromium, and writes them into the page of measurements.

usage: python bench/pages.py        (a part of `make bench`)
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from playwright.sync_api import Browser
from visiting import Times, Visitor, open_page, person, press_accept

from web.browser import chromium
from web.processes import Site

HERE = Path(__file__).parent
FILE = HERE.parent / "docs/reference/measurements.md"
HEAD = "## Trang trên màn hình"
ASKED, SEEN = 20, 5
# Copies of the demo's sections, and how many of the facts that are found in them stay under review.
REVIEWS = ((1, 0), (1, 50), (12, 500))
LENGTH = 138_000
DUTIES = (50, 5000)


@dataclass
class Measured:
    """One page: what the server does and what a person waits for."""

    label: str
    path: str
    queries: int = 0
    plain: int = 0
    packed: int = 0
    server: Times = field(default_factory=Times)
    cold: Times = field(default_factory=Times)
    warm: Times = field(default_factory=Times)
    shown: Times = field(default_factory=Times)
    saved: Times = field(default_factory=Times)
    acts: Times = field(default_factory=Times)
    polls: Times = field(default_factory=Times)


def find_modules(site: Site) -> None:
    """Its processes find those of this folder."""
    places = site.environment["PYTHONPATH"].split(os.pathsep)
    site.environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([str(HERE), *places]))


def call(site: Site, what: str, module: str = "page_site") -> Any:
    """What a function of the module answers, called in the site's own surroundings."""
    find_modules(site)
    return json.loads(site.run(f"import json, {module}; print(json.dumps({module}.{what}))").splitlines()[-1])


def ask(site: Site, session: str, pages: Sequence[Measured]) -> None:
    """Every page in turn, so that whatever else the machine does falls on all of them alike."""
    visitor = Visitor(site.port, session)
    for number in range(ASKED + 1):
        for page in pages:
            answer = visitor.get(page.path)
            assert answer.status == 200, (page.path, answer.status)
            if number:
                page.server.all.append(answer.spent)
            page.plain, page.packed = len(answer.text.encode()), len(answer.body)


def count_queries(site: Site, user: str, pages: Sequence[Measured]) -> None:
    counts = call(site, f"queries_of({user!r}, {[page.path for page in pages]!r})")
    for page, count in zip(pages, counts, strict=True):
        page.queries = count


def look_at(browser: Browser, site: Site, session: str, pages: Sequence[Measured]) -> None:
    """A person who has never been here, and then comes back; on a review they then accept one fact."""
    for _ in range(SEEN):
        for measured in pages:
            with person(browser, site.url, session) as context:
                page = context.new_page()
                measured.cold.all.append(open_page(page, site.url + measured.path))
                measured.warm.all.append(open_page(page, site.url + measured.path))
                if page.locator("#review[data-ready] li.fact.v-pending").count():
                    shown, saved = press_accept(page)
                    measured.shown.all.append(shown)
                    measured.saved.all.append(saved)


def act_and_poll(visitor: Visitor, page: Measured) -> None:
    """Accept a fact and take it back, in turns; and ask whether others have done anything, when nobody has."""
    listed = visitor.get(page.path).text
    key = re.findall(r'<li class="fact v-pending[^>]* data-fact="([\w-]+)"', listed)[-1]
    seen, since = 0, re.search(r'data-revision="(\d+)"', listed)[1]
    for number in range(ASKED):
        act = ("accept", "restore")[number % 2]
        fields = {"act": f"{act}:{key}:{seen}", "token": str(uuid.uuid4()), "since": since}
        answer = visitor.post(f"{page.path}doi-chieu/", fields)
        since = re.search(r'data-revision="(\d+)"', answer.text)[1]
        seen = re.search(rf'data-fact="{key}"[^>]* data-seen="(\d+)"', answer.text)[1]
        page.acts.all.append(answer.spent)
        page.polls.all.append(visitor.get(f"{page.path}doi-chieu/thay-doi/?since={since}").spent)


def review(site: Site, browser: Browser) -> list[str]:
    session = call(site, "session_of('vanthu')")
    plans = [call(site, f"read_long_plan(copies={n}, facts={facts}, length={LENGTH})") for n, facts in REVIEWS]
    pages = [Measured(str(facts), f"/ke-hoach/{plan['id']}/") for plan, (_, facts) in zip(plans, REVIEWS, strict=True)]
    count_queries(site, "vanthu", pages)
    ask(site, session, pages)
    for page in pages[1:]:
        act_and_poll(Visitor(site.port, session), page)
    look_at(browser, site, session, pages)
    return [*review_words(plans), "", *table("Dữ kiện", pages), "", *review_table(pages[1:])]


def review_words(plans: Sequence[dict[str, int]]) -> list[str]:
    found = [str(plan["found"]) for plan in plans[1:]]
    characters = f"{plans[-1]['characters']:,}".replace(",", ".")
    return [
        "### Trang đối chiếu",
        "",
        f"Một kế hoạch 60 trang ({characters} ký tự), ghép từ kế hoạch của bản trình diễn và văn xuôi. Máy đọc được "
        f"{' và '.join(found)} dữ kiện, giữ lại đúng số ghi trong bảng; hàng đầu là cùng văn bản, bỏ hết dữ kiện.",
    ]


def campaigns(site: Site, browser: Browser) -> list[str]:
    session = call(site, "session_of('vanthu')")
    made = {count: call(site, f"launch_duties({count})") for count in DUTIES}
    lines = ["### Phong trào và bàn nhiệm vụ", "", *campaign_words(made)]
    for name, ending in (("Trang phong trào", ""), ("Bàn nhiệm vụ", "nhiem-vu/")):
        pages = [Measured(str(count), f"/phong-trao/{one['id']}/{ending}") for count, one in made.items()]
        count_queries(site, "vanthu", pages)
        ask(site, session, pages)
        look_at(browser, site, session, pages)
        lines += ["", *table(f"{name}: nhiệm vụ", pages)]
    return lines


def campaign_words(made: dict[int, dict[str, float]]) -> list[str]:
    acts = {count: [number(one[act] * 1000) for act in ("prepare", "launch")] for count, one in made.items()}
    spent = [f"{count} việc: {' và '.join(times)} ms" for count, times in acts.items()]
    return [
        "Kế hoạch giao từng ấy việc cho các sở, xã của bản trình diễn, mỗi việc một ngày; được đọc, đối chiếu, trình, "
        f"phát động bằng chính các việc của sản phẩm ({'; '.join(spent)} để trình và phát động)."
    ]


def table(first: str, pages: Sequence[Measured]) -> list[str]:
    lines = [
        f"| {first} | Máy chủ, trung vị (ms) | p95 (ms) | Tỷ lệ | Truy vấn | HTML (KB) | Nén (KB) "
        "| Chromium, lần đầu (ms) | Lần sau (ms) | Nhanh nhất (ms) | Tỷ lệ |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for page in pages:
        server, warm = (spent / base for spent, base in _beside(page, pages[0]))
        cells = (page.server.median, page.server.p95, server, page.queries, page.plain / 1000, page.packed / 1000)
        seen = (page.cold.median, page.warm.median, page.warm.best, warm)
        lines.append(f"| {page.label} | " + " | ".join(map(number, (*cells, *seen))) + " |")
    return lines


def _beside(page: Measured, base: Measured) -> tuple[tuple[float, float], tuple[float, float]]:
    return (page.server.median, base.server.median), (page.warm.median, base.warm.median)


def review_table(pages: Sequence[Measured]) -> list[str]:
    lines = [
        "| Dữ kiện | Phím A: thấy ngay (ms) | Phím A: đã lưu (ms) | Máy chủ ghi một việc (ms) | p95 (ms) "
        "| Hỏi có gì mới (ms) |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for page in pages:
        times = (page.shown.median, page.saved.median, page.acts.median, page.acts.p95, page.polls.median)
        lines.append(f"| {page.label} | " + " | ".join(map(number, times)) + " |")
    return lines


def number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.{0 if value >= 10 else 1}f}".replace(".", ",")


def section() -> list[str]:
    """Everything measured, as lines of the page of measurements."""
    with tempfile.TemporaryDirectory() as folder, Site(Path(folder), server_database="") as site, chromium() as browser:
        return [HEAD, "", words(), "", *review(site, browser), "", *campaigns(site, browser), ""]


def words() -> str:
    load = number(os.getloadavg()[0])
    return (
        f"Máy chủ thật, SQLite, Chromium thật, cùng một máy ({os.cpu_count()} lõi; tải trung bình lúc bắt đầu {load}). "
        f"Máy chủ: {ASKED} lần hỏi, kể cả nén và truyền. Chromium: trung vị {SEEN} lần, từ lúc bấm đến khi cả trang "
        "đã vẽ và làm việc được; lần đầu là bộ nhớ đệm trống. Các trang được đo xen kẽ; tỷ lệ so với hàng đầu của bảng."
    )


def write(lines: Sequence[str]) -> None:
    """In the place of what was measured before."""
    old = FILE.read_text(encoding="utf-8")
    before, _, rest = old.partition(f"{lines[0]}\n")
    after = rest.partition("\n## ")[2]
    whole = before.rstrip() + "\n\n" + "\n".join(lines).rstrip() + "\n" + (f"\n## {after}" if after else "")
    FILE.write_text(whole, encoding="utf-8")


def main() -> int:
    lines = section()
    print(*lines, sep="\n")
    write(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
