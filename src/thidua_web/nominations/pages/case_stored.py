"""What the checks said of one nomination on an earlier day, beside what they say now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from thidua.rules.explaining import explain
from thidua.vietnamese.folding import search_key
from thidua_web.nominations.models import StoredAssessment
from thidua_web.nominations.pages.case_steps import known_findings
from thidua_web.nominations.pages.cases import Said, said
from thidua_web.nominations.queries.checking import Checked


@dataclass(frozen=True)
class Compared:
    """A clause as it came out on an earlier day, and as the facts and overrides have it today ("" where it is gone)."""

    text: str
    basis: str
    sentence: str
    facts: list[str]
    then: str
    now: str
    depth: int

    @property
    def changed(self) -> bool:
        return self.then != self.now


def compared(row: StoredAssessment, known: Checked, *, sensitive: bool) -> list[Compared]:
    """By the clause's place and words. Aside clauses, meant for others, are left out."""
    told = explain(known.assessment, "vi") if known.assessment else None
    today = {(one.number, one.text): str(one.outcome) for top in (told.lines if told else ()) for one in top.each()}
    return list(_compared(row.lines.get("lines", ()) if row.lines else (), today, 0, sensitive=sensitive))


def _compared(
    lines: Iterable[dict[str, Any]], today: dict[tuple[str, str], str], depth: int, *, sensitive: bool
) -> Iterator[Compared]:
    for line in lines:
        if line.get("aside"):
            continue
        shown = sensitive or not _tells(line)
        yield Compared(
            text=line.get("text", ""),
            basis=line.get("basis_words", ""),
            sentence=line.get("sentence", "") if shown else "",
            facts=[fact["words"] for fact in line.get("facts", ())] if shown else [],
            then=line["outcome"],
            now=today.get((line["number"], line.get("text", "")), ""),
            depth=depth,
        )
        yield from _compared(line.get("lines", ()), today, depth + 1, sensitive=sensitive)


def _tells(line: dict[str, Any]) -> bool:
    """Whether a stored clause tells of discipline or of something pending: by the records it was judged by."""
    words = search_key(f"{line.get('text', '')} {line.get('sentence', '')}")
    return any(word in words for word in ("ky luat", "thanh tra", "dieu tra", "khieu nai", "to cao", "truy to"))


def stored_checks(row: StoredAssessment, language: str, *, sensitive: bool) -> list[Said]:
    """As they were stored."""
    known = known_findings(row.checks)
    keys = {str(one.params.get("key")) for one in known} if not sensitive else set()
    return said(known, language, sealed=keys, sensitive=sensitive)
