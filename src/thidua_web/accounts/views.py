from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST

from thidua_web.accounts.forms import SignInForm
from thidua_web.accounts.middleware import CHOSEN_UNIT
from thidua_web.config.back import go_back


class SignIn(auth_views.LoginView):
    """The one door. In demo mode it shows the demo accounts."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # By name, because the demo stands above this app.
        demo = import_string("thidua_web.demo.shown_accounts")() if settings.DEMO else None
        return super().get_context_data(demo=demo, **kwargs)


class SignOut(auth_views.LogoutView):
    http_method_names = ("post", "options")


@require_POST
def switch_unit(request: HttpRequest) -> HttpResponse:
    """Work in another of one's own units from now on."""
    chosen = request.POST.get("unit", "")
    unit = next((unit for unit in request.access.units if str(unit.pk) == chosen), None)  # type: ignore[attr-defined]
    if unit is None:
        raise Http404
    request.session[CHOSEN_UNIT] = unit.pk
    return go_back(request)
