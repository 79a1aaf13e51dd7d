"""How tests read a file for paper: its words, its promise PDF/UA-1, the headings that a reader can jump to."""

import io
import subprocess

import page
import pikepdf


def failures(content: bytes) -> list[str]:
    return [f"{failure.rule_id}: {failure.message}" for failure in page.validate_pdf_bytes(content, profile="ua1").failures]


def text_of(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)  # noqa: S607
    return " ".join(done.stdout.decode().split())


def language_of(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as document:
        return str(document.Root.Lang)


def tags_of(content: bytes) -> list[str]:
    """The kinds of tags in the file, each as often as it is there."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return [str(o.S) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o and "/P" in o]


def bookmarks_of(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as document, document.open_outline() as outline:
        found, open_ = [], list(outline.root)
        while open_:
            entry = open_.pop(0)
            found.append(entry.title)
            open_ = [*entry.children, *open_]
        return found


def fonts_of(content: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(content)) as document:
        return {str(o.BaseFont) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
