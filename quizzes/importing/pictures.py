"""Pictures that come inside a file: held to the same rules as an upload in the editor, kept once."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ModelForm
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from quizzes.formats.base import Item, Picture


@dataclass
class CheckedPicture:
    """``form``: the editor's own upload form, valid and not saved yet. ``stand_in``: an unsaved picture for checking blocks."""

    form: ModelForm
    hash: str
    alt: str

    @property
    def stand_in(self) -> Any:
        picture = get_image_model()(title="-")
        picture.contextual_alt_text, picture.decorative = self.alt, not self.alt
        return picture

    def raw(self, pk: int) -> dict[str, Any]:
        return {"image": pk, "alt_text": self.alt, "decorative": not self.alt}

    def save(self) -> int:
        """The primary key of this picture, which may be in the library already."""
        found = get_image_model().objects.filter(file_hash=self.hash).order_by("pk").first()
        return (found or self.form.save()).pk


def checked_picture(item: Item) -> CheckedPicture | None:
    """The picture of ``item`` where it may be kept; otherwise why not is noted."""
    if item.image is None:
        return None
    form = _form(item.image)
    if not form.is_valid():
        reasons = " ".join(message for messages in form.errors.values() for message in messages)
        names = {"name": item.image.name[-100:], "reasons": reasons}
        item.partly(_("The picture “%(name)s” was left out. %(reasons)s") % names)
        return None
    if not item.image.alt.strip():
        item.partly(_("The picture has no description, so it arrives as decoration. Describe it, or leave it so."))
    return CheckedPicture(form, hash_of(item.image), item.image.alt.strip()[:255])


def hash_of(picture: Picture) -> str:
    """As the library of pictures keeps it."""
    return hashlib.sha1(picture.content, usedforsecurity=False).hexdigest()


def _form(picture: Picture) -> ModelForm:
    name = PurePosixPath(picture.name).name or "picture"
    upload = SimpleUploadedFile(name, picture.content)
    model = get_image_model()
    form = get_image_form(model)({"title": name[:255]}, {"file": upload})
    for needless in ("collection", "tags"):
        form.fields.pop(needless, None)
    return form
