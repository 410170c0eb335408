"""What is costly to make and the same for every test of a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import translation


@contextmanager
def kept(blocker: Any) -> Iterator[None]:
    """Rows made inside stay until the end; each test takes back only its own, to this point. `blocker` is
    pytest-django's.
    """
    with blocker.unblock(), transaction.atomic():
        with translation.override("vi"):
            yield
        transaction.set_rollback(True)
