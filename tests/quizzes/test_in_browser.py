"""A real browser: the quiz by keyboard, without JavaScript, on a phone, and judged by axe in every state."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.quizzes import (
    begin,
    best_answer,
    make_question,
    make_quiz,
    multiple_response,
    posted,
    question_url,
    result_url,
    single_choice,
    start_url,
    submit_url,
    take_quiz,
    true_false,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CASE = (
    "<p>Ilir is 15. An uncle he had never met brought him to a town far from home. He sorts waste from seven to seven and says"
    " that he owes money for the journey.</p><p>What do you look at first?</p>"
)


@pytest.fixture
def rich_quiz(site):
    questions = [
        make_question(single_choice(CASE), outcome="Recognise the signs of exploitation"),
        make_question(multiple_response("<p>Which of these may be signs?</p>"), outcome="Tell strong signs from weak ones"),
        make_question(true_false("<p>A border must be crossed.</p>"), outcome="Tell trafficking from smuggling"),
    ]
    return make_quiz(questions, title="Quiz: understanding child trafficking", intro="<p>Take your time.</p>")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_quiz_failed_and_passed_on_a_phone(new_page, learner, rich_quiz, javascript, assert_fits):
    page = new_page(width=360, user=learner, javascript=javascript)
    page.goto(start_url(rich_quiz))
    assert_fits(page) if javascript else None
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_role("button", name="I don't know yet").click()
    expect(page.get_by_role("heading", name="Question 2 of 3")).to_be_visible()
    page.get_by_label("Debt").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("True", exact=False).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not yet passed")
    assert_fits(page) if javascript else None

    page.get_by_role("button", name="Try again now").click()
    page.get_by_label("The guardian").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Debt").check()
    page.get_by_label("No papers").check()
    page.get_by_role("button", name="Save and leave").click()
    page.get_by_role("link", name="Resume").click()
    page.get_by_label("False", exact=False).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have passed")


def test_a_question_by_keyboard_alone(new_page, learner, rich_quiz, client_for):
    attempt = begin(client_for(learner), rich_quiz)
    page = new_page(user=learner)
    page.goto(question_url(attempt, 1))
    page.locator("#main").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#id_q-choice_0")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#id_q-choice_1")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Continue")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/2/$"))
    page.locator("#main").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#id_q-choice_0")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/3/$"))


def test_the_result_heading_has_the_focus(new_page, learner, rich_quiz, client_for):
    attempt = begin(client_for(learner), rich_quiz)
    page = new_page(user=learner)
    page.goto(submit_url(attempt))
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("#result")).to_be_focused()


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_axe_finds_nothing_in_any_state(new_page, learner, rich_quiz, client_for, assert_no_violations, assert_fits, width, dark):
    client = client_for(learner)
    take_quiz(learner, rich_quiz, right=1)
    attempt = begin(client, rich_quiz)
    each = make_quiz([make_question(single_choice(CASE))], behaviour="immediate")
    final = begin(client, each)
    client.post(question_url(final, 1), posted(best_answer(final, 1)))
    done = take_quiz(learner, make_quiz(), right=2)

    page = new_page(width=width, dark=dark, user=learner)
    for url in (
        start_url(rich_quiz),
        question_url(attempt, 1),
        question_url(attempt, 2),
        submit_url(attempt),
        question_url(final, 1),
        result_url(done),
    ):
        page.goto(url)
        assert_no_violations(page)
        assert_fits(page)
    page.goto(question_url(attempt, 1))
    page.get_by_role("button", name="Continue").click()
    assert_no_violations(page)
    assert_fits(page)


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_what_is_not_shown_yet_can_be_read_as_well(new_page, learner, site, width, dark, assert_no_violations, assert_fits):
    quiz = make_quiz(
        [make_question(single_choice(CASE)), make_question()],
        behaviour="immediate",
        questions_per_page=0,
        answers_shown=["later"],
    )
    quiz.items.filter(sort_order=1).update(after_previous=True)
    page = new_page(width=width, dark=dark, user=learner)
    page.goto(start_url(quiz))
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("This question opens when question 1 is finished.")).to_be_visible()
    assert_no_violations(page)
    assert_fits(page)
    page.get_by_label("The guardian").check()
    page.get_by_role("button", name="Check").first.click()
    expect(page.get_by_text("This question opens")).to_have_count(0)
    page.get_by_label("The guardian").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("You see the questions and your answers from one hour after handing in.")).to_be_visible()
    expect(page.get_by_role("heading", name="Question 1")).to_have_count(0)
    assert_no_violations(page)
    assert_fits(page)
