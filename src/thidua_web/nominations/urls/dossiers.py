"""The dossier of one nominee: report, claims, files, confirmations."""

from __future__ import annotations

from django.urls import URLPattern, path

from thidua_web.nominations.views import confirmations, dossier_paper, dossier_previews, dossier_repeats, dossiers
from thidua_web.nominations.views import dossier_files as files

AT = "ho-so/<int:nomination_id>/soan/"

urlpatterns: list[URLPattern] = [
    path(AT, dossiers.dossier, name="dossier"),
    path(f"{AT}luu/", dossiers.save, name="save_dossier"),
    path(f"{AT}tep/", files.files, name="files"),
    path(f"{AT}tep/nop/", files.upload, name="add_files"),
    path(f"{AT}tep/<int:file_id>/", files.file, name="file"),
    path(f"{AT}tep/<int:file_id>/go/", files.remove, name="remove_file"),
    path(f"{AT}tep/<int:file_id>/doi-ten/", files.rename, name="rename_file"),
    path(f"{AT}tep/<int:file_id>/xem/", dossier_previews.preview, name="preview_file"),
    path(f"{AT}tep/<int:file_id>/xem/<str:size>-<int:page>.jpg", dossier_previews.picture, name="file_picture"),
    path(f"{AT}xac-nhan/", confirmations.confirmations, name="confirmations"),
    path(f"{AT}xac-nhan/<int:confirmation_id>/", confirmations.answer, name="answer_confirmation"),
    path(f"{AT}xac-nhan/<int:confirmation_id>/sua/", confirmations.take_back, name="take_back_confirmation"),
    path(f"{AT}xac-nhan/<int:confirmation_id>/bo/", confirmations.withdraw, name="withdraw_confirmation"),
    path(f"{AT}bao-cao/", dossier_paper.report, name="report"),
    path(f"{AT}bao-cao.<str:form>", dossier_paper.report_file, name="report_file"),
    path(f"{AT}giong/", dossier_repeats.repeats, name="dossier_repeats"),
    path(f"{AT}giong/<str:kind>/<int:other_id>/", dossier_repeats.repeat, name="dossier_repeat"),
    path(f"{AT}bo-sung/", confirmations.answer_request, name="answer_request"),
    path("dot-de-nghi/<int:submission_id>/xac-nhan/", confirmations.ask_many, name="ask_confirmations"),
]
