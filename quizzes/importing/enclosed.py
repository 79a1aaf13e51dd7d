"""Pictures and files that come inside a package: held to the same rules as an upload in the editor, kept once."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.forms import ModelForm
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from quizzes.formats.base import Enclosed, File, Item, Picture
from quizzes.kinds.enclosed import MOST_ATTACHMENTS

NO_PICTURE = {"image": None, "alt_text": None, "decorative": None}
LONGEST = 255  # letters of a title or a description

Told = list[list[str]]  # type, hash and words of each picture and file, in their order


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

    def raw(self) -> dict[str, Any]:
        """As its block stores it, once it is in the library; it may be there already."""
        return {"image": self.save(), "alt_text": self.alt, "decorative": not self.alt}

    def attached(self) -> dict[str, Any]:
        return {"image": self.raw(), "file": None, "title": ""}

    def save(self) -> int:
        found = get_image_model().objects.filter(file_hash=self.hash).order_by("pk").first()
        return (found or self.form.save()).pk


@dataclass
class CheckedFile:
    """``form``: the editor's own upload form for documents, valid and not saved yet."""

    form: ModelForm
    hash: str
    title: str

    def attached(self) -> dict[str, Any]:
        return {"image": NO_PICTURE, "file": self.save(), "title": self.title}

    def save(self) -> int:
        """The key of this file in the library. One that only some people may open does not count: learners have to."""
        same = get_document_model().objects.filter(file_hash=self.hash).select_related("collection").order_by("pk")
        found = next((one for one in same if not one.collection.get_view_restrictions()), None)
        return (found or self.form.save()).pk


@dataclass
class CheckedEnclosed:
    """What of the pictures and files of one question, or of one part of a case, may be kept."""

    picture: CheckedPicture | None = None
    attachments: list[CheckedPicture | CheckedFile] = field(default_factory=list)

    def put_into(self, value: dict[str, Any]) -> None:
        """Save them and name them in ``value``, a raw block whose list of attachments has an entry for each."""
        if self.picture:
            value["image"] = self.picture.raw()
        for entry, attachment in zip(value["attachments"], self.attachments, strict=True):
            entry["value"] = attachment.attached()

    def told(self) -> Told:
        kept = [*([self.picture] if self.picture else []), *self.attachments]
        return [
            ["image", one.hash, one.alt] if isinstance(one, CheckedPicture) else ["file", one.hash, one.title] for one in kept
        ]


def checked_enclosed(enclosed: Enclosed, item: Item) -> CheckedEnclosed:
    """What of ``enclosed`` may be kept; why the rest may not is noted at ``item``."""
    picture = _checked(enclosed.image, item) if enclosed.image else None
    if left_out := enclosed.attachments[MOST_ATTACHMENTS:]:
        names = ", ".join(one.name[-100:] for one in left_out[:MOST_ATTACHMENTS])
        told = {"number": MOST_ATTACHMENTS, "count": len(left_out), "names": names}
        item.partly(_("A question holds %(number)d further pictures and files. Left out: %(count)d (%(names)s).") % told)
    found = [_checked(one, item) for one in enclosed.attachments[:MOST_ATTACHMENTS]]
    return CheckedEnclosed(picture, [one for one in found if one])


def told_of(enclosed: Enclosed) -> Told:
    """As ``CheckedEnclosed.told``, of pictures and files that are in the library."""
    kept = [*([enclosed.image] if enclosed.image else []), *enclosed.attachments]
    return [
        ["image", hash_of(one.content), one.alt] if isinstance(one, Picture) else ["file", hash_of(one.content), one.title]
        for one in kept
    ]


def _checked(one: Picture | File, item: Item) -> Any:
    """``one`` as a ``CheckedPicture`` or ``CheckedFile``, or None and a note."""
    is_picture = isinstance(one, Picture)
    form = _picture_form(one) if is_picture else _file_form(one)
    if not form.is_valid():
        names = {"name": one.name[-100:], "reasons": " ".join(_reasons(form))}
        sentence = (
            _("The picture “%(name)s” was left out. %(reasons)s")
            if is_picture
            else _("The file “%(name)s” was left out. %(reasons)s")
        )
        item.partly(sentence % names)
        return None
    if not is_picture:
        return CheckedFile(form, hash_of(one.content), _cut(one.title.strip() or _name(one, "file"), one, item))
    if not one.alt.strip():
        item.partly(_("The picture has no description, so it arrives as decoration. Describe it, or leave it so."))
    return CheckedPicture(form, hash_of(one.content), _cut(one.alt.strip(), one, item))


def _cut(words: str, one: Picture | File, item: Item) -> str:
    if len(words) > LONGEST:
        told = {"name": one.name[-100:], "limit": LONGEST}
        item.partly(_("What is said of “%(name)s” is longer than %(limit)d letters and was cut.") % told)
    return words[:LONGEST]


def _reasons(form: ModelForm) -> Iterator[str]:
    for messages in form.errors.values():
        yield from messages


def hash_of(content: bytes) -> str:
    """As the libraries of pictures and of documents keep it."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _name(one: Picture | File, nameless: str) -> str:
    return PurePosixPath(one.name).name or nameless


def _picture_form(picture: Picture) -> ModelForm:
    return upload_form(get_image_model(), _name(picture, "picture"), picture.content)


def _file_form(file: File) -> ModelForm:
    return upload_form(get_document_model(), _name(file, "file"), file.content)


def upload_form(model: type[Model], name: str, content: bytes, title: str = "") -> ModelForm:
    """The editor's own form for an upload into the library of pictures or of documents: it refuses what the editor refuses.

    Nobody is asked whether a picture shows a person. So nothing is said of it, and no lesson passes the review before it is.
    """
    form_class = get_image_form(model) if model is get_image_model() else get_document_form(model)
    form = form_class({"title": (title or name)[:LONGEST]}, {"file": SimpleUploadedFile(name, content)})
    for needless in ("collection", "tags", "shows_person"):
        form.fields.pop(needless, None)
    return form
