"""From what a browser shows to what paper can hold. Whatever is not known here is left out: nothing is ever fetched for it."""

import re
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.conf import settings

from certificates import fonts

SCHEME = "printable:"
DRAWINGS = f"{SCHEME}drawings/"
KEPT_ATTRIBUTES = {"class", "lang", "dir", "href", "src", "alt", "scope", "colspan", "rowspan", "start"}
# Controls, films, scripts and pictures that a page draws itself: paper has none of them.
GONE = (
    "script, style, template, iframe, object, embed, link, meta, base, button, input, select, textarea, label, source, track,"
    " svg:not(.drawn), canvas, [hidden], [aria-hidden=true]"
)
MEDIA = ["video", "audio"]
LINKS = {"http", "https", "mailto", "tel"}
# Signs that our font lacks, in others that say the same.
ALIKE = str.maketrans({"→": "›", "←": "‹", "−": "–", "≥": ">", "≤": "<", "\t": " ", "\r": " ", "\u00ad": "", "\u200b": ""})
NUMBERED = re.compile(r"&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));", re.I)


def on_paper(markup: str, *, deeper: int = 0) -> str:
    """``markup`` of our own templates as it can stand on paper: closed parts open, controls gone, films as an address.

    ``deeper``: by how many levels its headings sink. Links keep their address if it is one a reader could follow.
    """
    soup = BeautifulSoup(markup, "html.parser")
    for media in soup.find_all(MEDIA):
        _film(soup, media)
    for figure in soup.select("[data-drawing]"):
        _drawing(soup, figure)
    for gone in soup.select(GONE):
        gone.decompose()
    for picture in soup.find_all("img"):
        _picture(soup, picture)
    for name in ("picture", "form", "fieldset"):
        for wrapper in soup.find_all(name):
            wrapper.unwrap()
    _open(soup)
    for link in soup.find_all("a"):
        _link(link)
    for heading in soup.find_all(re.compile(r"^h[1-6]$")):
        heading.name = f"h{min(int(heading.name[1]) + deeper, 6)}"
    for listed in soup.find_all("dl"):
        _terms(listed)
    for element in soup.select(":not(svg, svg *)"):
        element.attrs = {name: value for name, value in element.attrs.items() if name in KEPT_ATTRIBUTES}
    return str(soup)


def _film(soup: BeautifulSoup, media: Tag) -> None:
    """A film or a recording as the address where it can be seen or heard."""
    link = media.find("a")
    address = urljoin(settings.SITE_URL, str(link["href"])) if link and link.get("href", "#") != "#" else ""
    paragraph = soup.new_tag("p", attrs={"class": "address"})
    paragraph.string = address
    media.replace_with(paragraph)


def _drawing(soup: BeautifulSoup, figure: Tag) -> None:
    """A drawing of ours that tells something, as a picture with words. One that only decorates is left to go."""
    told = figure.find("svg", role="img")
    if told:
        address = f"{DRAWINGS}{figure['data-drawing']}.svg"
        told.replace_with(soup.new_tag("img", attrs={"src": address, "alt": told["aria-label"]}))


def _picture(soup: BeautifulSoup, picture: Tag) -> None:
    """A picture of the library by its name, or a drawing of ours; of any other only the words are left."""
    words = str(picture.get("alt") or "").strip()
    source = str(picture.get("src") or "")
    address = source if source.startswith(DRAWINGS) else picture_address(source)
    if address and words:
        picture["src"] = address
    elif words:
        caption = soup.new_tag("p", attrs={"class": "meta"})
        caption.string = words
        picture.replace_with(caption)
    else:
        picture.decompose()


def picture_address(url: str) -> str:
    """The name by which the renderer finds a picture that pages show at ``url``; it looks for its record before it opens it."""
    path = PurePosixPath(urlsplit(url).path)
    return f"{SCHEME}images/{path.name}" if path.parent.name == "images" else ""


def _open(soup: BeautifulSoup) -> None:
    for details in soup.find_all("details"):
        details.name = "div"
        details["class"] = [*details.get("class", []), "opened"]
    for summary in soup.find_all("summary"):
        if summary.find(re.compile(r"^h[1-6]$")):
            summary.unwrap()
        else:
            summary.name = "p"
            summary["class"] = "opened__title"


def _terms(listed: Tag) -> None:
    """Words and what they mean, each pair as one entry of a list: the tags of a PDF know no other way to keep them together."""
    listed.name = "ul"
    for group in listed.find_all("div", recursive=False):
        group.name = "li"
        for name, part in (("dt", "term"), ("dd", "meaning")):
            for element in group.find_all(name):
                element.name, element["class"] = "span", part


def _link(link: Tag) -> None:
    """An outside address is printed in words behind the link, see the style; one of our own only leads there on a screen."""
    address = str(link.get("href") or "")
    if address.startswith(("/", SCHEME)) and not address.startswith("//"):
        link["href"], link["class"] = urljoin(settings.SITE_URL, address), "inside"
    elif urlsplit(address).scheme not in LINKS:
        link.unwrap()
    elif address.startswith("http") and link.get_text(strip=True).rstrip("/") not in address:
        link["class"] = "outside"


def in_our_letters(markup: str) -> str:
    """``markup`` with a sign of replacement for every letter that our font lacks: another font would break the file."""
    return fonts.printable(NUMBERED.sub(_letter, markup).translate(ALIKE))


def _letter(found: re.Match[str]) -> str:
    """A letter in place of its number, unless it is one that markup itself is made of."""
    code = int(found[1], 16) if found[1] else int(found[2])
    return found[0] if code < 128 or code > 0x10FFFF else chr(code)
