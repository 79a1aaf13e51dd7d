"""What waits to be translated. Pure reads, a fixed number of queries however much there is.

The source of a page is its live translation that was written first; see ``courses.outline``.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from accounts.models import User

from .models import CoursePage, LessonPage, ModulePage

KINDS = (CoursePage, ModulePage, LessonPage)


class Why(Enum):
    CHANGED = auto()  # the source was published again since its pieces were handed to the translators
    OPEN = auto()  # some pieces have no translation yet
    MISSING = auto()  # nobody has begun


@dataclass(frozen=True)
class Untranslated:
    """A page and the languages in which it waits for ``why``. ``source_id``: its ``TranslationSource``, 0 where there is none.

    ``page_id``: of the source; of the translation, whose language is the only one, where pieces are open.
    """

    why: Why
    page_id: int
    title: str
    languages: tuple[str, ...]
    source_id: int = 0


@dataclass
class Family:
    """A page in all its languages, by the key of the locale."""

    pages: dict[int, Page] = field(default_factory=dict)

    @property
    def source(self) -> Page | None:
        return min((page for page in self.pages.values() if page.live), key=lambda page: page.pk, default=None)


def waiting_for_translation(user: User) -> list[Untranslated]:
    """What ``user`` may see translated: first what changed, then what is not finished, then what is missing.

    A page is missing in a language only if its parent is there: the parent brings its children along.
    """
    if not user.has_perm("wagtail_localize.submit_translation"):
        return []
    locales = dict(Locale.objects.values_list("language_code", "pk"))
    languages = {locales[code]: name for code, name in get_content_languages().items() if code in locales}
    mine = set(page_permission_policy.instances_user_has_permission_for(user, "change").values_list("pk", flat=True))
    families = read_families()
    sources = {key: family.source for key, family in families.items() if family.source and family.source.pk in mine}
    begun = [one for one in begun_translations() if one.key in families and one.to_locale in languages]
    return [
        *changed(begun, sources, languages),
        *unfinished(begun, families, mine, languages),
        *missing(families, sources, languages),
    ]


def read_families() -> dict[uuid.UUID, Family]:
    """All courses, modules and lessons, in the order of the tree."""
    kinds = ContentType.objects.get_for_models(*KINDS).values()
    pages = Page.objects.filter(content_type__in=kinds).order_by("path")
    families: dict[uuid.UUID, Family] = defaultdict(Family)
    for page in pages.only("pk", "path", "translation_key", "locale_id", "live", "draft_title", "last_published_at"):
        families[page.translation_key].pages[page.locale_id] = page
    return families


@dataclass(frozen=True)
class Begun:
    """A translation that somebody has begun."""

    key: uuid.UUID
    source_id: int
    from_locale: int
    to_locale: int
    synced_at: datetime
    has_open: bool


def begun_translations() -> Iterator[Begun]:
    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=OuterRef("to_locale"),
        has_error=False,
    )
    pieces = StringSegment.objects.filter(source_id=OuterRef("source_id")).annotate(to_locale=OuterRef("target_locale_id"))
    found = Translation.objects.filter(enabled=True).annotate(has_open=Exists(pieces.filter(~Exists(translated))))
    names = ("source__object_id", "source_id", "source__locale_id", "target_locale_id", "source__last_updated_at", "has_open")
    return (Begun(*row) for row in found.order_by("pk").values_list(*names))


def changed(begun: list[Begun], sources: dict[uuid.UUID, Page], languages: dict[int, str]) -> Iterator[Untranslated]:
    """Each page once, with all languages that one press brings up to date."""
    behind: dict[tuple[uuid.UUID, int], list[str]] = defaultdict(list)
    for one in begun:
        page = sources.get(one.key)
        if page and page.locale_id == one.from_locale and page.last_published_at and page.last_published_at > one.synced_at:
            behind[one.key, one.source_id].append(languages[one.to_locale])
    for (key, source_id), named in behind.items():
        yield Untranslated(Why.CHANGED, sources[key].pk, sources[key].draft_title, tuple(named), source_id)


def unfinished(
    begun: list[Begun], families: dict[uuid.UUID, Family], mine: set[int], languages: dict[int, str]
) -> Iterator[Untranslated]:
    for one in begun:
        page = families[one.key].pages.get(one.to_locale)
        if one.has_open and page and page.pk in mine:
            yield Untranslated(Why.OPEN, page.pk, page.draft_title, (languages[one.to_locale],), one.source_id)


def missing(
    families: dict[uuid.UUID, Family], sources: dict[uuid.UUID, Page], languages: dict[int, str]
) -> Iterator[Untranslated]:
    keys = {page.path: key for key, family in families.items() for page in family.pages.values()}
    for key, page in sources.items():
        parent = families.get(keys.get(page.path[: -Page.steplen]))
        there = set(parent.pages) if parent else set(languages)
        named = tuple(name for pk, name in languages.items() if pk in there and pk not in families[key].pages)
        if named:
            yield Untranslated(Why.MISSING, page.pk, page.draft_title, named)
