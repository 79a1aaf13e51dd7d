"""Which pictures a page shows, and those of people that it may not show. Knows no models, so that the review can ask here."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock


def pictures_in(block: blocks.Block, value: Any, *, decorating: bool = False) -> Iterator[Any]:
    """The pictures in ``value``, however deep, as the block of pictures gives them.

    ``decorating``: also those of which nothing is said, because they only decorate.
    """
    if isinstance(block, ImageBlock) or (decorating and isinstance(block, ImageChooserBlock)):
        if value:
            yield value
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from pictures_in(child, value.get(name), decorating=decorating)
    elif isinstance(block, blocks.ListBlock):
        for entry in value or []:
            yield from pictures_in(block.child_block, entry, decorating=decorating)
    elif isinstance(block, blocks.StreamBlock):
        for child in value or []:
            yield from pictures_in(child.block, child.value, decorating=decorating)


def people_without_release(body: Any) -> Iterator[tuple[Any, Any]]:
    """Each picture in ``body`` that may not be shown, after its block.

    That is one of a person that nobody released, or that no second person has looked at; or one of which nobody has said.
    """
    for child in body:
        for image in pictures_in(child.block, child.value, decorating=True):
            if not image.may_be_shown:
                yield child, image
