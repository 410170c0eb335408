from django.urls import path

from thidua_web.register.views import people, units

app_name = "register"

urlpatterns = [
    # Units
    path("don-vi/", units.units, name="units"),
    path("don-vi/chon/", units.choose_unit, name="choose_unit"),
    path("don-vi/<int:unit_id>/", units.unit, name="unit"),
    path("don-vi/<int:unit_id>/cap-duoi/", units.branch, name="branch"),
    # People
    path("nguoi/", people.people, name="people"),
    path("nguoi/<int:person_id>/", people.person, name="person"),
]
