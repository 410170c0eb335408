from django.urls import path

from thidua_web.register.views import households, merging, people, person_acts, records, sensitive, unit_acts, units

app_name = "register"

urlpatterns = [
    # Units
    path("don-vi/", units.units, name="units"),
    path("don-vi/chon/", units.choose_unit, name="choose_unit"),
    path("don-vi/moi/", unit_acts.new_unit, name="new_unit"),
    path("don-vi/<int:unit_id>/", units.unit, name="unit"),
    path("don-vi/<int:unit_id>/cap-duoi/", units.branch, name="branch"),
    path("don-vi/<int:unit_id>/sua/", unit_acts.correct_unit, name="correct_unit"),
    path("don-vi/<int:unit_id>/xep-loai/", records.rate_unit, name="rate_unit"),
    path("don-vi/<int:unit_id>/khen-thuong/", records.award_unit, name="award_unit"),
    # People
    path("nguoi/", people.people, name="people"),
    path("nguoi/moi/", person_acts.new_person, name="new_person"),
    path("nguoi/gop/", merging.merges, name="merges"),
    path("nguoi/gop/<int:log_id>/tach/", merging.part, name="part"),
    path("nguoi/<int:person_id>/", people.person, name="person"),
    path("nguoi/<int:person_id>/sua/", person_acts.change_person, name="change_person"),
    path("nguoi/<int:person_id>/chuc-vu/moi/", person_acts.new_post, name="new_post"),
    path("nguoi/<int:person_id>/chuc-vu/<int:post_id>/", person_acts.change_post, name="change_post"),
    path("nguoi/<int:person_id>/xep-loai/", records.rate_person, name="rate_person"),
    path("nguoi/<int:person_id>/khen-thuong/", records.award_person, name="award_person"),
    path("nguoi/<int:person_id>/nhay-cam/", sensitive.see_sensitive, name="see_sensitive"),
    path("nguoi/<int:person_id>/nhay-cam/sua/", sensitive.change_sensitive, name="change_sensitive"),
    path("nguoi/<int:person_id>/gop/", merging.merge, name="merge"),
    # Households
    path("ho-gia-dinh/", households.households, name="households"),
    path("ho-gia-dinh/moi/", households.new_household, name="new_household"),
    path("ho-gia-dinh/<int:household_id>/", households.household, name="household"),
    path("ho-gia-dinh/<int:household_id>/sua/", households.change_household, name="change_household"),
    path("ho-gia-dinh/<int:household_id>/khen-thuong/", records.award_household, name="award_household"),
]
