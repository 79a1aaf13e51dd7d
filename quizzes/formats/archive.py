"""Zip packages: unpacked as hostile, into memory and never onto a disk; packed so that the same content gives the same bytes."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .base import FormatError, Note

MEGABYTE = 1024 * 1024
DIRECTORY_ENTRY = b"PK\x01\x02"
LINK_BITS_AT = 16  # of ``external_attr``: where the file mode of Unix begins
ENCRYPTED = 0x1 | 0x40 | 0x2000  # the classic, the strong and the masked way
READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others may ask for gigabytes of dictionary
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")}
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError, NotImplementedError)


@dataclass(frozen=True)
class Limits:
    """What a package may hold; sizes in bytes. ``ratio`` counts for entries above ``ratio_from`` only: text packs well."""

    packed: int = 100 * MEGABYTE
    entries: int = 5_000
    single: int = 25 * MEGABYTE
    total: int = 150 * MEGABYTE
    ratio: int = 200
    ratio_from: int = MEGABYTE


LIMITS = Limits()


@dataclass
class Unpacked:
    """``files``: content by name, names with forward slashes; ``notes``: entries that are damaged and were left out."""

    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def is_zip(content: bytes) -> bool:
    return content[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def unpack(content: bytes, limits: Limits = LIMITS) -> Unpacked:
    """Every file of the zip ``content``. A damaged entry is noted; zips inside are files like others and stay closed.

    Raises FormatError, and reads nothing, where an entry has an unsafe or doubled name, is a link, is encrypted or packed in
    an unusual way; and as soon as what is read passes a limit, whatever the headers promise.
    """
    if len(content) > limits.packed:
        raise FormatError(_("The package is larger than %(size)d MB.") % {"size": limits.packed // MEGABYTE})
    # Counted in the bytes: opening the zip would already make an object for each entry.
    if content.count(DIRECTORY_ENTRY) > limits.entries:
        raise too_many(limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return read_all(archive, limits)
    except BROKEN as problem:
        raise FormatError(_("The package is damaged: it cannot be opened as a zip file.")) from problem


def read_all(archive: zipfile.ZipFile, limits: Limits) -> Unpacked:
    entries = {}
    for entry in archive.infolist():
        name = safe_name(entry)
        if name in entries:
            raise FormatError(_("The package holds “%(name)s” twice.") % {"name": printable(name)})
        entries[name] = entry
    if len(entries) > limits.entries:
        raise too_many(limits)
    unpacked, total = Unpacked(), 0
    for name, entry in entries.items():
        if entry.is_dir():
            continue
        try:
            data = read_one(archive, entry, limits)
        except BROKEN:
            unpacked.notes.append(Note(printable(name), _("This file is damaged inside the package. It was left out.")))
            continue
        total += len(data)
        if total > limits.total:
            raise FormatError(_("The package holds more than %(size)d MB when unpacked.") % {"size": limits.total // MEGABYTE})
        unpacked.files[name] = data
    return unpacked


def read_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes:
    """The content of ``entry``, read in pieces so that a lie in its header costs no more than the limit."""
    allowed = min(limits.single, max(limits.ratio_from, entry.compress_size * limits.ratio))
    pieces, size = [], 0
    with archive.open(entry) as stream:
        while piece := stream.read(min(MEGABYTE, allowed + 1 - size)):
            pieces.append(piece)
            size += len(piece)
            if size > allowed:
                raise FormatError(
                    _("“%(name)s” in the package is far larger than a question file needs. Nothing was read.")
                    % {"name": printable(entry.filename)}
                )
    return b"".join(pieces)


def safe_name(entry: zipfile.ZipInfo) -> str:
    """The name of ``entry`` with forward slashes. Raises FormatError for what should not be in a package of questions."""
    mode = entry.external_attr >> LINK_BITS_AT
    name = entry.orig_filename.replace("\\", "/")
    shown = {"name": printable(name)}
    if entry.flag_bits & ENCRYPTED:
        raise FormatError(_("“%(name)s” in the package is locked with a password.") % shown)
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise FormatError(_("“%(name)s” in the package is a link or a special file.") % shown)
    if entry.compress_type not in READABLE:
        raise FormatError(_("“%(name)s” in the package is packed in a way that is not supported.") % shown)
    if not is_safe(name):
        raise FormatError(_("“%(name)s” in the package has an unsafe name.") % shown)
    return name


def is_safe(name: str) -> bool:
    """Whether ``name`` stays inside the folder that it would be unpacked into, on every system."""
    parts = name.removesuffix("/").split("/")
    return (
        name.isprintable()
        and ":" not in name
        and all(part and part.strip(". ") for part in parts)
        and not any(part.split(".")[0].strip().casefold() in DEVICES for part in parts)
    )


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip of ``files`` in their order; the same files always give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, BEGINNING)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << LINK_BITS_AT
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def too_many(limits: Limits) -> FormatError:
    return FormatError(
        ngettext("The package holds more than %(count)d file.", "The package holds more than %(count)d files.", limits.entries)
        % {"count": limits.entries}
    )


def printable(name: str) -> str:
    """``name`` as a message may show it."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)[:100]
