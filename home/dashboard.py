"""The first page of the administration for those who write and review: what waits for them, and nothing else.

Each part reads a fixed number of queries, however much waits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.images.permissions import permission_policy as image_permission_policy
from wagtail.permissions import page_permission_policy

from accounts.models import User
from accounts.permissions import countries_of, may_moderate, may_work_on_quizzes
from countries.models import AnnexEntry, Contact
from courses.linking.broken import lessons_with_broken_links
from courses.models import CoursePage, LessonPage, ModulePage
from courses.reviewing.desk import comments_for, drafts_of, reviews_for
from courses.translating import Untranslated, Why, waiting_for_translation
from learning.moderation import waiting_count
from quizzes.admin.filters import is_outdated
from quizzes.models import Question, QuestionFlag

from .first_steps import first_steps_for, may_write

MOST = 6  # rows of one part
ALL = 500  # rows of a part that has a page of its own


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    note: str | Promise = ""


@dataclass
class Part:
    """One heading of the desk. ``total``: how many there are, of which ``rows`` shows the first; ``url``: where all stand.

    Without ``url`` the part has a page of its own here, as soon as something is cut.
    """

    name: str
    heading: str | Promise
    rows: list[Row] = field(default_factory=list)
    total: int = 0
    url: str = ""

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    @property
    def whole(self) -> str:
        """The address of "See all"; empty where nothing more is to be seen."""
        if self.url and self.total:
            return self.url
        return reverse("desk_part", args=[self.name]) if self.more else ""


Build = Callable[[User, int], Part]  # of the person, and how many rows


def edit(page_id: int, anchor: str = "") -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id]) + anchor


def first_of(found: QuerySet, most: int, row: Callable[[Any], Row], **how: Any) -> Part:
    """The first rows of ``found``, and how many there are. Two queries."""
    return Part(rows=[row(one) for one in found[:most]], total=found.count(), **how)


def drafts(user: User, most: int) -> Part:
    return first_of(
        drafts_of(user),
        most,
        lambda page: Row(page.draft_title, edit(page.pk)),
        name="drafts",
        heading=_("My drafts"),
    )


def comments(user: User, most: int) -> Part:
    return first_of(
        comments_for(user),
        most,
        lambda comment: Row(comment.page.draft_title, edit(comment.page_id, f"#comment-{comment.pk}"), str(comment.user)),
        name="comments",
        heading=_("Comments for me"),
    )


def reviews(user: User, most: int) -> Part:
    waiting = reviews_for(user)
    rows = [Row(review.title, review.url, review.step) for review in waiting[:most]]
    return Part("reviews", _("Reviews waiting"), rows, len(waiting), reverse("wagtailadmin_reports:workflow_tasks"))


def translations(user: User, most: int) -> Part:
    waiting = waiting_for_translation(user)
    return Part("translations", _("Translations waiting"), [to_translate(one) for one in waiting[:most]], len(waiting))


def to_translate(waiting: Untranslated) -> Row:
    """A row that leads to where it is done."""
    languages = ", ".join(waiting.languages)
    if waiting.why is Why.CHANGED:
        url = reverse("wagtail_localize:update_translations", args=[waiting.source_id])
        return Row(waiting.title, url, format_lazy(_("changed since it was translated: {languages}"), languages=languages))
    if waiting.why is Why.OPEN:
        return Row(waiting.title, edit(waiting.page_id), format_lazy(_("not finished: {languages}"), languages=languages))
    url = reverse("wagtail_localize:submit_page_translation", args=[waiting.page_id])
    return Row(waiting.title, url, format_lazy(_("missing: {languages}"), languages=languages))


def outdated_pages(user: User, most: int) -> Part:
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
    return Part("outdated", _("Out of date"), rows[:most], len(rows))


def pictures_to_look_at(user: User, most: int) -> Part:
    """Pictures of which nobody has said whom they show, and those of people whom only their uploader has seen."""
    mine = image_permission_policy.instances_user_has_permission_for(user, "change")
    unsaid, unseen = Q(shows_person=None), Q(shows_person=True, reviewed_on=None) & ~Q(uploaded_by_user=user)
    return first_of(
        mine.filter(unsaid | unseen).order_by("-created_at", "-pk"),
        most,
        lambda one: Row(
            one.title,
            reverse("wagtailimages:edit", args=[one.pk]),
            _("Does it show a person?") if one.shows_person is None else _("Second look"),
        ),
        name="pictures",
        heading=_("Pictures to look at"),
    )


def outdated_questions(user: User, most: int) -> Part:
    return first_of(
        Question.objects.filter(is_outdated(), retired=False).order_by("review_by", "pk"),
        most,
        lambda question: Row(str(question), reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk])),
        name="questions",
        heading=_("Questions to check again"),
        url=reverse("quizzes_admin:outdated"),
    )


def flagged_questions(user: User, most: int) -> Part:
    """Doubts of learners are dealt with on a page of their own; here is how many questions have some."""
    keys = QuestionFlag.objects.filter(resolved_at=None).order_by().values("question_key").distinct()
    return Part("flags", _("Questions that learners doubt"), total=keys.count(), url=reverse("quizzes_admin:flags"))


def given_words(user: User, most: int) -> Part:
    """Words and ideas of learners, which nobody else reads before a trainer has let them through."""
    waiting = waiting_count()
    return Part("given", _("Words and ideas to let through"), total=waiting, url=reverse("learning_moderation"))


def old_texts_of_countries(user: User, most: int) -> Part:
    """What the coordinator of some countries was to check again: texts past their review, contacts checked long ago."""
    countries = countries_of(user)
    texts = AnnexEntry.objects.past_review().filter(country__in=countries)
    contacts = Contact.objects.stale().filter(country__in=countries)
    rows = [Row(str(text), reverse("country_texts:edit", args=[text.pk]), text.review_by) for text in texts]
    rows += [Row(str(contact), reverse("country_contacts:edit", args=[contact.pk]), contact.checked_on) for contact in contacts]
    url = reverse("countries_admin:coverage")
    return Part("countries", _("Texts and contacts of countries to check again"), rows[:most], len(rows), url)


def parts_for(user: User) -> dict[str, Build]:
    """The parts of the desk of ``user`` by their name, in order."""
    found: dict[str, Build] = {"drafts": drafts, "comments": comments, "reviews": reviews}
    if user.has_perm("wagtail_localize.submit_translation"):
        found["translations"] = translations
    found["outdated"] = outdated_pages
    if image_permission_policy.user_has_permission(user, "change"):
        found["pictures"] = pictures_to_look_at
    if may_work_on_quizzes(user):
        found |= {"questions": outdated_questions, "flags": flagged_questions}
    if may_moderate(user):
        found["given"] = given_words
    if countries_of(user):
        found["countries"] = old_texts_of_countries
    return found


class Desk(Component):
    """All parts in one component."""

    name = "desk"
    template_name = "home/desk.html"
    order = 100

    class Media:
        css = {"all": ["css/desk.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        parts = [build(request.user, MOST) for build in parts_for(request.user).values()]
        first_steps = first_steps_for(request.user)
        return {"parts": parts, "writes": may_write(request.user), "first_steps": first_steps, "request": request}


def works_on_pages(user: User) -> bool:
    return page_permission_policy.user_has_any_permission(user, ["add", "change", "publish"]) or bool(reviews_for(user))
