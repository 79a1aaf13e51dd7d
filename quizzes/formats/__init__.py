"""The formats of question files. A format is one module here; it joins by its line in ``FORMATS``."""

from django.utils.translation import gettext as _

from . import aiken, gift, plain_text, spreadsheet
from .base import Format, FormatError, Item, Note, Picture, Reading, State, Writing

# In the order in which unknown files are tried: those that can be told for certain come first.
FORMATS: dict[str, Format] = {
    file_format.name: file_format
    for file_format in (spreadsheet.XLSX, spreadsheet.CSV, aiken.FORMAT, gift.FORMAT, plain_text.FORMAT)
}


def recognise(content: bytes, name: str) -> Format:
    """The format of a file, by its content and then by the end of its ``name``.

    Raises FormatError, which names the formats that are known.
    """
    readable = [file_format for file_format in FORMATS.values() if file_format.read]
    found = next((file_format for file_format in readable if file_format.sniff(content, name)), None)
    if found is None:
        names = ", ".join(str(file_format.label) for file_format in readable)
        raise FormatError(_("This is no file of questions that can be read here. Known are: %(names)s.") % {"names": names})
    return found


__all__ = ["FORMATS", "Format", "FormatError", "Item", "Note", "Picture", "Reading", "State", "Writing", "recognise"]
