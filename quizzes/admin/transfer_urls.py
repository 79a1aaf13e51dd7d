"""Pages for bringing questions in and taking them out."""

from django.urls import path

from . import exporting_views, importing_views

app_name = "quizzes_transfer"
urlpatterns = [
    path("import/", importing_views.upload, name="upload"),
    path("import/<uuid:public_id>/", importing_views.single, name="import"),
    path("import/<uuid:public_id>/table/", importing_views.table, name="table"),
    path("import/<uuid:public_id>/confirm/", importing_views.confirm, name="confirm"),
    path("import/<uuid:public_id>/cancel/", importing_views.cancel, name="cancel"),
    path("export/<int:pk>/", exporting_views.choose, name="export"),
    path("export/<int:pk>/file/", exporting_views.download, name="file"),
]
