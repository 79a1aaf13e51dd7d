"""Pages, sections, draws and the ways through a quiz."""

from random import Random

import pytest

from quizzes.models import Attempt, QuizItem, QuizSection
from quizzes.services import start_attempt, submit_attempt
from tests.factories.courses import QuestionBankFactory
from tests.factories.kinds import example
from tests.factories.quizzes import (
    begin,
    best_answer,
    make_question,
    make_quiz,
    posted,
    question_url,
    result_url,
    single_choice,
    start_url,
    submit_url,
    translated,
    true_false,
)

pytestmark = pytest.mark.django_db


def five(**fields):
    return make_quiz([make_question(single_choice(f"<p>Question {letter}?</p>")) for letter in "ABCDE"], **fields)


def pages_of(attempt):
    return list(attempt.responses.values_list("page", flat=True))


def text_of(response):
    return response.snapshot["text"]


# --- Draws ------------------------------------------------------------------------------------------------------------
def test_what_has_no_points_is_always_there_and_takes_no_place(learner, site):
    unmarked = [make_question(example(kind)) for kind in ("information", "poll", "confidence")]
    marked = [make_question(single_choice(f"<p>{letter}?</p>")) for letter in "ABCDE"]
    quiz = make_quiz([unmarked[0], *marked, *unmarked[1:]], questions_per_attempt=2)
    for seed in range(5):
        kinds = [r.snapshot["kind"] for r in start_attempt(user=learner, quiz=quiz, chance=Random(seed)).responses.all()]
        assert kinds == ["information", "single_choice", "single_choice", "poll", "confidence"]
        Attempt.objects.all().delete()
    assert quiz.asked() == 5


# --- Pages ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("per_page", "pages"), [(1, [1, 2, 3, 4, 5]), (2, [1, 1, 2, 2, 3]), (0, [1, 1, 1, 1, 1]), (9, [1] * 5)])
def test_questions_per_page(learner, site, per_page, pages):
    assert pages_of(start_attempt(user=learner, quiz=five(questions_per_page=per_page))) == pages


def test_a_page_of_two_keeps_both_answers_and_goes_on(taker):
    attempt = begin(taker, five(questions_per_page=2))
    first, second = best_answer(attempt, 1)["choice"], best_answer(attempt, 2)["choice"]
    html = taker.get(question_url(attempt, 1)).content.decode()
    assert "Questions 1 to 2 of 5" in html and 'name="q-choice"' in html and 'name="q2-choice"' in html
    response = taker.post(question_url(attempt, 1), {"act": "continue", "q-choice": first, "q2-choice": second})
    assert response.url == question_url(attempt, 2)
    assert [r.answer["choice"] for r in attempt.responses.all()[:2]] == [first, second]


def test_what_is_missing_is_named_and_what_is_there_is_kept(taker):
    attempt = begin(taker, five(questions_per_page=2))
    second = best_answer(attempt, 2)["choice"]
    response = taker.post(question_url(attempt, 1), {"act": "continue", "q2-choice": second})
    html = response.content.decode()
    assert response.status_code == 422 and 'href="#id_q-choice_0"' in html and 'href="#id_q2-choice_0"' not in html
    assert attempt.responses.get(position=2).answer == {"choice": second}


def test_not_knowing_one_question_of_a_page_leaves_the_others_open(taker):
    attempt = begin(taker, five(questions_per_page=2))
    response = taker.post(question_url(attempt, 1), {"act": "unsure q2"})
    assert response.url.startswith(question_url(attempt, 1))
    assert attempt.responses.get(position=1).answer is None
    assert attempt.responses.get(position=2).answer == {"unsure": True}


def test_one_question_of_a_page_is_checked_alone(taker):
    attempt = begin(taker, five(questions_per_page=2, behaviour="adaptive"))
    response = taker.post(question_url(attempt, 1), {"act": "check q2", "q2-choice": best_answer(attempt, 2)["choice"]})
    assert response.url.endswith("#feedback-q2")
    html = taker.get(question_url(attempt, 1)).content.decode()
    assert html.count("See the law.") == 1 and 'id="feedback-q2"' in html


def test_a_page_that_does_not_exist_is_not_found(taker):
    attempt = begin(taker, five())
    assert taker.get(question_url(attempt, 6)).status_code == 404


# --- Sections ---------------------------------------------------------------------------------------------------------
def test_a_section_begins_a_page_and_names_it(taker):
    quiz = five(questions_per_page=0)
    QuizSection.objects.create(quiz=quiz, locale=quiz.locale, title="The signs", starts_at=1)
    QuizSection.objects.create(quiz=quiz, locale=quiz.locale, title="The law", starts_at=4)
    attempt = begin(taker, quiz)
    assert pages_of(attempt) == [1, 1, 1, 2, 2]
    assert "The law" in taker.get(question_url(attempt, 2)).content.decode()


