"""Real databases, real processes, a real browser.

`pytest` runs everything on SQLite; `THIDUA_TEST_DATABASE=postgresql pytest tests/web` runs the same on a throw-away
PostgreSQL (an address in THIDUA_TEST_DATABASE is used as it is). What is missing is skipped with its reason, and
fails where CI=true.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CI = os.environ.get("CI") == "true"
VAR = Path(tempfile.mkdtemp(prefix="thidua-web-"))
atexit.register(shutil.rmtree, VAR, ignore_errors=True)
MISSING: list[str] = []


def choose_database() -> str:
    from web import postgres

    wanted = os.environ.get("THIDUA_TEST_DATABASE", "sqlite")
    if wanted == "postgresql":
        try:
            started = postgres.start()
        except postgres.NoPostgresError as error:
            MISSING.append(str(error))
            return ""
        # The workers of a parallel run, started with this process's settings, share its server.
        os.environ["THIDUA_TEST_DATABASE"] = started
        return started
    return "" if wanted == "sqlite" else wanted


DATABASE = choose_database()
os.environ.update(
    DJANGO_SETTINGS_MODULE="thidua_web.config.settings",
    THIDUA_MODE="demo",
    THIDUA_VAR=str(VAR),
    THIDUA_STORAGE=str(VAR / "storage"),
    DATABASE_URL=DATABASE,
    DJANGO_ALLOW_ASYNC_UNSAFE="1",  # Playwright's own event loop runs in this thread
)

import django  # noqa: E402

django.setup()

# Django makes much that lives for one request; looking for cycles every 700 objects is a seventh of a test's time.
gc.freeze()
gc.set_threshold(50_000, 10, 10)

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import translation  # noqa: E402

from web.cast import Cast, make_cast  # noqa: E402

# A worker of a parallel run comes with the settings of the process that started it, and would share its folder.
settings.STATIC_ROOT = VAR / "static"
# Every test's client is a server that has just started: it shall not go through all static files each time.
settings.WHITENOISE_AUTOREFRESH = True
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# Whoever goes through the pages of one of these makes a journey.
SITES = frozenset({"site", "door"})
# Half a minute each for the queue's own clock, next to no work.
WAITING = ("test_worker.py", "test_import_worker.py", "test_mail.py")


def pytest_itemcollected(item: pytest.Item) -> None:
    if SITES.intersection(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.journey)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if MISSING and CI:
        raise pytest.UsageError(MISSING[0])
    items.sort(key=_last)
    for item in items:
        if MISSING and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=MISSING[0]))


def _last(item: pytest.Item) -> bool:
    """Files are dealt out in this order: what is begun last, and takes long, the whole run would wait for."""
    return item.path.name not in WAITING and item.get_closest_marker("journey") is None


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """A request leaves its language active in the thread; every test starts in Vietnamese."""
    with translation.override("vi"):
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files(django_test_environment: None) -> None:
    from thidua_web.config.run import collect_static

    collect_static()


@pytest.fixture(scope="session", autouse=True)
def site_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    from web import processes

    processes.share_templates(tmp_path_factory)


@pytest.fixture(scope="session", autouse=True)
def one_chromium() -> Iterator[None]:
    """All files of a run share the one that the first starts."""
    yield
    if "web.browser" in sys.modules:
        sys.modules["web.browser"].quit_chromium()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, site_templates: None) -> Iterator[None]:
    """A copy of the database that the first worker to come has migrated; nothing is scheduled in it."""
    from web.processes import Site

    site = Site(VAR / "tests", server_database=DATABASE, demo=False)
    site.copy()
    connection.close()
    connection.settings_dict["NAME"] = site.database_name
    with django_db_blocker.unblock():
        from django_q.models import Schedule

        Schedule.objects.all().delete()
        yield
        connection.close()


@pytest.fixture
def cast(db: None) -> Cast:
    """Two units with their people, and a stranger without a post."""
    return make_cast()


@pytest.fixture
def plan_text() -> str:
    from thidua_web.demo.build import plan_text

    return plan_text("ke-hoach-tinh")


@pytest.fixture(scope="session")
def docx_bytes() -> bytes:
    from thidua_web.demo.build import plan_file

    return plan_file("ke-hoach-tinh", "docx")


@pytest.fixture
def upload(cast: Cast):
    """Upload bytes as the province's clerk; the reading is queued, not done."""
    from django.utils import timezone

    from thidua_web.campaigns.actions.plans import upload_plan

    def act(data: bytes, name: str = "ke-hoach.docx", unit=None, by=None):
        return upload_plan(
            source=io.BytesIO(data),
            name=name,
            unit=unit or cast.province,
            by=by or cast.users["clerk"],
            at=timezone.now(),
        )

    return act


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """The product as its users have it: demo data, a server and a worker in processes of their own."""
    from web.processes import Site

    with Site(tmp_path_factory.mktemp("site"), server_database=DATABASE) as running:
        yield running


@pytest.fixture(scope="session")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """The product with a mail server beside it, for all that signing in leads to; `door.mail` holds the letters."""
    from web.mail_server import MailServer
    from web.processes import Site

    with (
        MailServer() as mail,
        Site(tmp_path_factory.mktemp("door"), server_database=DATABASE, settings=mail.settings) as running,
    ):
        running.mail = mail
        # Passkeys belong to a name; a bare address has none.
        running.url = running.url.replace("127.0.0.1", "localhost")
        yield running
