"""Compile the translations: ``python -m training.catalogues``.

Django's own command needs a system package (gettext) on every machine that runs the site; this needs none.
"""

from pathlib import Path

import polib

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues(folder: Path = LOCALE_DIR) -> list[Path]:
    """Write a ``.mo`` beside each ``.po`` that is newer than it. Return what was written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues()
