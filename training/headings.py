"""The headings that an author writes, in an order without gaps: for many readers their list is the table of contents.

The title of a page is its h1 and a block “Heading” an h2. Under it stand small headings: blocks of their own, or in a text.
"""

import re
from collections.abc import Iterable, Iterator

SMALL = ("h3", "h4")  # that a text may hold, as Wagtail calls them
OPENING = re.compile(r"<(h[34])\b")


def begins_too_small(html: str) -> bool:
    """Whether the first heading of a text is an h4, which has nothing to stand under."""
    first = OPENING.search(html)
    return bool(first) and first[1] != SMALL[0]


def left_alone(body: Iterable[tuple[str, str]]) -> Iterator[int]:
    """Places of what has small headings but stands under no block “Heading”, in a ``body`` of types and texts of blocks."""
    for place, (name, text) in enumerate(body):
        if name == "heading":
            return
        if name == "subheading" or (name == "text" and OPENING.search(text)):
            yield place
