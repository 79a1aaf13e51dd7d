"""Where courses as files join Wagtail: at each course, and at the catalogue."""

from collections.abc import Iterator
from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from accounts.models import User
from courses.models import CourseIndexPage, CoursePage

from . import urls
from .permissions import may_export, may_import


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("courses/", include(urls))]


@hooks.register("register_page_header_buttons")
def file_in_header(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from file_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def file_in_listing(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    yield from file_buttons(page, user)


def file_buttons(page: Page, user: User) -> Iterator[Button]:
    if page.specific_class is CoursePage and page.live and may_export(user, page):
        yield Button(_("Course file (zip)"), reverse("courses_transfer:file", args=[page.pk]), icon_name="download", priority=70)
    if page.specific_class is CourseIndexPage and may_import(user):
        yield Button(_("Import a course"), reverse("courses_transfer:upload"), icon_name="upload", priority=70)
