"""The name of an invented child: the editor offers names of many places, and takes any other."""

from collections import Counter

import pytest
from playwright.sync_api import expect

from courses.blocks.names import ANY, BOY, ELSEWHERE, GIRL, NAMES, NameInput
from courses.models import LessonPage
from quizzes.raw_values import problems_of
from tests.browsing import EDITOR_READY, NewPage, unfold
from tests.courses.blocks.editing import block_of
from tests.factories.practice import example, put_into
from training.places import PARTNERS


def test_names_are_in_balance() -> None:
    genders = Counter(gender for _name, gender, _country in NAMES)
    countries = Counter(country for _name, _gender, country in NAMES)
    assert genders[GIRL] == genders[BOY] and genders[ANY] >= 3
    assert {*PARTNERS, ELSEWHERE} == set(countries)
    assert max(countries[country] for country in PARTNERS) - min(countries[country] for country in PARTNERS) <= 1
    assert len({name for name, _gender, _country in NAMES}) == len(NAMES)


def test_field_offers_them_in_words(db) -> None:
    html = NameInput().render("name", 'Il"ir', {"id": "case-1"})
    assert html.startswith("<input") and 'list="case-1-names"' in html and "Il&quot;ir" in html
    assert '<datalist id="case-1-names">' in html and '<option value="Blessing">girl, Another country</option>' in html
    assert html.count("<option") == len(NAMES)


@pytest.mark.parametrize("name", ["Ilir", "A name of one's own", "Ğışİ"])
def test_any_name_may_be_typed(db, name: str) -> None:
    block = block_of("case")
    assert problems_of(block, {**example("case")["value"], "name": name}) == []
    assert problems_of(block, {**example("case")["value"], "name": ""}) == [", name: This field is required."]
    assert block.child_blocks["name"].deconstruct()[0] == "wagtail.blocks.CharBlock"


@pytest.mark.browser
def test_editor_offers_names_and_keeps_what_is_typed(new_page: NewPage, administrator, lessons: list[LessonPage]) -> None:
    put_into(lessons[0], example("case"))
    page = new_page(user=administrator)
    page.goto(f"/admin/pages/{lessons[0].pk}/edit/")
    page.wait_for_function(EDITOR_READY)
    unfold(page)
    field = page.get_by_label("Name we give the child")
    expect(field).to_have_value("Ilir")
    assert field.evaluate("field => field.list.options.length") == len(NAMES)
    field.fill("Chloé")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("status").filter(has_text="saved").or_(page.locator(".messages"))).not_to_have_count(0)
    page.reload()
    page.wait_for_function(EDITOR_READY)
    unfold(page)
    expect(page.get_by_label("Name we give the child")).to_have_value("Chloé")
