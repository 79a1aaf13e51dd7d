"""Words and ideas on their way from learner to learner: past a trainer, who never learns whose they are."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.models import CoursePage, LessonPage
from courses.pieces import pieces_of
from learning.models import BlockState, Contribution, Enrolment
from tests.factories.practice import example, put_into

SCRIPT = {"HX-Request": "true"}
INDEX = "/admin/learning/words/"


@pytest.fixture
def people(course: CoursePage, client_for: Callable[[User], Client]) -> Iterator[Client]:
    """One learner of the course after another, signed in."""

    def each() -> Iterator[Client]:
        for n in range(100):
            user = User.objects.create_user(f"person-{n}@example.org", "correct horse battery", full_name=f"Canarina {n}")
            Enrolment.objects.create(user=user, course_key=course.translation_key)
            yield client_for(user)

    return each()


@pytest.fixture
def desk(client_for: Callable[[User], Client], trainer: User) -> Client:
    return client_for(trainer)


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    """A lesson that asks for words and for ideas."""
    put_into(lessons[1], example("words"), example("ideas"))
    return lessons[1]


def give(client: Client, lesson: LessonPage, name: str, *texts: str, language: str = "en", **how: Any) -> Any:
    piece = next(piece for piece in pieces_of(lesson) if piece.name == name)
    fields = ["idea"] if name == "ideas" else ["word1", "word2", "word3"]
    sent = {f"{piece.prefix}-{field}": text for field, text in zip(fields, texts, strict=False)}
    return client.post(f"/{language}/learn/lessons/{lesson.translation_key}/b/{piece.ident}/", sent, **how)


def queue(lesson: LessonPage, state: str = "waiting") -> str:
    return f"{reverse('learning_moderation_queue', args=[lesson.translation_key])}?state={state}"


def decide(desk: Client, lesson: LessonPage, act: str, *texts: str, state: str = "waiting") -> str:
    chosen = [str(one.pk) for one in Contribution.objects.filter(text__in=texts, state=state)]
    return text_of(desk.post(queue(lesson, state), {"act": act, "text": chosen}, follow=True))


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_texts_wait_apart_from_the_learner(people: Iterator[Client], lesson: LessonPage) -> None:
    client = next(people)
    response = give(client, lesson, "words", "patience", "time")
    assert response.status_code == 303
    assert BlockState.objects.get().state == {"given": True}
    kept = Contribution.objects.order_by("text")
    assert [(one.text, one.kind, one.state, one.language) for one in kept] == [
        ("patience", "words", "waiting", "en"),
        ("time", "words", "waiting", "en"),
    ]
    page = text_of(client.get(lesson.get_url()))
    assert "A trainer reads what you sent before others see it." in page
    assert "patience" not in page


def test_text_that_was_refused_is_still_there(people: Iterator[Client], lesson: LessonPage) -> None:
    typed = "Ask Ana, ana@example.org, what helped her"
    for headers in ({}, SCRIPT):
        response = give(next(people), lesson, "ideas", typed, headers=headers)
        page = text_of(response)
        assert response.status_code == 422
        assert "looks like an e-mail address" in page and f">{typed}</textarea>" in page.replace("> ", ">")
    assert not Contribution.objects.exists() and not BlockState.objects.exists()


def test_second_tab_gives_nothing_more(people: Iterator[Client], lesson: LessonPage) -> None:
    client = next(people)
    for text in ("One idea", "Another idea"):
        assert give(client, lesson, "ideas", text).status_code == 303
    assert [one.text for one in Contribution.objects.all()] == ["One idea"]


def test_others_read_it_once_it_is_shown_and_once_they_gave(people: Iterator[Client], desk: Client, lesson: LessonPage) -> None:
    first, second, third = next(people), next(people), next(people)
    give(first, lesson, "ideas", "Two cups")
    give(first, lesson, "words", "patience")
    assert "Two cups" not in text_of(give(second, lesson, "ideas", "A drawing", headers=SCRIPT))
    assert "1 text is shown now." in decide(desk, lesson, "show", "Two cups")
    assert "1 text is hidden now." in decide(desk, lesson, "hide", "A drawing")
    page = text_of(second.get(lesson.get_url()))
    assert "Two cups" in page and "A drawing" not in page and "patience" not in page
    assert "Two cups" not in text_of(third.get(lesson.get_url()))
    assert "Two cups" in text_of(give(third, lesson, "ideas", "Tea", headers=SCRIPT))


def test_hiding_what_was_shown_works_at_once(people: Iterator[Client], desk: Client, lesson: LessonPage) -> None:
    client = next(people)
    give(client, lesson, "ideas", "Two cups")
    decide(desk, lesson, "show", "Two cups")
    assert "Two cups" in text_of(client.get(lesson.get_url()))
    decide(desk, lesson, "hide", "Two cups", state="shown")
    assert "Two cups" not in text_of(client.get(lesson.get_url()))


def test_one_decision_holds_for_the_same_word(people: Iterator[Client], desk: Client, lesson: LessonPage) -> None:
    first = next(people)
    give(first, lesson, "words", "time", "rude")
    give(next(people), lesson, "words", "time")
    assert "2×" in text_of(desk.get(queue(lesson)))
    one = Contribution.objects.filter(text="time").first()
    assert "2 texts are shown now." in text_of(desk.post(queue(lesson), {"act": "show", "text": [one.pk]}, follow=True))
    decide(desk, lesson, "hide", "rude")
    give(next(people), lesson, "words", "time", "rude")
    page = text_of(first.get(lesson.get_url()))
    assert "3 times" in page and "rude" not in page
    assert not Contribution.objects.filter(state="waiting").exists()


def test_each_language_reads_its_own(people: Iterator[Client], desk: Client, lesson: LessonPage, site: Any) -> None:
    locale = site.home.get_translations().get(locale__language_code="fr").locale
    french = lesson.copy_for_translation(locale, copy_parents=True)
    french.save_revision().publish()
    client = next(people)
    give(client, lesson, "words", "patience")
    give(next(people), french, "words", "du temps", language="fr")
    decide(desk, lesson, "show", "patience", "du temps")
    english, other = text_of(client.get(lesson.get_url())), text_of(client.get(french.get_url()))
    assert "patience" in english and "du temps" not in english
    assert "du temps" in other and ">patience<" not in other


def test_only_what_is_hidden_can_be_deleted(people: Iterator[Client], desk: Client, lesson: LessonPage) -> None:
    give(next(people), lesson, "words", "keep", "drop")
    decide(desk, lesson, "hide", "drop")
    decide(desk, lesson, "delete", "keep")
    assert "1 text is deleted." in decide(desk, lesson, "delete", "drop", state="hidden")
    assert [one.text for one in Contribution.objects.all()] == ["keep"]


def test_queue_counts_by_lesson_and_names_nobody(people: Iterator[Client], desk: Client, lesson: LessonPage) -> None:
    give(next(people), lesson, "words", "patience", "time")
    give(next(people), lesson, "ideas", "Two cups")
    decide(desk, lesson, "show", "time")
    index, waiting = text_of(desk.get(INDEX)), text_of(desk.get(queue(lesson)))
    assert "2 texts wait" in index and lesson.title in index and "<td>2</td><td>1</td><td>0</td>" in index
    assert "Words and ideas (2)" in text_of(desk.get("/admin/"))
    assert "patience" in waiting and "Two cups" in waiting and "What does a child need" in waiting
    assert waiting.count("checked") == 0 and text_of(desk.get(queue(lesson) + "&all=1")).count("checked") == 2
    assert "Canarina" not in index + waiting and "person-0" not in index + waiting


def test_polls_are_nothing_to_moderate(people: Iterator[Client], desk: Client, lesson: LessonPage) -> None:
    (block_id,) = put_into(lesson, example("poll"))
    vote = Contribution.objects.create(lesson_key=lesson.translation_key, block_id=block_id, kind="poll", text="a", state="shown")
    assert "Nobody has written anything yet." in text_of(desk.get(INDEX))
    desk.post(queue(lesson), {"act": "hide", "text": [vote.pk]})
    vote.refresh_from_db()
    assert vote.state == "shown"


def test_odd_posts_are_told_or_left_aside(people: Iterator[Client], desk: Client, lesson: LessonPage) -> None:
    give(next(people), lesson, "words", "time")
    pk = Contribution.objects.get().pk
    for sent in ({}, {"act": "show"}, {"act": "show", "text": ["x", "\x00", "1"]}):
        assert "Tick at least one text." in text_of(desk.post(queue(lesson), sent, follow=True))
    assert desk.post(queue(lesson), {"act": "burn", "text": [pk]}, follow=True).status_code == 200
    assert desk.get(queue(lesson, "gone")).status_code == 200
    assert Contribution.objects.get().state == "waiting"
    assert desk.get(f"{INDEX}11111111-1111-1111-1111-111111111111/", follow=True).status_code == 404


def test_block_or_lesson_that_is_gone_can_still_be_dealt_with(people: Iterator[Client], desk: Client, lesson: LessonPage) -> None:
    give(next(people), lesson, "words", "time")
    put_into(lesson, example("poll"))
    assert "An activity that the lesson has no more" in text_of(desk.get(queue(lesson)))
    key = lesson.translation_key
    lesson.delete()
    assert "(deleted lesson)" in text_of(desk.get(INDEX))
    assert "time" in text_of(desk.get(f"{INDEX}{key}/"))


@pytest.mark.parametrize(("who", "may"), [("learner", False), ("issuer", False), ("coordinator", True), ("administrator", True)])
def test_who_may_moderate(
    request: pytest.FixtureRequest,
    client_for: Callable[[User], Client],
    people: Iterator[Client],
    lesson: LessonPage,
    who: str,
    may: bool,
) -> None:
    give(next(people), lesson, "words", "time")
    client = client_for(request.getfixturevalue(who))
    for url in (INDEX, queue(lesson)):
        assert (client.get(url).status_code == 200) == may
    decide(client, lesson, "show", "time")
    assert (Contribution.objects.get().state == "shown") == may
