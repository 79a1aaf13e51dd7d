"""Three cards for somebody who has not written yet, on the first page of the administration, until they put them away."""

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Revision
from wagtail.permissions import page_permission_policy
from wagtail.users.models import UserProfile

from accounts.models import User

PUT_AWAY = "first-steps"  # in Wagtail's own list of what a person has put away


def may_write(user: User | AnonymousUser) -> bool:
    return page_permission_policy.user_has_permission(user, "add")


def first_steps_for(user: User) -> bool:
    """Two queries at most, beside those for the rights of ``user``."""
    if not may_write(user):
        return False
    put_away = UserProfile.objects.filter(user=user, **{f"dismissibles__{PUT_AWAY}": True}).exists()
    return not put_away and not Revision.objects.filter(user=user).exists()


def put_away(user: User) -> None:
    profile = UserProfile.get_for_user(user)
    profile.dismissibles[PUT_AWAY] = True
    profile.save(update_fields=["dismissibles"])
