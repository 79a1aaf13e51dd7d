"""What is printed, as a whole page of HTML. The same content gives the same page, so its fingerprint names the file."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from courses.blocks import EVERYBODY, Viewer
from courses.models import LessonPage, ModulePage
from courses.outline import course_key_of, outline_of

from .contents import Lesson, address_of, body_of
from .models import Kind
from .modules import handbook_of, handout_of
from .paper import in_our_letters

EDITION = "3"  # of the style: a new one makes every file anew


@dataclass(frozen=True)
class Draft:
    """A page to be made into a file."""

    kind: str
    title: str
    language: str
    html: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"{EDITION} {self.kind} {self.language} {self.html}".encode()).hexdigest()


def draft_of(kind: str, page: LessonPage | ModulePage, country: str = "", viewer: Viewer = EVERYBODY) -> Draft:
    """``page``, which is live, as a printable of ``kind``, in the page's own language, with the texts of ``country``.

    A lesson holds what ``viewer`` sees on the screen; handouts and handbooks are for a whole group.
    """
    language = page.locale.language_code
    with translation.override(language):
        context = {"language": language, "site": settings.SITE_NAME, "name": kind, "kind": Kind(kind).label, "page": page}
        context |= facts_of(page) | MAKERS[kind](page, country, viewer)
        html = render_to_string(f"printables/{kind}.html", context)
    return Draft(kind, page.title, language, in_our_letters(html))


def facts_of(page: LessonPage | ModulePage) -> dict[str, Any]:
    """Where ``page`` stands, and which edition of it this is."""
    outline = outline_of(course_key_of(page), page.locale.language_code)
    module = outline.module_of(page.translation_key) if isinstance(page, LessonPage) else None
    return {
        "course": outline.page,
        "course_language": outline.language,
        "version": outline.version,
        "licence": outline.page.licence,
        "module": module,
        "published": page.last_published_at,
        "language_name": page.locale.get_display_name(),
        "url": address_of(page),
    }


def _lesson(page: LessonPage, country: str, viewer: Viewer) -> dict[str, Any]:
    return {"body": body_of(Lesson(page, country=country, viewer=viewer))}


MAKERS: dict[str, Callable[[Any, str, Viewer], dict[str, Any]]] = {
    Kind.LESSON: _lesson,
    Kind.HANDOUT: lambda page, country, _viewer: handout_of(page, country),
    Kind.HANDBOOK: lambda page, country, _viewer: handbook_of(page, country),
}
