"""The forms of signing in: django-allauth's, with our labels and without examples inside the fields."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("Ít nhất 10 ký tự, không giống tên đăng nhập, không thuộc những mật khẩu ai cũng đoán được.")
CODE_HINT = _("6 chữ số trong ứng dụng xác thực, hoặc một mã khôi phục.")


class Plain:
    """Label above, hint below, nothing inside."""

    fields: dict[str, forms.Field]
    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(Plain, account.LoginForm):
    labels: ClassVar = {"login": _("Tên đăng nhập hoặc thư điện tử"), "password": _("Mật khẩu")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }


class AddressForm(Plain, account.AddEmailForm):
    labels: ClassVar = {"email": _("Địa chỉ mới")}


class ForgottenPasswordForm(Plain, account.ResetPasswordForm):
    labels: ClassVar = {"email": _("Địa chỉ thư điện tử của tài khoản")}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    labels: ClassVar = {
        "oldpassword": _("Mật khẩu hiện tại"),
        "password1": _("Mật khẩu mới"),
        "password2": _("Nhập lại mật khẩu mới"),
    }
    hints: ClassVar = {"password1": PASSWORD_HINT}


class SetPasswordForm(Plain, account.SetPasswordForm):
    labels: ClassVar = {"password1": _("Mật khẩu mới"), "password2": _("Nhập lại mật khẩu mới")}
    hints: ClassVar = {"password1": PASSWORD_HINT}


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    labels: ClassVar = SetPasswordForm.labels
    hints: ClassVar = SetPasswordForm.hints


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    labels: ClassVar = {"password": _("Mật khẩu")}


class _Code(Plain):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True, "maxlength": 20}


class CodeForm(_Code, codes.AuthenticateForm):
    labels: ClassVar = {"code": _("Mã xác thực")}
    hints: ClassVar = {"code": CODE_HINT}


class ReauthenticateByCodeForm(_Code, codes.ReauthenticateForm):
    labels: ClassVar = CodeForm.labels
    hints: ClassVar = CodeForm.hints


class ActivateAppForm(_Code, ActivateTOTPForm):
    labels: ClassVar = {"code": _("Mã trong ứng dụng")}
    hints: ClassVar = {"code": _("6 chữ số mà ứng dụng đang hiện.")}


class AddPasskeyForm(Plain, AddWebAuthnForm):
    labels: ClassVar = {"name": _("Tên của khóa"), "passwordless": _("Đăng nhập chỉ bằng khóa này, không cần mật khẩu")}
    hints: ClassVar = {
        "name": _("Để sau này nhận ra, ví dụ “Máy ở cơ quan”."),
        "passwordless": _(
            "Thiết bị sẽ hỏi vân tay, khuôn mặt hoặc mã PIN. Khóa USB đời cũ không làm được thì bỏ chọn."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["name"].widget.attrs["maxlength"] = 60


class NamePasskeyForm(Plain, EditWebAuthnForm):
    labels: ClassVar = {"name": _("Tên của khóa")}
