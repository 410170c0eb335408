"""One nomination as the unit and the appraiser see it, and every act on it."""

from __future__ import annotations

from django.urls import path

from thidua_web.nominations.views import case_acts, case_judging, case_letters, case_lodging, cases

CASE = "ho-so/<int:nomination_id>/"
LETTER = f"{CASE}van-ban/"

urlpatterns = [
    path(CASE, cases.nomination, name="nomination"),
    path(f"{CASE}ket-qua/<int:stored_id>/", cases.stored, name="stored_assessment"),
    path(f"{LETTER}tra-lai/<int:return_id>/", case_letters.return_letter, name="return_letter"),
    path(f"{LETTER}tra-lai/<int:return_id>/tep.<slug:form>", case_letters.return_file, name="return_file"),
    path(f"{LETTER}khong-de-nghi/<int:opinion_id>/", case_letters.refusal_letter, name="refusal_letter"),
    path(
        f"{CASE}van-ban/khong-de-nghi/<int:opinion_id>/tep.<slug:form>", case_letters.refusal_file, name="refusal_file"
    ),
    # Of the unit that proposes
    path(f"{CASE}trinh-lai/", case_lodging.lodge_again, name="lodge_again"),
    path(f"{CASE}rut/", case_lodging.pull, name="pull"),
    # Of the unit that appraises
    path(f"{CASE}tiep-nhan/", case_acts.accept, name="accept"),
    path(f"{CASE}phan-cong/", case_acts.assign, name="assign"),
    path(f"{CASE}tra-lai/", case_acts.send_back, name="send_back"),
    path(f"{CASE}bo-sung/", case_acts.ask, name="ask"),
    path(f"{CASE}chuyen/", case_acts.lower, name="lower"),
    path(f"{CASE}de-nghi/", case_acts.recommend, name="recommend"),
    path(f"{CASE}khong-de-nghi/", case_acts.not_recommend, name="not_recommend"),
    path(f"{CASE}tham-dinh-lai/", case_acts.reopen, name="reopen"),
    path(f"{CASE}thanh-tich/", case_judging.verdicts, name="verdicts"),
    path(f"{CASE}tieu-chuan/<str:key>/", case_judging.override, name="override"),
    path(f"{CASE}thay-doi/<int:override_id>/dong-y/", case_judging.agree, name="agree_override"),
    path(f"{CASE}thay-doi/<int:override_id>/khong-dong-y/", case_judging.refuse, name="refuse_override"),
    path(f"{CASE}thay-doi/<int:override_id>/rut/", case_judging.withdraw, name="withdraw_override"),
]
