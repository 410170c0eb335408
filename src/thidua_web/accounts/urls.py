from django.urls import path

from thidua_web.accounts import views

app_name = "accounts"

urlpatterns = [
    path("doi-don-vi/", views.switch_unit, name="switch_unit"),
    path("tai-khoan/", views.account, name="account"),
    path("tai-khoan/phien/ket-thuc/", views.end_sessions, name="end_sessions"),
]
