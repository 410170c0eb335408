"""Folders of servers that tests about something else begin with; made once a run, together with those of tests/web."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.processes import Site, share_templates


@pytest.fixture(scope="session", autouse=True)
def site_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    share_templates(tmp_path_factory)


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    """Where a server was started once: its database has every table and no row."""
    Site(tmp_path / "var", server_database="", demo=False).copy()
    return tmp_path


@pytest.fixture
def demo_made(tmp_path: Path) -> Path:
    """Where the demo was made before."""
    Site(tmp_path / "var/demo", server_database="").copy()
    return tmp_path
