from __future__ import annotations

from django.urls import path

from thidua_web.progress import report_urls, score_urls
from thidua_web.progress.views import pledge_list, pledge_totals, pledges

app_name = "progress"

PLEDGES = "phong-trao/<int:campaign_id>/dang-ky/"
PLEDGE = f"{PLEDGES}<int:unit_id>/"

urlpatterns = [
    path(PLEDGES, pledge_list.pledges, name="pledges"),
    path(f"{PLEDGES}chap-nhan/", pledge_list.accept_many, name="accept_pledges"),
    path(f"{PLEDGES}giong-nhau/", pledge_list.alike, name="alike_works"),
    path(f"{PLEDGES}tong-hop/", pledge_totals.totals, name="pledge_totals"),
    path(f"{PLEDGES}tong-hop.xlsx", pledge_totals.workbook, name="pledge_workbook"),
    path(f"{PLEDGES}tong-hop/dua-len/", pledge_totals.gather, name="gather_pledges"),
    *report_urls.urlpatterns,
    *score_urls.urlpatterns,
    path(PLEDGE, pledges.pledge, name="pledge"),
    path(f"{PLEDGE}xem/", pledge_list.preview, name="preview_pledge"),
    path(f"{PLEDGE}luu/", pledges.save, name="save_pledge"),
    path(f"{PLEDGE}giong/", pledges.likeness, name="pledge_likeness"),
    path(f"{PLEDGE}gui/", pledges.submit, name="submit_pledge"),
    path(f"{PLEDGE}rut/", pledges.take_back, name="take_back_pledge"),
    path(f"{PLEDGE}tra-lai/", pledges.send_back, name="send_back_pledge"),
    path(f"{PLEDGE}chap-nhan/", pledges.accept, name="accept_pledge"),
]
