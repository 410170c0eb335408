"""What happens below, in accounts, is told here: accounts itself knows nothing of notices."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from thidua_web.accounts.models import Delegation, Invitation
from thidua_web.notices import account_news


def connect() -> None:
    """Called once when the apps are ready."""
    post_save.connect(_delegation, sender=Delegation, dispatch_uid="notices.delegation")
    post_save.connect(_invitation, sender=Invitation, dispatch_uid="notices.invitation")


def _delegation(sender: Any, instance: Delegation, **rest: Any) -> None:
    account_news.tell_of_delegations([instance], at=timezone.now())


def _invitation(sender: Any, instance: Invitation, **rest: Any) -> None:
    if instance.accepted_at is not None:
        account_news.tell_of_invitations([instance], at=timezone.now())
