from django.urls import path

from thidua_web.accounts import roles_page, views
from thidua_web.accounts.delegating import views as delegating
from thidua_web.accounts.inviting import views as inviting
from thidua_web.accounts.managing import views as managing

app_name = "accounts"

urlpatterns = [
    path("doi-don-vi/", views.switch_unit, name="switch_unit"),
    path("tai-khoan/", views.account, name="account"),
    path("tai-khoan/phien/ket-thuc/", views.end_sessions, name="end_sessions"),
    path("nguoi-dung/", managing.people, name="people"),
    path("nguoi-dung/<int:user_id>/", managing.person, name="person"),
    path("nguoi-dung/<int:user_id>/giao-vai-tro/", managing.give, name="give_role"),
    path("nguoi-dung/<int:user_id>/khoa/", managing.lock, name="lock"),
    path("nguoi-dung/<int:user_id>/mo-khoa/", managing.unlock, name="unlock"),
    path("nguoi-dung/<int:user_id>/gui-dat-lai-mat-khau/", managing.send_password_reset, name="send_password_reset"),
    path("nguoi-dung/<int:user_id>/dat-lai-hai-buoc/", managing.reset_second_factor, name="reset_second_factor"),
    path("nguoi-dung/vai-tro/<int:membership_id>/ket-thuc/", managing.end, name="end_role"),
    path("nguoi-dung/loi-moi/", inviting.invitations, name="invitations"),
    path("nguoi-dung/loi-moi/<int:invitation_id>/gui-lai/", inviting.send_again, name="send_invitation_again"),
    path("nguoi-dung/loi-moi/<int:invitation_id>/thu-hoi/", inviting.revoke, name="revoke_invitation"),
    path("nguoi-dung/moi/", inviting.invite, name="invite"),
    path("nguoi-dung/moi/mot-nguoi/", inviting.invite_one, name="invite_one"),
    path("nguoi-dung/moi/nhieu-nguoi/", inviting.invite_many, name="invite_many"),
    path("nguoi-dung/moi/danh-ba/", inviting.invite_from_register, name="invite_from_register"),
    path("uy-quyen/", delegating.delegations, name="delegations"),
    path("uy-quyen/<int:delegation_id>/thu-hoi/", delegating.take_back, name="take_back"),
    path("quyen/", roles_page.permissions, name="permissions"),
    path("loi-moi/<str:token>/", inviting.accept, name="accept"),
]
