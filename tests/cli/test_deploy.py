"""deploy/ keeps step with the settings and the command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from thidua_web.cli import VERBS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
OF_OTHER_SERVICES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "THIDUA_DOMAIN", "THIDUA_UPSTREAM"}


def documented() -> set[str]:
    return set(re.findall(r"(?m)^\| `([A-Z_]+)`", (ROOT / "docs/reference/settings.md").read_text("utf-8")))


@pytest.mark.parametrize("name", ["compose.yaml", "thidua.env.example"])
def test_every_variable_is_a_documented_setting(name: str) -> None:
    used = set(re.findall(r"(?m)^\s*([A-Z][A-Z_]+)[:=]", (DEPLOY / name).read_text("utf-8")))

    assert used - OF_OTHER_SERVICES - documented() == set()


def test_what_compose_asks_for_stands_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+):\?\}", (DEPLOY / "compose.yaml").read_text("utf-8")))
    given = set(re.findall(r"(?m)^([A-Z_]+)=", (DEPLOY / "thidua.env.example").read_text("utf-8")))

    assert asked == {"THIDUA_SECRET_KEY", "THIDUA_HOSTS", "THIDUA_DOMAIN", "POSTGRES_PASSWORD"}
    assert asked - given == set()


@pytest.mark.parametrize(
    ("name", "verbs"),
    [("thidua.service", ["serve"]), ("thidua-worker.service", ["worker"]), ("Dockerfile", ["serve"])],
)
def test_services_start_verbs_that_exist(name: str, verbs: list[str]) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    started = re.findall(r"(?m)^(?:ExecStart=\S+/thidua |CMD \[\"thidua\", \")(\w+)", text)

    assert started == verbs
    assert set(started) <= set(VERBS)
