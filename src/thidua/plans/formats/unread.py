"""What a text lacks of its document, said as a finding, so that nobody takes the rest for the whole."""

from __future__ import annotations

from thidua.findings import Finding, Outcome
from thidua.plans.formats.limits import PlanText
from thidua.plans.formats.scan import PACKAGES


def find_unread_pages(text: PlanText) -> tuple[Finding, ...]:
    """One finding of unknown outcome that names the scanned pages left out, none where every page was read."""
    if not text.unread:
        return ()
    return (Finding(code="pages_unread", outcome=Outcome.UNKNOWN, params={"pages": text.unread, "packages": PACKAGES}),)
