"""What every test may ask for: people by role, the site's tree, a small course, a browser. See ``tests/browsing.py``."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

from accounts.models import Membership, Organisation, Role, User
from courses.models import CoursePage, LessonPage
from quizzes.models import Quiz
from tests.factories.courses import SiteTree, make_course, make_site_tree
from training.catalogues import compile_catalogues

pytest_plugins = ["tests.browsing"]

MUST_RUN = os.environ.get("CI") == "true"  # where skipping would hide that nothing was tested


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # once, not in each of the processes that share the work
        compile_catalogues()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that really commits leaves the tables empty; the rows that migrations wrote must be there for the next one."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        committing = marker is not None and marker.kwargs.get("transaction")
        if committing or {"transactional_db", "live_server"} & set(item.fixturenames):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot run on a desk, and say why; where everything must run, that is a failure."""
    reasons = [
        f"needs the program {name}: run ./test, which installs it"
        for marker in item.iter_markers("program")
        for name in marker.args
        if shutil.which(name) is None
    ]
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        reasons.append("needs PostgreSQL: run ./test, or python tests/with_postgres.py python -m pytest -m postgres")
    if reasons:
        (pytest.fail if MUST_RUN else pytest.skip)(reasons[0])


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Each test starts with an empty cache, as a new process does: what one remembers is rolled back for the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Each test starts in English, whatever language the one before it ended in."""
    with translation.override("en"):
        yield


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(
        name="Partner Belgium",
        slug="partner-belgium",
        country="BE",
        is_issuer=True,
        signatory_name="Anke Peeters",
        signatory_role="Director",
    )


def member(organisation: Organisation, role: Role) -> User:
    user = User.objects.create_user(f"{role.value}@example.org", "correct horse battery", full_name=f"{role.label} Person")
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def learner(db: None) -> User:
    """A guardian in Belgium who belongs to no organisation."""
    return User.objects.create_user(
        "learner@example.org", "correct horse battery", full_name="Mila Dimitrova", country="BE", occupation="guardian"
    )


@pytest.fixture
def trainer(organisation: Organisation) -> User:
    return member(organisation, Role.TRAINER)


@pytest.fixture
def issuer(organisation: Organisation) -> User:
    return member(organisation, Role.ISSUER)


@pytest.fixture
def coordinator(organisation: Organisation) -> User:
    return member(organisation, Role.COORDINATOR)


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("administrator@example.org", "correct horse battery", full_name="Admin Person")


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A test client signed in as the given user."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def site(db: None) -> SiteTree:
    """A home page and an empty catalogue in each language."""
    return make_site_tree()


@pytest.fixture
def course(site: SiteTree) -> CoursePage:
    """A live English course of two modules with two lessons each; the second lesson ends with a quiz."""
    return make_course(site.catalogue, title="Recognising", slug="recognising")


@pytest.fixture
def lessons(course: CoursePage) -> list[LessonPage]:
    """The four lessons of ``course`` in order."""
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


@pytest.fixture
def quiz(lessons: list[LessonPage]) -> Quiz:
    """The quiz of ``course``: three questions, two must be right (60 per cent)."""
    return lessons[1].quizzes[0]
