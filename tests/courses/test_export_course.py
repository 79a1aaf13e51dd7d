"""``manage.py export_course``: a whole course goes to another site as one file, and again after a change."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from courses.blocks.readers import SETTINGS
from courses.models import CoursePage, LessonPage, ModulePage, PackItem, SharedContent
from quizzes.formats.archive import unpack
from quizzes.models import Question, QuestionBank, Quiz, QuizItem
from tests.factories.courses import QuestionBankFactory
from tests.factories.practice import example

STARTER = Path(__file__).parents[2] / "content" / "recognising"
pytestmark = pytest.mark.django_db


@pytest.fixture
def starter(site, tmp_path) -> CoursePage:
    """The first module of the starter course in three languages, with a picture, a file, a practice block and a draw added."""
    shutil.copytree(STARTER, tmp_path / "pack")
    for folder in (tmp_path / "pack").glob("*/[2-9]-*"):
        shutil.rmtree(folder)
    call_command("import_course", tmp_path / "pack", stdout=StringIO())
    lesson = LessonPage.objects.get(slug="act-and-purpose")
    image = get_image_model().objects.create(title="A bench", file=get_test_image_file())
    document = get_document_model().objects.create(title="Checklist", file=ContentFile(b"First of all", name="checklist.txt"))
    image.contextual_alt_text = "A bench under a tree"
    lesson.body.append(("image", {"image": image, "caption": "A bench", "people": "nobody"}))
    lesson.body.append(("document", {"file": document, "title": "Checklist"}))
    lesson.body.append(("card_sort", example_value("card_sort")))
    lesson.body.append(("shared", {"content": shared_content(image)}))
    lesson.not_country_specific, lesson.sensitive, lesson.minutes = True, True, 9
    lesson.trainer_notes, lesson.version_note = "<p>Begin with the chairs.</p>", "A picture is new."
    lesson.save_revision().publish()
    quiz = Quiz.objects.get(locale__language_code="en")
    bank = QuestionBankFactory(slug="more", name="More questions")
    QuizItem.objects.create(quiz=quiz, draw_count=1, draw_bank=bank, sort_order=99)
    Question.objects.create(
        bank=bank, locale=quiz.locale, body=json.dumps([example_question()]), outcome="Tell a sign", live=True, keep_order=True
    ).save_revision().publish()
    return CoursePage.objects.get(locale__language_code="en")


def shared_content(image: object) -> SharedContent:
    """What several lessons show, in two languages, with a picture in it."""
    english, french = (Locale.objects.get(language_code=code) for code in ("en", "fr"))
    body = [("text", "<p>Stay calm, and listen.</p>"), ("image", {"image": image, "caption": "A bench", "people": "nobody"})]
    content = SharedContent(title="After a disclosure", key="after-disclosure", body=body, locale=english)
    content.save()
    content.copy_for_translation(french).save()
    for each, words in ((content, "<p>Stay calm, and listen.</p>"), (content.get_translation(french), "<p>Restez calme.</p>")):
        each.body[0] = ("text", words)
        each.save_revision().publish()
    return content


def example_value(name: str) -> object:
    """A whole value, as an editor would save it: with every field."""
    block = LessonPage._meta.get_field("body").stream_block.child_blocks[name]
    return block.to_python(block.get_prep_value(block.get_preview_value()))


def example_question() -> dict:
    value = example("question")["value"]["own"][0]
    return {"type": value["type"], "id": "7e0cc1f5-56a3-4a9e-8a0e-0f6a3a7b9d10", "value": value["value"]}


def export(slug: str, out: Path) -> Path:
    call_command("export_course", slug, out, stdout=StringIO())
    return out


def files_of(pack: Path) -> dict[str, list[str]]:
    return {name: data.decode(errors="replace").splitlines() for name, data in unpack(pack.read_bytes()).files.items()}


def load(pack: Path, **options: bool) -> str:
    told = StringIO()
    call_command("import_course", pack, stdout=told, **options)
    return told.getvalue()


def empty_the_site() -> None:
    for page in CoursePage.objects.all():
        page.delete()
    for model in (SharedContent, Quiz, Question, QuestionBank, PackItem, get_image_model(), get_document_model()):
        model.objects.all().delete()


def content() -> dict[str, object]:
    """What a reader may meet, with nothing in it that is this site's own."""
    media = {image.pk: image.file_hash for image in get_image_model().objects.all()}
    media |= {-document.pk: document.file_hash for document in get_document_model().objects.all()}
    quizzes = dict(Quiz.objects.values_list("pk", "translation_key"))
    shared = dict(SharedContent.objects.values_list("pk", "key"))

    def bare(value: object, name: str = "") -> object:
        if isinstance(value, dict) and "alt_text" in value and value["image"] is None:
            return None
        if isinstance(value, dict):
            said = {key: inner for key, inner in value.items() if inner or key not in SETTINGS}  # of everyone nothing is said
            return {key: bare(inner, key) for key, inner in said.items()}
        if isinstance(value, list):
            return [bare(inner) for inner in value]
        if isinstance(value, int) and name == "content":
            return shared[value]
        if isinstance(value, int) and name in {"image", "file", "quiz"}:
            return str(quizzes[value] if name == "quiz" else media[value if name == "image" else -value])
        return value.strip() if isinstance(value, str) else value

    found: dict[str, object] = {}
    for model in (CoursePage, ModulePage, LessonPage):
        for page in model.objects.live().select_related("locale"):
            fields = [f.name for f in model._meta.local_fields if f.name not in {"page_ptr", "body"}]
            words = {name: str(page.serializable_data()[name]) for name in [*fields, "title", "slug", "search_description"]}
            body = bare(json.loads(json.dumps(page.body.get_prep_value()))) if model is LessonPage else None
            found[f"{page.translation_key} {page.locale}"] = (words, body, page.get_parent().translation_key)
    for each in SharedContent.objects.filter(live=True).select_related("locale"):
        found[f"shared {each.key} {each.locale}"] = (each.title, bare(json.loads(json.dumps(each.body.get_prep_value()))))
    for question in Question.objects.select_related("locale", "bank"):
        body = bare(json.loads(json.dumps(question.body.get_prep_value())))
        names = ("outcome", "source", "penalty", "keep_order", "review_key")
        about = (question.bank.slug, *(getattr(question, name) for name in names))
        found[f"{question.translation_key} {question.locale}"] = (body, about, sorted(question.tags.names()))
    for quiz in Quiz.objects.select_related("locale"):
        items = [
            (str(item.question and item.question.translation_key), item.points, item.draw_count, item.after_previous)
            for item in quiz.items.all()
        ]
        sections = [(section.title, section.starts_at) for section in quiz.sections.all()]
        found[f"{quiz.translation_key} {quiz.locale}"] = (quiz.title, quiz.rules(), items, sections, quiz.questions_per_attempt)
    return found


