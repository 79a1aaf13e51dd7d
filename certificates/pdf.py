"""The certificate as a file: frozen details in, bytes out. Reads no database, no network and no clock.

One file keeps two promises at once, PDF/A-3a (can be archived) and PDF/UA-1 (can be read with assistive technology).
WeasyPrint offers one at a time; the mark of the second is added to the same metadata (``_claim_accessibility``).
The same details give the same bytes: see docs/decisions/0009-certificates.md.
"""

import datetime
import hashlib
import io
from collections.abc import Mapping
from decimal import Decimal

import pydyf
import segno
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from . import fonts
from .codes import grouped

SCHEME = "certificate:"
FAMILY = "Certificate"  # the name of our fonts in certificate.css, and so in the file
# How tightly the sheet is set, tried in this order until everything stands on one page. The last leaves the outcomes to the
# page that checks the certificate.
DENSITIES = ("airy", "roomy", "close", "tight", "without")
# From how many characters of issuer, signatory and role on they are set smaller.
ISSUER_SIZES = ((300, "foot__part--longest"), (150, "foot__part--long"))
SHORT_STREAM = b"\r\nendstream"

PDFUA_CLAIM = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class PdfNotMade(Exception):
    """The file could not be made; nothing was written."""


class OwnFilesOnly(URLFetcher):
    """Gives WeasyPrint our fonts, our sign and the QR code of this certificate. Any other address ends the rendering."""

    def __init__(self, qr: bytes):
        super().__init__(allowed_protocols=[])
        self.qr = qr

    def fetch(self, url: str, headers=None) -> URLFetcherResponse:
        name = url.removeprefix(SCHEME) if url.startswith(SCHEME) else ""
        if name == "qr.svg":
            return URLFetcherResponse(url, self.qr, {"Content-Type": "image/svg+xml"})
        if name == "sign.svg":
            return URLFetcherResponse(url, render_to_string("certificates/sign.svg"), {"Content-Type": "image/svg+xml"})
        if name in fonts.FILES:
            return URLFetcherResponse(url, fonts.path(name).read_bytes(), {"Content-Type": "font/ttf"})
        raise FatalURLFetchingError(f"A certificate may not load {url[:100]}")


def qr_svg(url: str) -> bytes:
    """The QR code of ``url``, with the quiet white border that scanners need, also on a dark page."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", border=4, light="#fff", xmldecl=False, nl=False)
    return out.getvalue()


def render(details: Mapping) -> bytes:
    """Make the PDF of ``details`` (see ``services.frozen_details``). Raises ``PdfNotMade``."""
    try:
        with translation.override(details["language"]):
            return _written(_document(details), details)
    except FatalURLFetchingError as error:
        raise PdfNotMade(str(error)) from error
    except (OSError, ValueError, KeyError) as error:
        raise PdfNotMade("The certificate could not be drawn.") from error


def _document(details: Mapping):
    fetcher = OwnFilesOnly(qr_svg(details["url"]))
    font_config = FontConfiguration()
    css = CSS(
        string=render_to_string("certificates/certificate.css"), url_fetcher=fetcher, font_config=font_config, base_url=SCHEME
    )
    document = None
    for density in DENSITIES:
        html = render_to_string("certificates/certificate.html", _context(details, density))
        document = HTML(string=html, url_fetcher=fetcher, base_url=SCHEME).render(
            stylesheets=[css], font_config=font_config, pdf_variant="pdf/a-3a"
        )
        if len(document.pages) == 1:
            break
    return document


def _context(details: Mapping, density: str) -> dict:
    text = {key: fonts.printable(value) for key, value in details.items() if isinstance(value, str)}
    issuer_length = sum(len(text[key]) for key in ("issuer", "signatory", "signatory_role"))
    return {
        **text,
        "outcomes": [fonts.printable(outcome) for outcome in details["outcomes"]],
        "hours": Decimal(details["hours"]).normalize(),
        "issued_on": datetime.date.fromisoformat(details["issued_on"]),
        "grouped_code": grouped(details["code"]),
        "template_version": details["template_version"],
        "name_size": fonts.name_size(text["holder"]) or fonts.SIZES[-1][0],
        "issuer_size": next((name for length, name in ISSUER_SIZES if issuer_length >= length), ""),
        "density": density,
        "outcomes_fit": density != DENSITIES[-1],
    }


def _written(document, details: Mapping) -> bytes:
    identifier = hashlib.sha256(f"{details['url']} {details['template_version']}".encode()).digest()[:16]
    options = {"pdf_variant": "pdf/a-3a", "pdf_identifier": identifier, "finisher": _finish}
    content = document.write_pdf(**options)
    # A compressed stream may end with a carriage return. With the line feed after it that reads as one line end: the stream seems
    # a byte shorter than it says, and about one certificate in fifty would fail PDF/A. Uncompressed ones end with text.
    return document.write_pdf(**options, uncompressed_pdf=True) if SHORT_STREAM in content else content


def _finish(document, pdf: pydyf.PDF) -> None:
    """Raises PdfNotMade when a font of the machine crept in: ours could not be loaded, and names might lose letters."""
    used = [str(o["BaseFont"]) for o in pdf.objects if isinstance(o, pydyf.Dictionary) and "BaseFont" in o]
    if strangers := [name for name in used if FAMILY not in name]:
        raise PdfNotMade(f"Fonts that are not ours: {', '.join(strangers)}")
    _claim_accessibility(pdf)


def _claim_accessibility(pdf: pydyf.PDF) -> None:
    """Add the PDF/UA mark, and its description that PDF/A asks for, to the one RDF root; leave the metadata uncompressed."""
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.extra.get("Type") == "/Metadata":
            head, end, tail = stream.stream[0].rpartition(b"</rdf:RDF>")
            stream.stream = [head + PDFUA_CLAIM + end + tail]
            stream.compress = False
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
