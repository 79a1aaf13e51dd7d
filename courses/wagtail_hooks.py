"""Where courses join the editor."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from accounts.models import User

from .balance import balance_report, may_read_balance
from .checks import hooks as of_checks  # noqa: F401 (registers its own hooks)
from .glossary.rich_text import CONVERSION, FEATURE, TermLinkHandler
from .models import CoursePage, GlossaryTerm, ModulePage, SharedContent, UnwantedWord
from .reviewing import hooks as of_reviews  # noqa: F401 (registers its own hooks)
from .reviewing.snippets import ReviewedEditView
from .starter_views import choose_place, choose_starter
from .transfer import joining as joining  # registers its own hooks


class SharedContentViewSet(SnippetViewSet):
    model = SharedContent
    icon = "snippet"
    menu_label = _("Reusable content")
    menu_name = "reusable-content"
    menu_order = 255
    add_to_admin_menu = True
    list_display = ["title"]
    copy_view_enabled = True
    inspect_view_enabled = False
    edit_view_class = ReviewedEditView


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    list_display = ["__str__", "source"]
    inspect_view_enabled = False


class UnwantedWordViewSet(SnippetViewSet):
    model = UnwantedWord
    icon = "warning"
    menu_label = _("Words to avoid")
    list_display = ["__str__", "use", "language"]
    list_filter = ["language"]
    list_per_page = 50
    inspect_view_enabled = False


class WordsGroup(SnippetViewSetGroup):
    items = (GlossaryViewSet, UnwantedWordViewSet)
    menu_label = _("Words")
    menu_name = "words"
    menu_icon = "openquote"
    menu_order = 256


register_snippet(SharedContentViewSet)
register_snippet(WordsGroup)


@hooks.register("register_rich_text_features")
def link_words_to_the_glossary(features: FeatureRegistry) -> None:
    features.register_link_type(TermLinkHandler)
    button = {
        "type": "TERM",
        "icon": "openquote",
        "description": _("Word of the glossary"),
        "chooserUrls": {"term": reverse_lazy("wagtailsnippetchoosers_courses_glossaryterm:choose")},
    }
    scripts = ["wagtailadmin/js/chooser-modal.js", "js/admin/glossary_term.js"]
    features.register_editor_plugin("draftail", FEATURE, EntityFeature(button, js=scripts))
    features.register_converter_rule("contentstate", FEATURE, CONVERSION)


@hooks.register("register_admin_urls")
def starter_urls() -> list:
    return [
        path("starters/", choose_place, name="courses_starter_places"),
        path("starters/<int:parent_id>/", choose_starter, name="courses_starters"),
        path("courses/balance/", balance_report, name="courses_balance"),
    ]


class BalanceMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_balance(request.user)


@hooks.register("register_reports_menu_item")
def balance_menu_item() -> MenuItem:
    return BalanceMenuItem(_("Balance of cases"), reverse_lazy("courses_balance"), name="balance", icon_name="group", order=110)


@hooks.register("register_page_header_buttons")
def starter_in_header(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from starter_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def starter_in_listing(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    yield from starter_buttons(page, user)


def starter_buttons(page: Page, user: User) -> Iterator[Button]:
    """In courses and modules, for those who may add something there."""
    if issubclass(page.specific_class, CoursePage | ModulePage) and page.permissions_for_user(user).can_add_subpage():
        yield Button(_("Copy a starter"), reverse("courses_starters", args=[page.pk]), icon_name="copy", priority=16)
