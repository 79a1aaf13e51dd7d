"""Copying a starter in the admin: choose where, choose what, one press."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from .models import CoursePage
from .starters import STARTERS, copy_starter, starters_for

logger = logging.getLogger(__name__)


def may_add_to(request: HttpRequest, page: Page) -> bool:
    return page.permissions_for_user(request.user).can_add_subpage()


@require_safe
def choose_place(request: HttpRequest) -> HttpResponse:
    """The courses to which the user may add a module. A module gets lessons from its own page in the tree."""
    addable = page_permission_policy.instances_user_has_permission_for(request.user, "add")
    courses = CoursePage.objects.filter(pk__in=addable).exclude(translation_key=STARTERS)
    courses = courses.select_related("locale").defer_streamfields().order_by("path")
    return TemplateResponse(request, "courses/admin/starter_places.html", {"courses": courses})


@require_http_methods(["GET", "HEAD", "POST"])
def choose_starter(request: HttpRequest, parent_id: int) -> HttpResponse:
    """Show what may be copied below a page (GET), or copy it (POST) and open the copy; nothing half-made is left behind."""
    parent = get_object_or_404(Page, pk=parent_id).specific
    if not may_add_to(request, parent):
        raise PermissionDenied
    starters = starters_for(parent)
    if request.method == "POST":
        starter = next((s.page for s in starters if str(s.page.pk) == request.POST.get("starter")), None)
        if starter is None:
            messages.error(request, _("This starter is no longer there. Choose another one."))
            return redirect("courses_starters", parent.pk)
        try:
            copy = copy_starter(starter=starter, parent=parent, user=request.user)
        except (DatabaseError, ValidationError):
            logger.exception("The starter %s could not be copied below page %s", starter.pk, parent.pk)
            messages.error(
                request, _("“%(title)s” was not copied, and nothing was left behind. Try again.") % {"title": starter.title}
            )
            return redirect("courses_starters", parent.pk)
        messages.success(request, _("“%(title)s” is copied as a draft. Now give it a title of its own.") % {"title": copy.title})
        return redirect("wagtailadmin_pages:edit", copy.pk)
    return TemplateResponse(request, "courses/admin/starters.html", {"parent": parent, "starters": starters})
