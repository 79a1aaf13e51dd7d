"""Links whose words do not say where they lead."""

import re
from collections.abc import Iterator
from html import unescape

from django.db.models import Model
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from .findings import Finding
from .texts import passages_of

LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.S)
SAY_NOTHING = {
    "here", "click here", "this", "this link", "link", "more", "read more",
    "ici", "cliquez ici", "lien", "ce lien", "en savoir plus", "plus",
    "тук", "кликнете тук", "линк", "повече", "вижте тук",
    "hier", "klicken sie hier", "mehr", "klik hier", "meer", "qui", "clicca qui", "di più",
    "burada", "buraya tıklayın", "këtu", "kliko këtu", "më shumë",
}  # fmt: skip
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def bare_links(thing: Model) -> Iterator[Finding]:
    for passage in passages_of(thing):
        for inner in LINK.findall(passage.html):
            words = unescape(strip_tags(inner)).strip()
            if words.strip(" .…»›>").lower() in SAY_NOTHING or ADDRESS.fullmatch(words):
                yield Finding(
                    _("The link “%(words)s” does not say where it leads. Name the page.") % {"words": words}, passage.place
                )
