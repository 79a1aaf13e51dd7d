"""The style guide shows everything, to those who make the site."""

import re

import pytest
from django.conf import settings

from courses.blocks import LessonBlocks
from training.drawings import ICONS

# Parts of other components, or of every page: they are seen on the guide without a heading of their own.
PARTS = {"site_header", "site_footer", "site_nav", "site_tools", "wordmark", "icon", "illustration", "field_notes", "field_error"}
PARTS |= {"file_facts"}


@pytest.fixture
def guide(site, client_for, administrator) -> str:
    response = client_for(administrator).get("/styleguide/")
    assert response.status_code == 200
    return response.content.decode()


def headings(html: str) -> str:
    return " ".join(re.findall(r"<h2>(.*?)</h2>", html, re.S))


def test_a_visitor_finds_no_style_guide(site, client):
    assert client.get("/styleguide/", follow=True).status_code == 404


def test_a_learner_finds_no_style_guide(site, client_for, learner):
    assert client_for(learner).get("/styleguide/", follow=True).status_code == 404


def test_everyone_sees_it_in_development(site, client, settings):
    settings.DEVELOPMENT = True
    assert client.get("/styleguide/").status_code == 200


def test_every_component_is_shown(guide):
    names = {path.stem for path in (settings.BASE_DIR / "templates/components").glob("*.html")} - PARTS
    missing = {name for name in names if name.replace("_", "-") not in headings(guide) and name not in headings(guide)}
    assert not missing


@pytest.mark.parametrize("name", LessonBlocks().child_blocks)
def test_every_block_is_shown(guide, name):
    assert f"block {name}" in headings(guide)


def test_what_the_settings_of_a_block_show_is_shown(guide):
    part = guide.partition('id="block-settings"')[2]
    assert "A boy tells of violence at work." in part and "You can skip this part." in part
    assert "You can leave this part for later." in part
    assert "Only for: Guardian, Lawyer. Only in: Belgium, Bulgaria." in part
    assert all(f'id="{ident}"' in part for ident in re.findall(r'href="#(e-[-0-9a-f]+)"', part))


def test_blocks_are_shown_in_all_their_looks(guide):
    shown = {
        "flashcards": ["<audio", "Hear “Guardian”", "1 card comes back: not yet."],
        "scenario": ["Go on from there", "A hard ending"],
        "chart": ["chart__bar", "chart__line--1", "chart__track"],
        "law": ["Checked on:", "To be confirmed"],
        "case": ["Your own thoughts", '<details class="details case__wide" open>'],
        "video": ["<video", "Watch the film on films.example (new page)", "I have watched it", "Watched</"],
        "poll": ["Your answer is counted.", "so your answer was not counted."],
        "reflection": ["Kept for you.", "so nothing is kept.", "You were signed out in the meantime."],
    }
    for name, looks in shown.items():
        part = guide.partition(f'id="block-{name}"')[2].partition("<h2>")[2].partition('<section class="stack" id="block-')[0]
        assert not [look for look in looks if look not in part], name


def test_a_drawing_is_light_and_brings_no_style_of_its_own():
    drawings = list((settings.BASE_DIR / "templates/illustrations").glob("*.svg"))
    assert len(drawings) >= 12
    for drawing in drawings:
        text = drawing.read_text()
        assert len(text.encode()) <= 6 * 1024
        assert "style=" not in text
        assert "<style" not in text


def test_every_icon_asked_for_is_in_the_sprite():
    sprite = (settings.BASE_DIR / "static/icons/icons.svg").read_text()
    drawn = set(re.findall(r'id="i-([\w-]+)"', sprite))
    asked = set()
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        asked |= set(re.findall(r'components/icon\.html" with name="([\w-]+)"', template.read_text()))
    assert asked
    assert asked | {name for name, _title in ICONS} == drawn, "none lacks, and none is sent that nobody shows"


def test_the_editor_previews_a_block_in_the_look_of_the_site(site, client_for, administrator):
    block = LessonBlocks().child_blocks["callout"]
    response = client_for(administrator).get("/admin/block-preview/", {"id": block.definition_prefix})
    assert "css/blocks.css" in response.content.decode()
    assert "Presumed a child" in response.content.decode()
    for kind in ("Take care:", "The law:", "Act now:", "Tip:", "Attention:", "Good practice:", "In your country:"):
        assert response.content.decode().count(kind) == 1, kind
