from django.urls import path

from thidua_web.register.views import imports, lists

app_name = "lists"

urlpatterns = [
    path("danh-ba/", lists.lists, name="lists"),
    path("danh-ba/mau/<str:kind>.xlsx", lists.template, name="template"),
    path("danh-ba/tai-ve/", lists.export, name="export"),
    path("danh-ba/<int:run_id>/", imports.run, name="run"),
    path("danh-ba/<int:run_id>/ghi/", imports.write, name="write"),
    path("danh-ba/<int:run_id>/dung/", imports.stop, name="stop"),
    path("danh-ba/<int:run_id>/doc-lai/", imports.read_again, name="read_again"),
    path("danh-ba/<int:run_id>/bo/", imports.drop, name="drop"),
    path("danh-ba/<int:run_id>/hoan-lai/", imports.undo, name="undo"),
    path("danh-ba/<int:run_id>/chon/", imports.choose, name="choose"),
    path("danh-ba/<int:run_id>/chon-het/", imports.choose_all, name="choose_all"),
    path("danh-ba/<int:run_id>/loi.xlsx", imports.faulty_rows, name="faulty_rows"),
]
