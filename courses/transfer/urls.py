"""Pages for taking courses out and bringing them in."""

from django.urls import path

from . import views

app_name = "courses_transfer"
urlpatterns = [
    path("import/", views.upload, name="upload"),
    path("import/<uuid:public_id>/", views.single, name="import"),
    path("import/<uuid:public_id>/confirm/", views.confirm, name="confirm"),
    path("import/<uuid:public_id>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/file/", views.download, name="file"),
]
