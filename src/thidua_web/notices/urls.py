from django.urls import path

from thidua_web.notices import views

app_name = "notices"

urlpatterns = [
    path("thong-bao/", views.inbox, name="inbox"),
    path("thong-bao/<int:notice_id>/", views.follow, name="follow"),
    path("thong-bao/<int:notice_id>/da-doc/", views.read_one, name="read_one"),
    path("thong-bao/da-doc/", views.read_all, name="read_all"),
    path("thong-bao/cai-dat/", views.choices, name="choices"),
    path("thong-bao/thu/", views.mail, name="mail"),
    path("thong-bao/thu/gui-lai/", views.send_again, name="send_again"),
]
