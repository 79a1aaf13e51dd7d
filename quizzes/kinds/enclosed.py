"""Pictures and files that belong to a question: the editor's block, and how they are frozen."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from training.pictures import PictureBlock

PICTURE = "width-800"  # the display size that an attempt keeps
MOST_ATTACHMENTS = 12


class AttachmentBlock(blocks.StructBlock):
    """A further picture, or a file to open; never both. A file has a title in the language of the question."""

    image = PictureBlock(label=_("Picture"), required=False, help_text=_("A picture or a file, not both. Never a child."))
    file = DocumentChooserBlock(label=_("File"), required=False)
    title = blocks.CharBlock(
        label=_("What the file is"), required=False, max_length=255, help_text=_("Example: The letter of the court.")
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        image, file = value.get("image"), value.get("file")
        if (image is None) == (file is None):
            raise StructBlockValidationError(non_block_errors=[ValidationError(_("Choose a picture or a file, one of them."))])
        if file is not None and not value.get("title"):
            raise StructBlockValidationError(block_errors={"title": ValidationError(_("Say what the file is."))})
        return value

    class Meta:
        icon = "doc-full"
        label = _("Picture or file")
        label_format = "{title}"


def attachments_block() -> blocks.ListBlock:
    return blocks.ListBlock(
        AttachmentBlock(),
        label=_("Further pictures and files"),
        default=[],
        max_num=MOST_ATTACHMENTS,
        help_text=_("Shown under the question before it is answered. They must not tell the answer."),
    )


def frozen_picture(image: Any) -> dict[str, Any] | None:
    """Address, size and description of a picture at its display size; None where there is none."""
    if image is None:
        return None
    rendition = image.get_rendition(PICTURE)
    alt = "" if getattr(image, "decorative", False) else (getattr(image, "contextual_alt_text", "") or "")
    return {"url": rendition.url, "width": rendition.width, "height": rendition.height, "alt": alt}


def frozen_attachments(attachments: Iterable[Any]) -> list[dict[str, Any]]:
    """Each as ``{"image": picture}`` or ``{"file": its address, type, size and language, "title": text}``.

    What was deleted from the library since is left out.
    """
    found: list[dict[str, Any]] = []
    for attachment in attachments:
        image, file = attachment.get("image"), attachment.get("file")
        if image is not None:
            found.append({"image": frozen_picture(image)})
        elif file is not None:
            facts = {name: getattr(file, name) for name in ("url", "file_extension", "file_size", "language")}
            found.append({"file": facts, "title": attachment.get("title") or file.title})
    return found
