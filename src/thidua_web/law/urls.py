from django.urls import path

from thidua_web.law import views

app_name = "law"

urlpatterns = [
    path("phap-luat/", views.law, name="law"),
    path("phap-luat/thay-doi/", views.changed, name="changed"),
    path("phap-luat/van-ban/", views.instruments, name="instruments"),
    path("phap-luat/van-ban/<slug:name>/", views.instrument, name="instrument"),
    path("phap-luat/khen-thuong/<slug:code>/", views.award, name="award"),
]
