"""The pictures and documents of a pack: put into the site's library once, whatever names they have there, if an editor might."""

import hashlib
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from quizzes.importing.enclosed import upload_form

from .files import MAX_MEDIA, PackError
from .reading import Pack

LONGEST = 200  # letters of who released a picture


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

    def picture(self, name: str | None) -> int | None:
        """A picture that only decorates, so that nothing is said of it."""
        return self._stored(get_image_model(), name) if name else None

    def image(self, value: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        value = value if isinstance(value, dict) else {}
        return {
            "image": self._stored(get_image_model(), value.get("file"), **_person(value)),
            "alt_text": value.get("alt") or "",
            "decorative": bool(value.get("decorative")),
        }

    def _stored(self, model: type[models.Model], name: str | None, **said: Any) -> int:
        """``said``: further fields, for a file that the library does not have yet; of those it has, it knows for itself."""
        file = f"media/{PurePosixPath(str(name)).name}"
        content = self.pack.files.read(file, MAX_MEDIA)
        mark = hashlib.sha1(content, usedforsecurity=False).hexdigest()  # as Wagtail knows files by
        found = model.objects.filter(file_hash=mark).order_by("pk").first()
        if found:
            return found.pk
        form = upload_form(model, PurePosixPath(file).name, content, title=f"{self.pack.slug}/{name}")
        if not form.is_valid():
            raise PackError([f"{file}: {message}" for messages in form.errors.values() for message in messages])
        for field, value in said.items():
            setattr(form.instance, field, value)
        instance = form.save()
        self._written.append(instance.file)
        return instance.pk


def _person(value: dict[str, Any]) -> dict[str, Any]:
    """What a pack says of a person on a picture. Whether it may be shown here, somebody here has to look."""
    person = value.get("person")
    if not isinstance(person, dict):
        return {}
    until = person.get("released_until")
    try:
        day = date.fromisoformat(str(until)) if until else None
    except ValueError as error:
        raise PackError([f"{value.get('file')}: released_until: {until} is not a date, such as 2027-05-31."]) from error
    return {
        "shows_person": True,
        "no_real_person": person.get("no_real_person") is True,
        "released_by": str(person.get("released_by") or "")[:LONGEST],
        "released_until": day,
    }
