from __future__ import annotations

from typing import Any

from allauth.account import views as account_views
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from allauth.socialaccount import views as linked_views
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from thidua_web.accounts import actions, second_factor
from thidua_web.accounts.account_page import own_account, own_sessions
from thidua_web.accounts.adapter import SecondFactorAdapter
from thidua_web.accounts.middleware import CHOSEN_UNIT
from thidua_web.accounts.province import ProvinceAdapter
from thidua_web.config.back import go_back


class SignIn(account_views.LoginView):
    """The one door. In demo mode it shows the demo accounts."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # By name, because the demo stands above this app.
        demo = import_string("thidua_web.demo.shown_accounts")() if settings.DEMO else None
        return super().get_context_data(**kwargs) | {"demo": demo, "single_sign_on": settings.OIDC}


@login_not_required
@require_safe
def single_sign_on(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Off to the province's provider; another site's link does not start that."""
    if not settings.OIDC or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return redirect("account_login")
    province = ProvinceAdapter(request, provider_id)
    try:
        return OAuth2LoginView.adapter_view(province)(request)
    except RequestException as error:
        return render_authentication_error(request, province.get_provider(), exception=error)


@login_not_required
@require_safe
def single_sign_on_answer(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Back from there."""
    if not settings.OIDC:
        return redirect("account_login")
    return OAuth2CallbackView.adapter_view(ProvinceAdapter(request, provider_id))(request)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What belongs to one's own account, each a step away."""
    shown = {"own": own_account(request.user), "single_sign_on": settings.OIDC}
    return render(request, "accounts/account.html", shown)


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    found = own_sessions(request.user, current=request.session.session_key)
    return render(request, "accounts/sessions.html", {"sessions": found})


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """The one named in the form, else all but this one."""
    chosen = request.POST.get("session", "")
    here = request.session.session_key
    ended = actions.end_sessions(
        user=request.user,
        by=request.user,
        at=timezone.now(),
        only=int(chosen) if chosen.isdecimal() else None,
        keep=here,
    )
    if chosen and not ended:
        raise Http404
    messages.success(request, gettext("Đã kết thúc. Ở thiết bị ấy phải đăng nhập lại."))
    return redirect("usersessions_list")


@method_decorator(reauthentication_required(app="allauth.account"), name="dispatch")
class OwnAddress(account_views.EmailView):
    """Mail leads into the account, so changing its address asks who is there."""


class Linked(linked_views.ConnectionsView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"single_sign_on": settings.OIDC}


class SecondFactor(mfa_views.IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demanded = second_factor.is_demanded_of(self.request.user)
        missing = demanded and not second_factor.factors_of(self.request.user).exists()
        return super().get_context_data(**kwargs) | {"missing": missing}


class TurnOffApp(totp_views.DeactivateTOTPView):
    """Nothing to turn off leads back instead of nowhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)


class RemovePasskey(passkey_views.RemoveWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        if not SecondFactorAdapter().can_delete_authenticator(self.object):
            messages.error(self.request, gettext("Vai trò của bạn cần xác thực hai bước: thêm cách khác trước đã."))
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


class RecoveryCodes(code_views.ViewRecoveryCodesView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).exists():
            return redirect("mfa_index")
        return super().get(request, *args, **kwargs)


class DownloadRecoveryCodes(code_views.DownloadRecoveryCodesView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).exists():
            return redirect("mfa_index")
        answer = super().dispatch(request, *args, **kwargs)
        answer["Content-Disposition"] = 'attachment; filename="ma-khoi-phuc.txt"'
        return answer


@require_POST
def switch_unit(request: HttpRequest) -> HttpResponse:
    """Work in another of one's own units from now on."""
    chosen = request.POST.get("unit", "")
    unit = next((unit for unit in request.access.units if str(unit.pk) == chosen), None)  # type: ignore[attr-defined]
    if unit is None:
        raise Http404
    request.session[CHOSEN_UNIT] = unit.pk
    return go_back(request)
