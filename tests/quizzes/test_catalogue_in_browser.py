"""A real browser: from the list of quizzes to a result and on to progress; by keyboard, on a phone, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from quizzes.models import Attempt
from tests.factories.courses import QuestionBankFactory
from tests.factories.quizzes import begin, make_question, make_quiz, take_quiz, translated

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
URL = "/en/quizzes/"
LONG = "Use articles 10, 13 and 14 of the Council of Europe Convention for a child who was exploited"


@pytest.fixture
def shelf(site, learner, lessons, client_for):
    """Quizzes in every state, on three topics."""
    signs = [make_question(outcome="Recognise the signs", review_key=lesson.translation_key) for lesson in lessons]
    law = make_question(outcome=LONG, review_key=lessons[1].translation_key)
    take_quiz(learner, make_quiz(signs, title="Recognising signs"), right=3)
    take_quiz(learner, make_quiz([law, *signs], title="Law and signs together, with a title that is rather long"))
    take_quiz(learner, make_quiz([law], title="Exam", review_just_after=["verdict"]))
    begin(client_for(learner), make_quiz([law], title="Begun"))
    make_quiz([law], title="Closed class", access_code="Bluebell")
    old = make_question(outcome="", bank=QuestionBankFactory(name="Old category"))
    take_quiz(learner, make_quiz([old], title="Brought over"), right=0)
    french = translated(make_quiz([law], title="Draft"), "fr", title="Le droit de l’enfant")
    french.get_translations().update(live=False)
    return make_quiz([law], title="Practice", open_to_all=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_topic_to_a_result_and_on_to_progress_on_a_phone(new_page, learner, shelf, javascript):
    page = new_page(width=320, user=learner, javascript=javascript)
    page.goto(URL)
    page.get_by_role("combobox", name="Topic").select_option(LONG)
    page.get_by_role("button", name="Show quizzes").click()
    expect(page).to_have_url(re.compile(r"\?q=&topic=Use"))
    page.get_by_role("link", name="Practice", exact=True).click()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("The guardian").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("link", name="My progress by topic").click()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=LONG))
    expect(row).to_contain_text("2 of 2 points (100%)")
    expect(row).to_contain_text("Solid")
    row.get_by_role("link", name="Quizzes on this topic").click()
    expect(page.get_by_role("status").first).to_contain_text(LONG)
    assert Attempt.objects.get(title="Practice").passed


def test_the_list_by_keyboard_alone(new_page, learner, shelf):
    page = new_page(user=learner)
    page.goto(f"{URL}?topic=Old+category")
    page.locator("#main").focus()
    for role in ("textbox", "combobox"):
        page.keyboard.press("Tab")
        expect(page.get_by_role(role)).to_be_focused()
    for name in ("Show quizzes", "Remove all filters", "Brought over"):
        page.keyboard.press("Tab")
        expect(page.get_by_text(name, exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Brought over")


@pytest.mark.parametrize(("width", "dark"), [(320, False), (320, True), (1280, False), (1280, True)])
def test_axe_finds_nothing_in_any_state(new_page, learner, trainer, shelf, assert_no_violations, assert_fits, width, dark):
    seen = {
        learner: [URL, f"{URL}?topic=Recognise+the+signs", f"{URL}?q=nothing", "/fr/quizzes/", f"{URL}progress/"],
        trainer: [f"{URL}progress/"],
        None: [URL],
    }
    for user, addresses in seen.items():
        page = new_page(width=width, dark=dark, user=user)
        for address in addresses:
            page.goto(address)
            assert_no_violations(page)
            assert_fits(page)
