"""The fictional province Minh Giang: units, people, accounts of every role, and plans of our own writing.

Loaded name by name, because building files needs no Django while everything else does.
"""

from importlib import import_module
from typing import Any

HOMES = {
    "make_demo": "thidua_web.demo.build",
    "shown_accounts": "thidua_web.demo.accounts",
    "sign_in_help": "thidua_web.demo.accounts",
    "docx_from_text": "thidua_web.demo.files",
    "pdf_from_text": "thidua_web.demo.files",
}


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(name)
    return getattr(import_module(HOMES[name]), name)
