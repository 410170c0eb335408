"""Addresses of this app, a list for each of its rooms."""

from thidua_web.nominations.urls import cases, consulting, desk, dossiers, lists, meetings, submissions

app_name = "nominations"

urlpatterns = [
    *submissions.urlpatterns,
    *dossiers.urlpatterns,
    *meetings.urlpatterns,
    *desk.urlpatterns,
    *cases.urlpatterns,
    *consulting.urlpatterns,
    *lists.urlpatterns,
]
