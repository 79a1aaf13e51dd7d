"""What would you do? Nothing is right or wrong; the expert speaks afterwards."""

import pytest

from courses.models import LessonPage
from tests.courses.blocks.editing import AWKWARD, answer, errors_of, offered_to_translators, page_of, told

pytestmark = pytest.mark.django_db
EXPERT = "I would say what I see"
VIEW = "It keeps the choice with him."


def test_editor_is_told_what_is_missing() -> None:
    assert told("decision") == []
    assert told("decision", options=[{"text": "Wait", "view": ""}]) == [", options: The minimum number of items is 2"]
    twice = [{"text": "Wait", "view": ""}, {"text": " Wait ", "view": "Different."}]
    assert told("decision", options=twice) == [", options: “Wait” stands here twice. Change one or take it out."]
    assert told("decision", expert="", question="") == [
        ", question: This field is required.",
        ", expert: This field is required.",
    ]


def test_nobody_reads_the_expert_before_choosing() -> None:
    page = page_of("decision")
    assert "What would you do?" in page
    assert EXPERT not in page
    assert VIEW not in page


def test_choosing_opens_the_expert_s_view_of_every_option() -> None:
    chosen = answer("decision", {"option": "entry-0"})
    assert (chosen.state, chosen.score, chosen.done) == ({"option": "entry-0"}, None, True)
    page = page_of("decision", chosen.state)
    assert EXPERT in page
    assert page.index("You chose:") < page.index(VIEW) < page.index("The other options")
    assert "somebody else decides for him once more" in page


@pytest.mark.parametrize("sent", [{}, {"option": ""}, {"option": "entry-9"}, {"option": AWKWARD}])
def test_anything_else_is_asked_again(sent: dict[str, str]) -> None:
    assert errors_of("decision", sent) == ["Choose what you would do."]


def test_option_that_is_no_more() -> None:
    for state in [{"option": "gone"}, {"option": ["a"]}, {"other": 1}]:
        page = page_of("decision", state)
        assert "Please answer it once more." in page
        assert EXPERT in page


def test_odd_letters_do_no_harm() -> None:
    options = [{"text": AWKWARD, "view": AWKWARD}, {"text": "Wait", "view": ""}]
    page = page_of("decision", {"option": "entry-0"}, options=options, question=AWKWARD, situation="<p>Ж<script>x</script></p>")
    assert "<script>" not in page
    assert "100 % %(text)s {{ 1 }}" in page


def test_translators_get_words_only(lessons: list[LessonPage]) -> None:
    offered = offered_to_translators(lessons[0], "decision")
    assert {"The phone on the table", "What would you do?", "Take the phone away until the talk is over."} <= offered
    assert len(offered) == 2 + 2 + 2 * 3  # heading, question; situation, expert; each option with its view
