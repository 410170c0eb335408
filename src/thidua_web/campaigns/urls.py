from django.urls import path

from thidua_web.campaigns.views import duties, plans

app_name = "campaigns"

urlpatterns = [
    path("ke-hoach/", plans.plans, name="plans"),
    path("ke-hoach/<int:plan_id>/", plans.plan, name="plan"),
    path("ke-hoach/<int:plan_id>/dung-doc/", plans.stop_reading, name="stop_reading"),
    path("ke-hoach/<int:plan_id>/doc-lai/", plans.read_again, name="read_again"),
    path("ke-hoach/<int:plan_id>/tep-goc/", plans.original, name="original"),
    path("ke-hoach/<int:plan_id>/ket-qua.<str:suffix>", plans.export, name="export"),
    path("nhiem-vu/<int:day_id>/da-lam/", duties.mark, name="mark_duty"),
    path("nhiem-vu/<int:day_id>/chua-lam/", duties.unmark, name="unmark_duty"),
]
