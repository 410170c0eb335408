"""Addresses of reports and of the charts made of them."""

from __future__ import annotations

from django.urls import path

from thidua_web.progress.views import charts, report_list, report_sheets, reports

REPORT = "bao-cao/<int:day_id>/<int:unit_id>/"
CAMPAIGN = "phong-trao/<int:campaign_id>/"

urlpatterns = [
    path(REPORT, reports.report, name="report"),
    path(f"{REPORT}luu/", reports.save_report, name="save_report"),
    path(f"{REPORT}ky/", reports.sign_report, name="sign_report"),
    path(f"{REPORT}rut/", reports.withdraw_report, name="withdraw_report"),
    path(f"{REPORT}chua-ky/", reports.hand_back_report, name="hand_back_report"),
    path(f"{REPORT}tra-lai/", reports.send_back_report, name="send_back_report"),
    path(f"{REPORT}bieu.xlsx", report_sheets.report_workbook, name="report_workbook"),
    path(f"{REPORT}bieu/", report_sheets.send_report_sheet, name="send_report_sheet"),
    path("bao-cao/bieu/<int:sheet_id>/", report_sheets.report_sheet, name="report_sheet"),
    path("bao-cao/bieu/<int:sheet_id>/ghi/", report_sheets.write_report_sheet, name="write_report_sheet"),
    path("bao-cao/bieu/<int:sheet_id>/hoan-lai/", report_sheets.undo_report_sheet, name="undo_report_sheet"),
    path("bao-cao/minh-chung/<int:evidence_id>/", reports.evidence, name="evidence"),
    path("bao-cao/minh-chung/<int:evidence_id>/go/", reports.remove_evidence, name="remove_evidence"),
    path(f"{CAMPAIGN}bao-cao/", report_list.reports, name="reports"),
    path(f"{CAMPAIGN}bao-cao/danh-sach.xlsx", report_list.reports_workbook, name="reports_workbook"),
    path(f"{CAMPAIGN}bao-cao/vuot-tien-do/", report_list.ahead, name="ahead"),
    path(f"{CAMPAIGN}tien-do/", charts.progress, name="progress"),
]
