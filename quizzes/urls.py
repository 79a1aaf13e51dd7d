from django.urls import path

from . import views

app_name = "quizzes"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("progress/", views.progress, name="progress"),
    path("<uuid:quiz_key>/", views.start, name="start"),
    path("attempts/<uuid:public_id>/<int:page>/", views.page, name="page"),
    path("attempts/<uuid:public_id>/<int:page>/save/", views.save, name="save"),
    path("attempts/<uuid:public_id>/again/", views.again, name="again"),
    path("attempts/<uuid:public_id>/flag/", views.flag, name="flag"),
    path("attempts/<uuid:public_id>/submit/", views.submit, name="submit"),
    path("attempts/<uuid:public_id>/result/", views.result, name="result"),
]
