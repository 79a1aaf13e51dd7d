"""Account pages of our own; allauth's follow under the same address."""

from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("about-you/", views.about_you, name="about_you"),
    path("name/", views.name, name="name"),
    path("confirm-your-email/", views.confirm_email, name="confirm_email"),
]
