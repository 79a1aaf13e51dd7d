"""The review in two steps, through the editor: submit, ask for changes with a reason, approve twice; and the mail of the day."""

import json
import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from accounts.models import User
from accounts.permissions import LEGAL_REVIEWERS, SAFEGUARDING_REVIEWERS
from courses.models import LearningPage, LessonPage
from courses.reviewing.checklist import checks_of, field_url, open_checks
from courses.reviewing.desk import working_days_between
from courses.reviewing.models import DigestSent
from tests.factories.accounts import PersonFactory
from tests.factories.courses import block
from tests.factories.pictures import make_picture
from tests.factories.practice import example

pytestmark = pytest.mark.django_db
AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
WORDS = ("text", rich_text("<p>Words.</p>"))
SOURCES = ("sources", {"items": streamfield([("", {"text": "Directive 2011/36/EU", "link": ""})])})
BARE = {"body": streamfield([WORDS]), "not_country_specific": ""}  # what no reviewer can approve


@pytest.fixture
def lesson(lessons: list[LessonPage]) -> LessonPage:
    """A lesson that is live as it was last saved, in a module that lacks nothing."""
    lessons[0].save_revision().publish()
    module = lessons[0].get_parent().specific
    module.outcomes = json.dumps([block("outcome", "Name the signs")])
    module.save_revision().publish()
    return LessonPage.objects.get(pk=lessons[0].pk)


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def send(client: Client, page: LearningPage, action: str, **changed: object):
    """Press a button of the editor: the page is written anew and lacks nothing, but for what is ``changed``."""
    data = dict.fromkeys(
        ("seo_title", "search_description", "summary", "content_note", "review_by", "go_live_at", "expire_at"), ""
    )
    data |= {"title": page.title, "slug": page.slug, "version_note": "", action: "1"}
    if isinstance(page, LessonPage):
        data |= {
            "minutes": page.minutes,
            "trainer_notes": rich_text(""),
            "body": streamfield([WORDS, SOURCES]),
            "not_country_specific": "on",
        }
    else:
        own = {name: getattr(page, name) for name in ("audience", "version", "licence", "illustration")}
        data |= {**own, "intro": rich_text(""), "outcomes": streamfield([])}
    formset = {"comments": inline_formset([])}
    return client.post(edit_url(page), nested_form_data(data | formset | changed), follow=True)


def act(client: Client, page, action: str, comment: str | None = None):
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {} if comment is None else {"comment": comment}, **AJAX)


def specialist(group: str) -> User:
    person = PersonFactory()
    person.groups.add(Group.objects.get(name=group))
    return person


def step(page) -> str | None:
    task = LessonPage.objects.get(pk=page.pk).current_workflow_task
    return task.name if task else None


def test_a_lesson_passes_two_pairs_of_eyes_and_goes_live(client_for, trainer, lesson):
    send(client_for(trainer), lesson, "action-submit", title="A better title")
    assert step(lesson) == "Legal check"
    legal, safeguarding = client_for(specialist(LEGAL_REVIEWERS)), client_for(specialist(SAFEGUARDING_REVIEWERS))
    assert safeguarding.get(edit_url(lesson)).status_code == 302
    assert act(safeguarding, lesson, "approve").status_code != 200 or step(lesson) == "Legal check"
    act(legal, lesson, "approve")
    assert step(lesson) == "Safeguarding and language"
    assert LessonPage.objects.get(pk=lesson.pk).title != "A better title"
    act(safeguarding, lesson, "approve", "Well written.")
    lesson.refresh_from_db()
    assert step(lesson) is None and lesson.live and lesson.title == "A better title"


def test_changes_are_asked_for_with_a_reason_or_not_at_all(client_for, trainer, coordinator, lesson):
    send(client_for(trainer), lesson, "action-submit")
    reviewer = client_for(coordinator)
    for nothing in (None, "", "   "):
        answer = act(reviewer, lesson, "reject", nothing)
        assert "Write a sentence" in answer.json()["html"]
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    send(reviewer, lesson, "action-workflow-action", **{"workflow-action-name": "reject"})
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    act(reviewer, lesson, "reject", "Article 13 was changed in 2024.")
    assert TaskState.objects.get().comment == "Article 13 was changed in 2024."
    assert "Article 13 was changed in 2024." in client_for(trainer).get(edit_url(lesson)).content.decode()


