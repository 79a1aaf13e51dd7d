"""The pictures and documents of a pack: each is put into the site's library once, whatever names it has there."""

import hashlib
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import FieldFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from willow.image import UnrecognisedImageFormatError

from .files import MAX_MEDIA, PackError
from .reading import Pack


class Media:
    """Gives the ids of what ``pack`` has in its folder ``media``. Raises PackError for what is missing or no such file."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._written: list[FieldFile] = []

    def take_back(self) -> None:
        """Remove from the disk what was put there: no transaction does that."""
        for file in self._written:
            file.storage.delete(file.name)

    def document(self, name: str | None) -> int | None:
        return self._stored(get_document_model(), name) if name else None

    def image(self, value: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        value = value if isinstance(value, dict) else {}
        return {
            "image": self._stored(get_image_model(), value.get("file")),
            "alt_text": value.get("alt") or "",
            "decorative": bool(value.get("decorative")),
        }

    def _stored(self, model: type[models.Model], name: str | None) -> int:
        file = f"media/{PurePosixPath(str(name)).name}"
        content = self.pack.files.read(file, MAX_MEDIA)
        mark = hashlib.sha1(content, usedforsecurity=False).hexdigest()  # as Wagtail knows files by
        found = model.objects.filter(file_hash=mark).order_by("pk").first()
        if found:
            return found.pk
        try:
            instance = model(
                title=f"{self.pack.slug}/{name}"[:255],
                file=ContentFile(content, name=PurePosixPath(file).name),
                file_hash=mark,
                file_size=len(content),
            )
            instance.full_clean()
        except UnrecognisedImageFormatError as error:
            raise PackError([f"{file}: this is not a picture."]) from error
        except ValidationError as error:
            raise PackError([f"{file}: {message}" for message in error.messages]) from error
        instance.save()
        self._written.append(instance.file)
        return instance.pk
