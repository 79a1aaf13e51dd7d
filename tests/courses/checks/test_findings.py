"""What the editor is told beside a lesson: seen through its preview, as the editor sees it."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from django.core.files.images import ImageFile
from django.utils.timezone import localdate
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Locale
from wagtail.rich_text import RichText

from courses.blocks.video_stops import EXAMPLE
from courses.checks.checking import findings_in
from courses.checks.loading import load_terminology
from courses.checks.models import UnwantedWord
from courses.glossary.models import LANGUAGES
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


def enough_cards() -> dict:
    sorting = example("card_sort")
    for name in ("She sleeps at the workshop", "He has no friends of his age"):
        sorting["value"]["depends"].append({**sorting["value"]["depends"][0], "id": str(uuid4())})
        sorting["value"]["depends"][-1]["value"] = {"text": name, "feedback": "Ask how it came about."}
    return sorting


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    return lessons[0]


def test_a_good_lesson_gives_nothing_to_look_at(lesson: LessonPage, db: None) -> None:
    load_terminology(Path("content/site"))
    assert told(lesson, text(INVENTED), enough_cards()) == []


def test_the_preview_carries_findings_and_the_page_of_learners_does_not(client_for, trainer, lesson) -> None:
    put_into(lesson, text(LONG))
    client = client_for(trainer)
    preview = client.get(f"/admin/pages/{lesson.pk}/view_draft/").content.decode()
    assert 'id="text-findings"' in preview and "1 thing to look at." in preview
    assert str(lesson.body[0].id) in preview.split('id="text-findings"')[1]
    assert "text-findings" not in client.get(lesson.url).content.decode()


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


def test_every_language_of_the_glossary_has_a_list_to_begin_with(db: None) -> None:
    load_terminology(Path("content/site"))
    for language in LANGUAGES:
        words = UnwantedWord.objects.filter(language=language)
        assert words.count() >= 6, language
        assert all(word.use or word.why for word in words)


@pytest.mark.parametrize(
    ("language", "said", "instead"),
    [
        ("nl", "Op de telefoon stond kinderporno.", "materiaal van seksueel kindermisbruik"),
        ("de", "Sie sprachen von Kinderprostitution.", "Ausbeutung von Kindern in der Prostitution"),
        ("it", "Si parla di traffico di minori.", "tratta di minori"),
        ("tr", "Telefonda çocuk pornografisi vardı.", "çocukların cinsel istismarı materyali"),
        ("sq", "Në telefon kishte pornografi me fëmijë.", "material i abuzimit seksual të fëmijëve"),
    ],
)
def test_words_to_avoid_in_further_languages(lesson: LessonPage, language: str, said: str, instead: str) -> None:
    load_terminology(Path("content/site"))
    lesson.locale = Locale(language_code=language)
    lesson.body = [("text", RichText(f"<p>{said}</p>"))]
    [advice] = [finding.advice for finding in findings_in(lesson)]
    assert f"say “{instead}” instead" in advice


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


def test_a_lesson_in_french_may_have_a_tenth_more_words(lesson: LessonPage) -> None:
    lesson.locale = Locale.objects.get(language_code="fr")
    assert told(lesson, *[text("Five words are in here. " * 16)] * 16) == []
    [whole] = told(lesson, *[text("Five words are in here. " * 16)] * 17)
    assert "about 1360 words" in whole and "1320 words at most" in whole


def test_a_quoted_sentence_ends_with_its_quotation_mark(lesson: LessonPage) -> None:
    assert told(lesson, text(f"He said: “{'word ' * 12}.” {'Word ' * 12}.")) == []
    assert told(lesson, text(f"&quot;{'word ' * 20}?&quot; {'Word ' * 20}.")) == []


def test_sources_are_no_sentences_and_of_a_story_one_reads_one_way(lesson: LessonPage) -> None:
    sources = example("sources")
    sources["value"]["items"][0]["value"]["text"] = "Name " * 30
    assert told(lesson, sources) == []
    story = example("scenario")
    story["value"]["intro"] = f"<p>{'Five words are in here. ' * 17}</p>" * 20  # 1700 words, half of which count
    assert told(lesson, story) == []


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
        ("", True, "nobody", None),
        ("", True, "agreed", "Say so in the library"),
    ],
)
def test_pictures(lesson: LessonPage, alt: str, decorative: bool, people: str, said: str | None) -> None:
    image = {"image": make_picture().pk, "alt_text": alt, "decorative": decorative}
    advice = told(lesson, block("image", {"image": image, "caption": "", "people": people}))
    assert len(advice) == (1 if said else 0)
    assert not said or said in advice[0]


def test_every_picture_is_looked_at(lesson: LessonPage) -> None:
    image = {"image": make_picture().pk, "alt_text": "IMG_2041.jpg", "decorative": False}
    points = example("hotspots")
    points["value"]["image"] = image
    asking = example("question")
    asking["value"]["own"][0]["value"]["image"] = {**image, "alt_text": ""}
    assert [advice[:60] for advice in told(lesson, points, asking)] == [
        "The description of the picture is a file name. Say in one se",
        "The picture has no description. Say in one sentence what it ",
    ]


# --- Counts ----------------------------------------------------------------------------------------------------------
def test_a_third_key_message_is_one_too_many(lesson: LessonPage) -> None:
    messages = [example("key_message", text=f"Remember {n}.") for n in range(3)]
    assert told(lesson, *messages[:2]) == []
    [advice] = told(lesson, *messages)
    assert "nobody remembers a third" in advice


def test_cards_to_sort_are_six_to_twelve(lesson: LessonPage) -> None:
    [advice] = told(lesson, example("card_sort"))
    assert "“Signal or noise?” has 4 cards" in advice
    assert told(lesson, enough_cards()) == []


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ("[One]. [Two]. [Three]. [Four]. {Five}. {Six}.", []),
        ("[One]. [Two]. [Three]. {Five}. {Six}.", ["has 3 phrases to mark"]),
        ("[One]. [Two]. [Three]. [Four]. {Five}.", ["needs two harmless phrases"]),
    ],
)
def test_phrases_to_mark_are_four_to_eight_and_two_are_harmless(lesson: LessonPage, passage: str, said: list[str]) -> None:
    notes = example("annotate", passage=passage, feedback=[])
    notes["value"]["explanation"] = "<p>Why.</p>"
    advice = told(lesson, notes)
    assert len(advice) == len(said) and all(one in advice[0] for one in said)


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


DETAILS = {
    "en": ["She was born on 14 March 2009", "docket no. 1234/2021", "12 Old Mill Lane"],
    "fr": ["Elle est née le 14 août 2009", "affaire n° 1234/2021", "12, rue des Moulins", "avenue Victor Hugo 12"],
    "nl": ["Zij is geboren op 14 maart 2009", "zaaknummer: 1234/2021", "Kerkstraat 12"],
    "de": ["Sie ist am 14. Dezember 2009 geboren", "Az. 12 Js 3456/21", "Aktenzeichen: 1234/2021", "Mühlenweg 12a"],
    "it": ["È nata il 14 gennaio 2009", "fascicolo n. 1234/2021", "via Giuseppe Garibaldi 12", "piazza della Vittoria, 3"],
    "tr": ["Doğum tarihi 14 Ağustos 2009", "Esas No: 2021/1234", "Atatürk Caddesi No: 12", "Gül Sokak 7"],
    "sq": ["Ka lindur më 14 shtator 2009", "çështja nr. 1234/2021", "rruga Ismail Qemali, nr. 12"],
    "bg": ["Родена на 14 септември 2009", "дело № 1234/2021", "ул. „Христо Ботев“ № 12", "бул. Витоша 5"],
}


@pytest.mark.parametrize(("language", "said"), [(language, said) for language, all_ in DETAILS.items() for said in all_])
def test_details_of_real_cases_in_eight_languages(lesson: LessonPage, language: str, said: str) -> None:
    [advice] = told(lesson, text(f"{said}."))
    assert re.search(r"\d{1,4}", advice)


def test_a_full_date_in_a_story_needs_no_word_of_birth(lesson: LessonPage) -> None:
    case = example("case")
    case["value"]["setting"] = "A car wash, on 14 March 2019"
    [advice] = told(lesson, case)
    assert "14 March 2019" in advice


@pytest.mark.parametrize(
    "fine",
    [
        "Call 116 111 at any hour.",
        "Since 2005 there is a Convention.",
        "Article 10(4) of the Convention",
        "Directive 2011/36/EU",
        "3 of 10",
        "Directive (EU) 2024/1712 of 13 June 2024",
        "In force since 1 February 2008.",
        "It took place in September 2023.",
        "They took her from one place to another for 2 days.",
        "In this case 10-12 people were heard.",
        "Via a game in 2021, and via 3 other sites",
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


def film_with_stops() -> dict:
    return block("video_stops", {**EXAMPLE, "file": None, "captions": None, "stops": list(EXAMPLE["stops"])})


@pytest.mark.parametrize("name", ["card_sort", "ordering", "matching", "gaps", "annotate", "question", "video_stops"])
def test_activities_that_explain_nothing(lesson: LessonPage, name: str) -> None:
    activity = example(name) if name != "video_stops" else {**film_with_stops()}
    assert not any("explains no answer" in advice for advice in told(lesson, activity))
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
    assert re.search(r'<script src="/static/js/admin/text_findings[^"]*" defer>', html)


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
