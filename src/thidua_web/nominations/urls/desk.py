"""The appraisal desk and acts on many at once."""

from __future__ import annotations

from django.urls import URLPattern, path

from thidua_web.nominations.views import batches, desk

urlpatterns: list[URLPattern] = [
    path("tham-dinh/", desk.desk, name="desk"),
    path("tham-dinh/xem/<int:nomination_id>/", desk.preview, name="desk_preview"),
    path("tham-dinh/xuat/", desk.export, name="desk_export"),
    path("tham-dinh/xu-ly/", batches.batches, name="batches"),
    path("tham-dinh/xu-ly/chuan-bi/", batches.prepare, name="prepare_batch"),
    path("tham-dinh/xu-ly/<int:batch_id>/", batches.batch, name="batch"),
    path("tham-dinh/xu-ly/<int:batch_id>/giao-cho/", batches.give_to, name="batch_assignee"),
    path("tham-dinh/xu-ly/<int:batch_id>/lam/", batches.carry_out, name="carry_out_batch"),
    path("tham-dinh/xu-ly/<int:batch_id>/dung/", batches.stop, name="stop_batch"),
    path("tham-dinh/xu-ly/<int:batch_id>/hoan-lai/", batches.undo, name="undo_batch"),
]
