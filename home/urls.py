"""The site's own pages, under the language prefix."""

from django.urls import path

from . import mailbox, styleguide, views

app_name = "home"
urlpatterns = [
    path("settings/place/", views.place, name="place"),
    path("search/", views.search, name="search"),
    path("leave/", views.leave, name="leave"),
    path("dev/mail/", mailbox.mail, name="mail"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
