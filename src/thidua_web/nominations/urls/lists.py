"""Appraised lists, and what they show of fairness."""

from __future__ import annotations

from django.urls import path

from thidua_web.nominations.views import fairness, lists

LIST = "ket-qua-tham-dinh/<int:list_id>/"

urlpatterns = [
    path("ket-qua-tham-dinh/", lists.appraised_lists, name="appraised_lists"),
    path(LIST, lists.appraised_list, name="appraised_list"),
    path(f"{LIST}dua-them/", lists.gather, name="gather"),
    path(f"{LIST}dua-ra/<int:nomination_id>/", lists.take_out, name="take_out"),
    path(f"{LIST}ky/", lists.sign_list, name="sign_list"),
    path(f"{LIST}van-ban/", lists.list_paper, name="list_paper"),
    path(f"{LIST}van-ban.<slug:form>", lists.list_file, name="list_file"),
    path("tham-dinh/cong-bang/", fairness.fairness, name="fairness"),
    path("tham-dinh/tra-lai/", fairness.returns, name="returns"),
]
