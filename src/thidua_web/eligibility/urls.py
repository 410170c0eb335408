from __future__ import annotations

from django.urls import path

from thidua_web.eligibility.views import facts, records

app_name = "eligibility"

PERSON, UNIT = "nguoi/<int:person_id>/", "don-vi/<int:unit_id>/"

urlpatterns = [
    path(f"{PERSON}du-kien/", facts.person_facts, name="person_facts"),
    path(f"{PERSON}du-kien/<slug:form>/", facts.add_person_fact, name="add_person_fact"),
    path(f"{UNIT}du-kien/", facts.unit_facts, name="unit_facts"),
    path(f"{UNIT}du-kien/<slug:form>/", facts.add_unit_fact, name="add_unit_fact"),
    path(f"{UNIT}so-day-du/", records.completeness, name="completeness"),
    path("du-kien/<int:fact_id>/ket-thuc/", facts.end_spell, name="end_spell"),
    path("du-kien/<int:fact_id>/rut/", facts.withdraw, name="withdraw_fact"),
    path("du-kien/<int:fact_id>/dua-lai/", facts.restore, name="restore_fact"),
    path("du-kien/<int:fact_id>/minh-chung/", facts.add_evidence, name="add_fact_evidence"),
    path("du-kien/minh-chung/<int:evidence_id>/", facts.evidence, name="fact_evidence"),
    path("so-day-du/<int:row_id>/rut/", records.withdraw_completeness, name="withdraw_completeness"),
    path("thanh-tich/<int:deed_id>/rut/", records.withdraw_deed, name="withdraw_deed"),
    path("khen-thuong/<int:award_id>/ghi-them/", records.note_award, name="note_award"),
]
