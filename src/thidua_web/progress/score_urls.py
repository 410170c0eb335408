from __future__ import annotations

from django.urls import path

from thidua_web.progress.views import rankings, score_evidence, score_sheets, scorings

SCORING = "cham-diem/<int:scoring_id>/"
SHEET = f"{SCORING}<int:unit_id>/"
EVIDENCE = "cham-diem/minh-chung/<int:evidence_id>/"

urlpatterns = [
    path("cham-diem/", scorings.scorings, name="scorings"),
    path("cham-diem/mo/", scorings.open_scoring, name="open_scoring"),
    path("cham-diem/bang-mau.<str:suffix>", scorings.example_table, name="example_table"),
    path(EVIDENCE, score_evidence.download, name="score_evidence"),
    path(f"{EVIDENCE}bo/", score_evidence.remove, name="remove_score_evidence"),
    path(SCORING, scorings.scoring, name="scoring"),
    path(f"{SCORING}bang.<str:suffix>", scorings.table, name="score_table"),
    path(f"{SCORING}cham-cheo/", scorings.open_peer, name="open_peer"),
    path(f"{SCORING}tham-dinh/", scorings.open_standing, name="open_standing"),
    path(f"{SCORING}mo-lai/", scorings.reopen, name="reopen_scoring"),
    path(f"{SCORING}phan-cong/", scorings.assign_peer, name="assign_peer"),
    path(f"{SCORING}cong-bo/", scorings.publish, name="publish_scoring"),
    path(f"{SCORING}xep-hang/", rankings.ranking, name="ranking"),
    path(f"{SCORING}xep-hang.<str:suffix>", rankings.export, name="export_ranking"),
    path(SHEET, score_sheets.sheet, name="score_sheet"),
    path(f"{SHEET}luu/", score_sheets.save, name="save_scores"),
    path(f"{SHEET}gui/", score_sheets.send, name="send_scores"),
    path(f"{SHEET}lay-lai/", score_sheets.take_back, name="take_back_scores"),
    path(f"{SHEET}minh-chung/", score_evidence.add, name="add_score_evidence"),
]
