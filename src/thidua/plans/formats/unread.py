"""What a text lacks of its document, said as a finding, so that nobody takes the rest for the whole."""

from __future__ import annotations

from thidua.findings import Finding, Outcome
from thidua.plans.formats.limits import PlanText
from thidua.plans.formats.scan import PACKAGES

UNREAD_PAGES = "pages_unread"


def find_unread_pages(text: PlanText) -> tuple[Finding, ...]:
    """One finding of unknown outcome that names the scanned pages left out, none where every page was read."""
    if not text.unread:
        return ()
    return (Finding(code=UNREAD_PAGES, outcome=Outcome.UNKNOWN, params={"pages": text.unread, "packages": PACKAGES}),)
