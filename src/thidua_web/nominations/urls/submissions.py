"""What a unit sends: rounds, submissions, signing."""

from __future__ import annotations

from django.urls import URLPattern, path

from thidua_web.nominations.views import nominees, presentations, rounds, submission_acts, submissions

ONE, ROUND = "dot-de-nghi/<int:submission_id>/", "dot-nhan-ho-so/<int:round_id>/"

urlpatterns: list[URLPattern] = [
    path("dot-de-nghi/", submissions.submissions, name="submissions"),
    path("dot-de-nghi/moi/", submissions.start, name="start"),
    path(ONE, submissions.submission, name="submission"),
    path(f"{ONE}sua/", submissions.edit, name="edit_submission"),
    path(f"{ONE}dieu-kien/", submissions.gate, name="gate"),
    path(f"{ONE}chon/", nominees.choose, name="choose"),
    path(f"{ONE}bo/", nominees.remove, name="remove_nominees"),
    path(f"{ONE}doi-danh-hieu/", nominees.change_award, name="change_award"),
    path(f"{ONE}thu-tu/", nominees.reorder, name="reorder"),
    path(f"{ONE}trinh-ky/", submission_acts.present, name="present"),
    path(f"{ONE}rut-ve/", submission_acts.withdraw, name="withdraw"),
    path(f"{ONE}tra-ve/", submission_acts.hand_back, name="hand_back"),
    path(f"{ONE}ky/", submission_acts.sign, name="sign"),
    path(f"{ONE}trinh-lai/", submission_acts.lodge_again, name="lodge_many_again"),
    path(f"{ONE}to-trinh/", presentations.presentation, name="presentation"),
    path(f"{ONE}to-trinh.<slug:form>", presentations.presentation_file, name="presentation_file"),
    path(f"{ONE}danh-sach.xlsx", presentations.nominees_file, name="nominees_file"),
    path(f"{ONE}ngoai-le/", submission_acts.ask_exception, name="ask_exception"),
    path("trinh-ngoai-le/<int:exception_id>/", submission_acts.exception, name="exception"),
    path("dot-nhan-ho-so/", rounds.rounds, name="rounds"),
    path("dot-nhan-ho-so/moi/", rounds.open_round, name="open_round"),
    path(f"{ROUND}sua/", rounds.change_round, name="change_round"),
    path(f"{ROUND}dong/", rounds.close_round, name="close_round"),
    path(f"{ROUND}mo-lai/", rounds.reopen_round, name="reopen_round"),
    path("phong-trao/<int:campaign_id>/dot-de-nghi/", submissions.campaign_submissions, name="campaign_submissions"),
]
