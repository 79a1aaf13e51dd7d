"""No mail for each event: the mail of the day tells everything (``digest``). Whoever wants more ticks it in their account."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.users.models import UserProfile

KINDS = ("submitted", "approved", "rejected", "updated_comments")


@receiver(pre_save, sender=UserProfile)
def quiet_at_first(sender: type[UserProfile], instance: UserProfile, **kwargs: Any) -> None:
    if instance._state.adding:
        for kind in KINDS:
            setattr(instance, f"{kind}_notifications", False)
