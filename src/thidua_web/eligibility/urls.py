from __future__ import annotations

from django.urls import path

from thidua_web.eligibility.views import desk, doubles, facts, judging, nominee, records

app_name = "eligibility"

PERSON, UNIT, HOUSEHOLD = "nguoi/<int:person_id>/", "don-vi/<int:unit_id>/", "ho-gia-dinh/<int:household_id>/"

urlpatterns = [
    # Who may be proposed for what
    path("co-the-de-nghi/", desk.desk, name="desk"),
    path("co-the-de-nghi/danh-sach.xlsx", desk.export, name="export"),
    path("co-the-de-nghi/ket-luan/", judging.judge, name="judge"),
    path("co-the-de-nghi/ket-luan/hoan-lai/", judging.take_back, name="take_back_judging"),
    path(f"{PERSON}de-nghi/", nominee.person, name="person"),
    path(f"{PERSON}de-nghi/<slug:code>/", nominee.person_award, name="person_award"),
    path(f"{UNIT}de-nghi/", nominee.unit, name="unit"),
    path(f"{UNIT}de-nghi/<slug:code>/", nominee.unit_award, name="unit_award"),
    path(f"{HOUSEHOLD}de-nghi/", nominee.household, name="household"),
    path(f"{HOUSEHOLD}de-nghi/<slug:code>/", nominee.household_award, name="household_award"),
    # What criteria ask and the register does not hold
    path(f"{PERSON}du-kien/", facts.person_facts, name="person_facts"),
    path(f"{PERSON}du-kien/<slug:form>/", facts.add_person_fact, name="add_person_fact"),
    path(f"{UNIT}du-kien/", facts.unit_facts, name="unit_facts"),
    path(f"{UNIT}du-kien/<slug:form>/", facts.add_unit_fact, name="add_unit_fact"),
    path(f"{HOUSEHOLD}du-kien/", facts.household_facts, name="household_facts"),
    path(f"{HOUSEHOLD}du-kien/<slug:form>/", facts.add_household_fact, name="add_household_fact"),
    path(f"{UNIT}so-day-du/", records.completeness, name="completeness"),
    path("du-kien/<int:fact_id>/ket-thuc/", facts.end_spell, name="end_spell"),
    path("du-kien/<int:fact_id>/rut/", facts.withdraw, name="withdraw_fact"),
    path("du-kien/<int:fact_id>/dua-lai/", facts.restore, name="restore_fact"),
    path("du-kien/<int:fact_id>/minh-chung/", facts.add_evidence, name="add_fact_evidence"),
    path("du-kien/minh-chung/<int:evidence_id>/", facts.evidence, name="fact_evidence"),
    path("so-day-du/<int:row_id>/rut/", records.withdraw_completeness, name="withdraw_completeness"),
    # One deed, one award
    path("thanh-tich/trung/", doubles.doubles, name="doubles"),
    path("thanh-tich/bao-cao-trung/", doubles.repeated, name="repeated"),
    path("thanh-tich/bao-cao-trung/<int:repeat_id>/", doubles.repeat, name="repeat"),
    path("thanh-tich/<int:deed_id>/rut/", records.withdraw_deed, name="withdraw_deed"),
    path("khen-thuong/<int:award_id>/ghi-them/", records.note_award, name="note_award"),
]
