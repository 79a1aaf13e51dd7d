"""Blocks to look around in: nothing is asked, and the learner says when all has been seen."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register

from quizzes.kinds.hotspot import DRAWING, share_of_picture
from quizzes.kinds.picking import PointPickerAdapter, picker
from quizzes.kinds.placing import in_editor, twice
from quizzes.kinds.question import JudgedBlock, frozen_picture, list_items
from training.blocks import MEDIA
from training.pictures import PictureBlock

from .practice import Answered, PracticeBlock

SIGN = 16  # a number's circle has a radius of one such part of the picture's width: big enough for a thumb on a small phone


class PointBlock(blocks.StructBlock):
    x = share_of_picture(_("From the left edge (per cent)"))
    y = share_of_picture(_("From the top edge (per cent)"))
    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=80,
        help_text=_("What is there. Left empty, it is called “Point 1”, by its number. Example: The door."),
    )
    text = blocks.TextBlock(
        label=_("Note"),
        rows=2,
        max_length=400,
        help_text=_("What it tells. Example: It stays ajar, so that the child can leave."),
    )

    class Meta:
        icon = "crosshairs"
        label_format = "{title}"


class HotspotsBlock(PracticeBlock, JudgedBlock):
    image = PictureBlock(
        label=_("Picture"), help_text=_("Objects and places, never a child. Say in the alternative text what it shows.")
    )
    points = blocks.ListBlock(
        PointBlock(),
        label=_("Points"),
        min_num=2,
        max_num=12,
        help_text=_("Two to twelve. The middle of the picture is 50 from the left and 50 from the top."),
    )
    folds = False

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and value["image"].decorative:
            problem = ValidationError(_("This picture is what learners look at. Say in the alternative text what it shows."))
            raise blocks.StructBlockValidationError(block_errors={"image": problem})
        return value

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        for text in twice(point["title"] for point in value["points"] if point["title"]):
            yield "points", in_editor(_("“%(text)s” stands here twice. Change one or take it out."), text)

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        picture = frozen_picture(value.get("image"))
        width, height = (picture["width"], picture["height"]) if picture else DRAWING
        radius = max(width // SIGN, 1)
        points = [
            {
                "id": key,
                "number": number,
                "title": point["title"] or called(number, language),
                "text": point["text"],
                "x": inside(point["x"], width, radius),
                "y": inside(point["y"], height, radius),
            }
            for number, (key, point) in enumerate(list_items(value["points"]), start=1)
        ]
        return self.frozen(value, picture=picture, width=width, height=height, radius=radius, points=points)

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> forms.Form:
        return forms.Form(data, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        return Answered({"looked": True})

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> None:
        return None

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        return {"done": {"looked": True}}

    class Meta:
        icon = "crosshairs"
        label = _("Picture with points")
        group = MEDIA
        description = _("A picture with numbered points to explore, and a note for each.")
        help_text = _("Four to eight points. Example: a room for a first talk, and why each thing is there.")
        template = "courses/blocks/hotspots.html"
        form_attrs = picker(
            "points",
            "title",
            _("Press where the chosen number belongs. Arrow keys move it by 1 per cent. Or fill in the fields below."),
        )
        preview_value = {
            "heading": "Look around the room",
            "required": True,
            "points": [
                {"x": 50, "y": 28, "title": "The window", "text": "Daylight, and no one who looks in."},
                {
                    "x": 32,
                    "y": 62,
                    "title": "A cup for the child",
                    "text": "Something to hold helps when words are hard to find.",
                },
                {"x": 68, "y": 62, "title": "A cup for you", "text": "You drink the same. It says that this takes its time."},
            ],
        }


register(PointPickerAdapter(), HotspotsBlock)


def called(number: int, language: str) -> str:
    """What a point is called that its author gave no title."""
    with override(language):
        return gettext("Point %(number)d") % {"number": number}


def inside(share: Any, size: int, radius: int) -> int:
    """Where a circle lies at ``share`` per cent of ``size`` pixels, moved so that all of it is on the picture."""
    return min(max(round(float(share or 0) * size / 100), radius), size - radius)
