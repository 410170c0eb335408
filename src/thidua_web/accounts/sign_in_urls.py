"""Vietnamese addresses under the names by which django-allauth knows its pages; only those that are used."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as linked
from django.urls import path, re_path
from django.views.decorators.http import require_POST, require_safe

from thidua_web.accounts import views
from thidua_web.config.sign_in import SingleSignOn

PROVINCE = {"provider_id": SingleSignOn.PROVIDER}

urlpatterns = [
    path("dang-nhap/", views.SignIn.as_view(), name="account_login"),
    path("dang-nhap/hai-buoc/", mfa.authenticate, name="mfa_authenticate"),
    path("dang-nhap/khoa/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("dang-nhap/ngung/", account.account_inactive, name="account_inactive"),
    path("dang-nhap/mot-lan/", views.single_sign_on, PROVINCE, name="openid_connect_login"),
    path("dang-nhap/mot-lan/tro-ve/", views.single_sign_on_answer, PROVINCE, name="openid_connect_callback"),
    path("dang-nhap/mot-lan/da-huy/", linked.login_cancelled, name="socialaccount_login_cancelled"),
    path("dang-xuat/", require_POST(account.logout), name="account_logout"),
    path("quen-mat-khau/", account.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    # The key holds hyphens of its own.
    re_path(
        r"^dat-lai-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("dat-lai-mat-khau/xong/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("tai-khoan/xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/xac-nhan-lai/ma/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("tai-khoan/xac-nhan-lai/khoa/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("tai-khoan/mat-khau/", account.password_change, name="account_change_password"),
    path("tai-khoan/mat-khau/dat/", account.password_set, name="account_set_password"),
    path("tai-khoan/thu-dien-tu/", views.OwnAddress.as_view(), name="account_email"),
    path("xac-nhan-thu/<str:key>/", account.confirm_email, name="account_confirm_email"),
    path("tai-khoan/hai-buoc/", views.SecondFactor.as_view(), name="mfa_index"),
    path("tai-khoan/hai-buoc/ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    path("tai-khoan/hai-buoc/ung-dung/go/", views.TurnOffApp.as_view(), name="mfa_deactivate_totp"),
    path("tai-khoan/hai-buoc/ma-khoi-phuc/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("tai-khoan/hai-buoc/ma-khoi-phuc/lap-lai/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "tai-khoan/hai-buoc/ma-khoi-phuc/tai-ve/",
        require_safe(views.DownloadRecoveryCodes.as_view()),
        name="mfa_download_recovery_codes",
    ),
    path("tai-khoan/khoa/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("tai-khoan/khoa/them/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("tai-khoan/khoa/<int:pk>/go/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("tai-khoan/khoa/<int:pk>/ten/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("tai-khoan/phien/", views.sessions, name="usersessions_list"),
    path("tai-khoan/lien-ket/", views.Linked.as_view(), name="socialaccount_connections"),
]
