"""A quiet admin: nobody is offered what they cannot use, and nothing in it leads to another host."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SiteSummaryPanel
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from .dashboard import Desk, works_on_pages
from .desk_views import desk_part, guide, put_first_steps_away

ADMINISTRATION_REPORTS = {"site-history", "page-types-usage"}
PAGE_REPORTS = {"locked-pages", "workflows", "workflow-tasks", "aging-pages", "translations"}
ON_ANOTHER_HOST = ("https://", "http://")


@hooks.register("construct_reports_menu")
def reports_of_use(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Reports on the whole site for administrators, reports on pages for those who work on pages."""
    if request.user.is_superuser:
        return
    hidden = set(ADMINISTRATION_REPORTS)
    if not page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"]):
        hidden |= PAGE_REPORTS
    menu_items[:] = [item for item in menu_items if item.name not in hidden]


@hooks.register("construct_help_menu")
def help_stays_here(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's own links to its guide: whoever follows one tells another host that they edit this site."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith(ON_ANOTHER_HOST)]


@hooks.register("construct_homepage_summary_items", order=1000)  # after those that add to them
def no_counts(request: HttpRequest, summary_items: list[Component]) -> None:
    """How many pages and pictures there are tells an administrator something, and nobody else."""
    if not request.user.is_superuser:
        summary_items.clear()


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Component]) -> None:
    """Our desk in place of Wagtail's tables, for those who write or review pages."""
    if works_on_pages(request.user):
        panels[:] = [*(panel for panel in panels if isinstance(panel, SiteSummaryPanel)), Desk()]


@hooks.register("insert_editor_js")
def nothing_is_made_twice() -> str:
    return format_html('<script src="{}" defer></script>', static("js/admin/save_once.js"))


@hooks.register("register_admin_urls")
def desk_urls() -> list:
    return [
        path("desk/first-steps/", put_first_steps_away, name="desk_put_first_steps_away"),
        path("desk/guide/", guide, name="desk_guide"),
        path("desk/<slug:name>/", desk_part, name="desk_part"),
    ]


class GuideMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return works_on_pages(request.user)


@hooks.register("register_help_menu_item")
def guide_in_help() -> MenuItem:
    return GuideMenuItem(_("Guide for trainers"), reverse_lazy("desk_guide"), name="guide", icon_name="help", order=100)
