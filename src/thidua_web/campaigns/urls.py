from django.urls import path

from thidua_web.campaigns import views

app_name = "campaigns"

urlpatterns = [
    path("", views.plans, name="plans"),
    path("<int:plan_id>/", views.plan, name="plan"),
    path("<int:plan_id>/dung-doc/", views.stop_reading, name="stop_reading"),
    path("<int:plan_id>/doc-lai/", views.read_again, name="read_again"),
    path("<int:plan_id>/tep-goc/", views.original, name="original"),
    path("<int:plan_id>/ket-qua.<str:suffix>", views.export, name="export"),
]
