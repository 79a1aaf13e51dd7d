"""What is remembered between requests is forgotten when it changes, and once more when the change is there for everybody."""

import pytest

from courses.glossary.models import GlossaryEntry, GlossaryTerm
from courses.memory import remembered, shared_stamp
from courses.models import CoursePage

pytestmark = pytest.mark.django_db


def test_what_others_read_before_a_page_was_there_for_them_is_forgotten(course: CoursePage, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        course.save_revision().publish()
        remembered("meanwhile", lambda: "as it was")
    assert remembered("meanwhile", lambda: "as it is") == "as it is"


def test_lessons_that_others_opened_before_a_word_was_there_for_them_are_made_anew(django_capture_on_commit_callbacks):
    before = shared_stamp()
    with django_capture_on_commit_callbacks(execute=True):
        term = GlossaryTerm(key="guardian")
        term.entries.add(GlossaryEntry(language="en", word="guardian"))
        term.save()
        meanwhile = shared_stamp()
    assert len({before, meanwhile, shared_stamp()}) == 3
