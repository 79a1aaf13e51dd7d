"""What the measurements need in the database: learners who are signed in, a quiz, answered attempts."""

from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from accounts.models import User
from quizzes.kinds import KINDS
from quizzes.models import Attempt, AttemptEvent, Question, QuestionBank, Quiz, QuizItem, Response
from quizzes.services import save_response, start_attempt


def prepare() -> None:
    """Tables and static files, as a new site has them."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)


def make_quiz(questions: int) -> Quiz:
    """A quiz of ``questions`` with four choices each."""
    locale = Locale.get_default()
    bank, _created = QuestionBank.objects.get_or_create(name="Measured", slug="measured")
    quiz = Quiz.objects.create(title="Measured", locale=locale)
    for number in range(questions):
        choices = [{"text": f"Choice {n} of question {number}", "correct": n == 0, "feedback": "Because."} for n in range(4)]
        value = {
            "text": f"<p>A short case that has to be read.</p><p>Question {number}: what comes first?</p>",
            "choices": [{"type": "item", "value": choice} for choice in choices],
            "explanation": "<p>It is explained here, in a sentence or two.</p>",
        }
        body = [("single_choice", Question._meta.get_field("body").stream_block.child_blocks["single_choice"].to_python(value))]
        question = Question.objects.create(
            body=body, bank=bank, locale=locale, outcome=f"Outcome {number % 5}", source="A source"
        )
        QuizItem.objects.create(quiz=quiz, question=question, sort_order=number)
    return quiz


def make_learners(number: int) -> list[User]:
    people = [User(email=f"learner{n}@example.org", full_name=f"Learner {n}", country="BE") for n in range(number)]
    return User.objects.bulk_create(people)


def cookies_of(people: list[User]) -> Iterator[dict[str, str]]:
    """The session of each, signed in."""
    for person in people:
        client = Client()
        client.force_login(person)
        yield {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def answered_attempt(person: User, quiz: Quiz) -> Attempt:
    """An open attempt with an answer to everything."""
    attempt = start_attempt(user=person, quiz=quiz)
    for response in attempt.responses.all():
        answer = KINDS[response.snapshot["kind"]].best_answer(response.snapshot)
        save_response(attempt=attempt, position=response.position, answer=answer)
    return attempt


def settle_statistics() -> None:
    """What a database that has run for a while knows about its tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def start_path(quiz: Quiz) -> str:
    return reverse("quizzes:start", args=[quiz.translation_key])


def submit_path(attempt: Attempt) -> str:
    return reverse("quizzes:submit", args=[attempt.public_id])


def stored(quiz: Quiz) -> dict[str, int]:
    """What the database holds of ``quiz`` afterwards."""
    submitted = Attempt.objects.filter(quiz_key=quiz.translation_key).submitted()
    return {
        "handed in": submitted.count(),
        "learners": submitted.values("user").distinct().count(),
        "notes of handing in": AttemptEvent.objects.filter(attempt__in=submitted, kind=AttemptEvent.Kind.SUBMITTED).count(),
        "answers": Response.objects.filter(attempt__in=submitted, answer__isnull=False, points__isnull=False).count(),
    }
