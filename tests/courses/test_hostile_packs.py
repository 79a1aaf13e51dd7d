"""A pack from elsewhere is hostile until it has been read whole: what is wrong with it changes nothing."""

import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, ModulePage, PackItem
from quizzes.models import Question, QuestionBank

pytestmark = pytest.mark.django_db
META = "format: 1\nslug: odd\nsource_language: en\nlanguages: [en]\n"
COURSE = "key: odd\ntitle: Odd\nslug: odd\n"


def link(archive: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("media/secret.txt")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


def write(name: str, content: str) -> Callable[[zipfile.ZipFile], None]:
    return lambda archive: archive.writestr(name, content)


def lesson(*body: dict[str, Any], **fields: Any) -> Callable[[zipfile.ZipFile], None]:
    """A module with one lesson; JSON is YAML, too."""
    values = {"key": "two", "title": "Two", "slug": "two", "minutes": 5, "body": body, **fields}

    def add(archive: zipfile.ZipFile) -> None:
        archive.writestr("en/1-one/module.yaml", "key: one\ntitle: One\nslug: one\n")
        archive.writestr("en/1-one/1-two.yaml", json.dumps(values))

    return add


def block(name: str, value: Any, ident: str = "a") -> dict[str, Any]:
    return {"id": ident, "type": name, "value": value}


def with_file(name: str, content: str, part: dict[str, Any]) -> Callable[[zipfile.ZipFile], None]:
    def add(archive: zipfile.ZipFile) -> None:
        archive.writestr(f"media/{name}", content)
        lesson(part)(archive)

    return add


def many(archive: zipfile.ZipFile) -> None:
    for number in range(2_001):
        archive.writestr(f"en/{number}.yaml", "x")


SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
QUOTE = {"text": "I ask what the child needs.", "who": "A guardian", "source": ""}
CASE = {"name": "Ilir", "age": 15, "setting": "A car wash", "facts": ["He works."], "questions": ["Why?"], "notes": "<p>Ask.</p>"}
HOSTILE = {
    "a way out": (write("../outside.yaml", "x: 1"), "unsafe name"),
    "a whole way": (write("/etc/outside.yaml", "x: 1"), "unsafe name"),
    "a device": (write("en/con.yaml", "x: 1"), "unsafe name"),
    "a link": (link, "link or a special file"),
    "a bomb": (write("media/bomb.bin", "0" * 60_000_000), "far larger"),
    "endless words": (write("en/1-one/module.yaml", "title: " + "x" * 600_000), "larger than 512 KB"),
    "deep words": (write("en/1-one/module.yaml", "[" * 5_000), "not readable as YAML"),
    "an alias": (write("en/1-one/module.yaml", "key: &a one\ntitle: *a\n"), "aliases are not allowed"),
    "a program": (write("en/1-one/module.yaml", "key: !!python/object/apply:os.system [ls]\n"), "not readable as YAML"),
    "text for a list": (write("en/1-one/module.yaml", "key: one\ntitle: One\noutcomes: 5\n"), "1-one/module.yaml: this is not"),
    "a number for a text": (
        write("en/1-one/module.yaml", "key: one\ntitle: One\noutcomes: [.nan]\n"),
        "1-one/module.yaml: this is not",
    ),
    "no questions": (write("en/quizzes/1.yaml", "key: quiz\ntitle: Quiz\n"), "quizzes/1.yaml: this is not"),
    "a part that is none": (write("en/shared/1.yaml", "key: one\ntitle: One\nbody: [5]\n"), "shared/1.yaml: this is not"),
    "a key that climbs": (write("en/1-one/module.yaml", "key: ../../etc\ntitle: x\n"), "needs a key"),
    "thousands of files": (many, "more than 2000 files"),
    "a drawing with a script": (
        with_file("x.svg", SVG, block("image", {"image": {"file": "x.svg", "alt": "A bench"}})),
        "media/x.svg: ",
    ),
    "a drawing called a photograph": (
        with_file("x.png", SVG, block("image", {"image": {"file": "x.png", "alt": "A bench"}})),
        "media/x.png: ",
    ),
    "a page called a document": (
        with_file("x.html", "<script>alert(1)</script>", block("document", {"file": "x.html", "title": "Read this"})),
        "media/x.html: ",
    ),
    "a file that is not there": (
        lesson(block("document", {"file": "../../secret.pdf", "title": "x"})),
        "media/secret.pdf: there is no",
    ),
    "a script for an address": (
        lesson(block("sources", {"items": [{"text": "x", "link": "javascript:alert(1)"}]})),
        "block a, items 1, link",
    ),
    "one id twice": (lesson(block("heading", "One"), block("heading", "Two")), "an id of its own"),
    "no id": (lesson({"type": "heading", "value": "One"}), "an id of its own"),
    "a quiz that is nowhere": (lesson(block("quiz", {"quiz": "nowhere"})), "there is no quiz nowhere"),
    "an embed": (lesson(block("embed", "https://example.org/film")), "unknown type embed"),
    "a quote without consent": (lesson(block("quote", {**QUOTE, "consent": False})), "block a, consent"),
    "a real child": (lesson(block("case", {**CASE, "composite": False})), "block a, composite"),
    "a bank that climbs": (write("en/banks/x.yaml", "key: x\nslug: ../../x\nname: X\n"), "banks/x.yaml: bank, slug"),
    "a bank that is called nothing": (write("en/banks/x.yaml", "key: x\nname: X\n"), "banks/x.yaml: bank, slug"),
    "endless minutes": (lesson(minutes=10**30), "1-two.yaml"),
    "a letter that is none": (lesson(block("text", "<p>A\0B</p>")), "1-two.yaml: not readable as YAML"),
    "half a letter": (lesson(summary="\ud83d"), "1-two.yaml: not readable as YAML"),
}


def packed(*parts: Callable[[zipfile.ZipFile], None], meta: str = META, course: str = COURSE) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in (write("pack.yaml", meta), write("en/course.yaml", course), *parts):
            part(archive)
    return buffer.getvalue()


def load(tmp_path: Path, content: bytes) -> None:
    pack = tmp_path / "pack.zip"
    pack.write_bytes(content)
    call_command("import_course", pack, stdout=io.StringIO())


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_zip_is_refused_whole_and_says_why(site, tmp_path: Path, what: str) -> None:
    part, reason = HOSTILE[what]
    with pytest.raises(CommandError, match="Nothing was loaded") as refused:
        load(tmp_path, packed(part))
    assert reason in str(refused.value)
    for model in (CoursePage, Question, QuestionBank, PackItem, get_image_model(), get_document_model()):
        assert not model.objects.exists(), model
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["pack.zip"]


def test_half_a_zip_is_refused(site, tmp_path: Path) -> None:
    whole = packed()
    with pytest.raises(CommandError, match="Nothing was loaded"):
        load(tmp_path, whole[: len(whole) // 2])
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_course", tmp_path / "missing.zip", stdout=io.StringIO())
    load(tmp_path, whole)
    assert CoursePage.objects.count() == 1


def test_modules_of_one_title_keep_their_questions_apart(site, tmp_path: Path) -> None:
    choices = [{"id": "a", "text": "Yes", "correct": True}, {"id": "b", "text": "No"}]
    question = {"kind": "single_choice", "text": "<p>Is it?</p>", "choices": choices}
    parts = []
    for name in ("one", "two"):
        parts.append(write(f"en/{name}/module.yaml", f"key: {name}\ntitle: Summary\nslug: {name}\n"))
        quiz = {"key": f"{name}-quiz", "title": "Quiz", "slug": "quiz", "questions": [{"key": f"{name}-asks", **question}]}
        parts.append(write(f"en/{name}/9-quiz.yaml", json.dumps(quiz)))
    for _again in range(2):
        load(tmp_path, packed(*parts))
    assert sorted(QuestionBank.objects.values_list("slug", flat=True)) == ["odd-one", "odd-two"]
    assert {question.bank.slug for question in Question.objects.all()} == {"odd-one", "odd-two"}


ODD_TRANSLATIONS = {
    "an entry without an id": (
        [block("text", "<p>x</p>"), {"type": "text", "value": "<p>y</p>"}],
        "a",
        "every entry of the source",
    ),
    "a list for an id": ([block("text", "<p>x</p>")], ["a"], "not in the source"),
}


@pytest.mark.parametrize("what", ODD_TRANSLATIONS)
def test_a_translation_that_does_not_fit_its_source_is_named(site, tmp_path: Path, what: str) -> None:
    body, ident, complaint = ODD_TRANSLATIONS[what]
    french = json.dumps({"title": "Deux", "body": [{"id": ident, "value": "<p>z</p>"}]})
    content = packed(lesson(*body), write("fr/1-one/1-two.yaml", french), meta=META.replace("[en]", "[en, fr]"))
    with pytest.raises(CommandError, match=f"fr/1-one/1-two.yaml.*{complaint}"):
        load(tmp_path, content)


@pytest.mark.parametrize("draft", ["", "draft: true\n"])
def test_a_text_that_is_too_long_is_named_and_nothing_is_loaded(site, tmp_path: Path, draft: str) -> None:
    with pytest.raises(CommandError, match="Nothing was loaded") as refused:
        load(tmp_path, packed(lesson(summary="x" * 400), meta=META + draft))
    assert "1-two.yaml" in str(refused.value) and not CoursePage.objects.exists()


@pytest.mark.parametrize("kind", ["course", "module", "lesson"])
@pytest.mark.parametrize("stolen", ["home", "course", "module", "lesson"])
def test_a_pack_that_names_pages_of_another_course_changes_none(
    site, course, lessons, tmp_path: Path, kind: str, stolen: str
) -> None:
    """Whoever knows the identity of a page cannot write into it: a course may change its own pages alone."""
    pages = {"home": site.homes["en"], "course": course, "module": lessons[0].get_parent(), "lesson": lessons[0]}
    if kind == stolen == "course":
        return  # that is the same course, brought in again
    before = sorted(Page.objects.values_list("pk", "title", "latest_revision", "path"))
    key = f"key: {pages[stolen].translation_key}\ntitle: Stolen\nslug: stolen\n"
    parts = {
        "course": packed(course=key),
        "module": packed(write("en/1-one/module.yaml", key)),
        "lesson": packed(lesson(key=str(pages[stolen].translation_key), title="Stolen")),
    }
    with pytest.raises(CommandError, match="Nothing was loaded") as refused:
        load(tmp_path, parts[kind])
    assert pages[stolen].title in str(refused.value)
    assert sorted(Page.objects.values_list("pk", "title", "latest_revision", "path")) == before


def test_a_lesson_that_was_moved_within_its_course_is_brought_up_to_date_where_it_is(site, tmp_path: Path) -> None:
    other = write("en/2-three/module.yaml", "key: three\ntitle: Three\nslug: three\n")
    load(tmp_path, packed(lesson(), other))
    moved, target = LessonPage.objects.get(), ModulePage.objects.get(slug="three")
    moved.move(target, pos="last-child")
    load(tmp_path, packed(lesson(title="Two and a half"), other))
    assert LessonPage.objects.get().title == "Two and a half" and LessonPage.objects.child_of(target).exists()


ACTING = (
    '<script>alert(1)</script><iframe src="https://example.org"></iframe><embed url="https://example.org"/>'
    '<form action="https://example.org"><input name="q"></form><style>p{}</style><object data="x"></object>'
    '<a href="javascript:alert(1)" onclick="alert(1)">odd</a> <a href="data:text/html,x">odd</a>'
    '<img src="https://example.org/dot.png" onerror="alert(1)"><svg onload="alert(1)"></svg>'
)


def test_nothing_in_the_words_of_a_pack_acts_or_calls_another_site(site, client, tmp_path: Path) -> None:
    words = f"{ACTING} Words that stay."
    body = [
        block("text", f"<p>{words}</p>", "a"),
        block("callout", {"kind": "tip", "title": words, "text": words}, "b"),
        block("law", {"instrument": "Words that stay. <b>x</b>", "article": "1", "means": words, "excerpt": words}, "c"),
        block("shared", {"content": "common"}, "d"),
    ]
    common = {"key": "common", "title": "Common", "body": [block("text", words)]}
    load(tmp_path, packed(lesson(*body, summary="<script>alert(1)</script>"), write("en/shared/1.yaml", json.dumps(common))))
    page = LessonPage.objects.get()
    html = client.get(page.url).content.decode().split('<div class="body">')[1].split("</article>")[0]
    assert html.count("Words that stay.") == 7
    for acting in (
        "<script",
        "<iframe",
        "<embed",
        "<object",
        "<style",
        "<img",
        'href="javascript',
        'href="data',
        "<form",
        "<svg onload",
    ):
        assert acting not in html, acting
    assert "onclick" not in html.replace("onclick=&quot;", "")
