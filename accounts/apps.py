from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default = True

    def ready(self) -> None:
        from . import checks, receivers  # noqa: F401


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's management of users, with our form: people have one name and sign in with their address."""

    user_viewset = "accounts.viewsets.PersonViewSet"
