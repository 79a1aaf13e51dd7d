"""The glossary: loaded once, read in any language, linked from lessons, kept by trainers and coordinators."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from courses.glossary.loading import load_glossary
from courses.glossary.models import LANGUAGES, GlossaryEntry, GlossaryTerm
from courses.glossary.rich_text import terms_linked_in
from courses.models import CoursePage, LessonPage
from learning.models import Enrolment
from tests.factories.courses import block
from tests.factories.practice import example, put_into

LINK = '<p>Ask for a <a linktype="term" id="guardian">guardian</a> today.</p>'
ADD, WORDS = "/admin/snippets/courses/glossaryterm/add/", "entries"


@pytest.fixture
def glossary(db: None) -> list[str]:
    return load_glossary(Path("content/site"))


def page(client: Client, language: str = "en") -> str:
    response = client.get(f"/{language}/glossary/")
    assert response.status_code == 200
    return response.content.decode()


def form(**words: str) -> dict[str, str]:
    """What the editor's form sends for a term with these words by language."""
    data = {"source": "", f"{WORDS}-TOTAL_FORMS": str(len(words)), f"{WORDS}-INITIAL_FORMS": "0"}
    data |= {f"{WORDS}-MIN_NUM_FORMS": "1", f"{WORDS}-MAX_NUM_FORMS": "1000"}
    for number, (language, word) in enumerate(words.items()):
        own = {"language": language.rstrip("_"), "word": word, "meaning": "", "legal_meaning": "", "approved_by": "", "id": ""}
        data |= {f"{WORDS}-{number}-{name}": value for name, value in own.items()}
    return data


def test_every_term_has_a_word_in_every_language_and_a_plain_meaning(glossary: list[str]) -> None:
    assert len(glossary) == GlossaryTerm.objects.count() > 50
    for term in GlossaryTerm.objects.prefetch_related("entries"):
        entries = {entry.language: entry for entry in term.entries.all()}
        assert set(entries) == set(LANGUAGES), term.key
        assert entries["en"].meaning, term.key
        assert bool(entries["en"].legal_meaning) == bool(term.source), term.key


def test_a_second_load_brings_back_nothing_and_changes_nothing(glossary: list[str]) -> None:
    GlossaryTerm.objects.get(key="guardian").delete()
    GlossaryEntry.objects.filter(term="child", language="fr").update(word="un enfant")
    assert load_glossary(Path("content/site")) == []
    assert not GlossaryTerm.objects.filter(key="guardian").exists()
    assert GlossaryEntry.objects.get(term="child", language="fr").word == "un enfant"


def test_the_page_speaks_the_language_of_its_reader_and_marks_what_does_not(client: Client, glossary: list[str]) -> None:
    english, bulgarian = page(client), page(client, "bg")
    assert '<dfn lang="en">guardian</dfn>' in english
    assert '<dfn lang="bg">адвокат</dfn>' in bulgarian
    assert 'id="guardian"' in english and 'id="guardian"' in bulgarian
    GlossaryEntry.objects.filter(term="lawyer", language="bg").delete()
    assert '<dfn lang="en">lawyer</dfn>' in page(client, "bg")


def test_approval_is_said_and_comes_from_the_partner(client: Client, glossary: list[str]) -> None:
    assert "Approved by" not in page(client)
    GlossaryEntry.objects.filter(term="guardian", language="en").update(approved_by="Example Partner")
    assert "Approved by: Example Partner" in page(client)


def test_the_page_costs_one_query_for_all_words(client: Client, glossary: list[str], django_assert_max_num_queries) -> None:
    page(client)
    with django_assert_max_num_queries(3):
        page(client)


def test_an_empty_glossary_says_so(client: Client, db: None) -> None:
    assert "There are no words here yet." in page(client)


