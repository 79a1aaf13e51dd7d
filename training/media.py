"""Blocks of pictures, drawings, films, recordings and files."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from .drawings import ILLUSTRATIONS, drawing
from .groups import MEDIA, PROSE
from .pictures import PictureBlock
from .tiles import Tiles

FILE_NAME = re.compile(r"\.(jpe?g|png|gif|webp|avif)$", re.I)
SOUND, FILM, CAPTIONS = "mp3", "mp4", "vtt"  # what the library takes of each
NO_SOUND = _("This is no recording. Choose an MP3 file.")
NO_FILM = _("This is no film. Choose an MP4 file.")
NO_CAPTIONS = _("These are no captions. Choose a WebVTT file (.vtt).")


def is_of(file: Any, *kinds: str) -> bool:
    """Whether ``file`` of the library is of one of ``kinds``; True where there is none."""
    return not file or file.file_extension.lower() in kinds


class FigureBlock(blocks.StructBlock):
    image = PictureBlock(
        label=_("Picture"),
        help_text=_("Say in one sentence what it tells, or mark it as decoration. Example: Two cups on a table by a window."),
    )
    caption = blocks.CharBlock(
        label=_("Caption"), required=False, help_text=_("Ties it to the text. Example: A bench where two people can talk.")
    )
    people = blocks.ChoiceBlock(
        label=_("People on the picture"),
        required=False,
        choices=[("nobody", _("Nobody can be recognised")), ("agreed", _("Adults who agreed in writing"))],
        help_text=_("Never a child. Say which of the two holds."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        image = value["image"]
        if (
            not self.is_deferred_validation
            and image
            and not image.decorative
            and FILE_NAME.search(image.contextual_alt_text or "")
        ):
            message = _("This is a file name. Say in one sentence what the picture tells.")
            raise blocks.StructBlockValidationError(block_errors={"image": ValidationError(message)})
        return value

    def get_preview_value(self) -> blocks.StructValue:
        """The newest picture of the site; a drawing stands in as long as there is none (see the template)."""
        image = get_image_model().objects.order_by("-pk").first()
        return blocks.StructValue(self, {"image": image, "caption": "A bench where two people can talk", "people": "nobody"})

    class Meta:
        icon = "image"
        label = _("Picture")
        group = MEDIA
        description = _("A picture with its description, or marked as decoration.")
        help_text = _("Never a child. Objects and places say more: a door ajar, two cups, a bench.")
        template = "blocks/image.html"


class IllustrationBlock(blocks.StructBlock):
    name = blocks.ChoiceBlock(
        label=_("Drawing"),
        choices=ILLUSTRATIONS,
        widget=Tiles(drawing, _("Drawing")),
    )
    title = blocks.CharBlock(
        label=_("What it tells"),
        required=False,
        help_text=_("Leave empty when it only decorates. Example: A door that stays open."),
    )

    class Meta:
        icon = "snippet"
        label = _("Drawing")
        group = MEDIA
        description = _("A drawing made for this site.")
        help_text = _("Gives a long text some air. One in a lesson is often enough.")
        template = "blocks/illustration.html"
        preview_value = {"name": "open-door", "title": ""}


@dataclass(frozen=True)
class SampleFile:
    """Looks like a document to a template: what previews show where a real block holds a file."""

    url: str = "#"
    file_extension: str = "pdf"
    file_size: int = 182_000  # bytes
    language: str = "en"


class MediaBlock(blocks.StructBlock):
    """Common fields of video and audio: never an embed that tracks."""

    file = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), help_text=_("Example: The first meeting."))
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1)
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=PROSE)

    def get_preview_value(self) -> blocks.StructValue:
        transcript = self.child_blocks["transcript"].normalize("<p>Good morning. My name is Ana, and I am your guardian.</p>")
        fields = {"file": SampleFile(), "title": "The first meeting", "minutes": 3, "transcript": transcript}
        return self.normalize({name: value for name, value in fields.items() if name in self.child_blocks})


class VideoValue(blocks.StructValue):
    @property
    def host(self) -> str:
        """Whose site the link of a film leads to; empty where there is none."""
        return (urlsplit(self.get("link") or "").hostname or "").removeprefix("www.")


class VideoBlock(MediaBlock):
    file = DocumentChooserBlock(label=_("File"), required=False, help_text=_("A film of our own. Example: first-meeting.mp4"))
    link = blocks.URLBlock(
        label=_("Or a link"),
        required=False,
        help_text=_("A film on another site. It opens there, when the learner asks for it. Example: https://vimeo.com/76979871"),
    )
    poster = ImageChooserBlock(
        label=_("Picture before the film"),
        required=False,
        help_text=_("It decorates, so it tells nothing that the title does not. Never a face. Example: two cups on a table."),
    )
    captions = DocumentChooserBlock(
        label=_("Captions (WebVTT file)"), required=False, help_text=_("Needed for a film of our own. Example: first-meeting.vtt")
    )

    def get_form_layout(self) -> BlockGroup:
        return BlockGroup(children=["file", "link", "captions", "poster", "title", "minutes", "transcript"])

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        errors = {}
        if not value["file"] and not value["link"]:
            errors["file"] = ValidationError(_("Choose a film, or write the address where it can be seen."))
        elif value["file"] and value["link"]:
            errors["link"] = ValidationError(_("There is a film already. Take the link out, or the film."))
        elif not is_of(value["file"], FILM):
            errors["file"] = ValidationError(NO_FILM)
        if value["file"] and not value["captions"]:
            errors["captions"] = ValidationError(_("Add captions, for those who cannot hear the film."))
        elif not is_of(value["captions"], CAPTIONS):
            errors["captions"] = ValidationError(NO_CAPTIONS)
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return value

    class Meta:
        icon = "media"
        label = _("Video")
        label_format = "{title}"
        group = MEDIA
        description = _("A film with a transcript: our own, with captions, or a link to one elsewhere.")
        help_text = _("Three to eight minutes. Nothing is loaded before somebody presses play.")
        template = "blocks/video.html"
        value_class = VideoValue


class AudioBlock(MediaBlock):
    def clean(self, value: Any) -> Any:
        """The sound of a film is a recording, too."""
        value = super().clean(value)
        if not self.is_deferred_validation and not is_of(value["file"], SOUND, FILM):
            raise blocks.StructBlockValidationError(block_errors={"file": ValidationError(NO_SOUND)})
        return value

    class Meta:
        icon = "media"
        label = _("Audio")
        label_format = "{title}"
        group = MEDIA
        description = _("A recording with a transcript.")
        help_text = _("64 kbit/s in mono is enough for speech. The size is shown before play is pressed.")
        template = "blocks/audio.html"


class DownloadBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("What it is"), help_text=_("Example: Checklist for the first meeting."))

    def get_preview_value(self) -> blocks.StructValue:
        return blocks.StructValue(self, {"file": SampleFile(), "title": "Checklist for the first meeting"})

    class Meta:
        icon = "doc-full"
        label = _("Download")
        label_format = "{title}"
        group = MEDIA
        description = _("A file to take along, with its type, size and language.")
        help_text = _("Set the language of the file in the library. Type and size are found out by themselves.")
        template = "blocks/document.html"
