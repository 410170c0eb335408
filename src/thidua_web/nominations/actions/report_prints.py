"""What a report is found by when another repeats it, kept with every save."""

from __future__ import annotations

from thidua.nominations.reports import text_of
from thidua.rules.repeats import fingerprints, words_of
from thidua_web.nominations.models import Nomination, ReportPrint


def keep_prints(nomination: Nomination) -> None:
    """Only what changed is written: a letter more changes a few of some hundred hashes."""
    text = text_of(nomination.sections, nomination.subject, nomination.merit)  # type: ignore[arg-type]
    now = {value for value, _ in fingerprints(words_of(text).words)}
    held = set(nomination.prints.values_list("value", flat=True))
    if gone := held - now:
        nomination.prints.filter(value__in=gone).delete()
    ReportPrint.objects.bulk_create(
        (ReportPrint(nomination=nomination, value=value) for value in sorted(now - held)), batch_size=1000
    )
