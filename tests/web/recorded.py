"""Facts that criteria need, for tests: one of each."""

from __future__ import annotations

import datetime
import io

from django.utils import timezone

from thidua_web.eligibility.actions import completeness, deeds, facts
from thidua_web.eligibility.models import DeedRepeat, FactKind
from thidua_web.register.models import AwardRecord, Person
from web.cast import Cast

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
"""The shortest that is one."""


def one_of_each(cast: Cast, person: Person) -> dict[str, int]:
    """Of this person of the province, by the names that addresses take."""
    said = {"by": cast.users["clerk"], "at": timezone.now()}
    since = datetime.date(2025, 3, 1)
    spell = facts.record_fact(of=person, kind=FactKind.LEAVE, since=since, **said)
    proof = facts.add_evidence(fact=spell, source=io.BytesIO(PDF), name="don.pdf", **said)
    complete = completeness.declare(unit=cast.province, kind="works", from_year=2020, reason="Sổ lưu", **said)
    deed = deeds.record_deed(of=person, title="Cứu người", text="", since=None, until=since, **said)
    award = AwardRecord.objects.create(person=person, title="Giấy khen", year=2024)
    report = "Đêm lũ tháng chín anh buộc dây vào gốc cây bơi ra giữa dòng cứu từng người một và đưa cả ba người lên bờ"
    for title in ("Cứu ba người", "Cứu người đêm lũ"):
        deeds.record_deed(of=person, title=title, text=report, since=None, until=since, **said)
    repeat = DeedRepeat.objects.get()
    keys = {"spell": spell, "fact_proof": proof, "complete": complete, "deed": deed, "award": award, "repeat": repeat}
    return {name: row.pk for name, row in keys.items()}