def test_sections_and_the_questions_inside_them_may_be_shuffled(learner, trainer, site):
    quiz = five(shuffle_sections=True)
    QuizSection.objects.create(quiz=quiz, locale=quiz.locale, title="One", starts_at=1, shuffle=True)
    QuizSection.objects.create(quiz=quiz, locale=quiz.locale, title="Two", starts_at=4)
    orders = set()
    for seed in range(12):
        attempt = start_attempt(user=learner, quiz=quiz, chance=Random(seed))
        found = [(r.section, text_of(r)) for r in attempt.responses.all()]
        assert [text for section, text in found if section == "Two"] == ["<p>Question D?</p>", "<p>Question E?</p>"]
        orders.add(tuple(found))
        attempt.delete()
    assert len({order[0][0] for order in orders}) == 2 and len(orders) > 3


# --- Draws ------------------------------------------------------------------------------------------------------------
def drawing(bank, count, **fields):
    quiz = make_quiz([])
    rule = {f"draw_{name}": value for name, value in fields.items()}
    QuizItem.objects.create(quiz=quiz, draw_bank=bank, draw_count=count, points=2, **rule)
    return quiz


def bank_of_outcomes():
    bank = QuestionBankFactory()
    for outcome in ("Signs", "Law", "Consent"):
        for _ in range(3):
            make_question(bank=bank, outcome=outcome)
    return bank


def test_a_draw_covers_every_outcome_and_gives_its_points(learner, site):
    quiz = drawing(bank_of_outcomes(), 3)
    for seed in range(5):
        attempt = start_attempt(user=learner, quiz=quiz, chance=Random(seed))
        assert {r.snapshot["outcome"] for r in attempt.responses.all()} == {"Signs", "Law", "Consent"}
        assert {r.max_points for r in attempt.responses.all()} == {2}
        attempt.delete()


@pytest.mark.parametrize(
    "rule", [{"outcome": "Law"}, {"tag": "court"}, {"difficulty": 3}, {"outcome": "Law", "tag": "Court", "difficulty": 3}]
)
def test_a_draw_by_outcome_tag_and_difficulty(learner, site, rule):
    bank = bank_of_outcomes()
    wanted = make_question(bank=bank, outcome="Law", difficulty=3)
    wanted.tags.add("court")
    wanted.save()
    attempt = start_attempt(user=learner, quiz=drawing(bank, 9, **rule))
    keys = {r.question_key for r in attempt.responses.all()}
    assert wanted.translation_key in keys and len(keys) == (4 if rule == {"outcome": "Law"} else 1)


@pytest.mark.parametrize("whole_bank", [True, False])
def test_the_next_try_asks_what_was_not_asked_before(learner, trainer, site, whole_bank):
    bank = bank_of_outcomes()
    quiz = make_quiz([], draw_from=bank, questions_per_attempt=3) if whole_bank else drawing(bank, 3)
    start_attempt(user=trainer, quiz=quiz)
    tries = [submit_attempt(attempt=start_attempt(user=learner, quiz=quiz)) for _ in range(3)]
    asked = [response.question_key for attempt in tries for response in attempt.responses.all()]
    assert len(asked) == len(set(asked)) == 9
    for attempt in tries:
        assert {response.snapshot["outcome"] for response in attempt.responses.all()} == {"Signs", "Law", "Consent"}


def test_a_fixed_question_is_not_drawn_a_second_time(learner, site):
    bank = QuestionBankFactory()
    questions = [make_question(bank=bank) for _ in range(3)]
    quiz = make_quiz([questions[0]])
    QuizItem.objects.create(quiz=quiz, draw_bank=bank, draw_count=3, sort_order=5)
    attempt = start_attempt(user=learner, quiz=quiz)
    keys = [r.question_key for r in attempt.responses.all()]
    assert len(keys) == len(set(keys)) == 3 and quiz.asked() == 3


def test_a_fixed_question_that_comes_later_is_not_drawn_before(learner, site):
    bank = QuestionBankFactory()
    fixed = [make_question(bank=bank) for _ in range(4)][0]
    quiz = make_quiz([])
    QuizItem.objects.create(quiz=quiz, draw_bank=bank, draw_count=3, sort_order=1)
    QuizItem.objects.create(quiz=quiz, question=fixed, sort_order=2)
    attempt = start_attempt(user=learner, quiz=quiz)
    keys = [r.question_key for r in attempt.responses.all()]
    assert len(set(keys)) == 4 and keys[3] == fixed.translation_key


