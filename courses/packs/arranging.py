"""The order of modules and lessons: that of the pack, unless somebody moved something here since the last import."""

import uuid

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from courses.models import CoursePage, LessonPage, ModulePage, PackItem

from .files import PackError
from .keeping import Keeper, checksum_of

Modules = list[tuple[ModulePage, list[LessonPage]]]  # as the pack has them


class Arrangement:
    """Of one course in one language. Made before anything of it is written: it looks whether things stand where they were put."""

    def __init__(self, course_key: uuid.UUID, language: str, locale: Locale) -> None:
        self.course_key, self.language, self.locale = course_key, language, locale
        self.key = uuid.uuid5(course_key, "order")
        before = self._standing()
        known = PackItem.objects.filter(key=self.key, language=language).first()
        self.was_moved_here = bool(before) and (known is None or known.checksum != checksum_of({"order": before}))

    def _standing(self) -> list[tuple[str, int]]:
        """Key and depth of the parts of the course that imports have written, as they stand."""
        course = CoursePage.objects.filter(translation_key=self.course_key, locale=self.locale).first()
        if course is None:
            return []
        written = set(PackItem.objects.filter(language=self.language).values_list("key", flat=True))
        parts = Page.objects.descendant_of(course).order_by("path").values_list("translation_key", "depth")
        return [(str(key), depth - course.depth) for key, depth in parts if key in written]

    def _gone(self, course: CoursePage, modules: Modules) -> list[str]:
        """The live pages of ``course`` that an import has written and the pack has no more."""
        here = {page.pk for module, lessons in modules for page in (module, *lessons)}
        written = PackItem.objects.filter(language=self.language).values("key")
        gone = Page.objects.live().descendant_of(course).filter(translation_key__in=written).exclude(pk__in=here)
        return [f"{page.title} ({self.language})" for page in gone.order_by("path")]

    def bring_about(self, modules: Modules, path: str, keeper: Keeper) -> None:
        """Move what stands elsewhere, or leave it, and say which. Raises PackError where Wagtail refuses it."""
        course = CoursePage.objects.get(translation_key=self.course_key, locale=self.locale)
        keeper.report.gone += self._gone(course, modules)
        wanted = [(course, [module for module, _lessons in modules]), *modules]
        odd = [(parent, children) for parent, children in wanted if not _is_so(parent, children)]
        if odd:
            is_kept = self.was_moved_here and not keeper.overwrite
            name = f"{path} order ({self.language})"
            keeper.report.changes[name] = [_("Order")]
            (keeper.report.kept if is_kept else keeper.report.updated).append(name)
            if is_kept:
                return
            for parent, children in odd:
                _put_in_order(parent, children)
        standing = {"checksum": checksum_of({"order": self._standing()})}
        PackItem.objects.update_or_create(key=self.key, language=self.language, defaults=standing)


def _is_so(parent: Page, children: list) -> bool:
    wanted = [child.pk for child in children]
    here = Page.objects.child_of(_fresh(parent)).order_by("path").values_list("pk", flat=True)
    return [pk for pk in here if pk in wanted] == wanted


def _put_in_order(parent: Page, children: list) -> None:
    """``children`` one after the other; what this site has added comes after them."""
    for before, child in zip([None, *children], children, strict=False):
        target, place = (_fresh(before), "right") if before else (_fresh(parent), "first-child")
        try:
            _fresh(child).move(target, pos=place)
        except ValidationError as error:
            told = {"page": child.title, "parent": parent.title, "error": " ".join(error.messages)}
            raise PackError([_("“%(page)s” cannot stand in “%(parent)s”: %(error)s") % told]) from error


def _fresh(page: Page) -> Page:
    """With the place that it has now: each move changes that of others."""
    return Page.objects.get(pk=page.pk)
