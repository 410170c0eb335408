"""Where django-allauth asks the house: who may come in, what is counted against whom, how mail leaves."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from thidua_web.accounts import mail, second_factor, words
from thidua_web.accounts.backends import may_sign_in
from thidua_web.accounts.inviting.province import welcome
from thidua_web.accounts.models import User
from thidua_web.register.sealing import seal, unseal

SEALED_FOR = "second-factor"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by administrators and invitations."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """However somebody comes: a retired account, and a demo account outside the demo, do not get in."""
        if may_sign_in(user):
            return None
        clear_login(request)
        return self.respond_user_inactive(request, user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who signed in a moment ago is not asked again."""
        request = current.request
        records = get_authentication_records(request, request.user)
        recent = bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not recent and super().is_reauthentication_required(app=app, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account")

    def add_message(  # noqa: PLR0913, PLR0917 - as it is called
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if message is None and message_template is not None:
            message = str(words.MESSAGES[message_template]) % (message_context or {})
        if message:
            super().add_message(request, level, message=message, extra_tags=extra_tags)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        said = {"subject": words.NOTICES[template_prefix], "account": user, **(context or {})}
        super().send_notification_mail("accounts/email/notice", user, said, email)

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """Plain text, whose lines are ours whatever the reader's program makes of HTML."""
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        body = render_to_string(f"{template_prefix}_message.txt", context, current.request).strip() + "\n"
        to = [email] if isinstance(email, str) else email
        return EmailMessage(self.format_email_subject(subject), body, settings.DEFAULT_FROM_EMAIL, to, headers=headers)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sent in the background: how long the answer takes tells nobody whether an address is known."""
        said = {"request": current.request, "email": email, "host": current.request.get_host(), **context}
        message = self.render_mail(template_prefix, email, said)
        mail.send_later(subject=message.subject, body=message.body, to=message.to)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """A name is counted together with the address, so that nobody locks somebody else out."""
        name = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{name}@{truncate_ip(self.get_client_ip(request))}"


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return seal({"secret": text}, owner=SEALED_FOR)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, owner=SEALED_FOR)["secret"]

    def build_totp_svg(self, url: str) -> str:
        """Drawn inside the page, so that the policy for images need not be widened."""
        import qrcode  # noqa: PLC0415 - slow to import, and for this page alone
        from qrcode.image.svg import SvgPathImage  # noqa: PLC0415

        return qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who must have a second factor keeps the last one."""
        user = authenticator.user
        others = second_factor.factors_of(user).exclude(pk=authenticator.pk)
        return others.exists() or not second_factor.is_demanded_of(user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - its name
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Khóa %(number)s") % {"number": number}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """The device shows the name of the account, never an e-mail address."""
        return super().get_public_key_credential_user_entity(user) | {"name": user.username}

    def _get_site_name(self) -> str:
        return "Thidua"


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The account whose own e-mail address is confirmed and is the one that the province vouches for.

        An address that somebody merely wrote into an account proves nothing, on either side.
        """
        for address in sociallogin.email_addresses:
            if address.verified is not True:
                continue
            known = EmailAddress.objects.filter(email=address.email.lower(), verified=True).select_related("user")
            if found := known.first():
                return found.user, found.email
        return None

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        user.full_name = str(data.get("name") or "")[:120]
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Nobody opens an account but whom an invitation awaits."""
        if sociallogin.is_existing or sociallogin.state.get("process") != AuthProcess.LOGIN:
            return
        if guest := welcome(sociallogin, at=timezone.now()):
            sociallogin.connect(request, guest)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("socialaccount_connections")
