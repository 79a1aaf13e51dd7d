"""Where the review joins the editor: what is said on sending a page to it, and on publishing beside it."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page, WorkflowState

from .checklist import open_checks


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def name_what_is_open(request: HttpRequest, page: Page) -> None:
    """Whoever sends a page to the review reads what reviewers will miss, with links. It is sent all the same."""
    if "action-submit" not in request.POST:
        return
    checks = open_checks(page.specific.get_latest_revision_as_object())
    if checks:
        link = '<a class="w-text-current w-underline" href="{}">{}</a>'  # Wagtail's colour of links is too pale on its warning
        links = format_html_join("; ", link, ((check.url, check.label) for check in checks))
        messages.warning(request, format_html("{} {}", _("Still open on the reviewers’ list:"), links))


@hooks.register("after_edit_page")
def not_published_while_a_review_is_open(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Said to whoever pressed Publish in a window from before the review: the words are saved as a draft, and no more."""
    if "action-publish" not in request.POST or page.current_workflow_state is None:
        return None
    messages.error(
        request,
        _(
            "“%(title)s” is being reviewed (%(step)s), so it was not published. Your text is saved as a draft."
            " Approve it or cancel the review first; an approved page goes live at once, or at its date."
        )
        % {"title": page.get_admin_display_title(), "step": step_of(page)},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def step_of(page: Page) -> str:
    return page.current_workflow_state.current_task_state.task.name


@hooks.register("before_bulk_action")
def name_what_is_left_out_of_many(request: HttpRequest, action_type: str, objects: Iterable[Page], action: BulkAction) -> None:
    """Wagtail leaves out what nobody may publish now, and does not say why: here are the pages that are being reviewed."""
    if action_type != "publish" or not issubclass(action.model, Page):
        return
    chosen = Q(pk__in=[page.pk for page in action.get_actionable_objects()[1]["items_with_no_access"]])
    if action.cleaned_form.cleaned_data["include_descendants"]:
        for page in objects:
            chosen |= Q(path__startswith=page.path, live=False)
    reviewed = WorkflowState.objects.active().filter(base_content_type=ContentType.objects.get_for_model(Page))
    found = Page.objects.annotate(number=Cast("pk", CharField())).filter(chosen, number__in=reviewed.values("object_id"))
    titles = ", ".join(f"“{page.get_admin_display_title()}”" for page in found)
    if titles:
        said = _("Not published, for it is being reviewed: %(titles)s. Approve it or cancel the review first.")
        messages.error(request, said % {"titles": titles})
