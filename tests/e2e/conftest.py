"""The people of the journeys have answered the second page of the sign-up, or it would come first whenever they sign in."""

import pytest
from playwright.sync_api import expect

from accounts.models import Occupation, User

expect.set_options(timeout=15_000)  # milliseconds; as long as the browser waits for what it presses


def settled(user: User) -> User:
    user.country, user.occupation = "BE", Occupation.OTHER
    user.save(update_fields=["country", "occupation"])
    return user


@pytest.fixture
def trainer(trainer: User) -> User:
    return settled(trainer)


@pytest.fixture
def issuer(issuer: User) -> User:
    return settled(issuer)


@pytest.fixture
def coordinator(coordinator: User) -> User:
    return settled(coordinator)


@pytest.fixture
def pressed_by_hand(settings) -> None:
    """No form saves itself meanwhile: this writer is quicker than any person."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
