"""The acts on many at once, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua_web.nominations.queries.allowed import ASSIGN
from thidua_web.nominations.stages import NOMINATION_MOVES

MOST = 5_000
"""So many may be acted on at once."""


def act_label(act: str) -> Promise:
    return _("Phân công thẩm định") if act == ASSIGN else NOMINATION_MOVES[act].label
