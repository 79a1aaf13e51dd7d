"""Signing in with a password."""

from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class AddressBackend(AuthenticationBackend):
    """The right password of any account that names the address opens that account.

    allauth itself passes over unconfirmed accounts as soon as somebody confirmed the address. A stranger could then sign up
    with an address, come back, and learn from the refusal that it has a confirmed owner here.
    """

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        for user in User.objects.claiming(email):
            if self._check_password(user, password):
                return user
        return None
