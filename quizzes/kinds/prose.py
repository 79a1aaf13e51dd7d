"""Rich text as a question holds it: frozen, clean, and cut so that a ``<legend>`` may carry it."""

import html
import re

import nh3
from django.utils.html import strip_tags
from wagtail.rich_text import expand_db_html

TAGS = {"p", "ul", "ol", "li", "b", "strong", "i", "em", "a", "br", "h3", "h4"}
PHRASING = {"b", "strong", "i", "em", "a", "br"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto", "tel"}

LAST_PARAGRAPH = re.compile(r"^(?P<lead>.*)<p>(?P<question>.*?)</p>\s*$", re.S)


def frozen_html(source: str) -> str:
    """Return the stored rich text ``source`` as HTML that may be kept for ever and shown to anyone.

    Links to pages get their address of today. Whatever an editor could not have written is removed.
    """
    return nh3.clean(expand_db_html(source or ""), tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES).strip()


def split_question(markup: str) -> tuple[str, str]:
    """Cut clean HTML into what leads up to the question and the question itself, which has only phrasing content.

    A ``<legend>`` may hold no paragraphs or lists, so the last paragraph is the question. Text that does not end in a
    paragraph is the question as a whole, on one line.
    """
    found = LAST_PARAGRAPH.match(markup)
    lead, question = (found["lead"].strip(), found["question"]) if found else ("", re.sub(r"</(p|li|h3|h4)>", " ", markup))
    return lead, nh3.clean(question, tags=PHRASING, attributes=ATTRIBUTES, url_schemes=SCHEMES).strip()


def plain_text(markup: str) -> str:
    """The words of clean HTML on one line, unescaped."""
    spaced = re.sub(r"</(p|li|h3|h4)>|<br>|<br/>", " ", markup)
    return re.sub(r"\s+", " ", html.unescape(strip_tags(spaced))).strip()
