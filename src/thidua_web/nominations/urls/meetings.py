"""The unit's own review meeting and its minutes."""

from __future__ import annotations

from django.urls import path

from thidua_web.nominations.views import meetings

MEETING = "dot-de-nghi/<int:submission_id>/hop/"

urlpatterns = [
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}chep/", meetings.copy_people, name="copy_people"),
    path(f"{MEETING}bieu-quyet/", meetings.votes, name="meeting_votes"),
    path(f"{MEETING}bieu-quyet/nhu-nhau/", meetings.vote_alike, name="vote_alike"),
    path(f"{MEETING}bien-ban/", meetings.minutes, name="minutes"),
    path(f"{MEETING}bien-ban.<slug:form>", meetings.minutes_file, name="minutes_file"),
    path(f"{MEETING}<int:nomination_id>/", meetings.analysis, name="meeting_analysis"),
]