def test_nothing_is_asked_for_while_writing_and_everything_at_the_review(client_for, trainer, coordinator, lesson):
    author = client_for(trainer)
    assert "Before it is published" not in author.get(edit_url(lesson)).content.decode()
    page = send(author, lesson, "action-submit", **BARE).content.decode()
    assert "Still open on the reviewers’ list:" in page and "Sources are named" in page
    reviewer = client_for(coordinator)
    page = reviewer.get(edit_url(lesson)).content.decode()
    assert "Before it is published" in page and field_url(lesson, "not_country_specific") in page
    state = lesson.current_workflow_task_state
    dialogue = reviewer.get(reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, "approve", state.pk])).json()["html"]
    assert "Before it is published" in dialogue and field_url(lesson, "body") in dialogue


def test_nobody_approves_a_page_that_lacks_what_must_be_there(client_for, trainer, coordinator, administrator, lesson):
    send(client_for(trainer), lesson, "action-submit", **BARE)
    for person in (coordinator, administrator):
        reviewer = client_for(person)
        state = lesson.current_workflow_task_state
        dialogue = reviewer.get(reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, "approve", state.pk])).json()[
            "html"
        ]
        assert "Needed:" in dialogue and "<form" not in dialogue
        act(reviewer, lesson, "approve")
        act(reviewer, lesson, "approve", "Well written.")
        send(reviewer, lesson, "action-workflow-action", **BARE, **{"workflow-action-name": "approve"})
        assert step(lesson) == "Legal check"
    send(reviewer, lesson, "action-workflow-action", **{"workflow-action-name": "approve"})  # mended with the same press
    assert step(lesson) == "Safeguarding and language"
    page = reviewer.get(edit_url(lesson)).content.decode()
    assert "Needed:" not in page and "It can be approved once" not in page


def test_nobody_approves_what_they_sent_to_the_review_themselves(client_for, trainer, coordinator, administrator, lesson):
    """Neither in the editor nor past it, whatever groups they are in; and nothing tells them that it waits for them."""
    trainer.groups.add(*Group.objects.filter(name__in=[LEGAL_REVIEWERS, SAFEGUARDING_REVIEWERS]))
    for person in (trainer, administrator):
        client = client_for(person)
        send(client, lesson, "action-submit")
        page = client.get(edit_url(lesson)).content.decode()
        assert "You sent it to the review, so somebody else approves it." in page
        act(client, lesson, "approve", "")
        assert step(lesson) == "Legal check"
        state = lesson.current_workflow_task_state
        with pytest.raises(PermissionDenied):
            state.task.specific.on_action(state, person, "approve")
        assert lesson.title not in client.get("/admin/").content.decode().split("Reviews waiting")[1].split("</section>")[0]
        reviewer = client_for(coordinator)
        assert "You sent it" not in reviewer.get(edit_url(lesson)).content.decode()
        for _step in range(2):
            act(reviewer, lesson, "approve", "")
        assert step(lesson) is None


def test_what_need_not_be_there_keeps_nobody_from_approving(client_for, trainer, coordinator, lesson):
    send(client_for(trainer), lesson, "action-submit", sensitive="on")
    page = client_for(coordinator).get(edit_url(lesson)).content.decode()
    assert "Open, if you can:" in page and "A care note stands" in page
    act(client_for(coordinator), lesson, "approve")
    assert step(lesson) == "Safeguarding and language"


def picture(alt_text: str) -> dict:
    return block("image", {"image": {"image": make_picture().pk, "alt_text": alt_text, "decorative": False}, "caption": ""})


def test_each_line_of_the_checklist_is_ticked_by_what_it_asks_for(lessons, course):
    lesson, module = lessons[0], lessons[0].get_parent().specific
    lesson.minutes, lesson.sensitive = 20, True
    lesson.body = json.dumps([picture(alt_text="")])
    asked = {str(check.label) for check in open_checks(lesson)}
    assert len(asked) == 6 and "The module has a quiz" not in asked
    module.outcomes = json.dumps([block("outcome", "Name the signs")])
    module.save_revision()
    lesson.minutes, lesson.content_note, lesson.not_country_specific = 9, "Calm words.", True
    lesson.body = json.dumps([picture(alt_text="A bench"), example("sources")])
    assert open_checks(lesson) == []
    lesson.not_country_specific = False
    assert len(open_checks(lesson)) == 1
    lesson.body = json.dumps([example("sources"), example("national")])
    assert open_checks(lesson) == []
    assert {str(check.label) for check in open_checks(lessons[2])} > {"The module has a quiz"}
    assert open_checks(course) and not open_checks(lessons[1].quizzes[0])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_lines_lead_to_fields_that_there_are(client_for, administrator, lesson, course, language):
    UserProfile.objects.create(user=administrator, preferred_language=language)
    admin = client_for(administrator)
    for page in (lesson, lesson.get_parent().specific, course):
        for check in checks_of(page):
            address, _sign, anchor = check.url.partition("#")
            assert f'id="{anchor}"' in admin.get(address).content.decode(), check.label


