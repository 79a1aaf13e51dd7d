"""What learners write for themselves: kept, read and deleted by them, and seen by nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Role, User
from courses.models import CoursePage, LessonPage
from courses.pieces import pieces_of
from learning.models import BlockState, Enrolment
from tests.conftest import member
from tests.factories.practice import example, put_into

SECRET = "I was too quick to ask about the uncle."
JOURNAL = "/en/learn/journal/"


@pytest.fixture
def enrolled(learner: User, course: CoursePage, client_for: Callable[[User], Client]) -> Client:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return client_for(learner)


def write(client: Client, lesson: LessonPage, text: str = SECRET, **sent: str) -> str:
    """Answer the only reflection of ``lesson``; returns the page that comes back."""
    piece = pieces_of(lesson)[0]
    address = f"/en/learn/lessons/{lesson.translation_key}/b/{piece.ident}/"
    return client.post(address, {f"{piece.prefix}-text": text, **sent}, follow=True).content.decode()


@pytest.fixture
def written(enrolled: Client, lessons: list[LessonPage]) -> BlockState:
    put_into(lessons[1], example("reflection"))
    assert SECRET in write(enrolled, lessons[1])
    return BlockState.objects.get()


def test_journal_shows_every_text_with_its_lesson(enrolled: Client, lessons: list[LessonPage], written: BlockState) -> None:
    put_into(lessons[2], example("reflection", prompt="And now?", follow_up_days=0), example("checklist"))
    write(enrolled, lessons[2], "Newer")
    page = enrolled.get(JOURNAL).content.decode()
    assert page.index("Newer") < page.index(SECRET)
    assert "And now?" in page
    for lesson in lessons[1:3]:
        assert lesson.title in page
    assert f"#b-{written.block_id}" in page
    assert JOURNAL in enrolled.get("/en/learn/").content.decode()


def test_empty_journal_says_what_will_stand_there(enrolled: Client, written: BlockState) -> None:
    enrolled.post(f"{JOURNAL}{written.pk}/delete/")
    assert "Nothing is written here yet." in enrolled.get(JOURNAL).content.decode()


def test_journal_says_when_to_look_again(enrolled: Client, written: BlockState) -> None:
    assert "To look at again from" in enrolled.get(JOURNAL).content.decode()
    written.state["again_on"] = (timezone.localdate() - timedelta(days=1)).isoformat()
    written.save()
    assert "You wanted to look at this again." in enrolled.get(JOURNAL).content.decode()


def test_text_outlives_its_lesson(enrolled: Client, lessons: list[LessonPage], written: BlockState) -> None:
    lessons[1].unpublish()
    page = enrolled.get(JOURNAL).content.decode()
    assert SECRET in page
    assert "A lesson that is no longer here" in page


def test_deleting_in_the_journal_and_in_the_lesson(enrolled: Client, lessons: list[LessonPage], written: BlockState) -> None:
    page = enrolled.post(f"{JOURNAL}{written.pk}/delete/", follow=True).content.decode()
    assert "What you wrote is deleted." in page
    assert SECRET not in page
    write(enrolled, lessons[1], "Second")
    assert "You have deleted what you wrote here" in write(enrolled, lessons[1], act="delete")
    assert BlockState.objects.get().state == {"deleted": True}


def test_cost_does_not_grow_with_the_journal(
    enrolled: Client, lessons: list[LessonPage], written: BlockState, django_assert_max_num_queries
) -> None:
    enrolled.get(JOURNAL)
    with django_assert_max_num_queries(9):
        enrolled.get(JOURNAL)


def test_only_a_reflection_of_one_s_own_can_be_deleted(
    enrolled: Client, client: Client, written: BlockState, lessons: list[LessonPage], client_for: Callable[[User], Client]
) -> None:
    address = f"{JOURNAL}{written.pk}/delete/"
    stranger = User.objects.create_user("stranger@example.org", "correct horse battery")
    assert client_for(stranger).post(address).status_code == 404
    assert client.post(address).status_code == 302
    assert enrolled.get(address).status_code == 405
    put_into(lessons[2], example("checklist"))
    piece = pieces_of(lessons[2])[0]
    enrolled.post(f"/en/learn/lessons/{lessons[2].translation_key}/b/{piece.ident}/", {})
    other = BlockState.objects.get(kind="checklist")
    assert enrolled.post(f"{JOURNAL}{other.pk}/delete/").status_code == 404
    assert BlockState.objects.get(pk=written.pk).state["text"] == SECRET


def test_nobody_else_reads_it(
    written: BlockState,
    learner: User,
    organisation,
    administrator: User,
    course: CoursePage,
    lessons: list[LessonPage],
    client_for: Callable[[User], Client],
) -> None:
    Membership.objects.create(user=learner, organisation=organisation, role=Role.LEARNER)
    key = course.translation_key
    for reader in [administrator, member(organisation, Role.TRAINER), member(organisation, Role.COORDINATOR)]:
        Enrolment.objects.create(user=reader, course_key=key)
        client = client_for(reader)
        for address in [
            JOURNAL,
            lessons[1].get_url(),
            f"/admin/learning/{key}/",
            f"/admin/learning/{key}/?export=csv",
            f"/admin/pages/{lessons[1].pk}/edit/preview/?mode=",
        ]:
            response = client.get(address)
            content = response.getvalue() if response.streaming else response.content
            assert SECRET not in content.decode(errors="replace"), address


def test_error_report_holds_nothing_of_it(
    enrolled: Client,
    lessons: list[LessonPage],
    written: BlockState,
    monkeypatch: pytest.MonkeyPatch,
    settings,
    mailoutbox,
    caplog,
) -> None:
    """A fault while saving is told to the operators without the text."""
    settings.ADMINS = [("Operator", "operator@example.org")]
    settings.DEBUG = False
    enrolled.raise_request_exception = False
    piece = pieces_of(lessons[1])[0]
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", None)
    response = enrolled.post(
        f"/en/learn/lessons/{lessons[1].translation_key}/b/{piece.ident}/", {f"{piece.prefix}-text": "Nobody reads this"}
    )
    assert response.status_code == 500
    assert "Nobody reads this" not in caplog.text + "".join(mail.body for mail in mailoutbox)


def test_visitor_of_the_open_first_lesson_is_told_that_nothing_is_kept(client: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("reflection"))
    page = write(client, lessons[0])
    assert SECRET in page
    assert "nothing is kept" in page
    assert "Change your answer" in page and "Delete" not in page, "there is nothing to delete"
    assert "Kept for you." not in page
    assert not BlockState.objects.exists()
