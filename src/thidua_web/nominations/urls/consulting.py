"""Consultations, publications, objections, conflicts of interest."""

from __future__ import annotations

from django.urls import path

from thidua_web.nominations.views import consulted, consulting, declaring, objecting, published, publishing

ASKED = "lay-y-kien/<int:consultation_id>/"
SHOWN = "lay-y-kien-nhan-dan/<int:publication_id>/"
SAID = "y-kien-phan-anh/<int:objection_id>/"
CASE = "ho-so/<int:nomination_id>/"

urlpatterns = [
    path("lay-y-kien/", consulting.consultations, name="consultations"),
    path("lay-y-kien/moi/", consulting.ask_body, name="ask_body"),
    path(ASKED, consulting.consultation, name="consultation"),
    path(f"{ASKED}ket-thuc/", consulting.close, name="close_consultation"),
    path(f"{ASKED}ghi-tra-loi/", consulting.record_letter, name="record_answer"),
    path(f"{ASKED}van-ban/", consulting.letter, name="consultation_letter"),
    path(f"{ASKED}van-ban.<slug:form>", consulting.letter_file, name="consultation_file"),
    # Of the body that is asked
    path(f"{ASKED}tra-loi/", consulted.answer, name="answer_consultation"),
    path("lay-y-kien-nhan-dan/", publishing.publications, name="publications"),
    path("lay-y-kien-nhan-dan/moi/", publishing.publish, name="publish"),
    path(SHOWN, publishing.publication, name="publication"),
    path(f"{SHOWN}rut/", publishing.withdraw, name="withdraw_publication"),
    path(f"{SHOWN}van-ban/", publishing.notice, name="publication_notice"),
    path(f"{SHOWN}van-ban.<slug:form>", publishing.notice_file, name="publication_file"),
    # Of everybody
    path("cong-khai/", published.published_lists, name="published_lists"),
    path("cong-khai/<int:publication_id>/", published.published, name="published"),
    path("cong-khai/<int:publication_id>/gui-y-kien/", published.send_opinion, name="send_opinion"),
    path("cong-khai/<int:publication_id>/da-gui/", published.thanks, name="opinion_sent"),
    path("y-kien-phan-anh/", objecting.objections, name="objections"),
    path(SAID, objecting.objection, name="objection"),
    path(f"{SAID}xu-ly/", objecting.handle, name="handle_objection"),
    path(f"{CASE}phan-anh/", objecting.record, name="record_objection"),
    path("xung-dot-loi-ich/", declaring.conflicts, name="conflicts"),
    path(f"{CASE}xung-dot/", declaring.declare, name="declare_conflict"),
    path(f"{CASE}xung-dot/rut/", declaring.withdraw, name="withdraw_conflict"),
]
