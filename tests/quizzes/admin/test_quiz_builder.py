"""Building a quiz: fixed questions and draws, sections, bands, dates, and what learners see when."""

import pytest
from django.utils.translation import gettext, override
from wagtail.test.utils.form_data import rich_text

from quizzes.models import Quiz
from quizzes.rules import Moment
from tests.factories.courses import QuestionBankFactory
from tests.factories.editing import PUBLISH, admin_url, item, quiz_data
from tests.factories.kinds import example
from tests.factories.quizzes import make_question, make_quiz, single_choice

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db):
    """Two questions on one outcome, one on another."""
    bank = QuestionBankFactory(name="Signs")
    for outcome in ("See signs", "See signs", "Know whom to call"):
        make_question(single_choice("<p>Sign?</p>"), bank=bank, outcome=outcome)
    return bank


def publish(client, items, **fields):
    return client.post(admin_url(Quiz, "add"), quiz_data(items, **fields) | PUBLISH, follow=True)


def test_what_is_chosen_is_called_so_in_the_readers_language(at_work):
    """Whatever language the form was first made in."""
    for language in ("en", "fr", "bg", "en"):
        html = at_work.get(admin_url(Quiz, "add"), headers={"accept-language": language}).content.decode()
        with override(language):
            assert gettext("Choose a question bank") in html and gettext("Choose a question") in html


def test_a_trainer_builds_a_quiz_of_a_fixed_question_and_a_draw(at_work, bank):
    fixed = make_question()
    response = publish(
        at_work,
        [item(fixed, points="2"), item(draw_count="2", draw_bank=bank.pk)],
        sections=[{"title": "Warm-up", "starts_at": "1"}, {"title": "Signs", "starts_at": "2", "shuffle": "on"}],
        bands=[{"from_percent": "0", "text": rich_text("<p>Read again.</p>")}],
        review_during=["verdict"],
        review_closed=[],
        answers_shown=["later"],
    )
    assert response.redirect_chain, response.context["form"].errors
    quiz = Quiz.objects.get()
    assert quiz.live and [(one.question_id, one.draw_count, one.points) for one in quiz.items.all()] == [
        (fixed.pk, 0, 2),
        (None, 2, 1),
    ]
    assert [section.title for section in quiz.sections.all()] == ["Warm-up", "Signs"] and quiz.bands.count() == 1
    rules = quiz.rules()
    assert rules.review[Moment.DURING] == ["verdict"] and rules.review[Moment.CLOSED] == []
    assert [moment for moment in Moment if rules.shows_answers(moment)] == [Moment.DURING, Moment.LATER]
    assert "Draws 2 questions" in preview(at_work, quiz) and "Signs" in preview(at_work, quiz)


def preview(client, quiz):
    return client.get(admin_url(Quiz, "revisions_view", quiz.pk, quiz.latest_revision.pk)).content.decode()


def test_the_builder_asks_for_a_question_or_a_draw(at_work, bank):
    both, neither = item(make_question(), draw_count="1", draw_bank=bank.pk), item()
    everything = item(draw_count="1")
    for wrong, message in [(both, "not both"), (neither, "say below how many"), (everything, "Say where to draw from")]:
        html = publish(at_work, [wrong]).content.decode()
        assert message in html and "Constraint" not in html
    assert not Quiz.objects.exists()


def test_a_draw_needs_enough_questions_before_it_is_published(at_work, bank):
    data = [item(draw_count="6", draw_bank=bank.pk, draw_outcome="See signs")]
    assert "Needs 6, has 2. Write a question or ask fewer." in publish(at_work, data).content.decode()
    assert at_work.post(admin_url(Quiz, "add"), quiz_data(data)).status_code == 302


def test_a_thin_bank_is_a_warning_not_a_mistake(at_work, bank):
    html = publish(at_work, [item(draw_count="2", draw_bank=bank.pk)]).content.decode()
    assert "has one question only for: Know whom to call" in html and Quiz.objects.get().live
    html = publish(at_work, [item(draw_count="3", draw_bank=bank.pk)], title="All").content.decode()
    assert "always asks the same 3 questions" in html
    for n in range(2):
        make_question(bank=bank, outcome="Know whom to call", source=str(n))
    assert "one question only" not in publish(at_work, [item(draw_count="2", draw_bank=bank.pk)]).content.decode()


