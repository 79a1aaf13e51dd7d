import pytest

from tests.factories.marking import colleague
from tests.factories.quizzes import make_question, make_quiz


@pytest.fixture
def editor(client_for, administrator, site):
    return client_for(administrator)


@pytest.fixture
def at_work(client_for, trainer, site):
    """A trainer of the partner in Belgium, signed in."""
    return client_for(trainer)


@pytest.fixture
def corrector(client_for, trainer, site, django_capture_on_commit_callbacks):
    """The same trainer, correcting: what a request leaves to the background has run when it returns."""
    client = client_for(trainer)
    post = client.post

    def post_and_work(*args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return post(*args, **kwargs)

    client.post = post_and_work
    return client


@pytest.fixture
def taker(organisation):
    """A learner of the trainer's organisation."""
    return colleague(organisation, full_name="Ivana Petrova")


@pytest.fixture
def question(db):
    return make_question()


@pytest.fixture
def quiz(question):
    """``question`` and two more; two right answers pass."""
    return make_quiz([question, make_question(), make_question()], pass_mark=60)
