"""Where printing joins the editor: beside the title of a module or lesson that is published."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import override
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from accounts.models import User
from accounts.permissions import may_print_handbooks
from courses.models import LessonPage, ModulePage

from .models import Kind

KINDS = {ModulePage: [Kind.HANDBOOK, Kind.HANDOUT], LessonPage: [Kind.LESSON]}


@hooks.register("register_page_header_buttons")
def printing(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """To the page where a file of this one is ordered, in the language of its words."""
    kinds = KINDS.get(page.specific_class, [])
    if not kinds or not page.live or not may_print_handbooks(user):
        return
    for number, kind in enumerate(kinds):
        with override(page.locale.language_code):
            address = reverse("printables:order", args=[kind, page.translation_key])
        yield Button(kind.label, address, icon_name="doc-full", priority=75 + number)
