"""Where the country layer joins the editor."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from .admin import urls
from .admin.viewsets import CountriesGroup
from .services import STILL_CORRECT


@hooks.register("register_admin_viewset")
def countries_viewsets() -> CountriesGroup:
    return CountriesGroup()


@hooks.register("register_admin_urls")
def countries_urls() -> list:
    return [path("countries/", include(urls))]


@hooks.register("register_log_actions")
def countries_acts(actions: LogActionRegistry) -> None:
    actions.register_action(STILL_CORRECT, _("Still correct"), _("Found still correct"))
