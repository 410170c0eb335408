"""Background work of this app."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from thidua_web.eligibility.actions.repeats import note_repeats
from thidua_web.eligibility.models import Deed, DeedPrint


def find_repeats(keys: Sequence[int]) -> None:
    """Note which reports the deeds' reports repeat, one at a time; those that were done are left alone."""
    for key in keys:
        with transaction.atomic():
            deed = Deed.objects.standing().filter(pk=key).select_for_update().first()
            if deed is not None and not DeedPrint.objects.filter(deed=deed).exists():
                note_repeats(deed, deed.at)
