"""Uploads in the editor: a file must be what its name says, and whole."""

from threading import Lock
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

HEAD = 1024  # bytes at the beginning that tell what a file is
ZIP = (b"PK\x03\x04",)  # office files are archives
# What files of these kinds begin with. Those that have no such mark are text.
BEGINNINGS = {
    **dict.fromkeys(["docx", "odt", "pptx", "odp", "xlsx", "ods"], ZIP),
    "vtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
}
_strictness = Lock()
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def is_what_it_says(kind: str, head: bytes) -> bool:
    """Whether a file that begins with ``head`` can be of the ``kind`` that the end of its name says."""
    if kind == "pdf":
        return b"%PDF-" in head
    if kind == "mp4":
        return head[4:8] == b"ftyp"
    if kind == "mp3":
        return head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] >= b"\xe0")
    if kind in BEGINNINGS:
        return head.startswith(BEGINNINGS[kind])
    return b"\0" not in head or head.startswith(UTF16)


class DocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            kind = file.name.rpartition(".")[2].lower()
            file.seek(0)
            head = file.read(HEAD)
            file.seek(0)
            if not is_what_it_says(kind, head):
                message = _("This is no %(kind)s file, whatever its name says. Save it again as %(kind)s, then upload it.")
                raise ValidationError(message, params={"kind": kind.upper()})
        return file


def _read_whole(file: UploadedFile) -> None:
    """Decode every byte; raises OSError for half a picture, which WeasyPrint makes Pillow accept in the whole process."""
    with _strictness:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            with Image.open(file) as picture:
                picture.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


class PictureField(WagtailImageField):
    """Wagtail's field, which opens no more than the head of a picture; this one reads it to the end."""

    def check_image_pixel_size(self, f: UploadedFile) -> None:
        try:
            super().check_image_pixel_size(f)
        except Image.DecompressionBombError as error:
            raise ValidationError(
                _("This picture is far too large. Make it at most 4,000 pixels wide, then upload it.")
            ) from error

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file is not None:
                _read_whole(file)
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(
                _("This picture is damaged: a part of it is missing. Save it again, then upload it.")
            ) from error
        if file is not None:
            file.seek(0)
        return file


class ImageForm(BaseImageForm):
    """Asks whether a person can be seen, and lets somebody else than the uploader say that they have looked."""

    shows_person = forms.TypedChoiceField(
        label=_("Does this show a person?"),
        help_text=_("Never a child. Lessons may show an adult who released the picture, once a colleague has looked at it."),
        choices=[("False", _("No")), ("True", _("Yes"))],
        coerce=lambda given: given == "True",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether a person can be seen.")},
    )
    looked = forms.BooleanField(label=_("I have looked at it, and it may be shown"), required=False)

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        if given := self.fields.get("file"):
            self.fields["file"] = PictureField(label=given.label, required=given.required, widget=given.widget)
        if not self.instance.pk:
            self.initial["shows_person"] = None
        if not self.instance.pk or user is None or user.pk == self.instance.uploaded_by_user_id:
            del self.fields["looked"]
        else:
            self._tell_who_looked()

    def _tell_who_looked(self) -> None:
        self.initial["looked"] = bool(self.instance.reviewed_on)
        told = _("A child, a rope, a face in tears? Then it may not. You did not upload it, so you can say.")
        if self.instance.reviewed_on:
            who = self.instance.reviewed_by or _("Somebody who has left")
            day = date_format(self.instance.reviewed_on)
            told = _("%(who)s looked on %(day)s.") % {"who": who, "day": day}
        self.fields["looked"].help_text = told

    def save(self, commit: bool = True) -> Any:
        """Another file has to be looked at anew."""
        looked, image = self.cleaned_data.get("looked"), self.instance
        if image.pk and ("file" in self.changed_data or looked is False):
            image.reviewed_by = image.reviewed_on = None
        if looked and (not image.reviewed_on):
            image.reviewed_by, image.reviewed_on = self.user, localdate()
        return super().save(commit=commit)
