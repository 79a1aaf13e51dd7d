"""The checklist of a review."""

from typing import Any

from django import template

from courses.reviewing.checklist import checks_of, keeps_from_approval, newest_draft

register = template.Library()


@register.inclusion_tag("courses/admin/checklist.html")
def review_checklist(obj: Any) -> dict[str, Any]:
    """What the newest draft of ``obj`` still lacks, and what it has."""
    checks = checks_of(newest_draft(obj))
    return {"checks": checks, "blocked": any(check.must and not check.done for check in checks)}


@register.simple_tag
def lacks_what_must_be(obj: Any) -> bool:
    return keeps_from_approval(obj)
