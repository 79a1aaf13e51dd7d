"""Where the files of a pack lie: in a folder, or in a zip. Both are hostile; nothing is ever unpacked onto a disk."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from quizzes.formats.archive import MEGABYTE, Limits, unpack
from quizzes.formats.base import FormatError

MAX_TEXT = 512 * 1024  # bytes of one file of words
MAX_MEDIA = 25 * MEGABYTE
MAX_FILES = 2000
LIMITS = Limits(packed=200 * MEGABYTE, entries=MAX_FILES, single=MAX_MEDIA, total=400 * MEGABYTE)


class PackError(Exception):
    """The pack cannot be used. ``problems``: one sentence each, with the file that it is about."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@contextmanager
def shaped(file: str = "") -> Iterator[None]:
    """Raises PackError where values of a pack turn out to be of another kind: text instead of a list, a field that lacks.

    ``file``: what the problem is to name, unless the caller does.
    """
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        where = f"{file}: " if file else ""
        said = _("this is not written as content/README.md describes it (%(error)s).") % {"error": repr(error)}
        raise PackError([where + said]) from error


class PackFiles(ABC):
    """The files of a pack by name, with forward slashes. ``names`` in alphabetical order."""

    names: list[str]

    def read(self, name: str, limit: int = MAX_TEXT) -> bytes:
        """The bytes of ``name``. Raises PackError where there is no such file, or it is larger than ``limit``."""
        if name not in self.names:
            raise PackError([_("%(file)s: there is no such file.") % {"file": name}])
        content = self._content(name, limit)
        if len(content) > limit:
            raise PackError([_("%(file)s: larger than %(limit)d KB.") % {"file": name, "limit": limit // 1024}])
        return content

    @abstractmethod
    def _content(self, name: str, limit: int) -> bytes:
        """The bytes of ``name``, which is there; no more than one byte beyond ``limit`` where that spares reading."""


class FolderFiles(PackFiles):
    """A pack unpacked. Links are not followed."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        found = sorted(path for path in self.folder.rglob("*") if path.is_symlink() or path.is_file())
        if len(found) > MAX_FILES:
            raise PackError([_("%(folder)s: more than %(count)d files.") % {"folder": folder, "count": MAX_FILES}])
        self.names = [path.relative_to(self.folder).as_posix() for path in found]

    def _content(self, name: str, limit: int) -> bytes:
        path = self.folder / name
        if path.is_symlink() or self.folder.resolve() not in path.resolve().parents:
            raise PackError([_("%(file)s: links are not followed.") % {"file": name}])
        with path.open("rb") as file:
            return file.read(limit + 1)


class ZipFiles(PackFiles):
    """A pack as one file; the pack may lie in a folder of its own inside."""

    def __init__(self, content: bytes) -> None:
        try:
            unpacked = unpack(content, LIMITS)
        except FormatError as error:
            raise PackError([str(error)]) from error
        if unpacked.notes:
            raise PackError([f"{note.place}: {note.reason}" for note in unpacked.notes])
        top = next((name.removesuffix("pack.yaml") for name in unpacked.files if name.count("/") <= 1 and is_top(name)), "")
        self.files = {name.removeprefix(top): data for name, data in unpacked.files.items() if name.startswith(top)}
        self.names = sorted(self.files)

    def _content(self, name: str, limit: int) -> bytes:
        return self.files[name]


def is_top(name: str) -> bool:
    return name.rpartition("/")[2] == "pack.yaml"
