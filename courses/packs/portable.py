"""StreamField data as plain values that name things by keys and files, never by a site's own ids: ``blocks`` backwards."""

import re
from typing import Any

from django.conf import settings
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.rich_text import expand_db_html
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.blocks.readers import SETTINGS
from courses.models import SharedContent
from quizzes.exporting import OWN_LINK
from quizzes.models import Question

TERM = re.compile(r'<a linktype="term" id="([a-z0-9-]+)">')
MARKED = re.compile(r"^[0-9a-f]{12}-")  # what an earlier export put before the name of a file


class Portable:
    """Turns raw values of blocks into those of a pack.

    ``media`` grows with the files that they use, by name; ``chosen`` with the keys of the snippets, by model.
    """

    def __init__(self) -> None:
        self.chosen: dict[type, set[str]] = {}
        self.media: dict[str, bytes] = {}
        self._names: dict[tuple[type, int], str] = {}

    def value(self, block: blocks.Block, raw: Any) -> Any:
        if isinstance(block, ImageBlock):
            return self._image(raw)
        if isinstance(block, blocks.StructBlock):
            return {name: self.value(child, (raw or {}).get(name)) for name, child in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            return [self._entry(block.child_block, entry) for entry in raw or []]
        if isinstance(block, blocks.StreamBlock):
            return self.parts(block, raw)
        if isinstance(block, blocks.RichTextBlock):
            return html(raw)
        if isinstance(block, DocumentChooserBlock):
            return self.file(get_document_model(), raw)
        if isinstance(block, ImageChooserBlock):
            return self._picture(raw)
        if isinstance(block, SnippetChooserBlock):
            return self._key(block.target_model, raw)
        return raw

    def _key(self, model: type, pk: int | None) -> str | None:
        if not pk:
            return None
        name = "key" if model is SharedContent else "translation_key"
        key = str(model.objects.values_list(name, flat=True).get(pk=pk))
        self.chosen.setdefault(model, set()).add(key)
        return key

    def parts(self, stream: blocks.StreamBlock, raw: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
        """Without those for which nothing is there: the reusable content or quiz that they name is withdrawn, or gone."""
        return [self.part(stream, part) for part in raw or [] if _is_there(stream.child_blocks[part["type"]], part["value"])]

    def part(self, stream: blocks.StreamBlock, part: dict[str, Any]) -> dict[str, Any]:
        child = stream.child_blocks[part["type"]]
        value = self.value(child, part["value"])
        if isinstance(value, dict):  # most blocks are for everyone: nothing to say about that
            value = {name: own for name, own in value.items() if own or name not in SETTINGS}
        return {"id": part["id"], "type": part["type"], "value": value}

    def _entry(self, child: blocks.Block, entry: dict[str, Any]) -> dict[str, Any]:
        value = self.value(child, entry["value"])
        return {"id": entry["id"], **value} if isinstance(child, blocks.StructBlock) else {"id": entry["id"], "value": value}

    def _image(self, raw: dict[str, Any] | None) -> dict[str, Any] | None:
        if not raw or not raw.get("image"):
            return None
        name = self.file(get_image_model(), raw["image"])
        said = {"file": name, "alt": raw.get("alt_text") or "", "decorative": bool(raw.get("decorative"))}
        return said | _told_of(raw["image"])

    def _picture(self, pk: int | None) -> dict[str, Any] | None:
        """A picture of which nothing else is said, because it only decorates."""
        name = self.file(get_image_model(), pk)
        return {"file": name} | _told_of(pk) if name else None

    def file(self, model: type, pk: int | None) -> str | None:
        """The name of a picture or document in the pack; None where there is none any more."""
        found = model.objects.filter(pk=pk).first() if pk else None
        if found is None:
            return None
        known = self._names.get((model, found.pk))
        if known is None:
            with found.file.open("rb") as file:
                content = file.read()
            plain = MARKED.sub("", found.filename)
            known = self._names[model, found.pk] = f"{found.get_file_hash()[:12]}-{plain}"
            self.media[known] = content
        return known


def _is_there(block: blocks.Block, value: Any) -> bool:
    """Whether whatever ``block`` names can be shown. A question is asked as long as it exists."""
    if not isinstance(block, blocks.StructBlock):
        return True
    for name, child in block.child_blocks.items():
        if isinstance(child, SnippetChooserBlock) and (pk := (value or {}).get(name)):
            found = child.target_model.objects.filter(pk=pk)
            if child.target_model is not Question:
                found = found.filter(translation_key__in=child.target_model.objects.filter(live=True).values("translation_key"))
            if not (found.filter(live=True) if child.target_model is SharedContent else found).exists():
                return False
    return True


def _told_of(pk: int | None) -> dict[str, Any]:
    """What the library knows of a picture: whom to name (``credit``), and whether it shows a person.

    ``person`` is False where it shows nobody; without it nobody has said.
    """
    image = get_image_model().objects.filter(pk=pk).first()
    if image is None:
        return {}
    told = {"credit": image.credit} if image.credit else {}
    if image.shows_person:
        until = image.released_until.isoformat() if image.released_until else ""
        release = {"no_real_person": image.no_real_person, "released_by": image.released_by, "released_until": until}
        return told | {"person": release}
    return told if image.shows_person is None else told | {"person": False}


def html(raw: str | None) -> str:
    """Rich text with whole addresses: links to pages and files of this site lead here from everywhere.

    Links to the glossary stay as they are: every site has one.
    """
    if "linktype=" not in (raw or ""):
        return raw or ""
    expanded = OWN_LINK.sub(f'href="{settings.SITE_URL}/', expand_db_html(TERM.sub(r'<a data-term="\1">', raw)))
    return expanded.replace("<a data-term=", '<a linktype="term" id=')
