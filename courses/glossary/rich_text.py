"""Links from a text to the glossary: ``<a linktype="term" id="guardian">``, the same on every site."""

import re
from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import escape
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.rich_text import LinkHandler

from .models import GlossaryTerm

FEATURE = "glossary-term"
LINKED = re.compile(r"""<a (?=[^>]*\blinktype=\\?"term\\?")[^>]*\bid=\\?"([\w-]+)""")


def address_of(key: str) -> str:
    return f"{reverse('glossary:glossary')}#{key}"


def terms_linked_in(texts: Iterable[str]) -> list[str]:
    """The keys of the terms that ``texts`` (HTML, or JSON that holds some) link to, each once, in order."""
    return list(dict.fromkeys(key for text in texts for key in LINKED.findall(text)))


class TermLinkHandler(LinkHandler):
    identifier = "term"

    @staticmethod
    def get_model() -> type[GlossaryTerm]:
        return GlossaryTerm

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """No query: a word that is gone leads to the glossary all the same."""
        return f'<a class="term-link" href="{escape(address_of(attrs.get("id", "")))}">'

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterable[tuple]:
        yield cls.get_model(), attrs["id"], "", ""


class TermElementHandler(LinkElementHandler):
    """From the stored HTML to what the editor holds."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"id": attrs.get("id", ""), "url": address_of(attrs.get("id", ""))}


def term_entity(props: dict) -> object:
    """From what the editor holds to the stored HTML."""
    return DOM.create_element("a", {"linktype": "term", "id": props.get("id")}, props["children"])


CONVERSION = {
    "from_database_format": {'a[linktype="term"]': TermElementHandler("TERM")},
    "to_database_format": {"entity_decorators": {"TERM": term_entity}},
}
