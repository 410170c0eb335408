from django.urls import path

from thidua_web.register.views import blocs

app_name = "blocs"

urlpatterns = [
    path("cum-khoi/", blocs.blocs, name="blocs"),
    path("cum-khoi/moi/", blocs.new_bloc, name="new"),
    path("cum-khoi/<int:bloc_id>/", blocs.bloc, name="bloc"),
    path("cum-khoi/<int:bloc_id>/sua/", blocs.change_bloc, name="change"),
    path("cum-khoi/<int:bloc_id>/ket-thuc/", blocs.end_bloc, name="end"),
    path("cum-khoi/<int:bloc_id>/thanh-vien/them/", blocs.add_bloc_members, name="add_members"),
    path("cum-khoi/<int:bloc_id>/thanh-vien/rut/", blocs.remove_bloc_members, name="remove_members"),
    path("cum-khoi/<int:bloc_id>/truong/", blocs.set_bloc_head, name="set_head"),
]
