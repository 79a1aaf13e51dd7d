"""Every kind of question where it is explained at once: asked, explained and reviewed, by keyboard and without JavaScript."""

import pytest
from playwright.sync_api import expect

from quizzes.kinds import KINDS
from tests.e2e.learner import Keyboard, Learner, Pointer
from tests.factories.kinds import example
from tests.factories.pictures import make_picture
from tests.factories.quizzes import start_url
from tests.quizzes.kinds.journeys import explaining_each

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("hand", "javascript"), [(Keyboard, True), (Pointer, False)], ids=["by keyboard", "without JavaScript"])
@pytest.mark.parametrize("name", sorted(KINDS))
def test_each_kind_is_explained_at_once(new_page, learner, site, assert_fits, assert_no_violations, name, hand, javascript):
    quiz = explaining_each(example(name, **({"image": make_picture()} if name == "hotspot" else {})))
    page = new_page(width=320, user=learner, javascript=javascript)

    def look():
        assert_fits(page)
        if javascript:
            assert_no_violations(page)

    page.goto(start_url(quiz))
    reader = Learner(page, hand=hand)
    reader.press("Start")
    reader.sees("Question 1 of 1")
    look()
    if KINDS[name].by_hand:  # for which nobody knows the best answer
        hand(page).write(reader.main.get_by_role("textbox"), "She said that she must leave at six. " * 3)
        reader.press("Continue")
    else:
        reader.answer_question(reader.open_attempt(), 1)
    if KINDS[name].asks:
        expect(page.locator("#feedback")).to_be_visible()
        look()
        reader.follow("Continue")
    reader.sees("Check your answers")
    reader.press("Hand in")
    expect(page.get_by_role("heading", name="Your answers", exact=True)).to_be_visible()
    look()
