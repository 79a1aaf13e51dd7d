"""What is told beside pages of courses and modules, questions, quizzes, reusable content and the glossary: through the editor."""

import json
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.checks.checking import findings_in
from courses.checks.models import UnwantedWord
from courses.models import CoursePage, LessonPage, ModulePage, SharedContent
from courses.reviewing.checklist import checks_of, keeps_from_approval, open_checks
from quizzes.models import Question, Quiz
from tests.factories.courses import QuestionBankFactory, block
from tests.factories.editing import PUBLISH, admin_url, item, question_data, quiz_data
from tests.factories.kinds import example as example_of
from tests.factories.pictures import make_picture
from tests.factories.practice import put_into
from tests.factories.quizzes import choice, make_question, make_quiz, single_choice

BIRTHDAY = "She was born on 14 March 2009."
ASKED = f"<p>{BIRTHDAY} Who speaks for her?</p>"
TOLD = "“14 March 2009” may come from a real case."
REVIEWED = "Nothing reads like a detail of a real case"
AND_QUIZZES = f"{REVIEWED}, not in its quizzes either"

pytestmark = pytest.mark.django_db


@pytest.fixture
def words() -> UnwantedWord:
    return UnwantedWord.objects.create(language="en", avoid="rescued", use="brought to safety")


def beside(client: Client, url: str) -> str:
    """What the preview at ``url`` carries for the panel of checks."""
    html = unescape(client.get(url).content.decode())
    return html.split('<template id="text-findings">')[1].split("</template>")[0]


def beside_page(client: Client, page: CoursePage | ModulePage | LessonPage) -> str:
    return beside(client, f"/admin/pages/{page.pk}/view_draft/")


def beside_snippet(client: Client, thing: Question | Quiz | SharedContent) -> str:
    revision = thing.save_revision()
    return beside(client, admin_url(type(thing), "revisions_view", thing.pk, revision.pk))


# --- Pages of courses and modules ------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["title", "summary", "intro", "content_note", "version_note"])
@pytest.mark.parametrize("kind", [CoursePage, ModulePage])
def test_each_field_of_a_course_and_a_module_is_read(client_for, trainer, lessons, words, kind, name: str) -> None:
    page = kind.objects.get(pk=lessons[0].get_ancestors().type(kind).get().pk)
    setattr(page, name, "She was rescued.")
    page.save_revision()
    found = beside_page(client_for(trainer), page)
    assert "“rescued”: say “brought to safety” instead." in found and f'data-place="{name}"' in found


def test_outcomes_are_read_and_each_is_a_place(client_for, trainer, course, words) -> None:
    course.outcomes = json.dumps([block("outcome", "Tell how she was rescued.")])
    course.audience = "Rescued children"
    course.save_revision()
    found = beside_page(client_for(trainer), course)
    assert found.count("brought to safety") == 2
    assert f'data-place="{course.outcomes[0].id}"' in found and 'data-place="audience"' in found


def test_introductions_are_read_for_cases_links_and_long_sentences(client_for, trainer, course) -> None:
    course.intro = f'<p>{BIRTHDAY} Read <a href="https://example.org/a">here</a>.</p><p>{"word " * 26}.</p>'
    course.save_revision()
    found = beside_page(client_for(trainer), course)
    assert TOLD in found and "The link “here”" in found and "a sentence of 26 words" in found


def test_pages_with_nothing_to_look_at_say_so_and_learners_get_none_of_it(client_for, trainer, course, client) -> None:
    course.save_revision()
    assert "Nothing to look at." in beside_page(client_for(trainer), course)
    assert "text-findings" not in client.get(course.url).content.decode()


def test_reviewers_read_of_a_module_what_looks_like_a_real_case(lessons: list[LessonPage]) -> None:
    module = lessons[0].get_parent().specific
    assert REVIEWED not in {str(check.label) for check in open_checks(module)}
    assert AND_QUIZZES not in {str(check.label) for check in checks_of(module)}, "it has none of its own"
    module.intro = f"<p>{BIRTHDAY}</p>"
    [check] = [check for check in open_checks(module) if str(check.label) == REVIEWED]
    assert not check.must and "at=intro" in check.url