def test_questions_about_the_law_of_another_country_are_not_drawn(learner, site):
    bank = QuestionBankFactory()
    mine, theirs, everywhere = (make_question(bank=bank, jurisdiction=j) for j in ("BE", "BG", "EU"))
    attempt = start_attempt(user=learner, quiz=drawing(bank, 5))
    keys = {r.question_key for r in attempt.responses.all()}
    assert learner.country == "BE" and keys == {mine.translation_key, everywhere.translation_key} and theirs.pk


def test_a_draw_asks_in_the_language_of_the_quiz_whatever_language_names_the_outcome(learner, site):
    bank = QuestionBankFactory()
    english = make_question(true_false(), bank=bank, outcome="Law")
    french = translated(english, "fr", outcome="Loi")
    quiz = translated(drawing(bank, 1, outcome="Law"), "fr")
    attempt = start_attempt(user=learner, quiz=quiz)
    assert attempt.responses.get().snapshot["language"] == "fr" and french.pk


def test_a_retired_question_is_asked_no_more(learner, site):
    bank = QuestionBankFactory()
    kept, retired = make_question(bank=bank), make_question(bank=bank, retired=True)
    attempt = start_attempt(user=learner, quiz=drawing(bank, 5))
    assert [r.question_key for r in attempt.responses.all()] == [kept.translation_key] and retired.live


# --- Ways through -----------------------------------------------------------------------------------------------------
def test_in_order_a_page_opens_when_the_one_before_is_answered_and_back_is_possible(taker):
    attempt = begin(taker, five(navigation="in_order"))
    assert taker.get(question_url(attempt, 3)).url == question_url(attempt, 1)
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    assert taker.get(question_url(attempt, 2)).status_code == 200
    assert taker.get(question_url(attempt, 3)).url == question_url(attempt, 2)
    assert taker.get(question_url(attempt, 1)).status_code == 200


def test_going_back_in_order_closes_nothing(taker):
    attempt = begin(taker, five(navigation="in_order"))
    for position in (1, 2, 1):
        taker.post(question_url(attempt, position), posted(best_answer(attempt, position)))
    assert taker.get(question_url(attempt, 3)).status_code == 200


def test_one_way_there_is_no_way_back_and_no_late_change(taker):
    attempt = begin(taker, five(navigation="one_way"))
    first = best_answer(attempt, 1)
    taker.post(question_url(attempt, 1), posted(first))
    assert taker.get(question_url(attempt, 1)).url == question_url(attempt, 2)
    taker.post(question_url(attempt, 1), {"act": "unsure"})
    assert attempt.responses.get(position=1).answer == first
    assert question_url(attempt, 1) not in taker.get(submit_url(attempt)).content.decode()


def test_one_way_may_be_left_and_resumed_to_its_end(taker):
    attempt = begin(taker, five(navigation="one_way"))
    for position in range(1, 6):
        taker.post(question_url(attempt, position), posted(best_answer(attempt, position)))
    assert attempt.__class__.objects.get(pk=attempt.pk).resume_page() is None
    assert taker.post(submit_url(attempt), follow=True).redirect_chain[-1][0].startswith(result_url(attempt))


@pytest.mark.parametrize("behaviour", ["immediate", "interactive"])
@pytest.mark.parametrize("navigation", ["in_order", "one_way"])
def test_after_the_feedback_the_next_page_opens(taker, navigation, behaviour):
    attempt = begin(taker, five(navigation=navigation, behaviour=behaviour))
    act = "continue" if behaviour == "immediate" else "check q"
    for position in range(1, 6):
        url = question_url(attempt, position)
        assert taker.post(url, posted(best_answer(attempt, position), act=act)).url == f"{url}#feedback"
        html = taker.get(url).content.decode()
        assert "See the law." in html and 'name="act" value="continue"' in html
        onward = taker.post(url, {"act": "continue"})
        assert onward.url == (question_url(attempt, position + 1) if position < 5 else submit_url(attempt))
        assert taker.get(onward.url).status_code == 200
    taker.post(submit_url(attempt))
    attempt.refresh_from_db()
    assert attempt.passed


@pytest.mark.parametrize("navigation", ["in_order", "one_way"])
def test_resuming_leads_to_the_page_that_is_open(taker, navigation):
    quiz = five(navigation=navigation, behaviour="immediate")
    attempt = begin(taker, quiz)
    taker.post(question_url(attempt, 1), posted(best_answer(attempt, 1)))
    assert taker.post(start_url(quiz)).url == question_url(attempt, 1), "its feedback is still to be left"
    taker.post(question_url(attempt, 1), {"act": "continue"})
    assert taker.post(start_url(quiz)).url == question_url(attempt, 2)
