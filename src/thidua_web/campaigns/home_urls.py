"""The home page: it has no namespace, because every app leads back to it."""

from django.urls import path

from thidua_web.campaigns.views import home

urlpatterns = [path("", home.home, name="home")]
