"""The secret of an invitation's link: it stands in the letter alone."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What the database keeps of it; 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
