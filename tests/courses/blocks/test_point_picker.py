"""The editor's picker: places are pressed on the picture, moved by the arrow keys, and saved with the number fields."""

import os

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from courses.models import LessonPage
from tests.browsing import EDITOR_READY, NewPage, unfold
from tests.courses.blocks.editing import block_of
from tests.courses.blocks.test_hotspots import POINTS
from tests.factories.pictures import make_picture
from tests.factories.practice import example, put_into

browser = pytest.mark.browser


def opened(page: Page, lesson: LessonPage) -> Locator:
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    page.wait_for_function(EDITOR_READY)
    return page.locator(".point-picker")


def unfolded(page: Page, lesson: LessonPage) -> Locator:
    picker = opened(page, lesson)
    unfold(page)
    return picker


def press(stage: Locator, x: float, y: float) -> None:
    """Press at ``x`` and ``y`` per cent of the picture, once it is there and nothing above it moves it any more."""
    picture = stage.locator("img")
    expect(picture).to_have_js_property("complete", True)
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    stage.scroll_into_view_if_needed()
    picture.element_handle().wait_for_element_state("stable")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * x / 100, "y": box["height"] * y / 100})


def lesson_with(lesson: LessonPage, name: str, **own) -> None:
    put_into(lesson, example(name, image=make_picture(), **own))


@browser
def test_points_are_pressed_and_moved_on_the_picture(new_page: NewPage, administrator, lessons, assert_no_violations) -> None:
    lesson_with(lessons[0], "hotspots", points=block_of("hotspots").child_blocks["points"].normalize(POINTS))
    page = new_page(user=administrator)
    picker = unfolded(page, lessons[0])
    stage = picker.get_by_role("group", name="Numbers on the picture")
    number = stage.get_by_role("button", name="2: Cup")
    expect(stage.get_by_role("button")).to_have_count(2)
    press(stage, 90, 90)
    expect(picker.get_by_role("status")).to_have_text("Press a number first, then its place on the picture.")
    number.click()
    press(stage, 30, 40)
    expect(picker.get_by_role("status")).to_have_text("Number 2: 30 per cent from the left, 40 per cent from the top.")
    expect(number).to_be_focused()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    expect(picker.get_by_role("status")).to_have_text("Number 2: 32 per cent from the left, 39 per cent from the top.")
    assert_no_violations(page, ".point-picker")
    if os.environ.get("LOOK"):
        page.screenshot(path=f"{os.environ['LOOK']}/picker.png", full_page=True)
    page.get_by_role("main").get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("has been updated")).to_be_visible()
    saved = LessonPage.objects.get(pk=lessons[0].pk).get_latest_revision_as_object().body[0].value["points"]
    assert [(point["x"], point["y"]) for point in saved] == [(10, 20), (32, 39)]
    page.goto("/en/")


@browser
def test_the_picker_follows_the_fields_the_list_and_the_picture(new_page: NewPage, administrator, lessons) -> None:
    lesson_with(lessons[0], "hotspots", points=block_of("hotspots").child_blocks["points"].normalize(POINTS))
    other = make_picture(title="Another room")
    page = new_page(user=administrator)
    picker = unfolded(page, lessons[0])
    numbers = picker.get_by_role("button")
    points = page.locator('[data-contentpath="points"]')
    points.get_by_label("Title").first.fill("Window")
    expect(numbers.first).to_have_accessible_name("1: Window")
    points.get_by_label("From the left edge").first.fill("100")
    expect(numbers.first).to_have_css("left", f"{picker.locator('img').bounding_box()['width']:g}px")
    points.get_by_role("button", name="Delete").first.click()
    expect(numbers).to_have_count(1)
    points.get_by_role("button", name="Add").last.click()
    press(picker, 25, 75)
    expect(numbers).to_have_count(2)
    assert points.get_by_label("From the top edge").last.input_value() == "75"
    choose_another(page, other.title)
    expect(picker.locator("img")).to_have_attribute("src", f"/admin/quizzes/picture/{other.pk}/")
    page.goto("/en/")


def choose_another(page: Page, title: str) -> None:
    chooser = page.locator('[data-contentpath="image"] .chooser').first
    chooser.get_by_role("button", name="Actions").click()
    page.get_by_role("button", name="Change image").click()
    page.get_by_role("dialog").get_by_role("link", name=title).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


@browser
def test_a_new_block_waits_for_its_picture(new_page: NewPage, administrator, lessons) -> None:
    lessons[0].body = "[]"
    lessons[0].save_revision().publish()
    page = new_page(user=administrator)
    opened(page, lessons[0])
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Picture with points", exact=True).click()
    picker = page.locator(".point-picker")
    expect(picker).to_contain_text("Choose a picture, and you can press on it")
    expect(picker.locator("img")).to_be_hidden()
    page.goto("/en/")


@browser
def test_areas_of_a_question_are_placed_and_sized(new_page: NewPage, administrator, lessons, assert_no_violations) -> None:
    lesson_with(lessons[0], "hotspot_signs")
    page = new_page(user=administrator)
    picker = unfolded(page, lessons[0])
    picker.get_by_role("button", name="1: Window").click()
    press(picker, 50, 50)  # 40 wide, 46 high
    expect(picker.get_by_role("status")).to_have_text(
        "Number 1: 30 per cent from the left, 27 per cent from the top. Its area is 40 per cent wide and 46 per cent high."
    )
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(picker.get_by_role("status")).to_have_text(
        "Number 1: 30 per cent from the left, 28 per cent from the top. Its area is 41 per cent wide and 46 per cent high."
    )
    press(picker, 99, 1)  # never over the edge
    expect(picker.get_by_role("status")).to_contain_text("59 per cent from the left, 0 per cent from the top.")
    assert_no_violations(page, ".point-picker")
    page.goto("/en/")


def test_the_picture_is_there_for_those_who_may_choose_it(client_for, trainer, learner, client: Client, site) -> None:
    address = f"/admin/quizzes/picture/{make_picture().pk}/"
    assert "/media/" in client_for(trainer).get(address).url
    assert client_for(trainer).get("/admin/quizzes/picture/999999/", follow=True).status_code == 404
    for other in (client, client_for(learner)):
        assert "/media/" not in other.get(address).headers.get("Location", "")
