"""Which reports repeat another's text, noted when a report is written."""

from __future__ import annotations

import datetime

from thidua.rules.repeats import Repeat, Store, fingerprints, words_of
from thidua_web.eligibility.models import Deed, DeedPrint, DeedRepeat
from thidua_web.eligibility.queries.repeats import likely

MOST_NOTED = 10


def note_repeats(deed: Deed, at: datetime.datetime) -> list[DeedRepeat]:
    """Keep what a deed's report is found by, and note the reports that it repeats, those that share most."""
    values = {value for value, _ in fingerprints(words_of(deed.text).words)}
    if not values:
        return []
    others = likely(values, but=deed)
    DeedPrint.objects.bulk_create(DeedPrint(deed=deed, value=value) for value in sorted(values))
    found = _repeats(deed, others)
    return DeedRepeat.objects.bulk_create(
        DeedRepeat(deed=deed, other_id=int(repeat.ref), share=repeat.share, at=at) for repeat in found
    )


def _repeats(deed: Deed, others: list[Deed]) -> tuple[Repeat, ...]:
    texts = {str(other.pk): other.text for other in others}
    store = Store(texts.__getitem__)
    for ref, text in texts.items():
        store.add(ref, text)
    return store.repeats(deed.text, most=MOST_NOTED)
