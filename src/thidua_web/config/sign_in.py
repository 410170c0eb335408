"""How people sign in: the settings of django-allauth, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SingleSignOn:
    """A province's OpenID provider; without `issuer` and `client_id` there is none."""

    issuer: str
    client_id: str
    client_secret: str
    name: str

    PROVIDER = "sso"

    def __bool__(self) -> bool:
        return bool(self.issuer and self.client_id)


# Ten wrong passwords for one name from one address, or a hundred from one address, rest for a quarter of an hour.
# Never by the name alone: nobody may lock somebody else out (AccountAdapter counts a name together with the address).
RATE_LIMITS = {
    "login_failed": "10/15m/key,100/15m/ip",
    "login": "300/m/ip",  # a whole office may stand behind one address
    "reset_password": "20/15m/ip,3/15m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "10/15m/user",
    "reauthenticate": "10/15m/user",
    "manage_email": "10/15m/user",
    "confirm_email": "1/m/key",
    "invite": "60/h/user",  # sendings, each of up to 500 people
    "accept_invitation": "60/m/ip",
    "send_objection": "20/h/ip",  # a village may stand behind one address
}


def allauth(*, single_sign_on: SingleSignOn, proxies: int) -> dict[str, Any]:
    return {
        "ALLAUTH_TRUSTED_PROXY_COUNT": proxies,
        **_account(),
        **_second_factor(),
        **_single_sign_on(single_sign_on),
    }


def _account() -> dict[str, Any]:
    forms = "thidua_web.accounts.forms"
    return {
        "ACCOUNT_ADAPTER": "thidua_web.accounts.adapter.AccountAdapter",
        "ACCOUNT_LOGIN_METHODS": {"username", "email"},
        "ACCOUNT_PRESERVE_USERNAME_CASING": True,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_RATE_LIMITS": RATE_LIMITS,
        # Accounts are opened by administrators and invitations; nobody signs up, so no address need be proved first.
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "email", "password1*", "password2*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_CHANGE_EMAIL": True,
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "[Thidua] ",
        # What opens the account to somebody at an unlocked desk asks who is there.
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 600,
        "ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL": "/tai-khoan/",
        "ACCOUNT_USER_DISPLAY": str,
        "ACCOUNT_FORMS": {
            "login": f"{forms}.SignInForm",
            "add_email": f"{forms}.AddressForm",
            "change_password": f"{forms}.ChangePasswordForm",
            "set_password": f"{forms}.SetPasswordForm",
            "reset_password": f"{forms}.ForgottenPasswordForm",
            "reset_password_from_key": f"{forms}.NewPasswordForm",
            "reauthenticate": f"{forms}.ReauthenticateForm",
        },
    }


def _second_factor() -> dict[str, Any]:
    forms = "thidua_web.accounts.forms"
    return {
        "MFA_ADAPTER": "thidua_web.accounts.adapter.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_TOTP_ISSUER": "Thidua",
        "MFA_TOTP_TOLERANCE": 1,  # telephones whose clock is half a minute off
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_FORMS": {
            "authenticate": f"{forms}.CodeForm",
            "reauthenticate": f"{forms}.ReauthenticateByCodeForm",
            "activate_totp": f"{forms}.ActivateAppForm",
            "add_webauthn": f"{forms}.AddPasskeyForm",
            "edit_webauthn": f"{forms}.NamePasskeyForm",
        },
    }


def _single_sign_on(province: SingleSignOn) -> dict[str, Any]:
    app = {
        "provider_id": province.PROVIDER,
        "name": province.name,
        "client_id": province.client_id,
        "secret": province.client_secret,
        "settings": {"server_url": province.issuer, "oauth_pkce_enabled": True},
    }
    return {
        "SOCIALACCOUNT_ADAPTER": "thidua_web.accounts.adapter.SingleSignOnAdapter",
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app] if province else []}},
        # A form may not lead away from here (form-action), so signing in there begins with a link; views.py refuses
        # links from other sites, and joining an account asks who is there.
        "SOCIALACCOUNT_LOGIN_ON_GET": True,
        "SOCIALACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": True,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        "SOCIALACCOUNT_ONLY": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_REQUESTS_TIMEOUT": 10,
    }
