"""QTI 2.1, 2.2 and 3.0: items and content packages. What arrives and what does not: docs/question-formats.md."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from ..base import Format
from .dialects import QTI_22, QTI_30
from .reading import read, sniff
from .writing import write

ZIP = "application/zip"
QTI = Format("qti", _("QTI item or package (2.1, 2.2, 3.0)"), (".zip", ".xml"), ZIP, sniff, read=read)
QTI22 = Format("qti22", _("QTI 2.2 package"), (".zip",), ZIP, sniff, read=read, write=partial(write, version=QTI_22))
QTI30 = Format("qti30", _("QTI 3.0 package"), (".zip",), ZIP, sniff, read=read, write=partial(write, version=QTI_30))

__all__ = ["QTI", "QTI22", "QTI30"]
