"""Doubts of learners, and sources that are due to be checked again."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from quizzes.models import QuestionFlag, QuizItem
from tests.factories.courses import QuestionBankFactory
from tests.factories.quizzes import make_question, make_quiz, single_choice, translated

pytestmark = pytest.mark.django_db
DOUBTS, OUTDATED = "quizzes_admin:flags", "quizzes_admin:outdated"
Reason = QuestionFlag.Reason


def doubt(question, user, reason):
    return QuestionFlag.objects.create(question_key=question.translation_key, language="en", user=user, reason=reason)


def test_doubts_are_listed_by_question_and_dealt_with(at_work, trainer, learner, administrator):
    little, much = make_question(single_choice("<p>Little?</p>")), make_question(single_choice("<p>Much?</p>"))
    translated(much, "fr")
    doubt(little, learner, Reason.HURTFUL)
    for person in (learner, trainer, administrator):
        doubt(much, person, Reason.UNCLEAR)
    doubt(much, learner, Reason.OUTDATED)
    html = at_work.get(reverse(DOUBTS)).content.decode()
    assert html.index("Much?") < html.index("Little?")
    assert "The question is unclear: 3" in html and "2 questions with open doubts" in html and "Mila" not in html
    url = reverse("quizzes_admin:deal_with_flags", args=[much.translation_key])
    assert at_work.get(url).status_code == 405
    for until in ("", "many", "-1"):
        at_work.post(url, {"until": until})
    assert not QuestionFlag.objects.filter(resolved_at__isnull=False).exists()
    seen = QuestionFlag.objects.order_by("pk").last().pk
    doubt(much, learner, Reason.LANGUAGE)  # since the page was opened
    html = at_work.post(url, {"until": seen}, follow=True).content.decode()
    assert "4 doubts are dealt with." in html and "The language or translation is wrong: 1" in html and "Little?" in html
    done = QuestionFlag.objects.filter(resolved_at__isnull=False)
    assert done.count() == 4 and {flag.resolved_by for flag in done} == {trainer}


def outdated_question(text, **fields):
    day = timezone.localdate() - timedelta(days=3)
    return make_question(single_choice(f"<p>{text}</p>"), review_by=day, jurisdiction="BE", source="Act 1", **fields)


def test_every_quiz_that_an_outdated_source_touches_is_named(at_work):
    fixed, drawn = outdated_question("Fixed?"), outdated_question("Drawn?", bank=QuestionBankFactory(name="Law"), difficulty=2)
    drawn.tags.add("papers")
    drawn.save()
    fresh = make_question(review_by=timezone.localdate())
    retired = outdated_question("Retired?", retired=True)
    make_quiz([fixed], title="Asks it")
    make_quiz([retired], title="Asks what is retired")
    make_quiz([], title="Takes the bank", draw_from=drawn.bank)
    draws = make_quiz([fresh], title="Draws by tag")
    QuizItem.objects.create(quiz=draws, draw_count=1, draw_tag="papers", draw_difficulty=2)
    other = make_quiz([fresh], title="Draws other things")
    QuizItem.objects.create(quiz=other, draw_count=1, draw_tag="papers", draw_difficulty=3)
    html = at_work.get(reverse(OUTDATED)).content.decode()
    assert "3 quizzes" in html and "Retired?" not in html and "retired" not in html and "Draws other things" not in html
    for words in ["Asks it", "Takes the bank", "Draws by tag", "Fixed?", "Drawn?", "Belgium", "Act 1"]:
        assert words in html
    lines = at_work.get(reverse(OUTDATED), {"export": "csv"}).content.decode().splitlines()
    assert len(lines) == 4 and lines[1].startswith("Asks it,English,Fixed?")
    book = load_workbook(io.BytesIO(at_work.get(reverse(OUTDATED), {"export": "xlsx"}).content))
    assert book.active.max_row == 4


def test_a_quiz_is_touched_by_the_question_in_its_own_language(at_work):
    question = outdated_question("English?")
    quiz = make_quiz([question], title="In English")
    french = translated(quiz, "fr")
    french.title = "En français"
    french.save()
    fresh = translated(question, "fr")
    fresh.review_by = timezone.localdate() + timedelta(days=300)
    fresh.save()
    html = at_work.get(reverse(OUTDATED)).content.decode()
    assert "In English" in html and "En français" not in html and "1 quiz" in html
    fresh.delete()
    html = at_work.get(reverse(OUTDATED)).content.decode()
    assert "2 quizzes" in html, "without a translation it is the English question that is asked"


def test_both_are_in_the_menu_of_those_who_may(client_for, trainer, coordinator, issuer, learner, site):
    for person, may in [(trainer, True), (coordinator, True), (issuer, False), (learner, False)]:
        client = client_for(person)
        for name in (DOUBTS, OUTDATED):
            assert (client.get(reverse(name)).status_code == 200) is may, (person, name)
        menu = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (reverse(OUTDATED) in menu) is may and (reverse(DOUBTS) in menu) is may
