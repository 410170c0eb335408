"""The command itself: help in Vietnamese, quick start, no Django where none is needed, documented throughout."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cli.cast import clean_environment, thidua
from thidua_web.cli import VERBS

PAGE = Path(__file__).parents[2] / "docs/reference/cli.md"


def options(verb: str) -> set[str]:
    """Those of its own and, where it is a group, of the commands in it."""
    command = importlib.import_module(f"thidua_web.commands.{verb}").command
    commands = [command, *(command.commands.values() if isinstance(command, click.Group) else ())]
    params = [param for one in commands for param in one.params]
    shown = (param for param in params if isinstance(param, click.Option) and not param.hidden)
    return {name for param in shown for name in param.opts}


def test_help_lists_every_verb() -> None:
    done = thidua("--help")

    lines = [line.split() for line in done.stdout.decode().splitlines()]
    assert done.returncode == 0
    assert [words[0] for words in lines if words and words[0] in VERBS] == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_is_vietnamese(verb: str) -> None:
    shown = thidua(verb, "--help").stdout.decode()

    assert shown.startswith(f"Cách dùng: thidua {verb} ")
    assert re.findall(r"Usage|Options:|Show this|required|default", shown) == []
    own = importlib.import_module(f"thidua_web.commands.{verb}").command
    if not isinstance(own, click.Group):
        assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", shown)) >= options(verb)


@pytest.mark.parametrize("verb", VERBS)
def test_the_reference_page_names_every_option_of_a_verb(verb: str) -> None:
    [section] = re.findall(rf"(?ms)^## `thidua {verb}`\n(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"))

    assert set(re.findall(r"`(--?[a-z][a-z-]*)", section)) == options(verb)


def test_the_reference_page_names_no_other_verb() -> None:
    assert re.findall(r"(?m)^## `thidua (\w+)`", PAGE.read_text("utf-8")) == list(VERBS)


@pytest.mark.parametrize("verb", ["read", "text", "check", "calendar"])
def test_core_verbs_never_load_django(verb: str) -> None:
    program = f"import sys, thidua_web.commands.{verb}; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], env=clean_environment(), check=False).returncode == 0


def test_help_loads_no_verb() -> None:
    program = (
        "import sys; from thidua_web.cli import run; run(['--help']); "
        "sys.exit(any(name.startswith('thidua.plans') for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode == 0


def test_version_is_told() -> None:
    assert re.fullmatch(r"thidua \d+\.\d+\.\d+\n", thidua("--version").stdout.decode())


def test_nothing_asked_is_answered_with_help_and_two() -> None:
    done = thidua()

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("Cách dùng: thidua ")
