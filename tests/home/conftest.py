import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Links of another test's pages must not be remembered in this one."""
    cache.clear()
