"""The evening of a deadline, small: what `bench/deadline.py` plays with five hundred units."""

from __future__ import annotations

from pathlib import Path

import pytest

from web import evening
from web.conftest import DATABASE
from web.mail_server import MailServer

pytestmark = pytest.mark.journey

UNITS, WINDOW = 20, 10.0
TAMPER = """
from thidua_web.campaigns.models import *; from thidua_web.journal.models import *
from thidua_web.notices.models import *; from thidua_web.progress.models import *
one = ReportedValue.objects.first(); one.value += 1; one.save()
ReportedWork.objects.last().delete(); DutyDone.objects.last().delete()
Notice.objects.filter(kind="report.waiting").first().delete()
JournalLine.objects.filter(act="report.signed").first().delete()
"""


def test_twenty_units_in_a_hurry_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """With every button pressed twice at once, the worker killed twice and the server once. Afterwards a value is
    changed, a work, a mark, a notice and a line of the journal are taken out: the check must tell of each.
    """
    with MailServer() as mail, evening.site(tmp_path, server_database=DATABASE, settings=mail.settings) as site:
        told = evening.call(site, f"furnish({UNITS})")
        site.started()
        played = evening.Evening(site, told, WINDOW, mail.letters)
        played.play()
        assert list(played.faults(played.settled(patience=0))) == []
        # Twice on each of three buttons; a few answers go down with the server.
        assert sum(sum(unit.clicks.values()) for unit in played.units) > UNITS * 3 * 2 * 0.9
        assert sum(unit.again for unit in played.units) > 0, "nobody noticed that the server was killed"
        site.run(TAMPER)
        said = "\n".join(played.faults(played.settled(patience=0)))
    for fault in ("values lost", "values too many", "works lost", "duty days marked lost", "notices lost"):
        assert fault in said
    assert "report.signed" in said
    assert "does not verify" in said
