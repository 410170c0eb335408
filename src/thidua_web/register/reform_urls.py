from django.urls import path

from thidua_web.register.views import reforms as views

app_name = "reforms"

urlpatterns = [
    path("to-chuc-lai/", views.reforms, name="reforms"),
    path("to-chuc-lai/moi/", views.new, name="new"),
    path("to-chuc-lai/tu-excel/", views.from_list, name="from_list"),
    path("to-chuc-lai/<int:reform_id>/", views.reform, name="reform"),
    path("to-chuc-lai/<int:reform_id>/sua/", views.head, name="head"),
    path("to-chuc-lai/<int:reform_id>/so-sanh/", views.compare, name="compare"),
    path("to-chuc-lai/<int:reform_id>/them/<slug:slug>/", views.act, name="act"),
    path("to-chuc-lai/<int:reform_id>/viec/<int:place>/bo/", views.drop_act, name="drop_act"),
    path("to-chuc-lai/<int:reform_id>/bo/", views.discard, name="discard"),
    path("to-chuc-lai/<int:reform_id>/thuc-hien/", views.carry_out, name="carry_out"),
    path("to-chuc-lai/<int:reform_id>/rut-lich/", views.recall, name="recall"),
    path("to-chuc-lai/<int:reform_id>/hoan-lai/", views.undo, name="undo"),
    path("to-chuc-lai/<int:reform_id>/soan-lai/", views.again, name="again"),
]
