"""The pictures and documents of a pack: put into the site's library once, whatever names they have there, if an editor might."""

import hashlib
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from quizzes.importing.enclosed import upload_form

from .files import MAX_MEDIA, PackError
from .reading import Pack

LONGEST = 200  # letters of who released a picture
SAID_OF_PERSON = {"no_real_person", "released_by", "released_until"}


class Media:
    """Gives the ids of what ``pack`` has in its folder ``media``. Raises PackError for what is missing or no such file.

    ``from_elsewhere``: nobody here vouches for the pack. Then that a picture shows nobody is no answer yet.
    """

    def __init__(self, pack: Pack, *, from_elsewhere: bool = False) -> None:
        self.pack, self.from_elsewhere = pack, from_elsewhere
        self._written: list[FieldFile] = []

    def take_back(self) -> None:
        """Remove from the disk what was put there: no transaction does that."""
        for file in self._written:
            file.storage.delete(file.name)

    def document(self, name: str | None) -> int | None:
        return self._stored(get_document_model(), name) if name else None

    def picture(self, value: Any) -> int | None:
        """A picture that only decorates, so that it is not described: ``{file, person, credit}``, or its name."""
        value = value if isinstance(value, dict) else {"file": value}
        return self._stored(get_image_model(), value["file"], **self._said(value)) if value.get("file") else None

    def image(self, value: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        value = value if isinstance(value, dict) else {}
        return {
            "image": self._stored(get_image_model(), value.get("file"), **self._said(value)),
            "alt_text": value.get("alt") or "",
            "decorative": bool(value.get("decorative")),
        }

    def _stored(self, model: type[models.Model], name: str | None, **said: Any) -> int:
        """``said``: further fields. Of a file that the library has, it knows for itself, but for what nobody has said here."""
        file = f"media/{PurePosixPath(str(name)).name}"
        content = self.pack.files.read(file, MAX_MEDIA)
        mark = hashlib.sha1(content, usedforsecurity=False).hexdigest()  # as Wagtail knows files by
        found = model.objects.filter(file_hash=mark).order_by("pk").first()
        if found:
            news = {field: value for field, value in said.items() if _is_open(found, field)}
            if news:
                model.objects.filter(pk=found.pk).update(**news)
            return found.pk
        form = upload_form(model, PurePosixPath(file).name, content, title=f"{self.pack.slug}/{name}")
        if not form.is_valid():
            raise PackError([f"{file}: {message}" for messages in form.errors.values() for message in messages])
        for field, value in said.items():
            setattr(form.instance, field, value)
        instance = form.save()
        self._written.append(instance.file)
        return instance.pk

    def _said(self, value: dict[str, Any]) -> dict[str, Any]:
        """The fields of a picture of which ``value`` says something."""
        person, credit = _person(value), value.get("credit") or ""
        if not isinstance(credit, str) or len(credit) > LONGEST:
            raise PackError(
                [_("%(place)s: a text of at most %(count)d letters.") % {"place": _place(value, "credit"), "count": LONGEST}]
            )
        if self.from_elsewhere and person == {"shows_person": False}:
            person = {}
        return person | ({"credit": credit.strip()} if credit.strip() else {})


def _is_open(picture: Any, field: str) -> bool:
    """Whether nobody has said anything of it here."""
    return not picture.credit if field == "credit" else picture.shows_person is None


def _person(value: dict[str, Any]) -> dict[str, Any]:
    """What a pack says of a person on a picture; nothing where it does not say. Whether one may be shown, somebody here looks.

    Raises PackError for what cannot be read: taken for nothing said it would lose a release, or a person.
    """
    person = value.get("person")
    if person is None:
        return {}
    if person is False:
        return {"shows_person": False}
    released_by = person.get("released_by") or "" if isinstance(person, dict) else None
    is_drawn = person.get("no_real_person") or False if isinstance(person, dict) else None
    known = isinstance(person, dict) and set(person) <= SAID_OF_PERSON
    if not (known and isinstance(released_by, str) and len(released_by) <= LONGEST and isinstance(is_drawn, bool)):
        names = ", ".join(sorted(SAID_OF_PERSON))
        said = _("%(place)s: write false where nobody can be seen, else %(names)s.")
        raise PackError([said % {"place": _place(value, "person"), "names": names}])
    return {
        "shows_person": True,
        "no_real_person": is_drawn,
        "released_by": released_by,
        "released_until": _until(value, person.get("released_until")),
    }


def _until(value: dict[str, Any], until: Any) -> date | None:
    try:
        return date.fromisoformat(str(until)) if until else None
    except ValueError as error:
        said = _("%(place)s: %(value)s is not a date, such as 2027-05-31.")
        raise PackError([said % {"place": _place(value, "released_until"), "value": str(until)[:40]}]) from error


def _place(value: dict[str, Any], field: str) -> str:
    return f"{str(value.get('file'))[:LONGEST]}: {field}"
