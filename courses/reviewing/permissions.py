"""Who may publish: nobody, while a review is open. Whatever publishes for a person asks here: editor, translations, code."""

from django.utils.functional import cached_property
from wagtail.models import PagePermissionTester


class ReviewedPermissions(PagePermissionTester):
    """What somebody may do with a page of a course. An open review ends by its approval, or is cancelled; never by publishing."""

    @cached_property
    def is_in_review(self) -> bool:
        """Also while changes are asked for: what reviewers turned down is not published past them."""
        return self.page.current_workflow_state is not None

    def can_publish(self) -> bool:
        return super().can_publish() and not self.is_in_review

    def can_set_view_restrictions(self) -> bool:
        return super().can_publish()

    def can_unschedule(self) -> bool:
        return super().can_publish()
