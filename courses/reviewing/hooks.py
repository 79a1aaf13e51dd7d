"""Where the review joins the editor: what is said on sending a page to it, and what may not be scheduled meanwhile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from .checklist import open_checks


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def name_what_is_open(request: HttpRequest, page: Page) -> None:
    """Whoever sends a page to the review reads what reviewers will miss, with links. Nothing is refused: reviewers decide."""
    if "action-submit" not in request.POST:
        return
    checks = open_checks(page.specific.get_latest_revision_as_object())
    if checks:
        link = '<a class="w-text-current w-underline" href="{}">{}</a>'  # Wagtail's colour of links is too pale on its warning
        links = format_html_join("; ", link, ((check.url, check.label) for check in checks))
        messages.warning(request, format_html("{} {}", _("Still open on the reviewers’ list:"), links))


@hooks.register("before_publish_page")
def no_date_while_a_review_is_open(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail would end the review and let the page go live at its date, unread. The words are saved as a draft by now."""
    if not (page.workflow_in_progress and page.go_live_at and page.go_live_at > timezone.now()):
        return None
    messages.error(
        request,
        _(
            "“%(title)s” is being reviewed (%(step)s), so it has no date of publishing yet. Your text is saved as a draft."
            " Approve it or cancel the review first; an approved page goes live at its date."
        )
        % {"title": page.get_admin_display_title(), "step": page.current_workflow_task.name},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)
