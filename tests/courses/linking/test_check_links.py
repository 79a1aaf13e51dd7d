"""``manage.py check_links``, and what authors read of it: beside the text, and on their first page."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.documents import get_document_model

from courses.checks.checking import findings_in
from courses.linking.models import PATIENCE, Link
from courses.models import LessonPage
from tests.factories.courses import block
from tests.factories.practice import example, put_into
from tests.home.test_dashboard import desk

from .conftest import Web

pytestmark = pytest.mark.django_db


def run() -> str:
    out = StringIO()
    call_command("check_links", stdout=out)
    return out.getvalue()


def text(href: str) -> dict:
    return block("text", f'<p>Read <a href="{href}">the guide</a>.</p>')


def told(lesson: LessonPage) -> list[str]:
    return [finding.advice for finding in findings_in(LessonPage.objects.get(pk=lesson.pk))]


def test_every_address_of_live_lessons_is_asked_once(web: Web, lessons) -> None:
    law = example("law", link=f"{web.url}/law")
    put_into(lessons[0], text(f"{web.url}/guide?a=1&amp;b=2"), law)
    put_into(lessons[1], text(f"{web.url}/guide?a=1&amp;b=2#part"), example("sources"))
    put_into(lessons[2], text(f"{web.url}/draft"))
    lessons[2].unpublish()
    web.answers |= {"/law": (200, ""), "/guide?a=1&b=2": (404, "")}
    assert "fine: 1\ngone: 1\nlogin: 0" in run()
    assert [asked for asked in web.asked if asked.startswith("HEAD")] == ["HEAD /guide?a=1&b=2", "HEAD /law"]
    gone = Link.objects.get(state=Link.State.GONE)
    assert gone.code == 404 and set(gone.lessons.all()) == {lessons[0], lessons[1]}
    put_into(lessons[0], law)
    put_into(lessons[1])
    run()
    assert [link.url for link in Link.objects.all()] == [f"{web.url}/law"]


def test_authors_read_beside_the_text_what_is_gone(web: Web, lessons) -> None:
    put_into(lessons[0], text(f"{web.url}/guide"))
    assert told(lessons[0]) == []
    run()
    (advice,) = told(lessons[0])
    assert f"The link {web.url}/guide is gone" in advice
    web.answers["/guide"] = (200, "")
    run()
    assert told(lessons[0]) == []


def test_a_server_that_is_away_for_a_night_is_left_in_peace(web: Web, lessons) -> None:
    put_into(lessons[0], text(f"{web.url}/guide"))
    web.answers["/guide"] = (503, "")
    for night in range(1, PATIENCE + 1):
        assert told(lessons[0]) == []
        run()
        assert Link.objects.get().nights == night
    assert "does not answer" in told(lessons[0])[0]


def test_the_address_that_was_looked_at_longest_ago_comes_first(web: Web, lessons, monkeypatch) -> None:
    put_into(lessons[0], *(text(f"{web.url}/{name}") for name in "abc"))
    web.answers |= {f"/{name}": (200, "") for name in "abc"}
    run()
    Link.objects.filter(url__endswith="/b").update(checked_at=timezone.now() - timedelta(days=2))
    monkeypatch.setattr("courses.linking.nightly.MOST", 1)
    web.asked.clear()
    run()
    assert web.asked == ["HEAD /b"]


def test_links_to_pages_and_files_that_are_gone(lessons) -> None:
    page = lessons[1]
    file = get_document_model().objects.create(title="A guide")
    html = f'<p><a linktype="page" id="{page.pk}">Lesson</a> and <a linktype="document" id="{file.pk}">the guide</a></p>'
    put_into(lessons[0], block("text", html))
    assert told(lessons[0]) == []
    page.unpublish()
    file.delete()
    first, second = told(lessons[0])
    assert f"leads to “{page.title}”, which is not published" in first and "a file that is gone" in second
    page.delete()
    assert "leads to a page that is gone" in told(lessons[0])[0]


def test_the_first_page_names_lessons_with_dead_links(web: Web, client_for, trainer, lessons) -> None:
    put_into(lessons[0], text(f"{web.url}/guide"))
    put_into(lessons[1], block("text", f'<p><a linktype="page" id="{lessons[3].pk}">Lesson</a></p>'))
    client = client_for(trainer)
    run()
    assert f"{lessons[0].title} (Links)" in desk(client)["outdated"]
    assert lessons[1].title not in desk(client)["outdated"]
    lessons[3].unpublish()
    web.answers["/guide"] = (200, "")
    run()
    assert f"{lessons[1].title} (Links)" in desk(client)["outdated"]
    assert lessons[0].title not in desk(client)["outdated"]
