"""What a new site begins with: its languages, the tree of pages, the pages of text in ``content/site/`` and the course packs.

Everything is created once and remembered (``courses.PackItem``). From then on it belongs to the editors: nothing here changes or
brings back what they changed, moved or deleted.
"""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page, Site

from courses.models import CourseIndexPage, PackItem
from courses.packs.blocks import clean_html, stream_data
from courses.packs.files import FolderFiles, PackError
from courses.packs.reading import Item, Pack, merged, read_yaml
from training.blocks import BasicBlocks

from .models import HomePage, StandardPage

SOURCE_LANGUAGE = "en"
HOME, CATALOGUE = "home", "courses"
TEXTS = ("about", "privacy", "accessibility")  # in the order of the footer
PORTS = {"http": 80, "https": 443}


@dataclass
class Loader:
    """Loads the folder ``folder`` (``<language>/<name>.yaml``). ``created``: what was made, as "name (language)"."""

    folder: Path
    created: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        self.files = FolderFiles(self.folder)
        self.pack = Pack(self.files, "site", SOURCE_LANGUAGE, codes, Item("", {}), [], {})  # for its stable identities

    @transaction.atomic
    def run(self) -> None:
        """Create what was never created. Raises PackError, with nothing written, when a file is wrong."""
        root = Page.get_first_root_node()
        for code in sorted(self.pack.languages, key=lambda code: code != SOURCE_LANGUAGE):
            locale, is_new = Locale.objects.get_or_create(language_code=code)
            if is_new:
                self.created.append(f"language ({code})")
            home = self._page(HomePage, HOME, root, locale)
            if home is None:
                continue
            self._page(CourseIndexPage, CATALOGUE, home, locale)
            for name in TEXTS:
                self._page(StandardPage, name, home, locale)
        self._point_site()
        self._remove_welcome()

    # --- Pages --------------------------------------------------------------------------------------------------------
    def _page(self, model: type[Page], name: str, parent: Page, locale: Locale) -> Page | None:
        key = self.pack.uuid(name)
        existing = model.objects.filter(translation_key=key, locale=locale).first()
        language = locale.language_code
        if existing or PackItem.objects.filter(key=key, language=language).exists():
            return existing
        values = self._values(name, language)
        if values is None:
            return None
        page = model(translation_key=key, locale=locale, **self._fields(model, name, values))
        try:
            parent.add_child(instance=page)
        except ValidationError as error:
            raise PackError([f"{language}/{name}.yaml: {message}" for message in error.messages]) from error
        revision = page.save_revision()
        revision.publish()
        PackItem.objects.create(key=key, language=language, revision=revision)
        self.created.append(f"{name} ({language})")
        return model.objects.get(pk=page.pk)

    def _values(self, name: str, language: str) -> dict[str, Any] | None:
        """The file in the source language with the words of ``language``; None when that translation is not written."""
        source = read_yaml(self.files, f"{SOURCE_LANGUAGE}/{name}.yaml")
        path = f"{language}/{name}.yaml"
        if language == SOURCE_LANGUAGE:
            return source
        return merged(source, read_yaml(self.files, path), path) if path in self.files.names else None

    def _fields(self, model: type[Page], name: str, values: dict[str, Any]) -> dict[str, Any]:
        fields = {name: values.get(name) or "" for name in ("title", "slug", "search_description")}
        if model is HomePage:
            fields |= {"purpose": values["purpose"], "intro": clean_html(values["intro"])}
        elif model is CourseIndexPage:
            fields["intro"] = clean_html(values["intro"])
        else:
            fields["body"] = json.dumps(stream_data(BasicBlocks(), values["body"], self.pack, name))
        return fields

    # --- The site -----------------------------------------------------------------------------------------------------
    def _point_site(self) -> None:
        """The default site begins at the English home page and answers at SITE_URL, which the environment decides."""
        home = HomePage.objects.filter(translation_key=self.pack.uuid(HOME), locale__language_code=SOURCE_LANGUAGE).first()
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        if home is None or (site.pk and isinstance(site.root_page.specific, HomePage) and site.root_page_id != home.pk):
            return  # somebody chose another beginning
        address = urlsplit(settings.SITE_URL)
        wanted = {
            "hostname": address.hostname,
            "port": address.port or PORTS[address.scheme],
            "root_page_id": home.pk,
            "site_name": settings.SITE_NAME,
        }
        if any(getattr(site, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(site, name, value)
            site.save()
            self.created.append(f"site ({address.hostname})")

    def _remove_welcome(self) -> None:
        """Take away the page that Wagtail puts into every new database, if it is still as Wagtail made it."""
        for page in Page.objects.filter(depth=2, numchild=0, latest_revision__isnull=True, sites_rooted_here__isnull=True):
            if page.specific_class is Page:
                page.delete()
                self.created.append("removed Wagtail's welcome page")


def course_packs(folder: Path) -> list[Path]:
    """The course packs that come with the product, by the ``order`` in their ``pack.yaml``; those without one come last."""
    packs = [path.parent for path in folder.glob("*/pack.yaml")]
    return sorted(packs, key=lambda pack: (_order(pack), pack.name))


def _order(pack: Path) -> int:
    """Raises PackError when ``pack.yaml`` is unreadable or its ``order`` is no whole number."""
    order = read_yaml(FolderFiles(pack), "pack.yaml").get("order", sys.maxsize)
    if not isinstance(order, int):
        raise PackError([f"{pack.name}/pack.yaml: order must be a whole number."])
    return order
