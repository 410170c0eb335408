"""The letter of an invitation, sent in the background."""

from __future__ import annotations

import logging
import smtplib
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from thidua_web.accounts import mail
from thidua_web.accounts.access import Role
from thidua_web.accounts.inviting.tokens import digest_of
from thidua_web.accounts.models import Invitation

log = logging.getLogger("thidua.accounts")


def send(invitation_id: int, token: str, site: str) -> None:
    """Unless it was revoked, accepted or replaced meanwhile. What the mail server says stands in the row."""
    rows = Invitation.objects.select_related("unit", "by").filter(
        pk=invitation_id,
        digest=digest_of(token),
        accepted_at__isnull=True,
        revoked_at__isnull=True,
        sent_at__isnull=True,
    )
    row = rows.first()
    if row is None:
        return
    try:
        mail.send(*written(row, token, site))
    except (smtplib.SMTPException, OSError) as error:
        log.warning("invitation %s was not sent: %s", row.pk, type(error).__name__)
        rows.update(refusal=_said(error))
    else:
        rows.update(sent_at=timezone.now(), refusal="")


def written(row: Invitation, token: str, site: str) -> tuple[str, str, list[str]]:
    """Subject, body, whom to; in Vietnamese."""
    said = {
        "invitation": row,
        "role": Role(row.role).label,
        "link": urljoin(site, reverse("accounts:accept", args=[token])),
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = render_to_string("accounts/email/invitation_subject.txt", said)
        body = render_to_string("accounts/email/invitation_message.txt", said)
    return " ".join(subject.split()), body.strip() + "\n", [row.email]


def _said(error: Exception) -> str:
    """The server's own words where it gave some."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"[:300]
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"[:300]
    return type(error).__name__
