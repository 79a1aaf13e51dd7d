"""What is done to people, addresses and roles. Other apps ask here; nothing below knows of a request."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from .models import Membership, User
from .permissions import GROUPS_OF_ROLE

FOLLOW_FROM_ROLES = {name for names in GROUPS_OF_ROLE.values() for name in names}


def email_of(user: User) -> str:
    """Where mail to ``user`` goes: the main address, confirmed or not."""
    return user.email


def has_verified_email(user: User) -> bool:
    """Whether ``user`` proved that an address is theirs: by a mailed code, a mailed link, or an administrator's word.

    Where this is needed and false, send the person to ``{% url "accounts:confirm_email" %}?next=<path to come back to>``:
    that page sends the link, says so, and brings the person back. No other app sends confirmations.
    """
    return EmailAddress.objects.filter(user_id=user.pk, verified=True).exists()


@transaction.atomic
def create_person(email: str, password: str | None = None, *, verified: bool = False, **fields) -> User:
    """Create a person with their address. Without a password they sign in by mailed code or passkey.

    ``verified`` is for administrators who vouch for the address; the database refuses it when another person
    has confirmed the same address (``IntegrityError``).
    """
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    return user


@transaction.atomic
def set_address(user: User, email: str) -> None:
    """An administrator's change: ``email`` becomes the only address of ``user``, and counts as confirmed."""
    user.email = email.strip().lower()
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"primary": True, "verified": True})


def owner_of(email: str) -> User | None:
    """Whom a code for ``email`` lets in: who confirmed the address, else who named it first."""
    return next((user for user in User.objects.claiming(email) if user.is_active), None)


def find_same_person(email: str, password: str) -> User | None:
    """The newest account that names ``email``, if ``password`` opens it: somebody who forgot that they had signed up.

    Costs one password check whether or not there is such an account, so that the answer's time tells nothing.
    """
    claiming = User.objects.claiming(email)
    newest = max(claiming, key=lambda user: (user.date_joined, user.pk), default=User(is_active=False))
    return newest if newest.check_password(password) and newest.is_active else None


def forget_password(user: User) -> None:
    """Make the password useless, which ends every session that it opened."""
    user.set_unusable_password()
    user.save(update_fields=["password"])


def sync_groups(user: User) -> None:
    """Give ``user`` the groups that their roles bring, and take away those that no role brings any more.

    Groups that follow from no role are left alone. Safe to repeat.
    """
    roles = Membership.objects.filter(user=user).values_list("role", flat=True)
    due = {name for role in roles for name in GROUPS_OF_ROLE[role]}
    user.groups.remove(*Group.objects.filter(name__in=FOLLOW_FROM_ROLES - due))
    user.groups.add(*Group.objects.filter(name__in=due))
