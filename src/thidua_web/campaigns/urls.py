from django.urls import path

from thidua_web.campaigns.views import calendars, campaigns, deployments, duties, duty_desk, launches, plans, reviews

app_name = "campaigns"

urlpatterns = [
    path("ke-hoach/", plans.plans, name="plans"),
    path("ke-hoach/<int:plan_id>/", plans.plan, name="plan"),
    path("ke-hoach/<int:plan_id>/doi-chieu/", reviews.act, name="review_act"),
    path("ke-hoach/<int:plan_id>/doi-chieu/sua/", reviews.edit, name="review_edit"),
    path("ke-hoach/<int:plan_id>/doi-chieu/thay-doi/", reviews.changes, name="review_changes"),
    path("ke-hoach/<int:plan_id>/phat-dong/", launches.launch_form, name="launch"),
    path("ke-hoach/<int:plan_id>/phat-dong/trinh/", launches.prepare, name="prepare"),
    path("ke-hoach/<int:plan_id>/phat-dong/bai-bo/", launches.repeal, name="repeal"),
    path("ke-hoach/<int:plan_id>/phat-dong/rut/", launches.withdraw, name="withdraw"),
    path("ke-hoach/<int:plan_id>/phat-dong/tra-lai/", launches.send_back, name="send_back"),
    path("ke-hoach/<int:plan_id>/phat-dong/ban-hanh/", launches.launch, name="launch_now"),
    path("ke-hoach/<int:plan_id>/cau-hoi/<str:key>/", campaigns.answer, name="answer"),
    path("ke-hoach/<int:plan_id>/soat-lai/", reviews.check_again, name="check_again"),
    path("ke-hoach/<int:plan_id>/dung-doc/", plans.stop_reading, name="stop_reading"),
    path("ke-hoach/<int:plan_id>/doc-lai/", plans.read_again, name="read_again"),
    path("ke-hoach/<int:plan_id>/tep-goc/", plans.original, name="original"),
    path("ke-hoach/<int:plan_id>/ket-qua.<str:suffix>", plans.export, name="export"),
    path("phong-trao/", campaigns.campaigns, name="campaigns"),
    path("phong-trao/<int:campaign_id>/", campaigns.campaign, name="campaign"),
    path("phong-trao/<int:campaign_id>/nhiem-vu/", duty_desk.duties, name="duties"),
    path("phong-trao/<int:campaign_id>/nhiem-vu/<int:day_id>/", duty_desk.duty_day, name="duty_day"),
    path("phong-trao/<int:campaign_id>/van-ban/<int:number>/", campaigns.campaign_paper, name="campaign_paper"),
    path("phong-trao/<int:campaign_id>/trien-khai/", deployments.board, name="board"),
    path("phong-trao/<int:campaign_id>/trien-khai/ban-do/", deployments.heat_map, name="heat_map"),
    path("phong-trao/<int:campaign_id>/trien-khai/dieu-kien/", deployments.gates, name="gates"),
    path("phong-trao/<int:campaign_id>/trien-khai/excel/", deployments.workbook, name="board_workbook"),
    path("phong-trao/<int:campaign_id>/trien-khai/da-nhan/", deployments.receive, name="receive"),
    path("phong-trao/<int:campaign_id>/trien-khai/ke-hoach/", deployments.own_plan, name="own_plan"),
    path("phong-trao/<int:campaign_id>/trien-khai/van-ban-giay/", deployments.launch_on_paper, name="launch_on_paper"),
    path(
        "phong-trao/<int:campaign_id>/trien-khai/van-ban-giay/rut/", deployments.take_back_paper, name="take_back_paper"
    ),
    path("phong-trao/<int:campaign_id>/sua-doi/", campaigns.amend, name="amend"),
    path("nhiem-vu/<int:day_id>/da-lam/", duties.mark, name="mark_duty"),
    path("nhiem-vu/<int:day_id>/chua-lam/", duties.unmark, name="unmark_duty"),
    path("lich/", calendars.calendars, name="calendars"),
    path("lich/tao/", calendars.make, name="make_calendar"),
    path("lich/<int:address_id>/doi-dia-chi/", calendars.change, name="change_calendar"),
    path("lich/<int:address_id>/ngung/", calendars.end, name="end_calendar"),
    path("lich/<int:address_id>-<str:token>.ics", calendars.feed, name="calendar_feed"),
]
