from django.urls import path

from thidua_web.accounts import views

app_name = "accounts"

urlpatterns = [
    path("dang-nhap/", views.SignIn.as_view(), name="sign_in"),
    path("dang-xuat/", views.SignOut.as_view(), name="sign_out"),
    path("doi-don-vi/", views.switch_unit, name="switch_unit"),
]
