"""What the pages and letters of signing in say, under the names that django-allauth asks for them by."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "account/messages/logged_in.txt": "",
    "account/messages/logged_out.txt": "",
    "account/messages/password_changed.txt": _("Đã đổi mật khẩu. Các phiên khác đã kết thúc."),
    "account/messages/password_set.txt": _("Đã đặt mật khẩu."),
    "account/messages/email_confirmation_sent.txt": _("Đã gửi thư xác nhận đến %(email)s."),
    "account/messages/email_confirmation_failed.txt": _("Không xác nhận được %(email)s: một tài khoản khác đang dùng."),
    "account/messages/email_confirmed.txt": _("Đã xác nhận %(email)s."),
    "account/messages/email_deleted.txt": _("Đã bỏ %(email)s."),
    "account/messages/cannot_delete_primary_email.txt": _("Không bỏ được %(email)s: đây là địa chỉ đang dùng."),
    "account/messages/primary_email_set.txt": _("Đã đổi địa chỉ thư."),
    "account/messages/unverified_primary_email.txt": _("Hãy xác nhận địa chỉ này trước."),
    "mfa/messages/totp_activated.txt": _("Đã bật ứng dụng xác thực."),
    "mfa/messages/totp_deactivated.txt": _("Đã gỡ ứng dụng xác thực."),
    "mfa/messages/webauthn_added.txt": _("Đã thêm khóa truy cập."),
    "mfa/messages/webauthn_removed.txt": _("Đã gỡ khóa truy cập."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "Có bộ mã khôi phục mới. Hãy cất ở nơi khác với điện thoại; bộ cũ không dùng được nữa."
    ),
    "socialaccount/messages/account_connected.txt": _("Đã liên kết."),
    "socialaccount/messages/account_connected_updated.txt": _("Đã liên kết từ trước."),
    "socialaccount/messages/account_connected_other.txt": _(
        "Người dùng ấy đã liên kết với một tài khoản khác ở đây. Hãy liên hệ người quản trị."
    ),
    "socialaccount/messages/account_disconnected.txt": _("Đã bỏ liên kết."),
    "usersessions/messages/sessions_logged_out.txt": _("Đã kết thúc các phiên khác."),
}

NOTICES = {
    "account/email/email_changed": _("Địa chỉ thư của tài khoản đã đổi"),
    "account/email/email_confirm": _("Địa chỉ thư của tài khoản đã được xác nhận"),
    "account/email/email_deleted": _("Một địa chỉ thư của tài khoản đã bị bỏ"),
    "account/email/password_changed": _("Mật khẩu đã đổi"),
    "account/email/password_reset": _("Mật khẩu đã được đặt lại"),
    "account/email/password_set": _("Tài khoản đã có mật khẩu"),
    "mfa/email/totp_activated": _("Ứng dụng xác thực đã bật"),
    "mfa/email/totp_deactivated": _("Ứng dụng xác thực đã gỡ"),
    "mfa/email/webauthn_added": _("Một khóa truy cập đã được thêm"),
    "mfa/email/webauthn_removed": _("Một khóa truy cập đã gỡ"),
    "mfa/email/recovery_codes_generated": _("Bộ mã khôi phục mới đã được lập"),
    "socialaccount/email/account_connected": _("Tài khoản đã liên kết với đăng nhập một lần"),
    "socialaccount/email/account_disconnected": _("Tài khoản đã bỏ liên kết với đăng nhập một lần"),
}
