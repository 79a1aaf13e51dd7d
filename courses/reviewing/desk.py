"""What waits for whom: reviews, comments, drafts. Pure reads, each a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, GroupApprovalTask, Page, Revision, TaskState, WorkflowState

from accounts.models import User

from .models import ReviewTask

PATIENCE = 5  # working days that a review may wait before its group is reminded
SATURDAY = 5


@dataclass(frozen=True)
class Waiting:
    """A review that waits. ``url`` leads to the editor."""

    title: str
    step: str
    since: datetime
    url: str

    @property
    def working_days(self) -> int:
        return working_days_between(timezone.localdate(self.since), timezone.localdate())

    @property
    def is_late(self) -> bool:
        return self.working_days >= PATIENCE


def working_days_between(first: date, last: date) -> int:
    """How many days from Monday to Friday come after ``first``, up to and with ``last``. Holidays differ too much to count."""
    days = (first + timedelta(days=n + 1) for n in range((last - first).days))
    return sum(day.weekday() < SATURDAY for day in days)


def reviews_for(user: User) -> list[Waiting]:
    """The open steps that ``user`` may take, the oldest first; never of what they sent to the review themselves."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    ).exclude(workflow_state__requested_by=user)
    if not user.is_superuser:
        groups = user.groups.all()
        mine = [model.objects.filter(groups__in=groups).values("pk") for model in (ReviewTask, GroupApprovalTask)]
        states = states.filter(Q(task__in=mine[0]) | Q(task__in=mine[1]))
    states = states.select_related("task", "revision__content_type", "workflow_state").order_by("started_at", "pk")
    return [Waiting(state.revision.object_str, state.task.name, state.started_at, edit_url(state.revision)) for state in states]


def edit_url(revision: Revision) -> str:
    """Where the object of ``revision`` is edited, without reading it."""
    kind = revision.content_type.model_class()
    if issubclass(kind, Page):
        return reverse("wagtailadmin_pages:edit", args=[revision.object_id])
    return reverse(kind.snippet_viewset.get_url_name("edit"), args=[revision.object_id])


def decisions_for(user: User, since: datetime) -> QuerySet[TaskState]:
    """What others decided since then about what ``user`` had submitted."""
    decided = TaskState.objects.filter(
        status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED],
        workflow_state__requested_by=user,
        finished_at__gt=since,
    )
    return decided.exclude(finished_by=user).select_related("task", "revision", "finished_by").order_by("finished_at", "pk")


def comments_for(user: User, since: datetime | None = None) -> QuerySet[Comment]:
    """Open comments that are for ``user``: others' on a page that is theirs, and their own that somebody answered."""
    answers = CommentReply.objects.filter(comment=OuterRef("pk")).exclude(user=user)
    on_my_pages = Q(page__owner=user) & ~Q(user=user)
    if since:
        answers = answers.filter(created_at__gt=since)
        on_my_pages &= Q(created_at__gt=since)
    found = Comment.objects.filter(resolved_at=None).filter(on_my_pages | Q(Exists(answers), Q(user=user) | Q(page__owner=user)))
    return found.select_related("page", "user").order_by("-created_at", "-pk")


def drafts_of(user: User) -> QuerySet[Page]:
    """Pages with words that are not published yet, last written by ``user``, the newest first; not those under review."""
    under_review = WorkflowState.objects.filter(
        object_id=Cast(OuterRef("pk"), CharField()),
        base_content_type=ContentType.objects.get_for_model(Page),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    mine = Page.objects.filter(has_unpublished_changes=True, latest_revision__user=user)
    return mine.exclude(Exists(under_review)).order_by("-latest_revision_created_at", "pk")
