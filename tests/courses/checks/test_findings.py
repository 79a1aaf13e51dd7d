"""What the editor is told beside a lesson: seen through its preview, as the editor sees it."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from django.core.files.images import ImageFile
from django.utils.timezone import localdate
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Locale

from courses.checks.checking import findings_in
from courses.checks.loading import load_terminology
from courses.checks.models import UnwantedWord
from courses.models import LessonPage
from tests.factories.courses import block
from tests.factories.pictures import make_picture
from tests.factories.practice import example, put_into

LONG = "One " + "two three four five six seven eight nine ten " * 3 + "end."
INVENTED = "Mirela, 15, works at night in a bakery. Her card is kept by the owner. Ask who holds her papers."
ADD = "/admin/snippets/courses/unwantedword/add/"


def told(lesson: LessonPage, *blocks: dict) -> list[str]:
    put_into(lesson, *blocks)
    return [finding.advice for finding in findings_in(lesson)]


def text(html: str) -> dict:
    return block("text", f"<p>{html}</p>")


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    return lessons[0]


def test_a_good_lesson_gives_nothing_to_look_at(lesson: LessonPage, db: None) -> None:
    load_terminology(Path("content/site"))
    assert told(lesson, text(INVENTED), example("card_sort")) == []


def test_the_preview_carries_findings_and_the_page_of_learners_does_not(client_for, trainer, lesson) -> None:
    put_into(lesson, text(LONG))
    client = client_for(trainer)
    preview = client.get(f"/admin/pages/{lesson.pk}/view_draft/").content.decode()
    assert 'id="lesson-findings"' in preview and "1 thing to look at." in preview
    assert str(lesson.body[0].id) in preview.split('id="lesson-findings"')[1]
    assert "lesson-findings" not in client.get(lesson.url).content.decode()


# --- Words -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("A child prostitute was seen.", "child exploited in prostitution"),
        ("CHILD  Pornography on the phone.", "child sexual abuse material"),
        ("An illegal migrant came.", "person without papers"),
        ("They rescued her.", "bring to safety"),
    ],
)
def test_words_that_blame_come_with_what_to_say_instead(lesson: LessonPage, said: str, instead: str) -> None:
    load_terminology(Path("content/site"))
    [advice] = told(lesson, text(said))
    assert f"say “{instead}” instead" in advice


def test_a_word_is_not_found_inside_another(lesson: LessonPage) -> None:
    UnwantedWord.objects.create(language="en", avoid="ill", use="unwell")
    assert told(lesson, text("She will fill the form.")) == []
    assert len(told(lesson, text("She is ill."))) == 1


def test_each_language_has_its_own_list(lesson: LessonPage) -> None:
    UnwantedWord.objects.create(language="fr", avoid="papers", use="documents")
    assert told(lesson, text(INVENTED)) == []
    lesson.locale = Locale.objects.get(language_code="fr")
    assert [finding.advice for finding in findings_in(lesson)] == ["“papers”: say “documents” instead."]


def test_words_are_found_in_the_fields_of_activities(lesson: LessonPage) -> None:
    load_terminology(Path("content/site"))
    sorting = example("card_sort")
    sorting["value"]["explanation"] = "<p>The illegal child was found.</p>"
    assert any("child without papers" in advice for advice in told(lesson, sorting))


def test_the_list_is_loaded_once_and_then_belongs_to_coordinators(client_for, coordinator, trainer, db: None) -> None:
    assert load_terminology(Path("content/site"))
    UnwantedWord.objects.filter(avoid="client*").delete()
    assert load_terminology(Path("content/site")) == []
    assert not UnwantedWord.objects.filter(avoid="client*").exists()
    new = {"language": "en", "avoid": "urchin", "use": "child", "why": ""}
    assert (
        client_for(trainer).post(ADD, new).status_code in {302, 403} and not UnwantedWord.objects.filter(avoid="urchin").exists()
    )
    assert client_for(coordinator).post(ADD, new).status_code == 302
    again = client_for(coordinator).post(ADD, {**new, "avoid": "Urchin"})
    assert again.status_code == 200 and "This word is in the list already." in again.content.decode()
    assert UnwantedWord.objects.filter(avoid__iexact="urchin").count() == 1


# --- Lengths ---------------------------------------------------------------------------------------------------------
def test_long_sentences_paragraphs_and_lessons(lesson: LessonPage) -> None:
    assert told(lesson, text("word " * 25 + ".")) == []
    [sentence] = told(lesson, text("word " * 26 + "."))
    assert "a sentence of 26 words" in sentence
    assert told(lesson, text("Five words are in here. " * 18)) == []
    [paragraph] = told(lesson, text("Five words are in here. " * 19))
    assert "A paragraph of 95 words" in paragraph
    assert told(lesson, *[text("Five words are in here. " * 16)] * 15) == []
    [whole] = told(lesson, *[text("Five words are in here. " * 16)] * 16)
    assert "about 1280 words" in whole


def test_entries_of_a_list_are_no_single_sentence(lesson: LessonPage) -> None:
    entries = "".join("<li>five words without a stop</li>" for _ in range(8))
    assert told(lesson, block("text", f"<ul>{entries}</ul>")) == []


# --- Pictures --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("alt", "decorative", "people", "said"),
    [
        ("", False, "nobody", "has no description"),
        ("IMG_2041.jpg", False, "nobody", "is a file name"),
        ("Two cups on a table", False, "", "whether a person can be seen"),
        ("Two cups on a table", False, "nobody", None),
        ("", True, "agreed", None),
    ],
)
def test_pictures(lesson: LessonPage, alt: str, decorative: bool, people: str, said: str | None) -> None:
    image = {"image": make_picture().pk, "alt_text": alt, "decorative": decorative}
    advice = told(lesson, block("image", {"image": image, "caption": "", "people": people}))
    assert len(advice) == (1 if said else 0)
    assert not said or said in advice[0]


# --- Real cases ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "detail",
    [
        "14 March 2009",
        "14.03.2009",
        "+32 470 12 34 56",
        "case no. 1234/21",
        "12 Mill Street",
        "rue des Moulins 12",
        "Mühlenstraße 7",
    ],
)
def test_details_of_real_cases(lesson: LessonPage, detail: str) -> None:
    advice = told(lesson, text(f"She was born, lived or was heard: {detail}."))
    assert advice and detail in advice[0]


@pytest.mark.parametrize(
    "fine",
    [
        "Call 116 111 at any hour.",
        "Since 2005 there is a Convention.",
        "Article 10(4) of the Convention",
        "Directive 2011/36/EU",
        "3 of 10",
    ],
)
def test_what_names_no_person_is_left_alone(lesson: LessonPage, fine: str) -> None:
    assert told(lesson, text(fine)) == []


# --- Links and upkeep ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["here", "Click here", "Ici", "тук", "https://example.org/a", "Read more …"])
def test_links_that_say_nothing(lesson: LessonPage, words: str) -> None:
    [advice] = told(lesson, text(f'Look <a href="https://example.org/a">{words}</a>.'))
    assert words in advice


def test_links_that_name_their_page(lesson: LessonPage) -> None:
    assert told(lesson, text('Read <a href="https://example.org/a">the Convention</a>.')) == []


def test_law_past_its_day_of_review(lesson: LessonPage) -> None:
    law = example("law")
    law["value"]["review_by"] = (localdate() - timedelta(days=1)).isoformat()
    [advice] = told(lesson, law)
    assert "past its day of review" in advice
    law["value"]["review_by"] = localdate().isoformat()
    assert told(lesson, law) == []


def without_reasons(value):
    """The raw value of a block with no word in any field that explains."""
    if isinstance(value, dict):
        empty = {
            name: [] if isinstance(part, list) else ""
            for name, part in value.items()
            if name.startswith(("feedback", "explanation"))
        }
        return {**{name: without_reasons(part) for name, part in value.items()}, **empty}
    return [without_reasons(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ["card_sort", "ordering", "matching", "gaps", "annotate", "question"])
def test_activities_that_explain_nothing(lesson: LessonPage, name: str) -> None:
    activity = example(name)
    assert told(lesson, activity) == []
    activity["value"] = without_reasons(activity["value"])
    assert any("explains no answer" in advice for advice in told(lesson, activity))


def test_findings_ask_the_database_once(lesson: LessonPage, django_assert_num_queries) -> None:
    put_into(lesson, *[text(INVENTED)] * 20)
    page = LessonPage.objects.select_related("locale").get(pk=lesson.pk)
    with django_assert_num_queries(1):
        findings_in(page)


def test_the_panel_of_checks_has_a_place_for_them(client_for, trainer, lesson) -> None:
    html = unescape(client_for(trainer).get(f"/admin/pages/{lesson.pk}/edit/").content.decode())
    assert "Words and facts" in html
    assert re.search(r'<script src="/static/js/admin/lesson_findings[^"]*" defer>', html)


def test_a_lesson_that_phones_wait_for(lesson: LessonPage) -> None:
    assert told(lesson, *[text(INVENTED)] * 20) == []
    assert any("KB" in advice for advice in told(lesson, *[text(INVENTED)] * 600))


def test_pictures_weigh_what_is_shown_of_them(lesson: LessonPage) -> None:
    plain, noisy = make_picture(1600, 1000), noise(1600, 1000)
    described = {"caption": "", "people": "none"}
    for picture, heavy in [(plain, False), (noisy, True)]:
        image = {"image": picture.pk, "alt_text": "A table by a window", "decorative": False}
        said = told(lesson, block("image", {"image": image, **described}))
        assert any("KB" in advice for advice in said) is heavy, said


def noise(width: int, height: int):
    """A picture that no format makes small."""
    file = BytesIO()
    Image.frombytes("RGB", (width, height), Random(1).randbytes(width * height * 3)).save(file, "JPEG")
    return get_image_model().objects.create(title="Noise", file=ImageFile(BytesIO(file.getvalue()), "noise.jpg"))
