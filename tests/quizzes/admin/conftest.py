import pytest


@pytest.fixture
def editor(client_for, administrator, site):
    return client_for(administrator)


@pytest.fixture
def at_work(client_for, trainer, site):
    """A trainer of the partner in Belgium, signed in."""
    return client_for(trainer)
