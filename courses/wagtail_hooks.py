"""Where courses join the editor."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .glossary.rich_text import CONVERSION, FEATURE, TermLinkHandler
from .models import GlossaryTerm, SharedContent


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


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_name = "glossary"
    menu_order = 256
    add_to_admin_menu = True
    list_display = ["__str__", "source"]
    inspect_view_enabled = False


register_snippet(SharedContentViewSet)
register_snippet(GlossaryViewSet)


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
