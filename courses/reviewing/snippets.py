"""The review of reusable content: as that of pages, nobody publishes it while it is open."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.snippets.views.snippets import EditView

REVIEWED = "courses.SharedContent"
PUBLISH = "action-publish"


class ReviewedEditView(EditView):
    """A window from before the review may still ask to publish: its words are kept as a draft."""

    def get_available_actions(self) -> list[str]:
        actions = super().get_available_actions()
        return [action for action in actions if action != "publish" or not is_in_review(self.object)]


def is_in_review(thing: Model | None) -> bool:
    """Also while changes are asked for: what reviewers turned down is not published past them."""
    return thing is not None and thing._meta.label == REVIEWED and bool(thing.pk) and thing.current_workflow_state is not None


@hooks.register("construct_snippet_action_menu")
def no_publishing_beside_a_review(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if is_in_review(context.get("instance")):
        menu_items[:] = [item for item in menu_items if item.name != PUBLISH]


@hooks.register("after_edit_snippet")
def not_published_while_its_review_is_open(request: HttpRequest, instance: Model) -> None:
    if PUBLISH in request.POST and is_in_review(instance):
        said = _(
            "“%(title)s” is being reviewed, so it was not published. Your text is saved as a draft."
            " Approve it or cancel the review first; once approved it goes live at once."
        )
        messages.error(request, said % {"title": instance})
