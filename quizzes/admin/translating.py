"""The buttons of wagtail-localize in our lists. Its own hook asks the database for every row; this asks once for a page."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale
from wagtail_localize.models import Translation

THEIRS = "wagtail_localize.wagtail_hooks"


class TranslateButtons:
    """For the rows of one page, which are all of one model. Two queries, or three."""

    def __init__(self, rows: Sequence[Any], user: Any) -> None:
        self.allowed = bool(rows) and user.has_perm("wagtail_localize.submit_translation")
        self.locales: dict[UUID, set[int]] = defaultdict(set)
        self.sources: dict[tuple[UUID, int], int] = {}
        if not self.allowed:
            return
        self.all = set(Locale.objects.values_list("pk", flat=True))
        keys = {row.translation_key for row in rows}
        model = type(rows[0])
        for key, locale in model.objects.filter(translation_key__in=keys).values_list("translation_key", "locale_id"):
            self.locales[key].add(locale)
        translations = Translation.objects.filter(source__object_id__in=keys, enabled=True).select_related("source")
        self.sources = {(one.source.object_id, one.source.locale_id): one.source_id for one in translations}

    def of(self, row: Any, back: str) -> list[Button]:
        """``back``: where to return after bringing translations up to date."""
        if not self.allowed:
            return []
        buttons = []
        if self.all - self.locales[row.translation_key]:
            arguments = [row._meta.app_label, row._meta.model_name, row.pk]
            url = reverse("wagtail_localize:submit_snippet_translation", args=arguments)
            buttons.append(Button(_("Translate"), url, icon_name="wagtail-localize-language", priority=100))
        source = self.sources.get((row.translation_key, row.locale_id))
        if source:
            url = reverse("wagtail_localize:update_translations", args=[source])
            buttons.append(Button(_("Bring translations up to date"), f"{url}?next={back}", icon_name="resubmit", priority=106))
        return buttons
