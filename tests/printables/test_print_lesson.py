"""From the button of a lesson to its PDF: whoever may read the lesson may have it on paper."""

import io
from http import HTTPStatus

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from courses.models import LessonPage
from printables import pdf
from printables.models import STUCK, Printable, State
from printables.services import KEPT, forget_old_printables
from printables.tasks import make_printable
from tests.factories.courses import block
from tests.factories.practice import example, put_into
from tests.printables.reading import bookmarks_of, failures, fonts_of, language_of, tags_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.program("pdftotext")]


def order_address(lesson: LessonPage, kind: str = "lesson") -> str:
    return reverse("printables:order", args=[kind, lesson.translation_key])


def saved(client, lesson: LessonPage, kind: str = "lesson") -> bytes:
    """The file that pressing the button leads to."""
    response = client.post(order_address(lesson, kind), follow=True)
    assert response.status_code == HTTPStatus.OK
    assert response["Content-Type"] == "application/pdf"
    return response.content


@pytest.fixture
def no_worker(settings) -> None:
    """Tasks wait in the database, as in production, and nobody takes them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}


@pytest.fixture
def without_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr("certificates.fonts.path", lambda name: tmp_path / name)


def test_the_lesson_has_a_button_that_leads_to_its_file(client, lessons):
    lesson = lessons[0]
    page = client.get(lesson.url).content.decode()
    assert f'action="{order_address(lesson)}"' in page
    assert "Save as PDF" in page
    response = client.post(order_address(lesson))
    assert response.status_code == HTTPStatus.SEE_OTHER
    file = client.get(response.url)
    assert file["Content-Disposition"] == f'attachment; filename="lesson-{lesson.slug}-en.pdf"'
    assert file.content.startswith(b"%PDF")


def test_the_file_says_what_it_is(client, course, lessons):
    lesson = lessons[0]
    text = text_of(saved(client, lesson))
    for said in (lesson.title, course.title, "English", "Version 1.0", "CC BY-SA 4.0", "best interests", "about 5 minutes"):
        assert said in text, said
    assert lesson.url in text.replace(" ", "")


def test_the_file_is_accessible(client, lessons):
    put_into(lessons[0], block("heading", "A part"), block("text", "<p>Words.</p><ul><li>One</li></ul>"), example("table"))
    content = saved(client, lessons[0])
    assert failures(content) == []
    assert language_of(content) == "en"
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/Figure"} <= set(tags_of(content))
    assert bookmarks_of(content) == [lessons[0].title, "A part"]
    assert all("Printable" in name for name in fonts_of(content))


def test_the_same_revision_is_the_same_file(client, lessons):
    first = saved(client, lessons[0])
    assert saved(client, lessons[0]) == first
    assert Printable.objects.count() == 1


def test_a_new_revision_is_a_new_file(client, lessons):
    saved(client, lessons[0])
    put_into(lessons[0], block("text", "<p>Something else.</p>"))
    assert "Something else." in text_of(saved(client, lessons[0]))
    assert Printable.objects.count() == 2


def test_pressing_twice_orders_once_and_the_page_tells_how_far_it_is(client, lessons, no_worker):
    first, second = (client.post(order_address(lessons[0])) for _press in range(2))
    assert first.url == second.url and DBTaskResult.objects.count() == 1
    page = client.get(first.url)
    assert "waits for its turn" in page.content.decode()
    assert page["Refresh"]
    assert client.get(first.url + "file/").url == first.url
    Printable.objects.update(state=State.WORKING)
    assert "is being made" in client.get(first.url).content.decode()
    call_command("make_printables", verbosity=0)
    ready = client.get(first.url)
    assert "is ready" in ready.content.decode() and "Refresh" not in ready
    assert client.get(first.url + "file/").content.startswith(b"%PDF")


def test_a_file_that_cannot_be_made_keeps_no_other_one_waiting_and_is_named(client_for, trainer, lessons, no_worker):
    client = client_for(trainer)
    broken, whole = (client.post(order_address(lesson)).url for lesson in (lessons[0], lessons[1]))
    first = Printable.objects.earliest("pk")
    strange = '<html lang="en"><p style="font-family: monospace">In a font of the machine.</p>'
    Printable.objects.filter(pk=first.pk).update(source=strange)
    said = io.StringIO()

    with pytest.raises(CommandError, match=f"{first.public_id}.*{first.title}"):
        call_command("make_printables", stdout=said)

    assert said.getvalue() == "Made 1, deleted 0.\n"
    assert "was not made" in client.get(broken).content.decode()
    assert "is ready" in client.get(whole).content.decode()


def test_a_file_on_its_way_is_begun_again_only_where_nothing_moves(client, lessons, no_worker):
    address = client.post(order_address(lessons[0])).url
    client.post(address)
    assert DBTaskResult.objects.count() == 1
    assert "Set to work again" not in client.get(address).content.decode()
    Printable.objects.update(begun_at=timezone.now() - STUCK * 2)
    assert "Set to work again" in client.get(address).content.decode()
    client.post(address)
    assert DBTaskResult.objects.count() == 2


def test_a_file_that_failed_can_be_tried_again(client, lessons, without_fonts, monkeypatch):
    response = client.post(order_address(lessons[0]))
    page = client.get(response.url).content.decode()
    assert "was not made" in page and "Try again" in page
    monkeypatch.undo()
    assert client.post(response.url).url == response.url
    assert "is ready" in client.get(response.url).content.decode()


def test_ordering_what_failed_tries_again(client, lessons, without_fonts, monkeypatch):
    client.post(order_address(lessons[0]))
    monkeypatch.undo()
    assert saved(client, lessons[0]).startswith(b"%PDF")


def test_the_task_may_run_twice(client, lessons):
    before = saved(client, lessons[0])
    make_printable.call(Printable.objects.get().pk)
    assert saved(client, lessons[0]) == before


def test_what_nobody_asks_for_any_more_is_deleted(client, lessons):
    saved(client, lessons[0])
    old = Printable.objects.get()
    assert forget_old_printables() == 0
    Printable.objects.update(asked_at=old.asked_at - KEPT * 2)
    saved(client, lessons[0])
    assert not Printable.objects.filter(pk=old.pk).exists()
    assert Printable.objects.count() == 1


def test_in_the_language_of_the_page(client, site, course, lessons):
    lesson = lessons[0]
    for page in (course, course.get_children()[0].specific, lesson):
        page.copy_for_translation(locale=site.homes["bg"].locale, copy_parents=True)
    translated = LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code="bg")
    translated.title = "Детето има право да бъде чуто: Ğışı"
    for page in translated.get_ancestors(inclusive=False).type(type(course)).specific():
        page.save_revision().publish()
    translated.get_parent().specific.save_revision().publish()
    translated.save_revision().publish()
    content = client.post(f"/bg/printables/lesson/{lesson.translation_key}/", follow=True).content
    assert language_of(content) == "bg"
    assert failures(content) == []
    text = text_of(content)
    assert translated.title in text and "Български" in text
    assert "\N{REPLACEMENT CHARACTER}" not in text


def test_signs_that_the_font_lacks_do_not_break_the_file(client, lessons):
    put_into(lessons[0], block("text", "<p>First → then \U0001f600 &#128512; done.</p>"))
    content = saved(client, lessons[0])
    assert "First › then" in text_of(content)
    assert all("Printable" in name for name in fonts_of(content))


def test_the_same_page_gives_the_same_bytes():
    page = '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body class="sheet"><h1>x</h1></body></html>'
    assert pdf.render(page) == pdf.render(page)
