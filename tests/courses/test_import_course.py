"""``manage.py import_course``: partners' files become pages, once, or not at all."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, ModulePage
from quizzes.models import Question, Quiz
from tests.courses.test_hostile_packs import META, packed
from tests.courses.test_hostile_packs import lesson as one_lesson

PACK = Path(__file__).parents[2] / "content" / "recognising"
pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(tmp_path):
    """A copy of the starter course cut down to its first module, which a test may spoil."""
    shutil.copytree(PACK, tmp_path / "pack")
    for folder in (tmp_path / "pack").glob("*/[2-9]-*"):
        shutil.rmtree(folder)
    return tmp_path / "pack"


def run(folder, **options):
    out = StringIO()
    call_command("import_course", str(folder), stdout=out, **options)
    return out.getvalue()


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_pack_becomes_a_live_course_in_every_language(site, pack):
    run(pack)
    course = CoursePage.objects.get(locale__language_code="en")
    assert course.live and course.title == "Recognising and assisting trafficked children"
    assert ModulePage.objects.filter(locale__language_code="en").count() == 1
    assert LessonPage.objects.filter(locale__language_code="en").count() == 7
    for language in ("fr", "bg"):
        lessons = LessonPage.objects.filter(locale__language_code=language)
        assert lessons.count() == 7
        assert {p.translation_key for p in lessons} == set(
            LessonPage.objects.filter(locale__language_code="en").values_list("translation_key", flat=True)
        )


def test_translations_share_block_and_list_item_ids(site, pack):
    run(pack)
    english = LessonPage.objects.get(locale__language_code="en", slug="act-and-purpose")
    french = LessonPage.objects.get(locale__language_code="fr", translation_key=english.translation_key)

    def lists(value):
        return [v for v in value.values() if isinstance(v, list)] if isinstance(value, dict) else []

    def ids(page):
        return [(b["id"], [item["id"] for v in lists(b["value"]) for item in v]) for b in page.body.raw_data]

    assert ids(english) == ids(french) and len(ids(english)) > 5


def test_loading_twice_changes_nothing(site, pack):
    run(pack)
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "title"))
    report = run(pack)
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "title")) == before
    assert " 0 created, 0 updated" in report


def test_a_changed_file_changes_its_page_and_no_other(site, pack):
    run(pack)
    change(
        pack / "en/1-understanding/2-act-and-purpose.yaml",
        "title: For a child, act and purpose are enough",
        "title: Act and purpose",
    )
    assert " 0 created, 1 updated" in run(pack)
    assert LessonPage.objects.get(locale__language_code="en", slug="act-and-purpose").title == "Act and purpose"


def test_what_was_edited_here_is_kept(site, pack):
    run(pack)
    page = LessonPage.objects.get(locale__language_code="en", slug="act-and-purpose")
    page.title = "Our own words"
    page.save_revision().publish()
    change(pack / "en/1-understanding/2-act-and-purpose.yaml", "title: For a child", "title: For every child")
    report = run(pack)
    page.refresh_from_db()
    assert page.title == "Our own words" and "1 kept as edited here" in report
    run(pack, overwrite=True)
    page.refresh_from_db()
    assert page.title.startswith("For every child")


def test_what_was_withdrawn_here_is_not_published_again_by_a_later_file(site, tmp_path):
    """Somebody had a reason, maybe a detail of a real case."""
    draft = "draft: true\n"
    for meta in ("", draft):
        (tmp_path / "first.zip").write_bytes(packed(one_lesson(), meta=META + meta))
        (tmp_path / "second.zip").write_bytes(packed(one_lesson(title="Two and a half"), meta=META + meta))
        run(tmp_path / "first.zip")
        page = LessonPage.objects.get()
        page.unpublish()
        report = run(tmp_path / "second.zip")
        page.refresh_from_db()
        assert not page.live and ("kept as edited here: 1-one/1-two.yaml (en): title" in report) is (meta != draft)
        run(tmp_path / "second.zip", overwrite=True)
        page.refresh_from_db()
        assert page.title == "Two and a half" and page.live is (meta != draft)
        CoursePage.objects.get().delete()


def test_a_dry_run_writes_nothing(site, pack):
    assert "Nothing was written" in run(pack, dry_run=True)
    assert not CoursePage.objects.exists() and not Question.objects.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("en/1-understanding/2-act-and-purpose.yaml", "type: table", "type: carousel", "unknown type carousel"),
        (
            "en/1-understanding/2-act-and-purpose.yaml",
            'rows:\n        - ["Act", "Yes", "Yes"]',
            'rows:\n        - ["Act", "Yes"]',
            "as many cells",
        ),
        ("en/1-understanding/9-quiz.yaml", "kind: single_choice", "kind: telepathy", "unknown kind telepathy"),
        ("en/1-understanding/9-quiz.yaml", "correct: true", "correct: false", "question "),
        ("en/1-understanding/module.yaml", "key: understanding", "key: ../../etc", "needs a key"),
        ("en/course.yaml", "title: Recognising", "title: &a Recognising\nx: *a\ny: ", "aliases are not allowed"),
        ("en/course.yaml", "key: recognising", "key: [unclosed", "not readable as YAML"),
        ("fr/1-understanding/2-act-and-purpose.yaml", "body:", "body:\n  - id: stranger\n    value: x", "not in the source"),
        ("pack.yaml", "format: 1", "format: 9", "needs format"),
    ],
)
def test_a_broken_pack_is_refused_whole_and_says_where(site, pack, file, old, new, complaint):
    if not file.startswith("fr/"):
        for language in ("fr", "bg"):
            shutil.rmtree(pack / language)
    change(pack / file, old, new)
    with pytest.raises(CommandError, match="Nothing was loaded") as refusal:
        run(pack)
    assert complaint in str(refusal.value)
    assert not CoursePage.objects.exists() and not Question.objects.exists() and not Quiz.objects.exists()


def test_links_out_of_the_pack_are_not_followed(site, pack, tmp_path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("key: stolen\ntitle: Stolen")
    (pack / "en/course.yaml").unlink()
    (pack / "en/course.yaml").symlink_to(secret)
    with pytest.raises(CommandError, match="links are not followed"):
        run(pack)


def test_a_file_that_is_too_large_is_refused(site, pack):
    (pack / "en/course.yaml").write_text("title: " + "x" * 600_000)
    with pytest.raises(CommandError, match="larger than"):
        run(pack)


def test_script_in_a_pack_never_reaches_a_page(site, pack):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    change(pack / "en/1-understanding/1-act-means-purpose.yaml", "<p>", f"<p>{hostile}")
    run(pack)
    body = str(LessonPage.objects.filter(locale__language_code="en").order_by("path").first().body)
    assert "<script>alert" not in body and "onerror" not in body


def test_segments_are_found_in_every_lesson(site, pack):
    """wagtail-localize silently finds nothing in lists whose items have no ids."""
    from wagtail_localize.segments.extract import extract_segments

    run(pack)
    page = LessonPage.objects.get(locale__language_code="en", slug="act-and-purpose")
    words = {getattr(s, "string", None) and s.string.data for s in extract_segments(page)}
    assert "Yes, at least one" in words  # a cell of a table: three lists deep
    assert "law" not in words  # the kind of a callout is the machine's business


def test_every_file_of_the_starter_course_is_whole(site):
    """What stands in the files stands on the site: lessons with sources, modules with a case and a quiz, questions that fit."""
    run(PACK)
    lessons = LessonPage.objects.filter(locale__language_code="en")
    assert lessons.count() == 48
    for lesson in lessons:
        assert lesson.minutes <= 10
        kinds = [block.block_type for block in lesson.body]
        assert kinds[-1] in {"sources", "quiz"}, lesson.title
    for module in ModulePage.objects.filter(locale__language_code="en"):
        assert module.content_note and module.outcomes
        blocks = [b.block_type for lesson in module.get_children().specific() for b in lesson.body]
        assert "case" in blocks and "quiz" in blocks and len(set(blocks)) >= 9
    outcomes = {o.value for m in ModulePage.objects.all() for o in m.outcomes}
    assert set(Question.objects.values_list("outcome", flat=True)) <= outcomes
    taught = set(LessonPage.objects.values_list("translation_key", flat=True))
    assert set(Question.objects.values_list("review_key", flat=True)) <= taught
