"""The links in a page or a question: in its texts, in its fields for addresses, and in the reusable content that it shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import Model
from wagtail import blocks

WEB = re.compile(r"https?://", re.I)
TAG = re.compile(r"<a\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(href|linktype|id)="([^"]*)"')


@dataclass(frozen=True)
class Found:
    """A link in the block with the id ``block``, or in the field of this name.

    ``kind``: "page" or "document" with ``target`` its number, or "web" with the address.
    """

    kind: str
    target: str
    block: str = ""


def links_of(thing: Model) -> Iterator[Found]:
    for name in ("intro", "trainer_notes"):
        yield from links_in_html(getattr(thing, name, ""), name)
    for child in getattr(thing, "body", ()):
        value = child.value
        if child.block_type == "shared" and value["content"]:
            yield from links_in(value["content"].body.stream_block, value["content"].body, str(child.id))
        yield from links_in(child.block, value, str(child.id))


def links_in(block: blocks.Block, value: Any, ident: str) -> Iterator[Found]:
    """The links in ``value``, however deep."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from links_in(child, value.get(name) if hasattr(value, "get") else None, ident)
    elif isinstance(block, blocks.ListBlock):
        for entry in value or []:
            yield from links_in(block.child_block, entry, ident)
    elif isinstance(block, blocks.StreamBlock):
        for child in value or []:
            yield from links_in(child.block, child.value, ident)
    elif isinstance(block, blocks.RichTextBlock):
        yield from links_in_html(value.source if value else "", ident)
    elif isinstance(block, blocks.URLBlock) and value and WEB.match(value):
        yield Found("web", value, ident)


def links_in_html(html: str, ident: str) -> Iterator[Found]:
    for tag in TAG.findall(html):
        attributes = {name: unescape(text) for name, text in ATTRIBUTE.findall(tag)}
        kind, address = attributes.get("linktype", "web"), attributes.get("href", "")
        if kind in {"page", "document"} and attributes.get("id", "").isdecimal():
            yield Found(kind, attributes["id"], ident)
        elif kind == "web" and WEB.match(address):
            yield Found("web", address, ident)
