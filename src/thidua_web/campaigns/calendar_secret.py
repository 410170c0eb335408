"""The secret part of a calendar's address: whoever knows it may read, and nobody else finds it."""

from __future__ import annotations

import base64
import uuid

from django.utils.crypto import constant_time_compare, salted_hmac

from thidua_web.campaigns.models import CalendarAddress

SALT = "thidua.calendar"


def token_of(address: CalendarAddress) -> str:
    return _token(address.pk, address.nonce)


def opens(token: str, address: CalendarAddress | None) -> bool:
    """An address that does not exist is compared too, so that the answer to it takes as long."""
    known = _token(address.pk, address.nonce) if address else _token(0, uuid.uuid4())
    return constant_time_compare(token, known) and address is not None


def _token(pk: int, nonce: uuid.UUID) -> str:
    digest = salted_hmac(SALT, f"{pk}:{nonce.hex}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
