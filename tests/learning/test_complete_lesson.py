"""Start a course, do its lessons, finish it: through the browser's requests, and no other way."""

import pytest
from django.urls import reverse

from learning.models import Enrolment, LessonCompletion
from learning.signals import course_completed
from tests.factories.learning import pass_quiz

pytestmark = pytest.mark.django_db


def start(client, course):
    return client.post(reverse("learning:start", args=[course.translation_key]))


def complete(client, lesson, **kwargs):
    return client.post(reverse("learning:complete_lesson", args=[lesson.translation_key]), **kwargs)


def lessons_of(course):
    return [lesson.specific for module in course.get_children() for lesson in module.get_children()]


def test_start_enrols_and_opens_the_first_lesson(client_for, learner, course):
    client = client_for(learner)
    response = start(client, course)
    assert response.status_code == 302 and response.url.endswith(lessons_of(course)[0].url)
    assert Enrolment.objects.filter(user=learner, course_key=course.translation_key).count() == 1
    start(client, course)
    assert Enrolment.objects.count() == 1


def test_nothing_is_enrolled_by_get(client_for, learner, course):
    client = client_for(learner)
    assert client.get(reverse("learning:start", args=[course.translation_key])).status_code == 405
    client.get(lessons_of(course)[0].url)
    assert not Enrolment.objects.exists()


def test_the_first_lesson_is_open_and_the_second_is_not(client, course):
    first, second = lessons_of(course)[:2]
    assert client.get(first.url).status_code == 200
    response = client.get(second.url, follow=True)
    assert response.redirect_chain[-1][0].endswith(course.url)
    assert "Start the course to open its lessons" in response.content.decode()


def test_done_is_visible_in_the_answer_to_the_act(client_for, learner, course):
    client = client_for(learner)
    start(client, course)
    first, second = lessons_of(course)[:2]
    response = complete(client, first, follow=True)
    text = response.content.decode()
    assert response.redirect_chain[-1][0].endswith(second.url)
    assert f"Done: {first.title}" in text
    assert "1 of 4 lessons done" in text


def test_done_twice_is_done_once(client_for, learner, course):
    client = client_for(learner)
    start(client, course)
    complete(client, lessons_of(course)[0])
    complete(client, lessons_of(course)[0])
    assert LessonCompletion.objects.count() == 1


def test_a_stranger_completes_nothing(client_for, learner, course, client):
    assert complete(client_for(learner), lessons_of(course)[0]).status_code == 404
    assert "/accounts/login/" in complete(client, lessons_of(course)[0]).url
    assert not LessonCompletion.objects.exists()


def test_a_quiz_must_be_passed_first_and_the_page_says_so(client_for, learner, course):
    client = client_for(learner)
    start(client, course)
    lesson = next(item for item in lessons_of(course) if item.quizzes)
    quiz = lesson.quizzes[0]
    page = client.get(lesson.url).content.decode()
    assert "Before this lesson is done" in page and quiz.title in page
    assert "Mark as done and continue" not in page
    response = complete(client, lesson, follow=True)
    assert "Still to do" in response.content.decode() and not LessonCompletion.objects.exists()
    pass_quiz(learner, quiz)
    assert "Mark as done and continue" in client.get(lesson.url).content.decode()
    complete(client, lesson)
    assert LessonCompletion.objects.count() == 1


@pytest.fixture
def announced():
    heard = []

    def listen(sender, enrolment, **kwargs):
        heard.append(enrolment.pk)

    course_completed.connect(listen)
    yield heard
    course_completed.disconnect(listen)


def test_the_last_lesson_finishes_the_course_once(client_for, learner, course, announced, django_capture_on_commit_callbacks):
    client = client_for(learner)
    start(client, course)
    for lesson in lessons_of(course):
        for quiz in lesson.quizzes:
            pass_quiz(learner, quiz)
        with django_capture_on_commit_callbacks(execute=True):
            response = complete(client, lesson, follow=True)
    assert "You have finished the course" in response.content.decode()
    enrolment = Enrolment.objects.get()
    assert enrolment.completed_at and announced == [enrolment.pk]
    with django_capture_on_commit_callbacks(execute=True):
        complete(client, lessons_of(course)[-1])
    assert announced == [enrolment.pk]
    assert Enrolment.objects.get().completed_at == enrolment.completed_at


def test_continue_leads_back_to_the_last_place(client_for, learner, course):
    client = client_for(learner)
    start(client, course)
    lessons = lessons_of(course)
    complete(client, lessons[0])
    client.get(lessons[2].url)
    page = client.get(reverse("learning:my_learning")).content.decode()
    assert f"Continue: {lessons[2].title}" in page
    assert start(client, course).url.endswith(lessons[2].url)


def test_the_outline_names_every_lesson_that_is_left(client_for, learner, course):
    client = client_for(learner)
    start(client, course)
    lessons = lessons_of(course)
    complete(client, lessons[0])
    page = client.get(reverse("learning:outline", args=[course.translation_key])).content.decode()
    assert "3 lessons left until the certificate" in page
    assert all(lesson.title in page for lesson in lessons)


def test_an_unpublished_lesson_no_longer_counts(client_for, learner, course, announced, django_capture_on_commit_callbacks):
    client = client_for(learner)
    start(client, course)
    *most, last = lessons_of(course)
    for lesson in most:
        for quiz in lesson.quizzes:
            pass_quiz(learner, quiz)
        complete(client, lesson)
    last.unpublish()
    page = client.get(reverse("learning:outline", args=[course.translation_key])).content.decode()
    assert "Finish the course" in page
    with django_capture_on_commit_callbacks(execute=True):
        complete(client, most[0])
    assert Enrolment.objects.get().completed_at and len(announced) == 1


def test_a_visitor_who_pressed_start_is_enrolled_by_signing_in(client, learner, course):
    response = start(client, course)
    assert "/accounts/signup/" in response.url and "next=" in response.url
    assert not Enrolment.objects.exists()
    client.force_login(learner)
    assert Enrolment.objects.get().user == learner


def test_the_catalogue_says_how_far_its_reader_is_in_each_course(client, client_for, learner, course, lessons):
    url = course.get_parent().get_url()
    reader = client_for(learner)
    assert "lessons done" not in reader.get(url).content.decode()
    reader.post(reverse("learning:start", args=[course.translation_key]))
    reader.post(reverse("learning:complete_lesson", args=[lessons[0].translation_key]))
    assert f"1 of {len(lessons)} lessons done" in reader.get(url).content.decode()
    assert "lessons done" not in client.get(url).content.decode()
