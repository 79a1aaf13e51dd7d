"""People and organisations in the menu of the Wagtail admin; the list of people itself is Wagtail's, see ``apps``."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from .viewsets import OrganisationViewSet, person_chooser


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [OrganisationViewSet("organisations", url_prefix="organisations"), person_chooser]
