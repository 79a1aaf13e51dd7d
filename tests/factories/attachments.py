"""Pictures and files of the libraries, and the entries with which a question holds them."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.images.tests.utils import get_test_image_file

NO_PICTURE = {"image": None, "alt_text": None, "decorative": None}


def make_image(name: str = "sign.png", size: tuple[int, int] = (640, 480)) -> AbstractImage:
    file = SimpleUploadedFile(name, get_test_image_file(size=size).file.getvalue())
    return get_image_model().objects.create(title="Sign", file=file)


def make_document(name: str = "rules.pdf", content: bytes = b"%PDF-1.7", **fields: Any) -> AbstractDocument:
    """A document with the size that an upload would have kept."""
    fields = {"title": "rules", "file_size": len(content), **fields}
    return get_document_model().objects.create(file=ContentFile(content, name), **fields)


def picture_of(image: AbstractImage, alt: str) -> dict[str, Any]:
    """An entry with a picture; without ``alt`` the picture only decorates."""
    return {"image": {"image": image.pk, "alt_text": alt, "decorative": not alt}, "file": None, "title": ""}


def file_of(document: AbstractDocument, title: str) -> dict[str, Any]:
    return {"image": NO_PICTURE, "file": document.pk, "title": title}