def assert_same(after: dict[str, object], before: dict[str, object]) -> None:
    assert after.keys() == before.keys()
    for name, what in before.items():
        assert after[name] == what, name


def test_an_empty_site_gets_the_same_course(starter: CoursePage, tmp_path: Path, client: Client) -> None:
    pack, before = export("recognising", tmp_path / "course.zip"), content()
    empty_the_site()
    assert not content()
    load(pack)
    assert_same(content(), before)
    lesson = LessonPage.objects.get(slug="act-and-purpose")
    assert CoursePage.objects.filter(live=True).count() == 3
    assert client.get(lesson.get_parent().get_parent().specific.get_url()).status_code == 200


@pytest.mark.parametrize("name", ["recognising", "ludo-methods"])
def test_a_whole_course_of_the_product_goes_to_an_empty_site_and_back(site, tmp_path: Path, name: str) -> None:
    call_command("import_course", STARTER.parent / name, stdout=StringIO())
    pack, before = export(name, tmp_path / "course.zip"), content()
    assert len(before) > 100
    empty_the_site()
    load(pack)
    assert_same(content(), before)
    again = export(name, tmp_path / "again.zip")
    assert files_of(again) == files_of(pack)
    assert " 0 created, 0 updated," in load(again) and content() == before


def test_the_same_course_gives_the_same_file_and_loading_it_again_changes_nothing(starter: CoursePage, tmp_path: Path) -> None:
    first, second = export("recognising", tmp_path / "1.zip"), export("recognising", tmp_path / "2.zip")
    assert first.read_bytes() == second.read_bytes()
    empty_the_site()
    load(first)
    assert " 0 created, 0 updated" in load(first)
    assert_same(files_of(export("recognising", tmp_path / "3.zip")), files_of(first))


