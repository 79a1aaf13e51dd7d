"""What a page should have before it is published. Asked for at the review, never while somebody is writing.

The steps of the review are models that ask here, so the pages are known by their names and not imported.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from courses.checks.elsewhere import editor_of, shown_by
from courses.checks.findings import Finding
from courses.checks.pictures import people_to_protect
from courses.checks.real_cases import possible_real_cases

if TYPE_CHECKING:
    from courses.models import LearningPage, LessonPage

LONGEST = 10  # minutes of a lesson


@dataclass(frozen=True)
class Check:
    """One line of the list. ``url`` leads to the field where it is put right; without what ``must`` be nobody can approve."""

    label: str | Promise
    done: bool
    url: str
    must: bool = True


def checks_of(page: Any) -> list[Check]:
    """The list for the newest draft ``page``; empty for what has none, such as a question.

    Of a lesson: at most five queries, and five for each quiz in it.
    """
    listed = {
        "courses.LessonPage": _of_lesson,
        "courses.ModulePage": _of_part,
        "courses.CoursePage": _of_part,
        "courses.SharedContent": _of_body,
    }
    found = listed.get(page._meta.label)
    return list(found(page)) if found else []


def open_checks(page: Any) -> list[Check]:
    return [check for check in checks_of(page) if not check.done]


def newest_draft(obj: Any) -> Any:
    """What reviewers decide about: ``obj``, which may be a page of unknown kind, as it was last saved."""
    specific = obj.specific if isinstance(obj, Page) else obj
    return specific.get_latest_revision_as_object() if hasattr(specific, "get_latest_revision_as_object") else specific


def keeps_from_approval(obj: Any) -> bool:
    """Whether the newest draft of ``obj`` lacks something that must be there."""
    return any(check.must for check in open_checks(newest_draft(obj)))


def _of_part(page: "LearningPage") -> Iterator[Check]:
    yield Check(_("There is a summary"), bool(page.summary.strip()), field_url(page, "summary"), must=False)
    yield Check(_("Outcomes are set"), bool(page.outcomes), field_url(page, "outcomes"))
    day = _("There is a day by which the facts are checked again")
    yield Check(day, bool(page.review_by), field_url(page, "review_by"), must=False)
    yield _no_real_case(page, [(None, page)], "intro")


def _of_lesson(page: "LessonPage") -> Iterator[Check]:
    module = page.get_parent().specific.get_latest_revision_as_object()
    body = field_url(page, "body")
    yield Check(_("Outcomes are set in the module"), bool(module.outcomes), field_url(module, "outcomes"))
    yield Check(_("Minutes are set, ten at most"), 1 <= (page.minutes or 0) <= LONGEST, field_url(page, "minutes"))
    yield from _of_body(page)
    yield Check(_("A care note stands where the lesson is sensitive"), not page.lacks_care_note, body, must=False)
    yield Check(_("The module has a quiz"), _has_quiz(page, module), body)
    yield Check(_("Sources are named"), any(child.block_type == "sources" for child in page.body), body)
    national = page.not_country_specific or any(child.block_type == "national" for child in page.body)
    yield Check(
        _("There is an “In your country” box, or the lesson is marked as not specific to a country"),
        national,
        field_url(page, "not_country_specific"),
    )


def _of_body(thing: Any) -> Iterator[Check]:
    """What holds of blocks wherever they stand: in lessons and in reusable content."""
    bare = next((child for child in thing.body if child.block_type == "image" and not _described(child.value["image"])), None)
    described = place_url(thing, str(bare.id) if bare else "body")
    yield Check(_("Every picture is described, or marked as decoration"), bare is None, described)
    things = [(None, thing), *shown_by(thing)]
    held = _first_place(people_to_protect, things)
    label = _("Every person on a picture released it, and a second person has looked")
    yield Check(label, held is None, place_url(thing, held or "body"))
    yield _no_real_case(thing, things, "body")


Things = list[tuple[str | None, Any]]  # with the block that shows it; None: the page itself


def _first_place(check: Callable[[Any], Iterator[Finding]], things: Things) -> str | None:
    """Where in the page ``check`` finds something first; None where it finds nothing."""
    return next((found.place if place is None else place for place, thing in things for found in check(thing)), None)


def _no_real_case(page: Any, things: Things, usual: str) -> Check:
    """Shown to reviewers, and no bar: what looks like a detail of a real case may be none. ``usual``: the field to look in."""
    found = _first_place(possible_real_cases, things)
    label = _("Nothing reads like a detail of a real case")
    if any(thing._meta.label == "quizzes.Quiz" for _place, thing in things):
        label = _("Nothing reads like a detail of a real case, not in its quizzes either")
    return Check(label, found is None, place_url(page, found or usual), must=False)


def _described(picture: Any) -> bool:
    return picture is None or bool(picture.decorative or (picture.contextual_alt_text or "").strip())


def _has_quiz(page: "LessonPage", module: Page) -> bool:
    if page.quizzes:
        return True
    others = type(page).objects.child_of(module).exclude(pk=page.pk).select_related("latest_revision")
    return any(
        child.block_type == "quiz" and child.value["quiz"]
        for lesson in others
        for child in lesson.get_latest_revision_as_object().body
    )


def field_url(page: Page, name: str) -> str:
    """The editor of ``page`` at the field ``name``. The address is new for each, so that the tab opens within the editor, too."""
    return f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}?at={name}#{anchor_of(page, name)}"


def place_url(thing: Any, place: str) -> str:
    """The editor of ``thing``, a page or reusable content, at the field or the block that ``place`` names."""
    if any(field.name == place for field in thing._meta.get_fields()):
        return field_url(thing, place) if isinstance(thing, Page) else f"{editor_of(thing)}#panel-{place}-section"
    return f"{editor_of(thing)}#block-{place}-section"


def anchor_of(page: Page, name: str) -> str:
    """What Wagtail calls the section of a field; it depends on the language in which somebody first opened the form."""
    form = page.get_edit_handler()
    for tab_name, tab in zip(form.child_identifiers, form.children, strict=True):
        for section, panel in zip(tab.child_identifiers, tab.children, strict=True):
            if name in {getattr(part, "field_name", "") for part in [panel, *getattr(panel, "children", [])]}:
                return f"panel-child-{tab_name}-{section}-section"
    return ""