def digest() -> list[mail.EmailMessage]:
    before = len(mail.outbox)
    call_command("send_review_digest", verbosity=0)
    return mail.outbox[before:]


def sent(hours: int) -> None:
    """As if the last mails had been sent so many hours ago."""
    DigestSent.objects.update(sent_at=timezone.now() - timedelta(hours=hours))


def test_events_send_no_mail_and_the_day_sends_one(client_for, trainer, coordinator, lessons):
    for lesson in lessons[:3]:
        send(client_for(trainer), lesson, "action-submit")
    act(client_for(coordinator), lessons[0], "reject", "Say where this is written.")
    assert mail.outbox == []
    mails = {message.to[0]: message for message in digest()}
    assert set(mails) == {coordinator.email, trainer.email}
    assert mails[coordinator.email].body.count("/admin/pages/") == 2
    assert "Say where this is written." in mails[trainer.email].body
    for lesson in lessons:
        assert lesson.title not in mails[trainer.email].subject
    assert digest() == []


def test_nobody_is_written_to_when_nothing_is_new(client_for, trainer, coordinator, lesson):
    assert digest() == []
    send(client_for(trainer), lesson, "action-submit")
    assert len(digest()) == 1
    TaskState.objects.update(started_at=timezone.now() - timedelta(hours=25))
    sent(hours=24)
    assert digest() == []


def test_after_five_working_days_the_group_is_reminded_once(client_for, trainer, coordinator, lesson):
    send(client_for(trainer), lesson, "action-submit")
    digest()
    TaskState.objects.update(started_at=timezone.now() - timedelta(days=9))
    sent(hours=24 * 8)
    (reminder,) = digest()
    assert reminder.to == [coordinator.email] and re.search(r"Has waited for [67] working days", reminder.body)
    sent(hours=24)
    assert digest() == []


def test_comments_are_told_to_whom_they_are_for(trainer, coordinator, lesson):
    lesson.owner = trainer
    lesson.save()
    Comment.objects.create(page=lesson, user=coordinator, text="Which source?", contentpath="title")
    Comment.objects.create(page=lesson, user=trainer, text="A note to myself", contentpath="title")
    (message,) = digest()
    assert message.to == [trainer.email] and message.body.count("#comment-") == 1
    assert "Which source?" not in message.subject


def test_a_mail_that_fails_is_told_by_the_next_one(settings, client_for, trainer, coordinator, lesson):
    send(client_for(trainer), lesson, "action-submit")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert digest() == [] and not DigestSent.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert len(digest()) == 1


def test_an_address_that_no_mail_can_be_written_to_keeps_nobody_else_from_their_mail(client_for, trainer, coordinator, lesson):
    send(client_for(trainer), lesson, "action-submit")
    User.objects.filter(pk=coordinator.pk).update(email=f"coordinator@{'ю' * 63}.bg")
    after = PersonFactory(is_superuser=True)
    assert [message.to for message in digest()] == [[after.email]]
    assert not DigestSent.objects.filter(user=coordinator).exists(), "told by the first mail that can be written"


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [("2026-11-23", "2026-11-27", 4), ("2026-11-20", "2026-11-23", 1), ("2026-11-23", "2026-11-30", 5)],
)
def test_weekends_do_not_count(first, last, days):
    assert working_days_between(date.fromisoformat(first), date.fromisoformat(last)) == days


