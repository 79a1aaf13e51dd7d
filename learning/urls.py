from django.urls import path

from . import views

app_name = "learning"
urlpatterns = [
    path("", views.my_learning, name="my_learning"),
    path("journal/", views.journal, name="journal"),
    path("journal/<int:pk>/delete/", views.delete_entry, name="delete_entry"),
    path("<uuid:course_key>/", views.outline, name="outline"),
    path("<uuid:course_key>/start/", views.start, name="start"),
    path("lessons/<uuid:lesson_key>/complete/", views.complete_lesson, name="complete_lesson"),
    path("lessons/<uuid:lesson_key>/b/<uuid:block_id>/", views.practice, name="practice"),
]
