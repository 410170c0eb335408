"""Sensitive data at rest: sealed with keys that are not in the database.

Fernet (AES-128-CBC with HMAC-SHA256) of the `cryptography` library; several keys allow changing them: the first seals,
all open. What is sealed names its owner, so that a text moved to another row does not open there.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

SENSITIVE_FIELDS = ("ethnicity", "religion", "party_member", "party_since", "id_number")


def owner_of(person_id: int) -> str:
    """Whose data are sealed, as the sealed text says it."""
    return f"person:{person_id}"


class SealBrokenError(Exception):
    """The sealed text was changed, belongs to another row, or its key is gone."""


def seal(data: Mapping[str, str], *, owner: str) -> str:
    """`owner` names the row, for instance "person:17"."""
    text = json.dumps({"owner": owner, "data": dict(data)}, ensure_ascii=False, separators=(",", ":"))
    return _box(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def unseal(text: str, *, owner: str) -> dict[str, str]:
    """Raises SealBrokenError."""
    try:
        opened = json.loads(_box(tuple(settings.FIELD_KEYS)).decrypt(text.encode()))
    except InvalidToken as error:
        raise SealBrokenError(owner) from error
    if opened["owner"] != owner:
        raise SealBrokenError(owner)
    data: dict[str, str] = opened["data"]
    return data


def seal_file(content: bytes) -> bytes:
    """A whole file that may hold sensitive data."""
    return _box(tuple(settings.FIELD_KEYS)).encrypt(content)


def unseal_file(content: bytes) -> bytes:
    """Raises SealBrokenError."""
    try:
        return _box(tuple(settings.FIELD_KEYS)).decrypt(content)
    except InvalidToken as error:
        raise SealBrokenError("file") from error


def digest(id_number: str) -> str:
    """The same number gives the same digest; it does not lead back without the key. Empty for an empty number."""
    plain = "".join(id_number.split())
    return hmac.new(_digest_key(settings.FIELD_KEYS[-1]), plain.encode(), hashlib.sha256).hexdigest() if plain else ""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_fernet_key(key)) for key in keys])


def _fernet_key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"thidua.seal." + secret.encode()).digest())


@lru_cache(maxsize=4)
def _digest_key(secret: str) -> bytes:
    """Of the oldest key, so that numbers are found again after a new key was put first."""
    return hashlib.sha256(b"thidua.digest." + secret.encode()).digest()
