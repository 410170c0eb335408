"""What this app puts among the pages of the register, which may not know it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from thidua_web.register import extensions
from thidua_web.register.extensions import Door

FACTS, OPEN = _("Dữ kiện xét khen thưởng"), _("Có thể được đề nghị gì?")


def connect() -> None:
    extensions.PERSON.append(Door(FACTS, "eligibility:person_facts", "fact.see"))
    extensions.PERSON.append(Door(OPEN, "eligibility:person", "eligibility.see"))
    extensions.HOUSEHOLD.append(Door(FACTS, "eligibility:household_facts", "fact.see"))
    extensions.HOUSEHOLD.append(Door(OPEN, "eligibility:household", "eligibility.see"))
    extensions.UNIT.append(Door(FACTS, "eligibility:unit_facts", "fact.see"))
    extensions.UNIT.append(Door(OPEN, "eligibility:unit", "eligibility.see"))
