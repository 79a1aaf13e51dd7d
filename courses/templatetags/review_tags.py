"""The checklist of a review."""

from typing import Any

from django import template

from courses.reviewing.checklist import checks_of

register = template.Library()


@register.inclusion_tag("courses/admin/checklist.html")
def review_checklist(obj: Any) -> dict[str, Any]:
    """What the newest draft of ``obj`` still lacks, and what it has."""
    newest = obj.get_latest_revision_as_object() if hasattr(obj, "get_latest_revision_as_object") else obj
    return {"checks": checks_of(newest)}
