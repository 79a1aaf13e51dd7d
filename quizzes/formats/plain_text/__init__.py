"""Questions as a trainer types them in any editor: each line says by its first signs what it is.

``docs/question-formats.md`` shows every kind.
"""

from django.utils.translation import gettext_lazy as _

from ..base import Format
from .read import read, sniff
from .write import write

FORMAT = Format(
    name="text",
    label=_("Plain text"),
    extensions=(".txt", ".md"),
    content_type="text/plain; charset=utf-8",
    sniff=sniff,
    read=read,
    write=write,
)

__all__ = ["FORMAT"]
