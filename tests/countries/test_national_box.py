"""The box “In your country”: whose text a reader sees, in which language, and how sure it is."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags
from django.utils.timezone import localdate
from wagtail.models import Locale

from countries.models import AnnexEntry
from courses.models import LessonPage
from tests.factories.countries import EntryFactory
from tests.factories.practice import example, put_into

pytestmark = pytest.mark.django_db
BASELINE = "as soon as a professional learns of the child"
MISSING = "is still missing"


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    put_into(lessons[0], example("national"))
    return lessons[0]


def html(client: Client, lesson: LessonPage, **query: str) -> str:
    response = client.get(lesson.url, query)
    assert response.status_code == 200
    return response.content.decode().split('<div class="body">')[1]


def words(markup: str) -> str:
    return " ".join(strip_tags(markup).split())


def test_a_learner_reads_the_rule_of_their_own_country(client_for, learner, lesson):
    EntryFactory(law="Guardianship Act, art. 3", link="https://example.org/act", source="Example Office, 2026")
    EntryFactory(country="DE")
    page = html(client_for(learner), lesson)
    said = words(page)
    assert "Rule of BE about guardian" in said and "Rule of DE" not in said
    assert "In your country (Belgium): Who is the guardian" in said
    assert "Law: Guardianship Act, art. 3" in said and 'href="https://example.org/act"' in page and "Example Office, 2026" in said
    assert BASELINE not in said and MISSING not in said


def test_a_guest_reads_that_of_the_country_they_chose(client, lesson):
    EntryFactory(country="DE")
    client.cookies["country"] = "DE"
    assert "Rule of DE about guardian" in words(html(client, lesson))


def test_an_account_counts_more_than_an_old_cookie(client_for, learner, lesson):
    EntryFactory()
    EntryFactory(country="DE")
    client = client_for(learner)
    client.cookies["country"] = "DE"
    assert "Rule of BE" in words(html(client, lesson))


@pytest.mark.parametrize("country", ["", "XX", "--", "ZZ"])
def test_without_a_country_of_ours_what_holds_everywhere_stands_with_the_choice(client, lesson, country):
    EntryFactory()
    client.cookies["country"] = country
    page = html(client, lesson)
    said = words(page)
    assert BASELINE in said and "Choose a country to read its rule." in said and "Rule of BE" not in said
    assert 'class="look-at" open' in page and '<option value="BE">Belgium</option>' in page


def test_a_country_without_a_text_says_so_and_shows_what_holds_everywhere(client_for, learner, lesson):
    EntryFactory(country="DE")
    EntryFactory(slot="hearing")
    EntryFactory(state="draft", language="fr")
    said = words(html(client_for(learner), lesson))
    assert "The text for Belgium is still missing." in said and BASELINE in said
    assert "Rule of" not in said


@pytest.mark.parametrize(
    ("covers", "said"),
    [
        ("Who appoints the guardian", "Who appoints the guardian. To be"),
        ("Who appoints the guardian. ", "Who appoints the guardian. To be"),
        ("Who appoints the guardian?", "Who appoints the guardian? To be"),
        ("What the law calls “a guardian.”", "What the law calls “a guardian.” To be"),
        ("What the law calls (a guardian)", "What the law calls (a guardian). To be"),
    ],
)
def test_what_is_still_to_be_written_ends_with_one_full_stop(client, lesson, covers, said):
    put_into(lesson, example("national", covers=covers))
    assert f"What the national text will say: {said}" in words(html(client, lesson))


def test_what_the_partner_has_not_confirmed_is_marked(client_for, learner, lesson):
    entry = EntryFactory()
    assert "To be confirmed by the national partner." in words(html(client_for(learner), lesson))
    AnnexEntry.objects.filter(pk=entry.pk).update(
        state="confirmed",
        checked_on=date(2026, 3, 4),
        checked_by="Guardianship Service",
        review_by=localdate() + timedelta(days=9),
    )
    said = words(html(client_for(learner), lesson))
    assert "To be confirmed" not in said and "Checked on: 4 March 2026, Guardianship Service" in said
    assert "Out of date?" not in said


def test_a_text_past_its_review_is_marked_in_words(client_for, learner, lesson):
    EntryFactory(state="confirmed", checked_on=date(2026, 3, 4), review_by=localdate() - timedelta(days=1))
    said = words(html(client_for(learner), lesson))
    assert "Out of date?" in said and "was to be checked again by" in said


def test_an_edit_shows_at_once(client_for, learner, lesson):
    client = client_for(learner)
    assert MISSING in words(html(client, lesson))
    entry = EntryFactory()
    assert "Rule of BE" in words(html(client, lesson))
    entry.means = "<p>Quite another rule.</p>"
    entry.save()
    assert "Quite another rule." in words(html(client, lesson))
    entry.delete()
    assert MISSING in words(html(client, lesson))


# --- Language --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "read"), [(["nl", "fr", "en"], "fr"), (["nl", "en"], "en"), (["nl", "de"], "nl"), (["bg"], "bg")]
)
def test_in_the_language_of_the_lesson_else_in_another_one_that_is_marked(client_for, learner, lesson, written, read):
    for language in written:
        EntryFactory(language=language)
    course, module, own = lesson.get_parent().get_parent().specific, lesson.get_parent().specific, lesson
    for original in (course, module, own):
        french = original.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
        french.slug = f"fr-{french.slug}"
        french.save_revision().publish()
    page = html(client_for(learner), LessonPage.objects.get(pk=french.pk))
    assert f"Rule of BE about guardian in {read}." in page
    assert (f'<div class="prose" lang="{read}">' in page) == (read != "fr")


# --- Another country -------------------------------------------------------------------------------------------------
def test_another_country_can_be_looked_at_and_nothing_is_kept_of_it(client_for, learner, lesson):
    EntryFactory()
    EntryFactory(country="DE")
    client = client_for(learner)
    page = html(client, lesson, country="DE")
    said = words(page)
    assert "Rule of DE" in said and "Rule of BE" not in said and "In Germany:" in said
    assert "You are looking at another country. Yours is Belgium." in said
    assert '<option value="DE" selected>Germany</option>' in page
    learner.refresh_from_db()
    assert learner.country == "BE" and "country" not in client.cookies
    assert "Rule of BE" in words(html(client, lesson))


@pytest.mark.parametrize("asked", ["ZZ", "XX", "--", "", "<script>", "DE\0", "be", "DE" * 500])
def test_a_country_that_there_is_not_changes_nothing(client_for, learner, lesson, asked):
    EntryFactory()
    page = html(client_for(learner), lesson, country=asked)
    assert "Rule of BE" in words(page) and "<script>" not in page


def test_the_choice_leads_back_to_its_box_and_keeps_the_rest_of_the_address(client, lesson):
    page = html(client, lesson, place='3"><b>', country="DE")
    assert f'action="{lesson.url}#b-{lesson.body[0].id}"' in page
    assert '<input type="hidden" name="place" value="3&quot;&gt;&lt;b&gt;">' in page
    assert page.count('name="country"') == 1


# --- Where else lessons are seen -------------------------------------------------------------------------------------
def test_preview_as_a_learner_of_a_country_shows_its_text(client_for, trainer, lesson):
    EntryFactory(country="BG")
    EntryFactory(country="BE")
    client = client_for(trainer)
    client.cookies["country"] = "BE"

    def preview(mode: str) -> str:
        return client.get(f"/admin/pages/{lesson.pk}/view_draft/", {"mode": mode}).content.decode()

    assert "Rule of BG" in preview("learner-BG") and "look-at" not in preview("learner-BG")
    assert "The text for Albania is still missing." in preview("learner-AL")
    assert BASELINE in preview("guest") and "Rule of" not in preview("guest")


def test_a_box_that_is_half_written_says_so_in_the_preview(client_for, trainer, lesson):
    EntryFactory(country="BG")
    put_into(lesson, example("national", covers=""))
    page = client_for(trainer).get(f"/admin/pages/{lesson.pk}/view_draft/", {"mode": "learner-BG"}).content.decode()
    assert "Rule of BG" in page and "still missing" in page


def test_pages_of_several_answers_keep_the_boxes(client, lesson):
    """A wrong form answers with the whole lesson: the box is still there, and its choice leads to the lesson."""
    EntryFactory(country="DE")
    put_into(lesson, example("card_sort"), example("national"))
    client.cookies["country"] = "DE"
    response = client.post(f"/en/learn/lessons/{lesson.translation_key}/b/{lesson.body[0].id}/", {})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Rule of DE" in page and f'action="{lesson.url}#b-' in page