# --- Questions and quizzes -------------------------------------------------------------------------------------------
PARTS = [
    {"text": ASKED},
    {"explanation": f"<p>{BIRTHDAY}</p>"},
    {"when_right": BIRTHDAY},
    {"when_partly": BIRTHDAY},
    {"when_wrong": BIRTHDAY},
    {"hints": [{"type": "item", "id": "a1", "value": BIRTHDAY}]},
    {"choices": [choice(BIRTHDAY, True), choice("Nobody")]},
    {"choices": [choice("The guardian", True, BIRTHDAY), choice("Nobody")]},
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: next(iter(part)))
def test_every_part_of_a_question_is_read(client_for, trainer, site, part: dict) -> None:
    question = make_question(single_choice(**part))
    found = beside_snippet(client_for(trainer), question)
    assert TOLD in found and f'data-place="{question.body[0].id}"' in found


def test_a_question_is_read_for_words_and_its_case_for_any_full_date(client_for, trainer, site, words) -> None:
    assert "brought to safety" in beside_snippet(client_for(trainer), make_question(single_choice("<p>She was rescued.</p>")))
    case = example_of("case_study")
    case["value"]["text"] = "<p>A car wash, on 14 March 2019.</p>"
    assert "“14 March 2019” may come from a real case." in beside_snippet(client_for(trainer), make_question(case))


def test_the_editor_of_questions_has_a_place_for_them(client_for, trainer, site) -> None:
    html = client_for(trainer).get(admin_url(Question, "edit", make_question().pk)).content.decode()
    assert "Words and facts" in html and "js/admin/text_findings" in html


def test_whoever_publishes_a_question_reads_what_looks_like_a_real_case(client_for, trainer, site) -> None:
    client, add = client_for(trainer), admin_url(Question, "add")
    data = question_data(QuestionBankFactory(), [choice("The guardian", True), choice(BIRTHDAY)])
    assert TOLD not in client.post(add, data, follow=True).content.decode()  # a draft: it stands beside the text
    assert TOLD in client.post(add, data | PUBLISH, follow=True).content.decode()
    assert Question.objects.live().count() == 1


def test_beside_a_quiz_stand_its_own_texts_and_what_its_questions_tell(client_for, trainer, site, words) -> None:
    question = make_question(single_choice(ASKED))
    quiz = make_quiz([question], intro="<p>She was rescued.</p>")
    quiz.bands.create(from_percent=0, text="<p>A rescued child.</p>")
    quiz.save()
    found = beside_snippet(client_for(trainer), Quiz.objects.get(pk=quiz.pk))
    assert found.count("brought to safety") == 2 and TOLD in found
    assert f'href="{admin_url(Question, "edit", question.pk)}"' in found


def test_drawn_questions_and_drafts_are_read_and_retired_ones_are_not(client_for, trainer, site) -> None:
    bank = QuestionBankFactory()
    drawn = make_question(single_choice(ASKED), bank=bank)
    draft = make_question(live=False)
    draft.body = json.dumps([single_choice("<p>He was born on 1 May 2010.</p>")])
    draft.save_revision()
    make_question(single_choice("<p>He was born on 2 May 2010.</p>"), bank=bank, retired=True)
    quiz = make_quiz([draft])
    quiz.items.create(draw_count=1, draw_bank=bank)
    quiz.save()
    found = beside_snippet(client_for(trainer), Quiz.objects.get(pk=quiz.pk))
    assert TOLD in found and "1 May 2010" in found and "2 May 2010" not in found and drawn.live


def test_whoever_publishes_a_quiz_reads_what_its_questions_tell_and_it_is_published(client_for, trainer, site) -> None:
    question = make_question(single_choice(ASKED))
    html = unescape(
        client_for(trainer).post(admin_url(Quiz, "add"), quiz_data([item(question)]) | PUBLISH, follow=True).content.decode()
    )
    assert Quiz.objects.get().live
    warning = html.split("It is saved. Look at this again:")[1].split("</ul>")[0]
    assert TOLD in warning and admin_url(Question, "edit", question.pk) in warning


def test_a_long_list_is_cut_in_the_message(client_for, trainer, site) -> None:
    questions = [make_question(single_choice(f"<p>Born on {day} March 2009. Who helps?</p>")) for day in range(1, 8)]
    data = quiz_data([item(question) for question in questions]) | PUBLISH
    html = client_for(trainer).post(admin_url(Quiz, "add"), data, follow=True).content.decode()
    assert html.split("Look at this again:")[1].split("</ul>")[0].count("real case") == 5 and "And 2 more" in html