def test_a_lesson_links_its_words_and_lists_them(client_for, learner, course, lessons, glossary) -> None:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    put_into(lessons[0], block("text", LINK), example("law"), block("terms", {"terms": []}))
    html = client_for(learner).get(lessons[0].url).content.decode()
    assert '<a class="term-link" href="/en/glossary/#guardian">guardian</a>' in html
    listed = html.split("Words of this lesson")[1].split("</section>")[0]
    assert "The adult who speaks for a child" in listed and listed.count("<dt>") == 1


def test_a_changed_meaning_shows_in_the_lesson_at_once(client_for, learner, course, lessons, glossary) -> None:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    put_into(lessons[0], block("text", LINK), block("terms", {"terms": []}))
    client = client_for(learner)
    client.get(lessons[0].url)
    entry = GlossaryEntry.objects.get(term="guardian", language="en")
    entry.meaning = "Somebody new."
    entry.save()
    assert "Somebody new." in client.get(lessons[0].url).content.decode()


def test_a_term_that_is_gone_leaves_the_words_and_a_link_to_the_glossary(client_for, learner, course, lessons) -> None:
    Enrolment.objects.create(user=learner, course_key=course.translation_key)
    put_into(lessons[0], block("text", LINK), block("terms", {"terms": []}))
    html = client_for(learner).get(lessons[0].url).content.decode()
    assert ">guardian</a> today." in html
    assert "Words of this lesson" not in html


def test_search_finds_a_term_by_its_word_in_any_language(client: Client, site, glossary: list[str]) -> None:
    for words in ("guardian", "voogd", "НАСТОЙНИК"):
        found = client.get("/en/search/", {"q": words}).content.decode()
        assert 'href="/en/glossary/#guardian"' in found, words
    assert "/en/glossary/#" not in client.get("/en/search/", {"q": "zzzz"}).content.decode().split("<footer")[0]


def test_trainers_add_a_word_and_its_key_comes_from_it(client_for, trainer, db: None) -> None:
    client = client_for(trainer)
    assert client.post(ADD, form(en="Care order", fr="Mesure de protection")).status_code == 302
    assert client.post(ADD, form(en="Care order")).status_code == 302
    assert list(GlossaryTerm.objects.values_list("key", flat=True)) == ["care-order", "care-order-2"]
    assert GlossaryEntry.objects.get(term="care-order", language="fr").word == "Mesure de protection"


def test_two_words_of_one_language_are_refused_with_nothing_lost(client_for, trainer, db: None) -> None:
    response = client_for(trainer).post(ADD, form(en="Care order", en_="Care plan"))
    assert response.status_code == 200
    assert "Care plan" in response.content.decode()
    assert not GlossaryTerm.objects.exists()


def test_the_database_itself_keeps_one_entry_a_language(glossary: list[str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        GlossaryEntry.objects.create(term_id="guardian", language="en", word="another")


def test_learners_do_not_write_the_glossary(client_for, learner) -> None:
    assert client_for(learner).post(ADD, form(en="Care order")).status_code in {302, 403}
    assert not GlossaryTerm.objects.exists()


def test_links_to_words_go_out_and_come_back_with_a_course(
    course: CoursePage, lessons: list[LessonPage], glossary: list[str], tmp_path: Path
) -> None:
    put_into(lessons[0], block("text", LINK))
    call_command("export_course", course.slug, tmp_path / "course.zip", verbosity=0)
    body = json.dumps(lessons[0].body.get_prep_value())
    course.delete()
    call_command("import_course", tmp_path / "course.zip", verbosity=0)
    again = LessonPage.objects.get(translation_key=lessons[0].translation_key)
    assert '<a linktype=\\"term\\" id=\\"guardian\\">' in json.dumps(again.body.get_prep_value())
    assert 'linktype=\\"term\\"' in body


def test_the_courses_link_to_words_that_there_are(glossary: list[str]) -> None:
    files = [path.read_text() for path in Path("content").glob("*/*/*/*.yaml")]
    linked = terms_linked_in(files)
    assert len(linked) > 10
    assert set(linked) <= set(glossary)
