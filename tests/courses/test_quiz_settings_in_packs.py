"""A pack may set up its quiz: how it runs, what a question is worth, its sections and bands; and a question may leave it."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from courses.models import LessonPage
from quizzes.models import Question, QuestionBank, Quiz, QuizItem
from quizzes.rules import all_shown
from tests.factories.quizzes import make_question, true_false

PACK = Path(__file__).parents[2] / "content" / "recognising"
pytestmark = pytest.mark.django_db


def statement(key: str, **settings) -> dict:
    return {"key": key, "kind": "true_false", "text": f"<p>{key}?</p>", "answer": True, **settings}


@pytest.fixture
def load(site, tmp_path):
    """``load(*questions, fr=None, **settings)``: import a pack of one quiz and return the quiz in English."""
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns("[2-9]-*", "bg"))
    for lesson in [*folder.glob("en/1-*/[1-8]-*.yaml"), *folder.glob("fr/1-*/*-*.yaml")]:
        lesson.unlink()

    def run(*questions, fr=None, overwrite=False, **settings):
        quiz = {"key": "quiz", "title": "Quiz", "slug": "quiz", "questions": list(questions), **settings}
        (folder / "en/1-understanding/9-quiz.yaml").write_text(yaml.safe_dump(quiz, allow_unicode=True))
        if fr:
            (folder / "fr/1-understanding/9-quiz.yaml").write_text(yaml.safe_dump({"key": "quiz", **fr}, allow_unicode=True))
        run.out = StringIO()
        call_command("import_course", str(folder), stdout=run.out, overwrite=overwrite)
        return Quiz.objects.get(locale__language_code="en")

    return run


def asked(quiz: Quiz) -> list[str]:
    return [str(item.question) for item in quiz.items.select_related("question").order_by("sort_order")]


SETTINGS = {
    "behaviour": "interactive",
    "navigation": "in_order",
    "questions_per_page": 3,
    "grading": "last",
    "certainty": True,
    "wrong_costs": 25,
    "delay": 60,
    "later_delay": 5,
}


def test_settings_that_a_pack_names_arrive_and_the_others_are_the_usual_ones(load):
    quiz = load(statement("one"), **SETTINGS, review={"during": ["feedback", "verdict"], "closed": []}, answers_shown=["closed"])
    assert {name: getattr(quiz, name) for name in SETTINGS} == SETTINGS
    assert quiz.review_during == ["verdict", "feedback"] and quiz.review_closed == []
    assert quiz.review_later == all_shown() and quiz.answers_shown == ["closed"]
    assert (quiz.penalties, quiz.redo, quiz.pass_mark) == (True, False, 80)


def test_settings_of_a_question_arrive(load):
    about = {
        "difficulty": 3,
        "penalty": 0.25,
        "keep_order": True,
        "tags": ["residence", "age"],
        "jurisdiction": "EU",
        "checked_by": "Partner in Belgium",
        "checked_on": "2026-11-02",
        "review_by": "2027-05-31",
    }
    quiz = load(statement("one", **about, points=2.5), statement("two", after_previous=True))
    one, two = (item.question for item in quiz.items.order_by("sort_order"))
    assert (one.difficulty, float(one.penalty), one.jurisdiction, one.checked_by) == (3, 0.25, "EU", "Partner in Belgium")
    assert one.keep_order and not two.keep_order
    assert [item.after_previous for item in quiz.items.order_by("sort_order")] == [False, True]
    assert (str(one.checked_on), str(one.review_by)) == ("2026-11-02", "2027-05-31")
    assert sorted(one.tags.names()) == ["age", "residence"]
    assert [item.points for item in quiz.items.order_by("sort_order")] == [2.5, 1]
    assert (two.difficulty, two.jurisdiction, list(two.tags.names())) == (None, "", [])


def test_sections_and_bands_have_words_in_every_language(load):
    parts = {
        "sections": [{"id": "law", "title": "The law", "starts_with": "two", "shuffle": True}],
        "bands": [
            {"id": "most", "from": 80, "text": "<p>You know <b>most</b> of it.</p>"},
            {"id": "some", "from": 0, "text": "<p>Go on.</p>"},
        ],
    }
    french = {
        "title": "Questionnaire",
        "sections": [{"id": "law", "title": "Le droit"}],
        "bands": [{"id": "some", "text": "<p>Continuez.</p>"}],
    }
    quiz = load(statement("one"), statement("two"), fr=french, **parts)
    other = Quiz.objects.get(locale__language_code="fr")
    section, translated = quiz.sections.get(), other.sections.get()
    assert (section.title, section.starts_at, section.shuffle) == ("The law", 2, True)
    assert (translated.title, translated.starts_at) == ("Le droit", 2)
    assert translated.translation_key == section.translation_key and translated.locale_id == other.locale_id
    assert [band.from_percent for band in quiz.bands.order_by("sort_order")] == [80, 0]
    assert other.bands.get(from_percent=0).html == "<p>Continuez.</p>"
    load(statement("one"), statement("two"), fr=french, **parts)
    assert " 0 created, 0 updated" in load.out.getvalue()
    assert not load(statement("one"), statement("two")).sections.exists()


def test_the_editor_opens_the_quiz_with_all_its_questions(load):
    quiz = load(statement("one"), statement("two"), bands=[{"id": "all", "from": 0, "text": "<p>Done.</p>"}])
    opened = quiz.get_latest_revision_as_object()
    assert [item.question_id for item in opened.items.all()] == list(quiz.items.values_list("question_id", flat=True))
    assert opened.items.count() == 2 and opened.bands.count() == 1


def test_a_question_that_left_the_file_is_asked_no_more_but_stays_in_the_bank(load):
    quiz = load(statement("one"), statement("two"), statement("three"))
    own = make_question(true_false("<p>Added here?</p>"), bank=QuestionBank.objects.get())
    QuizItem.objects.create(quiz=quiz, question=own, sort_order=9)
    quiz = load(statement("three"), statement("four"), statement("one"))
    assert asked(quiz) == ["three?", "four?", "one?", "Added here?"]
    assert "two?" in {str(question) for question in Question.objects.all()}


def test_a_quiz_that_was_edited_here_keeps_its_questions(load):
    quiz = load(statement("one"), statement("two"))
    quiz.title = "Our quiz"
    quiz.items.remove(quiz.items.order_by("sort_order").first())
    quiz.save_revision().publish()
    assert asked(load(statement("one"), statement("two"), statement("three"))) == ["two?"]
    quiz = load(statement("one"), statement("two"), statement("three"), overwrite=True)
    assert asked(quiz) == ["one?", "two?", "three?"] and quiz.title == "Quiz"


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"behaviour": "telepathy"}, "quiz, behaviour: Value 'telepathy' is not a valid choice."),
        ({"pass_mark": 101}, "quiz, pass_mark"),
        ({"questions_per_page": "many"}, "quiz, questions_per_page"),
        ({"certainty": "perhaps"}, "quiz, certainty"),
        ({"review": {"tomorrow": []}}, "quiz, review: names only during"),
        ({"review": {"later": ["answers"]}}, "quiz, review: answers: may be verdict"),
        ({"answers_shown": ["during"]}, "quiz, answers_shown: names only just_after"),
        ({"review": {"later": "points"}}, "quiz, review, later: must be a list"),
        ({"sections": [{"id": "a", "title": "A", "starts_with": "two"}]}, "quiz, section a, starts_with: two is no question"),
        ({"sections": [{"id": "a", "starts_with": "one"}]}, "quiz, section a, title"),
        ({"sections": ["just words"]}, "quiz, sections: each needs an id"),
        ({"bands": [{"id": "a", "from": 200, "text": "<p>Hm.</p>"}]}, "quiz, band a, from_percent"),
        ({"bands": [{"id": i, "from": 0, "text": "<p>Hm.</p>"} for i in "ab"]}, "quiz, bands: two begin at the same place"),
        ({"questions": [statement("one", points=-1)]}, "question one, points"),
        ({"questions": [statement("one", difficulty=7)]}, "question one, difficulty"),
        ({"questions": [statement("one", jurisdiction="XX")]}, "question one, jurisdiction"),
        ({"questions": [statement("one", checked_on="soon")]}, "question one, checked_on"),
        ({"questions": [statement("one", tags="age")]}, "question one, tags: must be a list"),
    ],
)
def test_settings_that_are_wrong_are_named_and_nothing_is_loaded(load, settings, complaint):
    with pytest.raises(CommandError, match="Nothing was loaded") as refusal:
        load(statement("one"), **settings)
    assert complaint in str(refusal.value)
    assert not Quiz.objects.exists() and not Question.objects.exists()


WHY = "You will need these signs in the next module."


def said(language: str = "en") -> list[str]:
    """Why the quiz of the module is to be taken now, as its lesson says it."""
    lesson = LessonPage.objects.get(title__in=["Quiz", "Le quiz"], locale__language_code=language)
    return [child.value["why"] for child in lesson.body if child.block_type == "quiz"]


def test_quiz_of_a_module_says_why_to_take_it_now(load, client):
    load(statement("one"), why=WHY, fr={"title": "Le quiz", "slug": "quiz", "why": "Vous en aurez besoin.", "questions": []})
    assert said() == [WHY] and said("fr") == ["Vous en aurez besoin."]
    assert f"<p>{WHY}</p>" in client.get(LessonPage.objects.get(title="Quiz").url).content.decode()
    load(statement("one"))
    assert said() == [""]


def test_quiz_without_a_reason_is_as_it_was(load):
    load(statement("one"))
    load(statement("one"), why="")
    assert " 0 created, 0 updated" in load.out.getvalue() and said() == [""]


def test_reason_that_is_too_long_is_refused(load):
    with pytest.raises(CommandError) as refused:
        load(statement("one"), why="x" * 201)
    assert "why: Ensure this value has at most 200 characters" in str(refused.value)
    assert not LessonPage.objects.filter(title="Quiz").exists()