def test_a_whole_bank_that_is_thin_is_a_warning_too(at_work, bank):
    html = publish(at_work, [], draw_from=bank.pk, questions_per_attempt="2").content.decode()
    assert "The draw from “Signs” has one question only for: Know whom to call" in html
    make_question(bank=bank, outcome="Know the papers")
    html = publish(at_work, [], draw_from=bank.pk, questions_per_attempt="2", title="Fewer than outcomes").content.decode()
    assert "one question only" not in html, "with three outcomes and two questions none of them comes each time"
    html = publish(at_work, [], draw_from=bank.pk, questions_per_attempt="3", title="As many").content.decode()
    assert "one question only for: Know the papers; Know whom to call" in html


def test_the_number_of_questions_is_said_once(at_work, bank):
    response = publish(at_work, [item(draw_count="1", draw_bank=bank.pk)], questions_per_attempt="1")
    assert "The draws say already how many" in str(response.context["form"].errors["questions_per_attempt"])


@pytest.mark.parametrize(
    ("field", "settings", "message"),
    [
        ("closes_at", {"opens_at": "2026-05-02 10:00", "closes_at": "2026-05-01 10:00"}, "close before it opens"),
        ("due_at", {"due_at": "2026-05-02 10:00", "closes_at": "2026-05-01 10:00"}, "after the quiz has closed"),
        ("due_at", {"opens_at": "2026-05-02 10:00", "due_at": "2026-05-02 10:00"}, "before the quiz opens"),
        ("when_time_ends", {"when_time_ends": "grace"}, "needs a time limit"),
        ("grace", {"when_time_ends": "grace", "time_limit": "10", "grace": "0"}, "how many minutes"),
        ("certainty", {"certainty": "on", "behaviour": "interactive"}, "does not go with several tries"),
        ("wrong_costs", {"certainty": "on", "wrong_costs": "20"}, "decides already"),
        ("wrong_costs", {"wrong_costs": "101"}, "less than or equal to 100"),
        ("questions_per_attempt", {"questions_per_attempt": "5"}, "Needs 5 questions, has 1"),
        ("review_later", {"review_later": ["everything"]}, "Select a valid choice"),
    ],
)
def test_settings_that_do_not_go_together_are_explained(at_work, field, settings, message):
    response = publish(at_work, [make_question()], **settings)
    assert message in str(response.context["form"].errors[field]) and not Quiz.objects.exists()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"navigation": "in_order", "behaviour": "immediate"}, "all questions open one after the other"),
        ({"behaviour": "deferred"}, "no question is finished before all are handed in"),
        ({"behaviour": "adaptive", "shuffle_questions": "on"}, "The question before is another one each time"),
        ({"behaviour": "adaptive", "shuffle_sections": "on"}, "The question before is another one each time"),
    ],
)
def test_a_question_can_wait_only_for_one_that_can_be_finished(at_work, settings, message):
    items = [item(make_question()), item(make_question(), after_previous="on")]
    assert message in publish(at_work, items, **settings).content.decode() and not Quiz.objects.exists()
    publish(at_work, items, behaviour="immediate")
    assert [one.after_previous for one in Quiz.objects.get().items.all()] == [False, True]


def test_what_has_no_points_does_not_count_as_something_to_draw(at_work):
    response = publish(at_work, [make_question(), make_question(example("information"))], questions_per_attempt="2")
    assert "Needs 2 questions, has 1" in str(response.context["form"].errors["questions_per_attempt"])


def test_sections_and_bands_that_make_no_sense_are_explained(at_work):
    question = make_question()
    html = publish(at_work, [question], sections=[{"title": "Late", "starts_at": "3"}]).content.decode()
    assert "There is only 1 item." in html
    twice = [{"title": "One", "starts_at": "1"}, {"title": "Two", "starts_at": "1"}]
    assert "Another section begins here already." in publish(at_work, [question], sections=twice).content.decode()
    assert "This question is an item already." in publish(at_work, [question, question]).content.decode()
    bands = [{"from_percent": "50", "text": rich_text("<p>A</p>")}, {"from_percent": "50", "text": rich_text("<p>B</p>")}]
    assert "Another text begins here already." in publish(at_work, [question], bands=bands).content.decode()
    assert not Quiz.objects.exists()


def test_the_form_names_every_box_of_what_is_shown_when(at_work):
    quiz = make_quiz([make_question()], review_later=["points"])
    html = at_work.get(admin_url(Quiz, "edit", quiz.pk)).content.decode()
    assert html.count('type="checkbox" name="review_') == 24
    assert html.count('type="checkbox" name="answers_shown"') == 3
    assert 'value="later" id="id_answers_shown_1" aria-labelledby="shown-answers moment-later" checked' in html
    assert 'value="points" id="id_review_later_1" aria-labelledby="shown-points moment-later" checked' in html
    for heading in ["What it asks", "Order", "Feedback and behaviour", "Time and dates", "What counts", "For visitors"]:
        assert heading in html
