"""What the editor of a lesson sees beside its fields."""

from typing import Any

from django.utils.timezone import localdate
from wagtail.admin.panels import Panel

from .reviewing.models import is_own


class ReviewPanel(Panel):
    """The checklist, from the day on which a page is sent to the review; nobody is asked for anything while writing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/admin/review_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk) and self.instance.current_workflow_state is not None

        def is_own(self) -> bool:
            return is_own(self.instance.current_workflow_state, self.request.user)


class OverdueLawPanel(Panel):
    """An amber note that names the law boxes of this lesson whose day of review is over; nothing while there is none."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/admin/overdue_law.html"

        def overdue(self) -> list[Any]:
            today = localdate()
            laws = [child.value for child in self.instance.body if child.block_type == "law"]
            return [law for law in laws if law["review_by"] and law["review_by"] < today]

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.overdue())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "boxes": self.overdue()}
