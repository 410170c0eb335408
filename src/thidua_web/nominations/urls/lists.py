"""Appraised lists and what they show of fairness."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
