"""Where uploaded files are kept on this machine: whole, or not at all."""

import os
from contextlib import suppress

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """A file that could not be written to its end, as on a full disk, is taken away again; the caller gets the OSError."""

    def _save(self, name: str, content: File) -> str:
        try:
            return super()._save(name, content)
        except OSError:
            self._remove_part(self.path(name), content.size)
            raise

    @staticmethod
    def _remove_part(path: str, whole: int) -> None:
        with suppress(FileNotFoundError):
            if os.path.getsize(path) < whole:
                os.remove(path)
