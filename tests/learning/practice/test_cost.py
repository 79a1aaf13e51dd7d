"""What a lesson full of practice costs: the same queries however many blocks, and the same page without a cache."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from courses.blocks import LessonBlocks
from courses.models import LessonPage
from courses.pieces import pieces_of
from learning.models import BlockState, Enrolment
from tests.factories.practice import example, put_into

KINDS = ["card_sort", "ordering", "matching", "gaps", "question"]
WITH_FILES = {"image", "video", "audio", "document", "quiz", "shared", "video_stops", "hotspots", "hotspot_signs"}
OTHERS = sorted({*LessonBlocks().child_blocks} - WITH_FILES)  # every block of which there is a whole example
MOST_QUERIES = 12  # those below, and what all gave, the annex of the reader's country, the words of the glossary
NO_CACHE = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture
def started(client_for, learner, course, lessons) -> Client:
    client = client_for(learner)
    client.post(reverse("learning:start", args=[course.translation_key]))
    return client


def fill(lesson: LessonPage, count: int) -> None:
    put_into(lesson, *(example(KINDS[n % len(KINDS)]) for n in range(count)))


def answer_all(lesson: LessonPage) -> None:
    enrolment = Enrolment.objects.get()
    for piece in pieces_of(lesson):
        state = piece.block.sample_states(piece.material)["right"]
        BlockState.objects.create(
            enrolment=enrolment, lesson_key=lesson.translation_key, block_id=piece.ident, kind=piece.name, state=state
        )


def queries(client: Client, lesson: LessonPage) -> int:
    client.get(lesson.url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(lesson.url).status_code == 200
    return len(captured)


def test_twenty_blocks_cost_the_queries_of_one(started: Client, lessons: list[LessonPage]) -> None:
    fill(lessons[0], 1)
    one = queries(started, lessons[0])
    fill(lessons[0], 20)
    fresh = queries(started, lessons[0])
    answer_all(lessons[0])
    answered = queries(started, lessons[0])
    assert one == fresh == answered <= 7  # page, session, user, enrolment, completions, states; and which are still open


def test_page_is_the_same_without_a_cache(started: Client, lessons: list[LessonPage]) -> None:
    def page() -> str:
        return re.sub(r'value="[^"]{64}"', "", started.get(lessons[0].url).content.decode())

    fill(lessons[0], 20)
    before = [page(), page()]
    with override_settings(CACHES=NO_CACHE):
        before.append(page())
    assert len(set(before)) == 1
    answer_all(lessons[0])
    after = [page(), page()]
    with override_settings(CACHES=NO_CACHE):
        after.append(page())
    assert len(set(after)) == 1
    assert after[0] != before[0]


def everything(lesson: LessonPage, times: int) -> None:
    """All blocks ``times`` over. A gate would hide what follows, so it stands last."""
    names = sorted(OTHERS * times, key=lambda name: name == "gate")
    put_into(lesson, *(example(name) for name in names))


def answer_everything(lesson: LessonPage) -> None:
    enrolment = Enrolment.objects.get()
    for piece in pieces_of(LessonPage.objects.get(pk=lesson.pk)):
        if piece.material:
            state = next(iter(piece.block.sample_states(piece.material).values()))
            own = {name: value for name, value in state.items() if name != "others"}  # what all gave is nobody's own
            BlockState.objects.create(
                enrolment=enrolment, lesson_key=lesson.translation_key, block_id=piece.ident, kind=piece.name, state=own
            )


def test_every_block_three_times_over_costs_the_queries_of_once(started: Client, lessons: list[LessonPage]) -> None:
    everything(lessons[0], 1)
    fresh = queries(started, lessons[0])
    answer_everything(lessons[0])
    answered = queries(started, lessons[0])
    everything(lessons[0], 3)
    assert queries(started, lessons[0]) == fresh
    answer_everything(lessons[0])
    assert queries(started, lessons[0]) == answered
    assert fresh <= answered <= MOST_QUERIES


def test_every_block_is_the_same_without_a_cache(started: Client, lessons: list[LessonPage]) -> None:
    def page() -> str:
        return re.sub(r'value="[^"]{64}"', "", started.get(lessons[0].url).content.decode())

    everything(lessons[0], 1)
    for answer in (lambda lesson: None, answer_everything):
        answer(lessons[0])
        found = [page(), page()]
        with override_settings(CACHES=NO_CACHE):
            found.append(page())
        assert len(set(found)) == 1


def test_one_learners_token_and_answers_are_not_anothers(
    started: Client, client_for, trainer, course, lessons: list[LessonPage]
) -> None:
    fill(lessons[0], 1)
    answer_all(lessons[0])
    mine = started.get(lessons[0].url).content.decode()
    other = client_for(trainer)
    other.post(reverse("learning:start", args=[course.translation_key]))
    theirs = other.get(lessons[0].url).content.decode()
    assert "A minimum sum is a sign." in mine and "A minimum sum is a sign." not in theirs
    assert "<!--csrf-->" not in mine + theirs
    tokens = [set(re.findall(r'csrfmiddlewaretoken" value="(\w{64})"', text)) for text in (mine, theirs)]
    assert tokens[0] and tokens[1] and not tokens[0] & tokens[1]
