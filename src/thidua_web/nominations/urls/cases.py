"""One nomination as the appraiser sees it, and every act on it."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
