"""Write what a pack says, or leave what somebody changed here since the last import, and tell which."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from courses.models import PackItem

from .comparing import differing
from .files import PackError
from .quizzes import Composition


@dataclass
class Report:
    """What an import did, or would do. Each entry is ``path (language)``; ``kept`` were edited here and left alone.

    ``changes``: of what is updated or kept, the names of the fields that differ. ``gone``: ``title (language)`` of what an
    earlier import brought and this pack has no more; it stays, published.
    """

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


class Keeper:
    """Writes one thing after the other and keeps the ``report``; ``overwrite``: also what was edited here.

    ``draft``: pages are not published. Questions and quizzes are: nobody meets them but through a page.
    """

    def __init__(self, *, overwrite: bool, draft: bool = False) -> None:
        self.overwrite, self.draft, self.report = overwrite, draft, Report()

    def page(
        self,
        model: type[Page],
        key: Any,
        path: str,
        parent: Page,
        language: str,
        fields: dict[str, Any],
        within: Page | None = None,
    ) -> Page:
        """The page ``key`` below ``parent`` with ``fields``; one that is there already has to lie ``within`` that page.

        Raises PackError where Wagtail refuses it, and where the key is that of another page of this site.
        """
        existing = own_page(model, key, parent, within)
        checksum = checksum_of(fields)
        if not self._decide(key, language, path, existing, checksum, fields):
            return existing
        instance = existing or model(translation_key=key, locale=parent.locale, live=not self.draft)
        for name, value in fields.items():
            setattr(instance, name, value)
        try:
            if existing:
                instance.save()
            else:
                parent.add_child(instance=instance)
            self._written(model.objects.get(pk=instance.pk), key, language, checksum, publish=not self.draft)
        except ValidationError as error:
            raise PackError(error.messages) from error
        return instance

    def snippet(
        self,
        model: type[models.Model],
        key: Any,
        path: str,
        language: str,
        locale: Locale,
        fields: dict[str, Any],
        whole: Composition | None = None,
    ) -> Any:
        """A question, or a quiz with its ``whole``; the revision comes last, so that the editor opens all of it."""
        existing = model.objects.filter(translation_key=key, locale=locale).first()
        checksum = checksum_of(fields | (whole.summary() if whole else {}))
        if not self._decide(key, language, path, existing, checksum, fields, whole):
            return existing
        instance = existing or model(translation_key=key, locale=locale, live=True)
        for name, value in fields.items():
            if name != "tags":
                setattr(instance, name, value)
        if "tags" in fields:
            instance.tags.set(fields["tags"])
        instance.save()
        if whole:
            whole.write(instance, locale)
        instance = model.objects.get(pk=instance.pk)
        self._written(instance, key, language, checksum)
        return instance

    def _decide(
        self, key: Any, language: str, path: str, existing: Any, checksum: str, fields: dict[str, Any], whole: Any = None
    ) -> bool:
        """Whether to write; and say in the report what is happening."""
        name = f"{path} ({language})"
        if existing is None:
            self.report.created.append(name)
            return True
        item = PackItem.objects.filter(key=key, language=language).first()
        # What somebody withdrew here is not published by a file, whatever the reason was.
        withdrawn = not existing.live and not (self.draft and isinstance(existing, Page))
        edited = item is None or item.revision_id != existing.latest_revision_id or withdrawn
        if item and item.checksum == checksum and not edited:
            self.report.unchanged.append(name)
            return False
        changes = differing(existing, fields) + (whole.differing(existing) if whole else [])
        if not changes:
            self.report.unchanged.append(name)
            seen = {"checksum": checksum, "revision": existing.live_revision or existing.latest_revision}
            PackItem.objects.update_or_create(key=key, language=language, defaults=seen)
            return False
        self.report.changes[name] = changes
        written = self.overwrite or not edited
        (self.report.updated if written else self.report.kept).append(name)
        return written

    @staticmethod
    def _written(instance: Any, key: Any, language: str, checksum: str, *, publish: bool = True) -> None:
        revision = instance.save_revision()
        if publish:
            revision.publish()
        PackItem.objects.update_or_create(key=key, language=language, defaults={"checksum": checksum, "revision": revision})


def own_page(model: type[Page], key: Any, parent: Page, within: Page | None) -> Any:
    """The page that has the identity ``key`` here; None where there is none.

    Raises PackError where it is of another kind or no part of ``within``: whoever knows a key may not write everywhere.
    """
    found = Page.objects.filter(translation_key=key, locale=parent.locale).first()
    if found is None:
        return None
    if found.specific_class is not model:
        raise PackError([_("its key is that of “%(title)s” on this site, which is something else.") % {"title": found.title}])
    if within and not found.is_descendant_of(within):
        raise PackError(
            [_("its key is that of “%(title)s” on this site, which belongs to another course.") % {"title": found.title}]
        )
    return found.specific


def checksum_of(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()