def later(hours: int) -> str:
    return timezone.localtime(timezone.now() + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M")


def test_a_page_goes_live_at_its_date(client_for, administrator, client, lesson):
    send(client_for(administrator), lesson, "action-publish", title="From Monday on", go_live_at=later(hours=2))
    lesson.refresh_from_db()
    assert lesson.title != "From Monday on" and lesson.approved_schedule
    call_command("publish_scheduled")
    assert LessonPage.objects.get(pk=lesson.pk).title != "From Monday on"
    revision = lesson.revisions.get(approved_go_live_at__isnull=False)  # as if the two hours had gone by
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert "From Monday on" in client.get(lesson.url).content.decode()


def test_no_date_is_given_to_a_page_that_is_being_reviewed(client_for, trainer, coordinator, lesson):
    send(client_for(trainer), lesson, "action-submit")
    page = send(client_for(coordinator), lesson, "action-publish", title="Too early", go_live_at=later(hours=2))
    assert "so it was not published" in page.content.decode() and "Legal check" in page.content.decode()
    lesson.refresh_from_db()
    assert step(lesson) == "Legal check" and not lesson.approved_schedule
    assert lesson.get_latest_revision_as_object().title == "Too early"


def test_nobody_publishes_a_page_that_is_being_reviewed(client_for, trainer, coordinator, administrator, lesson):
    send(client_for(trainer), lesson, "action-submit", title="Unread")
    for person in (coordinator, administrator):
        editor = client_for(person)
        assert 'name="action-publish"' not in editor.get(edit_url(lesson)).content.decode()
        answer = send(editor, lesson, "action-publish", title="Past the reviewers").content.decode()
        assert "is being reviewed (Legal check), so it was not published" in answer
        with pytest.raises(PermissionDenied):
            LessonPage.objects.get(pk=lesson.pk).get_latest_revision().publish(user=person)
    page = LessonPage.objects.get(pk=lesson.pk)
    assert step(page) == "Legal check" and page.title == lesson.title
    assert page.get_latest_revision_as_object().title == "Past the reviewers"  # kept as a draft


def test_what_reviewers_turned_down_is_not_published_past_them(client_for, trainer, coordinator, administrator, lesson):
    send(client_for(trainer), lesson, "action-submit", title="Unread")
    act(client_for(coordinator), lesson, "reject", "Say where this is written.")
    assert "so it was not published" in send(client_for(administrator), lesson, "action-publish").content.decode()


def test_whoever_cancels_the_review_may_publish(client_for, trainer, administrator, lesson):
    send(client_for(trainer), lesson, "action-submit")
    admin = client_for(administrator)
    send(admin, lesson, "action-cancel-workflow")
    assert 'name="action-publish"' in admin.get(edit_url(lesson)).content.decode()
    send(admin, lesson, "action-publish", title="Without a review")
    assert LessonPage.objects.get(pk=lesson.pk).title == "Without a review"


def publish_from_list(client: Client, *pages, below: str = ""):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{address}?{ids}&next=/admin/", {"include_descendants": below}, follow=True)


def test_a_list_is_published_without_what_is_being_reviewed(client_for, trainer, administrator, lesson, lessons):
    send(client_for(trainer), lesson, "action-submit", title="Unread")
    lessons[1].title = "A draft"
    lessons[1].save_revision()
    admin = client_for(administrator)
    said = "Not published, for it is being reviewed: “Unread”."
    assert said in publish_from_list(admin, lessons[1], lesson).content.decode()
    assert LessonPage.objects.filter(title="A draft").exists()
    LessonPage.objects.get(pk=lesson.pk).unpublish()
    module = lesson.get_parent()
    assert said in publish_from_list(admin, module, below="on").content.decode()
    page = LessonPage.objects.get(pk=lesson.pk)
    assert not page.live and page.title != "Unread" and step(page) == "Legal check"
    assert "Not published" not in publish_from_list(admin, module).content.decode()


def test_an_approved_page_waits_for_its_date(client_for, trainer, coordinator, lesson):
    send(client_for(trainer), lesson, "action-submit", title="Approved", go_live_at=later(hours=2))
    for _step in ("legal", "safeguarding"):
        act(client_for(coordinator), LessonPage.objects.get(pk=lesson.pk), "approve")
    lesson.refresh_from_db()
    assert lesson.approved_schedule and lesson.title != "Approved"
    send(client_for(trainer), lesson, "action-submit", title="Newer")  # locked until then: no review can be open at that date
    assert step(lesson) is None


def test_learners_read_what_changed_and_when(client_for, administrator, client, lesson, course):
    for page in (lesson, course):
        send(client_for(administrator), page, "action-publish", version_note="The new directive is in.")
        html = client.get(page.url).content.decode()
        assert "What changed" in html and "The new directive is in." in html
        assert timezone.localdate().strftime("%Y") in html.split("The new directive is in.")[0][-300:]
    assert "What changed" not in client.get(LessonPage.objects.child_of(lesson.get_parent()).last().url).content.decode()
