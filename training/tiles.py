"""The editor's widget for what is chosen by seeing it: radio buttons, each under its picture."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.safestring import SafeString


class Tiles(forms.RadioSelect):
    """Needs no script, and so works in blocks that are added later. A choice without a value has no picture."""

    template_name = "training/tiles.html"

    def __init__(
        self,
        picture: Callable[[str], SafeString],
        label: str | Promise,
        *,
        small: bool = False,
        attrs: Any = None,
        choices: Any = (),
    ) -> None:
        """``picture``: from a value to its SVG; ``label``: what the group is called."""
        super().__init__(attrs, choices)
        self.picture, self.label, self.small = picture, label, small

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list:
        """Without the choice of nothing where something has to be chosen."""
        found = super().optgroups(name, value, attrs)
        return [group for group in found if not (self.is_required and group[1][0]["value"] == "")]

    def create_option(self, name: str, value: Any, *args: Any, **named: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **named)
        return {**option, "picture": self.picture(value) if value else ""}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return {**context, "label": self.label, "small": self.small}

    class Media:
        css = {"all": ["css/tiles.css"]}
