"""GIFT, the text format of Moodle's question banks."""

from django.utils.translation import gettext_lazy as _

from ..base import Format
from .read import read, sniff
from .write import write

FORMAT = Format(
    name="gift",
    label=_("GIFT (Moodle)"),
    extensions=(".gift", ".txt"),
    content_type="text/plain; charset=utf-8",
    sniff=sniff,
    read=read,
    write=write,
)

__all__ = ["FORMAT"]
