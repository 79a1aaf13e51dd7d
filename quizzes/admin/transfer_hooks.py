"""Where bringing in and taking out join Wagtail: addresses, and a button at each bank."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import ListingButton

from quizzes.models import QuestionBank

from . import transfer_urls


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("quizzes.add_question")


def import_menu_item() -> MenuItem:
    """For the menu of questions and quizzes."""
    return ImportMenuItem(_("Import questions"), reverse("quizzes_transfer:upload"), name="import-questions", icon_name="upload")


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("quizzes/", include(transfer_urls))]


@hooks.register("register_snippet_listing_buttons")
def export_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[ListingButton]:
    if isinstance(snippet, QuestionBank) and user.has_perm("quizzes.view_question"):
        yield ListingButton(_("Export"), reverse("quizzes_transfer:export", args=[snippet.pk]), icon_name="download")
