from django.urls import include, path

from thidua_web.config import views

urlpatterns = [
    path("trang-thai/", views.health, name="health"),
    path("ngon-ngu/", views.set_language, name="set_language"),
    path("", include("thidua_web.campaigns.home_urls")),
    path("", include("thidua_web.accounts.sign_in_urls")),
    path("", include("thidua_web.accounts.urls")),
    path("", include("thidua_web.notices.urls")),
    path("", include("thidua_web.journal.urls")),
    path("", include("thidua_web.register.urls")),
    path("", include("thidua_web.register.list_urls")),
    path("", include("thidua_web.register.reform_urls")),
    path("", include("thidua_web.register.bloc_urls")),
    path("", include("thidua_web.law.urls")),
    path("", include("thidua_web.campaigns.urls")),
    path("", include("thidua_web.progress.urls")),
    path("", include("thidua_web.eligibility.urls")),
    path("", include("thidua_web.nominations.urls")),
]

handler400 = "thidua_web.config.views.bad_request"
