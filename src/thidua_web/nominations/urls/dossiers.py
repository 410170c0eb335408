"""The dossier of one nominee: report, claims, files, confirmations."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
