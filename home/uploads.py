"""Uploads in the editor: a file must be what its name says, and whole."""

from threading import Lock
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
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
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = PictureField(label=given.label, required=given.required, widget=given.widget)
