from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thidua_web.accounts.actions import forget_failures, note_failure, too_many_failures


class SignInForm(AuthenticationForm):
    """Name and password; after ten wrong ones a name rests for a quarter of an hour."""

    error_messages: ClassVar[dict[str, Any]] = {
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Mật khẩu phân biệt chữ hoa, chữ thường."),
        "inactive": _("Tài khoản này đã ngừng sử dụng. Hãy liên hệ người quản trị."),
        "resting": _("Đã nhập sai nhiều lần. Hãy đợi 15 phút rồi thử lại, hoặc liên hệ người quản trị."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username") or ""
        now = timezone.now()
        if too_many_failures(username=username, at=now):
            raise ValidationError(self.error_messages["resting"], code="resting")
        try:
            cleaned = super().clean()
        except ValidationError:
            note_failure(username=username, at=now)
            raise
        forget_failures(username=username)
        return cleaned
