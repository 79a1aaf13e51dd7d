"""Where the editor's side of quizzes (``quizzes.admin``) joins Wagtail."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .admin import desk as desk  # registers its own hooks
from .admin import urls
from .admin.bulk_actions import BULK_ACTIONS
from .admin.guards import keep_what_is_needed
from .admin.viewsets import QuizzesGroup, WorkMenuItem
from .admin.warnings import thin_draws
from .models import Quiz

register_snippet(QuizzesGroup)

for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("insert_global_admin_css")
def lists_on_narrow_windows() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/quiz_lists.css"))


@hooks.register("register_admin_urls")
def quizzes_urls() -> list:
    return [path("quizzes/", include(urls))]


@hooks.register("register_reports_menu_item")
def outdated_menu_item() -> MenuItem:
    label = _("Outdated sources in quizzes")
    return WorkMenuItem(label, reverse("quizzes_admin:outdated"), name="outdated-sources", icon_name="warning", order=200)


@hooks.register("before_delete_snippet")
def keep_what_was_answered(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    return keep_what_is_needed(request, instances)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def warn_of_thin_draws(request: HttpRequest, instance: Any) -> None:
    """Once a quiz is saved: it may be published so, and its trainer should know."""
    if isinstance(instance, Quiz):
        for sentence in thin_draws(instance):
            messages.warning(request, sentence)