def test_reviewers_of_a_lesson_read_what_its_quiz_and_its_question_tell(client_for, coordinator, lessons) -> None:
    lesson, question = lessons[0], make_question(single_choice(ASKED))
    for said, body in (
        (AND_QUIZZES, block("quiz", {"quiz": make_quiz([question]).pk, "why": ""})),
        (REVIEWED, block("question", {"heading": "Check yourself", "required": True, "own": [], "bank": question.pk})),
    ):
        put_into(lesson, body)
        found = beside_page(client_for(coordinator), lesson)
        assert TOLD in found and f'data-place="{lesson.body[0].id}"' in found
        [check] = [check for check in open_checks(lesson) if str(check.label) == said]
        assert not check.must and lesson.body[0].id in check.url


def test_people_on_pictures_of_a_quiz_hold_its_lesson_back(lessons: list[LessonPage]) -> None:
    picture = {"image": make_picture(shows_person=True).pk, "alt_text": "A woman at a desk", "decorative": False}
    put_into(lessons[0], block("quiz", {"quiz": make_quiz([make_question(single_choice(image=picture))]).pk, "why": ""}))
    label = "Every person on a picture released it, and a second person has looked"
    [check] = [check for check in open_checks(lessons[0]) if str(check.label) == label]
    assert check.must and lessons[0].body[0].id in check.url and keeps_from_approval(lessons[0])


def test_the_number_of_queries_does_not_grow_with_the_questions(site) -> None:
    few, many = (make_quiz([make_question(single_choice(ASKED)) for _n in range(number)]) for number in (2, 20))

    def queries(quiz: Quiz) -> int:
        with CaptureQueriesContext(connection) as found:
            assert len(findings_in(quiz)) == quiz.items.count()
        return len(found)

    assert queries(few) == queries(many)


# --- Reusable content and the glossary -------------------------------------------------------------------------------
def shared_form(html: str) -> dict[str, str]:
    return nested_form_data({"title": "First", "key": "first", "body": streamfield([("text", rich_text(html))])})


def test_reusable_content_is_read(client_for, coordinator, site, words) -> None:
    body = json.dumps([block("text", f"<p>She was rescued. {BIRTHDAY}</p>")])
    shared = SharedContent.objects.create(title="First", key="first", locale=Locale.get_default(), body=body)
    found = beside_snippet(client_for(coordinator), shared)
    assert "brought to safety" in found and TOLD in found
    url = admin_url(SharedContent, "edit", shared.pk)
    assert TOLD in client_for(coordinator).post(url, shared_form(f"<p>{BIRTHDAY}</p>") | PUBLISH, follow=True).content.decode()


def test_a_lesson_tells_what_its_reusable_content_tells(client_for, coordinator, lessons) -> None:
    body = json.dumps([block("text", f"<p>{BIRTHDAY}</p>")])
    shared = SharedContent.objects.create(title="First", key="first", locale=Locale.get_default(), body=body)
    put_into(lessons[0], block("shared", {"content": shared.pk}))
    found = beside_page(client_for(coordinator), lessons[0])
    assert f"In “First”: {TOLD}" in found and admin_url(SharedContent, "edit", shared.pk) in found


def test_the_glossary_is_read_in_the_language_of_each_word(client_for, trainer, site, words) -> None:
    rows = [
        {"language": "en", "word": "Safe house", "meaning": "Where rescued children live.", "legal_meaning": ""},
        {"language": "fr", "word": "rescued", "meaning": "", "legal_meaning": ""},
    ]
    data = {"source": "", "entries-TOTAL_FORMS": "2", "entries-INITIAL_FORMS": "0", "entries-MIN_NUM_FORMS": "1"}
    data |= {"entries-MAX_NUM_FORMS": "1000"}
    for number, row in enumerate(rows):
        data |= {f"entries-{number}-{name}": value for name, value in {**row, "approved_by": "", "id": ""}.items()}
    html = unescape(client_for(trainer).post("/admin/snippets/courses/glossaryterm/add/", data, follow=True).content.decode())
    assert html.count("say “brought to safety” instead") == 1
