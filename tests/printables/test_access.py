"""Who may have which file, asked at each address."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from printables.models import Printable

pytestmark = pytest.mark.django_db


def order_address(kind: str, page) -> str:
    return reverse("printables:order", args=[kind, page.translation_key])


def test_a_visitor_has_the_open_lesson_and_no_other(client, lessons):
    assert client.get(order_address("lesson", lessons[0])).status_code == HTTPStatus.OK
    closed = client.post(order_address("lesson", lessons[1]))
    assert closed.url.startswith(reverse("account_login"))
    assert not Printable.objects.exists()


def test_a_learner_has_the_lessons_of_the_course_they_take(client_for, learner, course, lessons):
    client = client_for(learner)
    refused = client.post(order_address("lesson", lessons[1]), follow=True)
    assert "Start the course to print from it." in refused.content.decode()
    client.post(reverse("learning:start", args=[course.translation_key]))
    assert client.post(order_address("lesson", lessons[1]), follow=True)["Content-Type"] == "application/pdf"


def test_a_known_address_gives_nobody_what_they_may_not_have(client, client_for, learner, course, lessons):
    theirs = client_for(learner)
    theirs.post(reverse("learning:start", args=[course.translation_key]))
    theirs.post(order_address("lesson", lessons[1]))
    for name in ("progress", "file"):
        response = client.get(reverse(f"printables:{name}", args=[Printable.objects.get().public_id]))
        assert response.status_code == HTTPStatus.FOUND and response.url.startswith(reverse("account_login"))


def test_a_lesson_that_was_withdrawn_is_no_longer_printed(client, lessons):
    client.post(order_address("lesson", lessons[0]))
    address = reverse("printables:file", args=[Printable.objects.get().public_id])
    assert client.get(address).status_code == HTTPStatus.OK
    lessons[0].unpublish()
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.post(order_address("lesson", lessons[0])).status_code == HTTPStatus.NOT_FOUND


def test_a_view_restriction_holds_on_paper_too(client, lessons):
    PageViewRestriction.objects.create(page=lessons[0], restriction_type=PageViewRestriction.LOGIN)
    assert client.get(order_address("lesson", lessons[0])).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("kind", ["lesson", "no-such-kind"])
def test_what_there_is_not_is_not_found(client, course, kind):
    assert client.get(order_address(kind, course)).status_code == HTTPStatus.NOT_FOUND
