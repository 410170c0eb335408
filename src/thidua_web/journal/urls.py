from django.urls import path

from thidua_web.journal import views

app_name = "journal"

urlpatterns = [
    path("nhat-ky/", views.journal, name="journal"),
    path("nhat-ky/xuat/", views.export, name="export"),
]
