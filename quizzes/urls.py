from django.urls import path

from . import views

app_name = "quizzes"
urlpatterns = [
    path("<uuid:quiz_key>/", views.start, name="start"),
    path("attempts/<uuid:public_id>/<int:position>/", views.question, name="question"),
    path("attempts/<uuid:public_id>/submit/", views.submit, name="submit"),
    path("attempts/<uuid:public_id>/result/", views.result, name="result"),
]
