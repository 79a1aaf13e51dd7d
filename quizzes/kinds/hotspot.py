"""Areas of a picture. The form is a list of checkboxes; the picture shows where each of them lies."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from training.pictures import PictureBlock

from .base import Show
from .choices import ChoicesReview, reviewed
from .enclosed import frozen_picture
from .multiple_response import MultipleResponse
from .picking import PointPickerAdapter, picker
from .question import QuestionBlock, asked, frozen, list_items

MOST_AREAS = 12
DRAWING = (320, 200)  # size of the drawing that stands in for a missing picture
SIGN = 22  # an area's number has a radius of one such part of the picture's width


def share_of_picture(label: Promise, **options: Any) -> blocks.DecimalBlock:
    return blocks.DecimalBlock(label=label, min_value=0, max_value=100, max_digits=8, decimal_places=5, **options)


class AreaBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=120, help_text=_("What is there, in one or two words. Example: Door."))
    x = share_of_picture(_("From the left edge (per cent)"))
    y = share_of_picture(_("From the top edge (per cent)"))
    width = share_of_picture(_("Width (per cent)"))
    height = share_of_picture(_("Height (per cent)"))
    correct = blocks.BooleanBlock(label=_("This is a right area"), required=False)
    feedback = blocks.TextBlock(
        label=_("Feedback"), required=False, rows=2, help_text=_("Why this area matters, or does not. Shown after answering.")
    )

    class Meta:
        icon = "crosshairs"
        label_format = "{name}"


class HotspotBlock(QuestionBlock):
    image = PictureBlock(
        label=_("Picture"),
        help_text=_("Never a child. The alternative text tells what the picture shows, not what is right."),
    )
    areas = blocks.ListBlock(
        AreaBlock(),
        label=_("Areas"),
        help_text=_(
            "Two to twelve areas, right ones and others. The upper right quarter of the picture is 50 from the left, 0 from the"
            " top, 50 wide and 50 high."
        ),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        if value["image"].decorative:
            message = _("This picture is part of the question. Say in the alternative text what it shows.")
            raise StructBlockValidationError(block_errors={"image": ValidationError(message)})
        problem = problem_with(value["areas"])
        if problem:
            raise StructBlockValidationError(
                block_errors={"areas": ListBlockValidationError(non_block_errors=[ValidationError(problem)])}
            )
        return value

    class Meta:
        icon = "crosshairs"
        label = _("Areas of a picture")
        label_format = "{text}"
        form_attrs = picker(
            "areas",
            "name",
            _(
                "Press where the chosen area belongs. Arrow keys move it by 1 per cent, with Shift they make it larger or"
                " smaller. Or fill in the fields below."
            ),
        )
        description = _("A picture with numbered areas; learners tick those that fit, on the picture or in a list.")
        help_text = _("Example: a room for a first talk. Which three things help? Without a picture a drawing of ours stands in.")
        preview_value = {
            "text": "<p>You prepare a room for the first talk with a child.</p><p>What helps the child to feel at ease?</p>",
            "areas": [
                {"name": "Window", "x": 30, "y": 7, "width": 40, "height": 46, "correct": True, "feedback": "Daylight helps."},
                {"name": "Tea for the child", "x": 20, "y": 46, "width": 26, "height": 32, "correct": True, "feedback": ""},
                {
                    "name": "Wall",
                    "x": 76,
                    "y": 5,
                    "width": 22,
                    "height": 40,
                    "correct": False,
                    "feedback": "A bare wall neither helps nor harms.",
                },
            ],
            "explanation": "<p>Something to drink and daylight show that there is time.</p>",
        }


register(PointPickerAdapter(), HotspotBlock)


def problem_with(areas: Iterable[Any]) -> Promise | None:
    areas = list(areas)
    if not 2 <= len(areas) <= MOST_AREAS:
        return _("Mark two to twelve areas.")
    if not any(area["correct"] for area in areas):
        return _("Tick the right area.")
    if any(not area["width"] or not area["height"] for area in areas):
        return _("Give every area a width and a height above zero.")
    if any(area["x"] + area["width"] > 100 or area["y"] + area["height"] > 100 for area in areas):
        return _("An area reaches over the edge. Left plus width, and top plus height, are at most 100.")
    return None


@dataclass(frozen=True)
class Marker:
    """An area drawn over the picture, in its pixels; ``cx``, ``cy`` and ``text_y`` are where its number stands.

    ``state`` is empty, or what the picture may tell of a marked answer: "best" or "chosen".
    """

    number: int
    x: int
    y: int
    width: int
    height: int
    cx: int
    cy: int
    text_y: int
    state: str = ""


@dataclass(frozen=True)
class Stage:
    """The picture, or None for the drawing that stands in, and what is drawn over it in units of ``width`` x ``height``."""

    picture: dict[str, Any] | None
    width: int
    height: int
    radius: int
    markers: tuple[Marker, ...]


def stage(picture: dict[str, Any] | None, areas: list[dict[str, Any]], states: Iterable[str] = ()) -> Stage:
    width, height = (picture["width"], picture["height"]) if picture else DRAWING
    radius = max(width // SIGN, 1)
    states = tuple(states) or ("",) * len(areas)
    markers = []
    for number, (area, state) in enumerate(zip(areas, states, strict=True), start=1):
        x, wide = (round(area[name] * width / 100) for name in ("x", "width"))
        y, high = (round(area[name] * height / 100) for name in ("y", "height"))
        cx = min(max(x + min(radius, wide // 2), radius), width - radius)
        cy = min(max(y + min(radius, high // 2), radius), height - radius)
        markers.append(Marker(number, x, y, wide, high, cx, cy, cy + round(radius * 0.4), state))
    return Stage(picture, width, height, radius, tuple(markers))


@dataclass(frozen=True)
class HotspotReview:
    stage: Stage
    choices: ChoicesReview


class Hotspot(MultipleResponse):
    """Marked like several answers. The frozen areas are its ``choices``."""

    name = "hotspot"
    label = _("Areas of a picture")
    instruction = _(
        "Choose every area that fits, in the list or on the picture. Each right area earns a part of the point, each wrong one"
        " takes a part away. You cannot get less than zero."
    )
    task = _("Choose every area that fits, in the list or on the picture.")
    scripts = ["js/components/hotspot.js"]
    template = "quizzes/kinds/hotspot.html"
    review_template = "quizzes/kinds/hotspot_review.html"

    def block(self) -> blocks.StructBlock:
        return HotspotBlock()

    def snapshot(self, value: Any, shuffle: Random | None = None) -> dict[str, Any]:
        """``picture`` stands apart from ``image``, which pages print beside the text: it is shown once, with its areas."""
        areas = [
            {
                "id": ident,
                "text": area["name"],
                "correct": bool(area["correct"]),
                "feedback": area["feedback"],
                **{name: float(area[name] or 0) for name in ("x", "y", "width", "height")},
            }
            for ident, area in list_items(value["areas"])
        ]
        if shuffle:
            shuffle.shuffle(areas)
        picture = frozen_picture(value.get("image"))
        return frozen({**value, "image": None}, picture=picture, choices=areas)

    def shown(self, snapshot: dict[str, Any]) -> dict[str, Any]:
        areas = snapshot["choices"]
        choices = [{"id": area["id"], "letter": str(n), "text": area["text"]} for n, area in enumerate(areas, start=1)]
        return {**asked(snapshot), "choices": choices, "stage": asdict(stage(snapshot["picture"], areas))}

    def explain(self, snapshot: dict[str, Any], answer: Any, show: Show) -> HotspotReview:
        areas, chosen = snapshot["choices"], self.chosen(answer)
        told = reviewed(areas, chosen, show, sign=lambda index: str(index + 1))
        state = {row.letter: "best" if row.correct else "chosen" for row in told.telling}
        return HotspotReview(stage(snapshot["picture"], areas, [state.get(str(n + 1), "") for n in range(len(areas))]), told)
