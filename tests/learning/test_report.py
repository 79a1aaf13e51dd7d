"""The trainer's first report: whom it shows, what it exports, and that its cost does not grow with the learners."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Membership, Organisation, Role, User
from learning.models import Enrolment, LessonCompletion

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(trainer):
    return Organisation.objects.filter(memberships__user=trainer, memberships__role=Role.TRAINER).first()


def add_learners(course, organisation, names, **fields):
    keys = [lesson.translation_key for module in course.get_children() for lesson in module.get_children()]
    users = []
    for name in names:
        users.append(User.objects.create_user(f"p{User.objects.count()}@example.net", full_name=name, **fields))
    for user in users:
        if organisation:
            Membership.objects.create(user=user, organisation=organisation, role=Role.LEARNER)
        enrolment = Enrolment.objects.create(user=user, course_key=course.translation_key)
        LessonCompletion.objects.create(enrolment=enrolment, lesson_key=keys[0])
    return users


def url(course, **params):
    return reverse("learning_report", args=[course.translation_key]), params


def test_a_trainer_sees_the_learners_of_the_own_organisation_only(client_for, trainer, course, partner):
    stranger = Organisation.objects.create(name="Elsewhere", slug="elsewhere", country="FR")
    add_learners(course, partner, ["Ivana Petrova"])
    add_learners(course, stranger, ["Hidden Person"])
    add_learners(course, None, ["Independent Person"])
    page = client_for(trainer).get(*url(course)).content.decode()
    assert "Ivana Petrova" in page and "Hidden Person" not in page and "Independent Person" not in page


def test_learners_and_visitors_see_no_report(client_for, learner, client, course):
    assert client_for(learner).get(*url(course)).status_code in (302, 403)
    assert client.get(*url(course)).status_code == 302


def test_filters_narrow(client_for, trainer, course, partner):
    add_learners(course, partner, ["Anna Belgium"], country="BE", occupation="guardian")
    add_learners(course, partner, ["Bert Bulgaria"], country="BG", occupation="lawyer")
    client = client_for(trainer)
    assert "Bert Bulgaria" not in client.get(*url(course, country="BE")).content.decode()
    assert "Anna Belgium" not in client.get(*url(course, occupation="lawyer")).content.decode()
    assert "Anna Belgium" in client.get(*url(course, organisation=partner.pk, state="active", q="anna")).content.decode()
    assert "0 learners" in client.get(*url(course, state="completed")).content.decode()


HOSTILE = ["=HYPERLINK('http://x')", "+1+1", "-2+3", "@SUM(A1)", "\tcmd", "Plain Name"]


def test_no_cell_of_an_export_acts(client_for, trainer, course, partner):
    add_learners(course, partner, HOSTILE)
    client = client_for(trainer)
    rows = list(csv.reader(io.StringIO(client.get(*url(course, export="csv")).content.decode("utf-8-sig"))))
    assert len(rows) == 1 + len(HOSTILE)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    book = load_workbook(io.BytesIO(client.get(*url(course, export="xlsx")).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=HYPERLINK('http://x')" in {cell.value for cell in cells}


@pytest.mark.parametrize("export", [None, "csv"])
def test_the_number_of_queries_does_not_grow(client_for, trainer, course, partner, export):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_for(trainer)
    params = {"export": export} if export else {}
    client.get(*url(course, **params))  # fills the caches that every page fills once
    counts = []
    for total in (10, 1000):
        existing = Enrolment.objects.count()
        _bulk(course, partner, total - existing)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(*url(course, **params)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def _bulk(course, organisation, count):
    base = User.objects.count()
    users = User.objects.bulk_create(
        User(email=f"bulk{base + i}@example.net", full_name=f"Person {base + i:05d}", password="!") for i in range(count)
    )
    Membership.objects.bulk_create(Membership(user=u, organisation=organisation, role=Role.LEARNER) for u in users)
    enrolments = Enrolment.objects.bulk_create(Enrolment(user=u, course_key=course.translation_key) for u in users)
    key = course.get_children().first().get_children().first().translation_key
    LessonCompletion.objects.bulk_create(LessonCompletion(enrolment=e, lesson_key=key) for e in enrolments)
