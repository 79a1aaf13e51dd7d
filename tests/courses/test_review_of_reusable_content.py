"""Reusable content goes through the review of the lessons in which it stands, through the editor."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.models import SharedContent
from courses.reviewing.checklist import checks_of
from tests.factories.courses import block
from tests.factories.editing import PUBLISH, admin_url
from tests.factories.pictures import make_picture

pytestmark = pytest.mark.django_db
OLD, NEW = "Believe the child first.", "Listen first."
AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def content(site) -> SharedContent:
    """Live, as lessons show it."""
    body = json.dumps([block("text", f"<p>{OLD}</p>")])
    made = SharedContent.objects.create(title="First", key="first", locale=Locale.get_default(), body=body)
    made.save_revision().publish()
    return made


def send(client: Client, content: SharedContent, act: dict[str, str], words: str = NEW) -> str:
    """Press a button of its editor with other words in it; the page that follows."""
    body = streamfield([("text", rich_text(f"<p>{words}</p>"))])
    data = nested_form_data({"title": "First", "key": "first", "body": body}) | act
    return client.post(admin_url(SharedContent, "edit", content.pk), data, follow=True).content.decode()


SUBMIT = {"action-submit": "1"}


def act(client: Client, content: SharedContent, action: str):
    state = SharedContent.objects.get(pk=content.pk).current_workflow_task_state
    return client.post(admin_url(SharedContent, "workflow_action", content.pk, action, state.pk), {"comment": ""}, **AJAX)


def shown(content: SharedContent) -> str:
    return str(SharedContent.objects.get(pk=content.pk).body)


def test_a_trainer_hands_it_on_and_two_steps_publish_it(client_for, trainer, coordinator, content) -> None:
    editor = client_for(trainer).get(admin_url(SharedContent, "edit", content.pk)).content.decode()
    assert "Submit to Review before publishing" in editor and "action-publish" not in editor
    send(client_for(trainer), content, SUBMIT)
    reviewer = client_for(coordinator)
    assert "First" in reviewer.get("/admin/").content.decode().split("Reviews waiting")[1].split("</section>")[0]
    for step in ("Legal check", "Safeguarding and language"):
        assert SharedContent.objects.get(pk=content.pk).current_workflow_task.name == step
        assert OLD in shown(content)
        act(reviewer, content, "approve")
    assert NEW in shown(content)


def test_nobody_publishes_it_while_its_review_is_open(client_for, trainer, coordinator, administrator, content) -> None:
    send(client_for(trainer), content, SUBMIT)
    for person in (coordinator, administrator):
        client = client_for(person)
        assert "action-publish" not in client.get(admin_url(SharedContent, "edit", content.pk)).content.decode()
        html = send(client, content, PUBLISH, "Past the reviewers.")
        assert "is being reviewed, so it was not published" in html and OLD in shown(content)
    assert "Past the reviewers." in str(SharedContent.objects.get(pk=content.pk).get_latest_revision_as_object().body)


def test_whoever_cancels_its_review_may_publish_it(client_for, trainer, administrator, content) -> None:
    send(client_for(trainer), content, SUBMIT)
    client = client_for(administrator)
    send(client, content, {"action-cancel-workflow": "1"})
    send(client, content, PUBLISH)
    assert NEW in shown(content)


def test_nobody_approves_a_picture_of_which_nobody_has_said_whom_it_shows(client_for, trainer, coordinator, content) -> None:
    send(client_for(trainer), content, SUBMIT)
    picture = {"image": make_picture(shows_person=None).pk, "alt_text": "A desk", "decorative": False}
    content.body = json.dumps([block("image", {"image": picture, "caption": "", "people": "nobody"})])
    content.save_revision()
    with pytest.raises(PermissionDenied):
        content.current_workflow_task.on_action(content.current_workflow_task_state, coordinator, "approve")
    assert "Mend it and save" in client_for(coordinator).get(
        admin_url(SharedContent, "workflow_action", content.pk, "approve", content.current_workflow_task_state.pk), **AJAX
    ).content.decode().replace("\\", "")


def test_the_lines_of_its_list_lead_to_fields_that_there_are(client_for, administrator, content) -> None:
    for check in checks_of(content):
        address, _sign, anchor = check.url.partition("#")
        assert f'id="{anchor}"' in client_for(administrator).get(address).content.decode(), check.label
