"""The appraisal desk and acts on many at once."""

from __future__ import annotations

from django.urls import URLPattern, path

from thidua_web.nominations.views import desk

urlpatterns: list[URLPattern] = [
    path("tham-dinh/", desk.desk, name="desk"),
    path("tham-dinh/xem/<int:nomination_id>/", desk.preview, name="desk_preview"),
    path("tham-dinh/xuat/", desk.export, name="desk_export"),
]
