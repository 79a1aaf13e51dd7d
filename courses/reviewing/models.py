"""A step of the review, and when each reviewer was last written to."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from accounts.models import User

from .checklist import keeps_from_approval

APPROVE, REJECT = "approve", "reject"  # Wagtail's names; the second one stands for "Request changes"


class ReasonForm(forms.Form):
    comment = forms.CharField(
        label=_("What should change, and why"),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write a sentence: the author cannot guess what you would like to be changed.")},
    )


def is_own(state: WorkflowState | None, user: User) -> bool:
    """Whether ``user`` sent it to the review: two pairs of eyes are not one's own."""
    return state is not None and state.requested_by_id == user.pk


class ReviewTask(AbstractGroupApprovalTask):
    """A step of the review. Whoever asks for changes says why; whoever approves sees the checklist first."""

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, str | Promise, bool]]:
        """As Wagtail's. As long as something is missing that must be there, approving opens the checklist and nothing else.

        Whoever sent it to the review is not offered to approve it.
        """
        actions = super().get_actions(obj, user)
        others = [action for action in actions if action[0] != APPROVE]
        if actions and is_own(obj.current_workflow_state, user):
            return others
        if not actions or not keeps_from_approval(obj):
            return actions
        return [*others, (APPROVE, _("Approve"), True)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ReasonForm if action == REJECT else TaskStateCommentForm

    def get_template_for_action(self, action: str) -> str:
        return "courses/admin/review_action.html"

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> Any:
        """As Wagtail does. Raises PermissionDenied for what no form of ours lets through.

        That is: changes asked for without a reason, the approval of a page that lacks what must be there, and that of one's own.
        """
        if action_name == REJECT and not str(kwargs.get("comment", "")).strip():
            raise PermissionDenied
        state = task_state.workflow_state
        if action_name == APPROVE and (is_own(state, user) or keeps_from_approval(state.content_object)):
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)

    class Meta:
        verbose_name = _("step of the review")
        verbose_name_plural = _("steps of the review")


class DigestSent(models.Model):
    """When somebody was last written to about reviews. The next mail tells what has happened since."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mail about reviews")
        verbose_name_plural = _("mails about reviews")

    def __str__(self) -> str:
        return f"{self.user}, {self.sent_at}"
