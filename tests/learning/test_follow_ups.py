"""The one mail that learners ask for with a tick, to come back to what they wrote: to them alone, once, without a word of it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import CoursePage, LessonPage
from courses.pieces import pieces_of
from learning.models import BlockState, Enrolment, FollowUp
from tests.factories.practice import example, put_into

SECRET = "I was too quick to ask about the uncle."
BOX = "Send me one mail in 30 days"
BROKEN = "broken@example.org"


class HalfDown(EmailBackend):
    """A mail server that does not take mail for one address, as ``EMAIL_BACKEND``."""

    def send_messages(self, messages: list) -> int:
        if any(BROKEN in message.to for message in messages):
            raise ConnectionRefusedError
        return super().send_messages(messages)


class Overtaken(EmailBackend):
    """A mail server so slow that another run comes by while it takes a mail, as ``EMAIL_BACKEND``."""

    def send_messages(self, messages: list) -> int:
        call_command("send_follow_ups")
        return super().send_messages(messages)


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    put_into(lessons[1], example("reflection"))
    return lessons[1]


@pytest.fixture
def enrolled(learner: User, course: CoursePage, client_for: Callable[[User], Client]) -> Client:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    return client_for(learner)


def write(client: Client, lesson: LessonPage, **sent: str) -> str:
    """Save the only reflection of ``lesson``, with the box ticked for ``mail="on"``; returns the page that comes back."""
    piece = pieces_of(LessonPage.objects.get(pk=lesson.pk))[0]
    data = {name if name == "act" else f"{piece.prefix}-{name}": value for name, value in {"text": SECRET, **sent}.items()}
    address = f"/en/learn/lessons/{lesson.translation_key}/b/{piece.ident}/"
    return client.post(address, data, follow=True).content.decode()


def days_pass(days: int = 30) -> None:
    """What was asked for becomes older, in the state and in the row alike."""
    for follow_up in FollowUp.objects.select_related("block_state"):
        follow_up.due_on -= timedelta(days=days)
        follow_up.save()
        state = follow_up.block_state
        state.state["again_on"] = follow_up.due_on.isoformat()
        state.save()


def sent(capsys: pytest.CaptureFixture) -> str:
    call_command("send_follow_ups")
    return capsys.readouterr().out.strip()


def box_in(page: str) -> str:
    """The tag of the box; its label is tied to it."""
    (ident,) = re.findall(rf'<label for="([^"]+)">{BOX}', page)
    (tag,) = re.findall(rf'<input [^>]*id="{ident}"[^>]*>', page)
    assert 'type="checkbox"' in tag
    return tag


def test_who_ticks_gets_one_mail_on_the_day(
    enrolled: Client, learner: User, lesson: LessonPage, settings, mailoutbox, capsys
) -> None:
    settings.SITE_URL = "https://training.example.org"
    page = write(enrolled, lesson, mail="on")
    assert "You get one mail on that day." in page
    assert FollowUp.objects.get().due_on == timezone.localdate() + timedelta(days=30)
    days_pass(29)
    assert sent(capsys) == "0 sent"
    days_pass(1)
    assert [sent(capsys), sent(capsys)] == ["1 sent", "0 sent"]
    (message,) = mailoutbox
    assert message.to == [learner.email]
    assert lesson.title in message.body
    assert f"{settings.SITE_URL}{lesson.get_url()}#b-{pieces_of(lesson)[0].ident}\n" in message.body
    assert SECRET in enrolled.get(lesson.get_url()).content.decode(), "the link leads to what was written"


def test_mail_tells_nothing_of_the_text_and_its_subject_nothing_of_the_course(
    enrolled: Client, course: CoursePage, lesson: LessonPage, mailoutbox, capsys
) -> None:
    write(enrolled, lesson, mail="on")
    days_pass()
    sent(capsys)
    (message,) = mailoutbox
    state = BlockState.objects.get().state
    for words in (state["text"], state["prompt"], "uncle"):
        assert words not in message.subject + message.body
    assert message.subject == "The reminder that you asked for"
    assert "take away the tick, and save" in message.body
    assert message.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_box_stands_unticked_and_only_where_the_author_wants_it(enrolled: Client, lessons: list[LessonPage]) -> None:
    put_into(lessons[1], example("reflection"))
    assert "checked" not in box_in(enrolled.get(lessons[1].get_url()).content.decode())
    write(enrolled, lessons[1])
    assert not FollowUp.objects.exists()
    put_into(lessons[1], example("reflection", follow_up_days=0))
    assert "Send me one mail" not in enrolled.get(lessons[1].get_url()).content.decode()
    assert "Send me one mail" not in write(enrolled, lessons[1], mail="on")
    assert not FollowUp.objects.exists()


def test_box_says_what_holds(enrolled: Client, lesson: LessonPage, capsys) -> None:
    """Ticked while a mail is to come, also in a form with errors; a mail that went has to be asked for anew."""
    assert "checked" in box_in(write(enrolled, lesson, mail="on"))
    assert "checked" in box_in(write(enrolled, lesson, text="", mail="on"))
    days_pass()
    sent(capsys)
    page = enrolled.get(lesson.get_url()).content.decode()
    assert "checked" not in box_in(page)
    assert "You get one mail" not in page


def test_asked_for_anew_there_is_a_second_mail(enrolled: Client, lesson: LessonPage, mailoutbox, capsys) -> None:
    for _ in range(2):
        write(enrolled, lesson, mail="on")
        days_pass()
        sent(capsys)
    assert len(mailoutbox) == 2


def untick(client: Client, lesson: LessonPage) -> None:
    assert "You get one mail" not in write(client, lesson, text="Changed")


def delete_in_the_lesson(client: Client, lesson: LessonPage) -> None:
    write(client, lesson, act="delete", mail="on")


def delete_in_the_journal(client: Client, lesson: LessonPage) -> None:
    client.post(f"/en/learn/journal/{BlockState.objects.get().pk}/delete/")


def leave(client: Client, lesson: LessonPage) -> None:
    Enrolment.objects.get().delete()


def be_erased(client: Client, lesson: LessonPage) -> None:
    User.objects.get(email="learner@example.org").delete()


@pytest.mark.parametrize("change", [untick, delete_in_the_lesson, delete_in_the_journal, leave, be_erased])
def test_wish_is_forgotten(change: Callable, enrolled: Client, lesson: LessonPage, mailoutbox, capsys) -> None:
    write(enrolled, lesson, mail="on")
    days_pass(29)
    change(enrolled, lesson)
    assert not FollowUp.objects.exists()
    assert sent(capsys) == "0 sent"
    assert mailoutbox == []


def test_no_mail_leads_to_a_lesson_that_is_gone_or_to_a_closed_account(
    enrolled: Client, learner: User, lesson: LessonPage, mailoutbox, capsys
) -> None:
    write(enrolled, lesson, mail="on")
    days_pass()
    lesson.unpublish()
    assert sent(capsys) == "0 sent"
    lesson.save_revision().publish()
    User.objects.update(is_active=False)
    assert sent(capsys) == "0 sent"
    User.objects.update(is_active=True)
    assert sent(capsys) == "1 sent"


def test_mail_is_in_the_language_of_its_reader(enrolled: Client, learner: User, lesson: LessonPage, mailoutbox, capsys) -> None:
    learner.full_name, learner.language = "", "fr"
    learner.save()
    write(enrolled, lesson, mail="on")
    days_pass()
    sent(capsys)
    assert mailoutbox[0].body.startswith("Bonjour,")


def test_address_that_fails_stops_nobody_and_is_tried_again(
    enrolled: Client, course: CoursePage, lesson: LessonPage, client_for: Callable[[User], Client], settings, capsys, caplog
) -> None:
    for address in (BROKEN, "no address at all\n", "last@example.org"):
        user = User.objects.create_user("x@example.org", "correct horse battery")
        Enrolment.objects.create(user=user, course_key=course.translation_key)
        write(client_for(user), lesson, mail="on")
        User.objects.filter(pk=user.pk).update(email=address)
    days_pass()
    settings.EMAIL_BACKEND = "tests.learning.test_follow_ups.HalfDown"
    assert sent(capsys) == "1 sent"
    assert [message.to for message in mail.outbox] == [["last@example.org"]]
    assert caplog.text.count("could not be sent") == 2
    assert BROKEN not in caplog.text and "no address at all" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sent(capsys) == "1 sent"
    assert mail.outbox[1].to == [BROKEN]


def test_what_could_not_go_for_long_goes_no_more(enrolled: Client, lesson: LessonPage, mailoutbox, capsys) -> None:
    write(enrolled, lesson, mail="on")
    days_pass(30 + 14)
    days_pass(1)
    assert sent(capsys) == "0 sent"
    days_pass(-1)
    assert sent(capsys) == "1 sent"


def test_two_runs_at_once_send_each_mail_once(enrolled: Client, lessons: list[LessonPage], settings) -> None:
    for lesson in lessons[1:3]:
        put_into(lesson, example("reflection"))
        write(enrolled, lesson, mail="on")
    days_pass()
    settings.EMAIL_BACKEND = "tests.learning.test_follow_ups.Overtaken"
    call_command("send_follow_ups")
    titles = [title for message in mail.outbox for title in (lessons[1].title, lessons[2].title) if f"“{title}”" in message.body]
    assert sorted(titles) == sorted([lessons[1].title, lessons[2].title])


def test_guests_and_strangers_are_offered_none(client: Client, lessons: list[LessonPage], enrolled: Client) -> None:
    put_into(lessons[0], example("reflection"))
    assert "Send me one mail" not in client.get(lessons[0].get_url()).content.decode()
    assert "Send me one mail" not in write(client, lessons[0], mail="on")
    assert "Send me one mail" not in write(client, lessons[0], text="", mail="on")
    assert not FollowUp.objects.exists()
    assert box_in(enrolled.get(lessons[0].get_url()).content.decode())
    assert "Send me one mail" not in client.get(lessons[0].get_url()).content.decode()


def test_tick_is_still_there_for_who_was_signed_out(client: Client, lesson: LessonPage) -> None:
    piece = pieces_of(lesson)[0]
    address = f"/en/learn/lessons/{lesson.translation_key}/b/{piece.ident}/"
    sent = {f"{piece.prefix}-text": SECRET, f"{piece.prefix}-mail": "on"}
    response = client.post(address, sent, headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert "checked" in box_in(response.content.decode())
