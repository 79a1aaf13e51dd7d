"""Our own pages among Wagtail's."""

from django.urls import path

from .views import coverage, still_correct

app_name = "countries_admin"
urlpatterns = [
    path("", coverage, name="coverage"),
    path("contacts/<int:pk>/still-correct/", still_correct, name="still_correct"),
]
