"""The formats of question files. A format is one module here; it joins by its line in ``FORMATS``."""

from django.utils.translation import gettext as _

from . import aiken, django_quiz_app, gift, moodle_xml, plain_text, qti, spreadsheet
from .base import Format, FormatError, Item, Note, Picture, Reading, State, Writing

# In the order in which unknown files are tried: those that can be told for certain come first.
FORMATS: dict[str, Format] = {
    file_format.name: file_format
    for file_format in (
        spreadsheet.XLSX,
        moodle_xml.FORMAT,
        qti.QTI,
        qti.QTI22,
        qti.QTI30,
        django_quiz_app.FORMAT,
        spreadsheet.CSV,
        aiken.FORMAT,
        gift.FORMAT,
        plain_text.FORMAT,
    )
}
SHARED = {".txt", ".xml", ".json", ".zip"}  # endings that say little


def readable() -> list[Format]:
    """The formats that can be read, each reader once: what is read alike has further names only for commands and for writing."""
    firsts = {file_format.read: file_format for file_format in reversed(FORMATS.values()) if file_format.read}
    return [file_format for file_format in FORMATS.values() if firsts.get(file_format.read) is file_format]


def recognise(content: bytes, name: str) -> Format:
    """The format of a file, by its content; where several fit, one that its ``name`` ends like.

    Raises FormatError, which names the formats that are known.
    """
    known = readable()
    found = [file_format for file_format in known if file_format.sniff(content, name)]
    if not found:
        names = ", ".join(str(file_format.label) for file_format in known)
        raise FormatError(_("This is no file of questions that can be read here. Known are: %(names)s.") % {"names": names})
    return next((file_format for file_format in found if _is_named_like(name, file_format)), found[0])


def _is_named_like(name: str, file_format: Format) -> bool:
    return name.lower().endswith(tuple(ending for ending in file_format.extensions if ending not in SHARED))


__all__ = [
    "FORMATS", "Format", "FormatError", "Item", "Note", "Picture", "Reading", "State", "Writing", "readable", "recognise",
]  # fmt: skip