def test_loaded_back_into_its_own_site_nothing_changes(starter: CoursePage, tmp_path: Path) -> None:
    assert " 0 created, 0 updated" in (told := load(export("recognising", tmp_path / "course.zip"), overwrite=True)), told


def test_reusable_content_of_the_same_name_is_brought_up_to_date_and_not_doubled(starter: CoursePage, tmp_path: Path) -> None:
    pack = export("recognising", tmp_path / "course.zip")
    content = SharedContent.objects.get(key="after-disclosure", locale__language_code="en")
    content.title = "Our own title"
    content.save_revision().publish()
    told = load(pack)
    assert "kept as edited here: shared/after-disclosure.yaml (en): title" in told and " 0 updated" in told
    load(pack, overwrite=True)
    content.refresh_from_db()
    assert content.title == "After a disclosure" and SharedContent.objects.count() == 2


def test_after_a_change_only_what_changed_is_written_and_named(starter: CoursePage, tmp_path: Path) -> None:
    first = export("recognising", tmp_path / "1.zip")
    lesson = LessonPage.objects.get(slug="act-and-purpose")
    lesson.title = "Act and purpose"
    lesson.save_revision().publish()
    second, changed = export("recognising", tmp_path / "2.zip"), content()
    empty_the_site()
    load(first)
    preview = load(second, dry_run=True)
    assert " 0 created, 1 updated" in preview and "act-and-purpose.yaml (en): title" in preview
    assert LessonPage.objects.get(slug="act-and-purpose").title != "Act and purpose"
    load(second)
    assert_same(content(), changed)


def test_what_a_site_edited_itself_is_kept(starter: CoursePage, tmp_path: Path) -> None:
    pack = export("recognising", tmp_path / "1.zip")
    empty_the_site()
    load(pack)
    lesson = LessonPage.objects.get(slug="act-and-purpose")
    lesson.title = "Our own words"
    lesson.save_revision().publish()
    load(pack)
    assert LessonPage.objects.get(slug="act-and-purpose").title == "Our own words"


@pytest.mark.parametrize("withdrawn", [Quiz, SharedContent])
@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_what_is_withdrawn_or_gone_keeps_no_course_from_going_to_another_site(
    starter: CoursePage, tmp_path: Path, withdrawn: type, how: str
) -> None:
    """It does not travel, and neither does the block that names it."""
    for one in withdrawn.objects.all():
        getattr(one, how)()
    pack, before = export("recognising", tmp_path / "course.zip"), LessonPage.objects.count()
    empty_the_site()
    load(pack)
    assert LessonPage.objects.live().count() == before and not withdrawn.objects.exists()
    names = {child.block_type for page in LessonPage.objects.all() for child in page.body}
    assert {Quiz: "quiz", SharedContent: "shared"}[withdrawn] not in names and "card_sort" in names


@pytest.mark.parametrize("state", [{"live": False}, {"retired": True}])
def test_a_question_that_a_lesson_asks_travels_even_if_nothing_else_may_ask_it(starter, tmp_path: Path, state: dict) -> None:
    question = Question.objects.get(bank__slug="more")
    lesson = LessonPage.objects.get(slug="act-and-purpose")
    lesson.body.append(("question", {"heading": "Check yourself", "required": False, "own": [], "bank": question}))
    lesson.save_revision().publish()
    Question.objects.filter(pk=question.pk).update(**state)
    pack = export("recognising", tmp_path / "course.zip")
    empty_the_site()
    load(pack)
    asked = next(child for child in LessonPage.objects.get(slug="act-and-purpose").body if child.block_type == "question")
    assert asked.value["bank"].translation_key == question.translation_key


def test_a_quiz_that_one_language_alone_has_comes_along(starter: CoursePage, tmp_path: Path) -> None:
    quiz = Quiz.objects.get(locale__language_code="fr")
    Quiz.objects.exclude(pk=quiz.pk).delete()
    for page in LessonPage.objects.filter(locale__language_code="en"):
        page.body = [child for child in page.body.get_prep_value() if child["type"] != "quiz"]
        page.save_revision().publish()
    pack = export("recognising", tmp_path / "course.zip")
    empty_the_site()
    load(pack)
    assert Quiz.objects.get(locale__language_code="fr").title == quiz.title


def test_only_a_published_course_is_exported(starter: CoursePage, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no published course nothing"):
        call_command("export_course", "nothing", tmp_path / "out.zip")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_course", "recognising", tmp_path / "missing" / "out.zip", stdout=StringIO())
