"""Where courses join the editor."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import SharedContent


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


register_snippet(SharedContentViewSet)
