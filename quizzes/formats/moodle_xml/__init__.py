"""Moodle XML: what a Moodle question bank exports and imports."""

import re

from django.utils.translation import gettext_lazy as _

from quizzes.formats.base import Format

from .reading import read
from .writing import write


def sniff(content: bytes, name: str) -> bool:
    """Whether the file begins like a Moodle quiz."""
    return bool(re.search(rb"<quiz[\s>/]", content[:2000].replace(b"\0", b"")))


FORMAT = Format(
    name="moodle_xml",
    label=_("Moodle XML"),
    extensions=(".xml",),
    content_type="application/xml",
    sniff=sniff,
    read=read,
    write=write,
)
