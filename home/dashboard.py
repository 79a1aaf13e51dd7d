"""The first page of the administration for those who write and review: what waits for them, and nothing else.

Each part reads a fixed number of queries, however much waits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from accounts.models import User
from accounts.permissions import countries_of, may_moderate, may_work_on_quizzes
from countries.models import AnnexEntry, Contact
from courses.linking.broken import lessons_with_broken_links
from courses.models import CoursePage, LessonPage, ModulePage
from courses.reviewing.desk import comments_for, drafts_of, reviews_for
from learning.moderation import waiting_count
from quizzes.admin.filters import is_outdated
from quizzes.models import Question, QuestionFlag

MOST = 6  # rows of one part


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    note: str | Promise = ""


@dataclass
class Part:
    """One heading of the desk. ``total``: how many there are, of which ``rows`` shows the first; ``url``: where all stand."""

    name: str
    heading: str | Promise
    rows: list[Row] = field(default_factory=list)
    total: int = 0
    url: str = ""

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def edit(page_id: int, anchor: str = "") -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id]) + anchor


def first_of(found: QuerySet, row: Callable[[Any], Row], **how: Any) -> Part:
    """The first rows of ``found``, and how many there are. Two queries."""
    return Part(rows=[row(one) for one in found[:MOST]], total=found.count(), **how)


def drafts(user: User) -> Part:
    return first_of(
        drafts_of(user),
        lambda page: Row(page.draft_title, edit(page.pk)),
        name="drafts",
        heading=_("My drafts"),
    )


def comments(user: User) -> Part:
    return first_of(
        comments_for(user),
        lambda comment: Row(comment.page.draft_title, edit(comment.page_id, f"#comment-{comment.pk}"), str(comment.user)),
        name="comments",
        heading=_("Comments for me"),
    )


def reviews(user: User) -> Part:
    waiting = reviews_for(user)
    rows = [Row(review.title, review.url, review.step) for review in waiting[:MOST]]
    return Part("reviews", _("Reviews waiting"), rows, len(waiting), reverse("wagtailadmin_reports:workflow_tasks"))


def outdated_pages(user: User) -> Part:
    """Pages past their day of review, live lessons with a law box that is, or with dead links. Of those the user may edit."""
    today = localdate()
    mine = page_permission_policy.instances_user_has_permission_for(user, "change").filter(live=True).values("pk")
    found = {}
    for model in (CoursePage, ModulePage, LessonPage):
        for page in model.objects.filter(pk__in=mine, review_by__lt=today).defer_streamfields():
            found[page.pk] = Row(page.draft_title, edit(page.pk), page.review_by)
    written = LessonPage.objects.annotate(written=Cast("body", TextField())).filter(written__contains='"type": "law"')
    for page in written.filter(pk__in=mine).only("pk", "title", "draft_title", "body"):
        days = [block["value"].get("review_by") for block in page.body.raw_data if block["type"] == "law"]
        if page.pk not in found and any(day and str(day) < today.isoformat() for day in days):
            found[page.pk] = Row(page.draft_title, edit(page.pk), _("Law box"))
    for page in lessons_with_broken_links().filter(pk__in=mine).defer_streamfields():
        found.setdefault(page.pk, Row(page.draft_title, edit(page.pk), _("Links")))
    rows = list(found.values())
    return Part("outdated", _("Out of date"), rows[:MOST], len(rows))


def outdated_questions() -> Part:
    return first_of(
        Question.objects.filter(is_outdated(), retired=False).order_by("review_by", "pk"),
        lambda question: Row(str(question), reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk])),
        name="questions",
        heading=_("Questions to check again"),
        url=reverse("quizzes_admin:outdated"),
    )


def flagged_questions() -> Part:
    """Doubts of learners are dealt with on a page of their own; here is how many questions have some."""
    keys = QuestionFlag.objects.filter(resolved_at=None).order_by().values("question_key").distinct()
    return Part("flags", _("Questions that learners doubt"), total=keys.count(), url=reverse("quizzes_admin:flags"))


def given_words() -> Part:
    """Words and ideas of learners, which nobody else reads before a trainer has let them through."""
    waiting = waiting_count()
    return Part("given", _("Words and ideas to let through"), total=waiting, url=reverse("learning_moderation"))


def old_texts_of_countries(countries: frozenset[str]) -> Part:
    """What the coordinator of ``countries`` was to check again: texts past their review, contacts checked long ago."""
    texts = AnnexEntry.objects.past_review().filter(country__in=countries)
    contacts = Contact.objects.stale().filter(country__in=countries)
    rows = [Row(str(text), reverse("country_texts:edit", args=[text.pk]), text.review_by) for text in texts]
    rows += [Row(str(contact), reverse("country_contacts:edit", args=[contact.pk]), contact.checked_on) for contact in contacts]
    url = reverse("countries_admin:coverage")
    return Part("countries", _("Texts and contacts of countries to check again"), rows[:MOST], len(rows), url)


class Desk(Component):
    """All parts in one component."""

    name = "desk"
    template_name = "home/desk.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        parts = [drafts(user), comments(user), reviews(user), outdated_pages(user)]
        if may_work_on_quizzes(user):
            parts += [outdated_questions(), flagged_questions()]
        if may_moderate(user):
            parts.append(given_words())
        if countries := countries_of(user):
            parts.append(old_texts_of_countries(countries))
        writes = page_permission_policy.user_has_permission(user, "add")
        return {"parts": parts, "writes": writes}


def works_on_pages(user: User) -> bool:
    return page_permission_policy.user_has_any_permission(user, ["add", "change", "publish"]) or bool(reviews_for(user))
