"""What is here against what would be written: two ways to write down the same are no difference."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import StreamField

from .blocks import clean_html
from .portable import html


def differing(existing: models.Model, fields: dict[str, Any]) -> list[str]:
    """The verbose names of the fields of ``existing`` that ``fields`` would change. ``tags`` is a sorted list."""
    changed = []
    for name, value in fields.items():
        field = existing._meta.get_field(name)
        if name == "tags":
            same = sorted(existing.tags.names()) == value
        else:
            same = _told(field, getattr(existing, name)) == _told(field, value)
        if not same:
            changed.append(str(field.verbose_name))
    return changed


def _told(field: models.Field, value: Any) -> Any:
    if isinstance(field, StreamField):
        stream = field.to_python(value)
        list(stream)  # read whole, or what was stored comes back as it was, without what blocks have got since
        return plain(json.loads(json.dumps(stream.get_prep_value(), default=str)))
    try:
        return plain(field.to_python(value))
    except ValidationError:  # said when it is written
        return "" if value is None else value


def plain(value: Any) -> Any:
    """``value`` as an import would write it: texts stripped, HTML clean and with whole addresses."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, str):
        return clean_html(html(value)) if "</" in value else value.strip()
    return "" if value is None else value
