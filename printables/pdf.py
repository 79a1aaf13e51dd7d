"""A printable as a file: a page of HTML in, bytes out. Reads no network and no clock; of the site, its pictures alone.

The file keeps the promise PDF/UA-1: it can be read with assistive technology.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import pydyf
import segno
from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from wagtail.images import get_image_model
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates import fonts
from training.drawings import ICONS, ILLUSTRATIONS, INK, drawing, icon

from .paper import SCHEME

FAMILY = "Printable"  # the name of our fonts in printable.css, and so in the file
VARIANT = "pdf/ua-1"
# How tightly a sheet is set, tried in this order until it has no more pages than it may have.
# The last one leaves reasons to the lesson.
DENSITIES = ("roomy", "close", "tight", "tight brief")


OURS = {
    "drawings": (dict(ILLUSTRATIONS), drawing),
    "icons": (dict(ICONS), lambda name: icon(name, INK)),
}  # by folder: the names that there are, and what makes an SVG of one


class PdfNotMade(Exception):
    """The file could not be made; nothing was written."""


@dataclass(frozen=True)
class Sheets:
    content: bytes
    pages: int


class OwnFilesOnly(URLFetcher):
    """Gives WeasyPrint our fonts, sign, drawings and icons, pictures that the library has shown, and QR codes of own addresses.

    Any other address is refused and leaves an empty place: what somebody wrote into a lesson must not keep it from being printed.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=[])

    def fetch(self, url: str, headers=None) -> URLFetcherResponse:
        folder, _slash, name = url.removeprefix(SCHEME).partition("/") if url.startswith(SCHEME) else ("", "", "")
        if folder == "fonts" and name in fonts.FILES:
            return URLFetcherResponse(url, fonts.path(name).read_bytes(), {"Content-Type": "font/ttf"})
        if folder == "sign.svg" and not name:
            return URLFetcherResponse(url, render_to_string("certificates/sign.svg"), {"Content-Type": "image/svg+xml"})
        own, make = OURS.get(folder, ({}, str))
        if name.removesuffix(".svg") in own:
            return URLFetcherResponse(url, make(name.removesuffix(".svg")), {"Content-Type": "image/svg+xml"})
        if folder == "qr" and unquote(name).startswith(settings.SITE_URL + "/"):
            return URLFetcherResponse(url, _qr_svg(unquote(name)), {"Content-Type": "image/svg+xml"})
        if folder == "images":
            return URLFetcherResponse(url, _picture(f"images/{unquote(name)}"), {})
        raise ValueError(f"A printable may not load {url[:100]}")


def _picture(name: str) -> bytes:
    """Raises ValueError for anything but a picture that pages show."""
    if not get_image_model().get_rendition_model().objects.filter(file=name).exists():
        raise ValueError(f"No picture of the library: {name[:100]}")
    with default_storage.open(name) as file:
        return file.read()


def _qr_svg(url: str) -> bytes:
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", border=2, light="#fff", xmldecl=False, nl=False)
    return out.getvalue()


def render(markup: str, *, most_pages: int = 0) -> Sheets:
    """Make the PDF of a whole page of HTML, set more tightly where it would have more than ``most_pages`` (0: any number).

    Raises PdfNotMade.
    """
    try:
        document = _document(markup, DENSITIES if most_pages else DENSITIES[:1], most_pages)
        identifier = hashlib.sha256(markup.encode()).digest()[:16]
        content = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, finisher=_finish)
    except (OSError, ValueError, KeyError, AssertionError) as error:
        raise PdfNotMade("The file could not be drawn.") from error
    return Sheets(content, len(document.pages))


def _document(markup: str, densities: Sequence[str], most_pages: int):
    fetcher, font_config = OwnFilesOnly(), FontConfiguration()
    style = render_to_string("printables/printable.css", {"icons": dict(ICONS)})
    css = CSS(string=style, url_fetcher=fetcher, font_config=font_config, base_url=SCHEME)
    document = None
    for density in densities:
        html = markup.replace('<body class="', f'<body class="{density} ', 1)
        document = HTML(string=html, url_fetcher=fetcher, base_url=SCHEME).render(
            stylesheets=[css], font_config=font_config, pdf_variant=VARIANT
        )
        if len(document.pages) <= most_pages:
            break
    return document


def _finish(document, pdf: pydyf.PDF) -> None:
    """Raises PdfNotMade when a font of the machine crept in: ours could not be loaded, and words might lose letters."""
    used = [str(o["BaseFont"]) for o in pdf.objects if isinstance(o, pydyf.Dictionary) and "BaseFont" in o]
    if strangers := [name for name in used if FAMILY not in name]:
        raise PdfNotMade(f"Fonts that are not ours: {', '.join(strangers)}")
