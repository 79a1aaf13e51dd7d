"""The editor's picker: places are pressed on the chosen picture, and the number fields below follow. Without script they stay."""

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.struct_block import StructBlockAdapter

CONTROLLER = "point-picker"


class PointPickerAdapter(StructBlockAdapter):
    """For a block with a picture ``image`` and a list of places on it, whose ``Meta.form_attrs`` are those of ``picker``."""

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(css={"all": ["css/point_picker.css"]}, js=["js/admin/point_picker.js"])


def picker(places: str, title: str, hint: Promise) -> dict[str, str | Promise]:
    """Attributes that bring the picker to a block. ``places``: its list; ``title``: the field that names a place."""
    values = {
        "list": places,
        "title": title,
        "address": reverse_lazy("quizzes_admin:picture", args=[0]),  # the picker puts the picture's number in place of 0
        "hint": hint,
        "none": _("Choose a picture, and you can press on it where each number belongs."),
        "label": _("Numbers on the picture"),
        "first": _("Press a number first, then its place on the picture."),
        "point": _("Number %(number)s: %(x)s per cent from the left, %(y)s per cent from the top."),
        "area": _("Its area is %(width)s per cent wide and %(height)s per cent high."),
    }
    return {"data-controller": CONTROLLER, **{f"data-{CONTROLLER}-{name}-value": value for name, value in values.items()}}
