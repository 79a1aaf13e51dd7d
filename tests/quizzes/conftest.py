"""Who takes the quizzes of these tests."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User


@pytest.fixture
def taker(client_for: Callable[[User], Client], learner: User, site: object) -> Client:
    """A signed-in learner's client on a site that stands."""
    return client_for(learner)
