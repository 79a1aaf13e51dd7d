"""What follows from a change: groups from roles, safety from a confirmed address."""

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib import messages
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .adapter import SIGNED_UP_BY_CODE
from .models import Membership, User
from .services import forget_password, sync_groups


@receiver(pre_save, sender=Membership)
def remember_former_member(instance: Membership, **kwargs) -> None:
    instance.former_user = (
        User.objects.filter(memberships=instance.pk).exclude(pk=instance.user_id).first() if instance.pk else None
    )


@receiver(post_save, sender=Membership)
def groups_follow_new_role(instance: Membership, **kwargs) -> None:
    sync_groups(instance.user)
    if instance.former_user:
        sync_groups(instance.former_user)


@receiver(post_delete, sender=Membership)
def groups_follow_lost_role(instance: Membership, origin, **kwargs) -> None:
    if getattr(origin, "model", type(origin)) is not User:  # a person who is being deleted needs no groups
        sync_groups(instance.user)


@receiver(email_confirmed)
def drop_password_of_a_stranger(request: HttpRequest, email_address: EmailAddress, **kwargs) -> None:
    """A mailed code has just shown who reads the mailbox. Was the password set by the same person?

    Nobody knows when several accounts name the address, or when the reader came to sign up and found an account waiting.
    Then the password stops working and its sessions end, so that whoever set it cannot look on.
    """
    user = email_address.user
    by_mail_alone = not request.user.is_authenticated
    doubtful = request.session.pop(SIGNED_UP_BY_CODE, False) or len(User.objects.claiming(email_address.email)) > 1
    if by_mail_alone and doubtful and user.has_usable_password():
        forget_password(user)
        messages.warning(request, _("For your safety the old password of this account stopped working. You can set a new one."))
