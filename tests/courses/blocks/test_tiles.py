"""What is chosen by seeing it: drawings and icons of ours, in the editor, in lessons, on paper and in packs."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from courses.models import CoursePage, LessonPage
from printables import pdf
from printables.documents import draft_of
from tests.browsing import EDITOR_READY, NewPage, unfold
from tests.courses.blocks.editing import offered_in
from tests.courses.test_hostile_packs import lesson, load, packed
from tests.factories.courses import block, items
from tests.factories.practice import put_into
from tests.printables.reading import failures, tags_of
from training.drawings import ICONS, ILLUSTRATIONS, drawing, icon

pytestmark = pytest.mark.django_db
STEPS = {"items": items([{"title": "Call", "text": "", "icon": "phone"}, {"title": "Wait", "text": ""}])}
TOLD = "A door that stays open"


def body_of(client: Client, page: LessonPage, *parts: dict) -> str:
    put_into(page, *parts)
    return client.get(page.url).content.decode().split('<div class="body">')[1].split("</article>")[0]


def on_paper(page: LessonPage, *parts: dict) -> str:
    put_into(page, *parts)
    return draft_of("lesson", LessonPage.objects.get(pk=page.pk)).html


def test_every_drawing_and_icon_can_be_drawn_without_a_style_sheet() -> None:
    for name, _label in ILLUSTRATIONS:
        assert "art-" not in drawing(name) and 'fill="#' in drawing(name), name
    for name, _label in ICONS:
        assert "<path" in icon(name) or "<circle" in icon(name), name


def test_a_step_shows_its_icon_to_eyes_alone(client: Client, lessons) -> None:
    html = body_of(client, lessons[0], block("steps", STEPS))
    assert html.count("<svg") == 1
    assert 'aria-hidden="true"' in html.split("<svg")[1].split(">")[0] and "#i-phone" in html
    assert offered_in(LessonPage.objects.get(pk=lessons[0].pk)) == {"Call", "Wait"}


@pytest.mark.program("pdftotext")
def test_an_icon_is_on_paper_and_no_reader_of_the_file_hears_of_it(lessons) -> None:
    html = on_paper(lessons[0], block("steps", STEPS))
    assert html.count("steps__icon--phone") == 1
    with_icon = pdf.render(html).content
    without = pdf.render(html.replace("steps__icon--phone", "steps__icon--none")).content
    assert len(with_icon) > len(without)
    assert failures(with_icon) == []
    assert tags_of(with_icon) == tags_of(without)


@pytest.mark.program("pdftotext")
def test_a_drawing_that_tells_something_is_on_paper_with_its_words(lessons) -> None:
    html = on_paper(lessons[0], block("illustration", {"name": "open-door", "title": TOLD}))
    assert f'alt="{TOLD}" src="printable:drawings/open-door.svg"' in html
    content = pdf.render(html).content
    assert failures(content) == []
    assert "/Figure" in tags_of(content)
    assert "printable:drawings" not in on_paper(lessons[0], block("illustration", {"name": "open-door", "title": ""}))


def test_only_drawings_of_ours_can_be_asked_for() -> None:
    fetcher = pdf.OwnFilesOnly()
    for address in ("drawings/../../etc/passwd", "drawings/nothing.svg", "icons/x.svg", "icons/", "drawings/open-door/x.svg"):
        with pytest.raises(ValueError, match="may not load"):
            fetcher.fetch(f"printable:{address}")


def test_icons_come_with_a_pack_and_go_out_with_a_course(site, tmp_path: Path) -> None:
    steps = {"items": [{"title": "Call", "text": "", "icon": "phone"}, {"title": "Wait", "text": ""}]}
    load(tmp_path, packed(lesson({"id": "a", "type": "steps", "value": steps})))
    page = LessonPage.objects.get()
    assert [item["icon"] for item in page.body[0].value["items"]] == ["phone", ""]
    call_command("export_course", "odd", tmp_path / "course.zip", verbosity=0)
    CoursePage.objects.get().delete()
    call_command("import_course", tmp_path / "course.zip", verbosity=0)
    assert [item["icon"] for item in LessonPage.objects.get().body[0].value["items"]] == ["phone", ""]


def test_a_pack_cannot_bring_an_icon_that_is_none(site, tmp_path: Path) -> None:
    steps = {"items": [{"title": "Call", "icon": "../x"}, {"title": "Wait"}]}
    with pytest.raises(CommandError) as refused:
        load(tmp_path, packed(lesson({"id": "a", "type": "steps", "value": steps})))
    assert "items 1, icon" in str(refused.value)


# --- In the editor ----------------------------------------------------------------------------------------------------
def opened(page: Page, lesson: LessonPage) -> None:
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    page.wait_for_function(EDITOR_READY)
    unfold(page)


def look(page: Page, name: str, shown: Locator) -> None:
    if os.environ.get("LOOK"):
        shown.scroll_into_view_if_needed()
        page.screenshot(path=f"{os.environ['LOOK']}/{name}.png")


def test_the_drawing_of_a_course_is_chosen_in_the_same_way(client_for, administrator, course) -> None:
    html = client_for(administrator).get(reverse("wagtailadmin_pages:edit", args=[course.pk])).content.decode()
    tiles = html.split('role="radiogroup" aria-label="Drawing"')[1].split("</div>")[0]
    assert tiles.count('type="radio"') == len(ILLUSTRATIONS)
    assert [tile.split(">")[0].count("checked") for tile in tiles.split('value="open-door"')[1:]] == [1]
    assert "css/tiles" in html


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_a_drawing_is_chosen_by_seeing_it_with_the_keyboard(
    new_page: NewPage, administrator, lessons, assert_no_violations: Callable[..., None], width: int, dark: bool
) -> None:
    put_into(lessons[0], block("illustration", {"name": "bench", "title": ""}))
    page = new_page(width=width, dark=dark, user=administrator)
    opened(page, lessons[0])
    tiles = page.get_by_role("radiogroup", name="Drawing")
    expect(tiles.get_by_role("radio")).to_have_count(len(ILLUSTRATIONS))
    expect(tiles.get_by_role("radio", name="Bench")).to_be_checked()
    expect(tiles.locator("svg")).to_have_count(len(ILLUSTRATIONS))
    tiles.get_by_role("radio", name="Bench").focus()
    page.keyboard.press("ArrowRight")
    expect(tiles.get_by_role("radio", name="Paths that meet")).to_be_checked()
    assert_no_violations(page, ".tiles")
    look(page, f"tiles-{width}", tiles)
    page.get_by_role("main").get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("has been updated")).to_be_visible()
    assert LessonPage.objects.get(pk=lessons[0].pk).get_latest_revision_as_object().body[0].value["name"] == "paths"
    page.goto("/en/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_new_block_and_a_new_step_have_tiles_too(new_page: NewPage, administrator, lessons, assert_no_violations) -> None:
    put_into(lessons[0], block("steps", STEPS))
    page = new_page(user=administrator)
    opened(page, lessons[0])
    page.locator('[data-contentpath="items"]').get_by_role("button", name="Settings").first.click()
    icons = page.get_by_role("radiogroup", name="Icon")
    expect(icons.first.get_by_role("radio", name="Phone", exact=True)).to_be_checked()
    look(page, "icons", icons.first)
    assert_no_violations(page, ".tiles")
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Drawing", exact=True).click()
    tiles = page.get_by_role("radiogroup", name="Drawing")
    expect(tiles.get_by_role("radio", checked=True)).to_have_count(0)
    tiles.get_by_text("Suitcase").click()
    page.get_by_role("main").get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("has been updated")).to_be_visible()
    body = LessonPage.objects.get(pk=lessons[0].pk).get_latest_revision_as_object().body
    assert [child.block_type for child in body] == ["steps", "illustration"] and body[1].value["name"] == "suitcase"
    assert [item["icon"] for item in body[0].value["items"]] == ["phone", ""]
    page.goto("/en/")
