"""A visitor who pressed Start before having an account is enrolled by the act of signing up or in."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils.translation import get_language

from courses.outline import outlines_of

from . import services
from .views import PENDING_COURSE


@receiver(user_logged_in)
def enrol_in_pending_course(sender, request, user, **kwargs) -> None:
    key = request.session.pop(PENDING_COURSE, None) if hasattr(request, "session") else None
    if not key:
        return
    for outline in outlines_of([key], get_language()).values():
        services.enrol(user=user, outline=outline)
