"""Pictures in the library, small and plain."""

from typing import Any

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file


def make_picture(width: int = 640, height: int = 400, **fields: Any) -> Any:
    """An image in the library, of nobody unless it is said; ``alt_text`` and ``decorative`` are what a block says of it."""
    fields.setdefault("shows_person", False)
    alt_text, decorative = fields.pop("alt_text", "A table by a window"), fields.pop("decorative", False)
    picture = get_image_model().objects.create(
        title=fields.pop("title", "A room"), file=get_test_image_file(size=(width, height)), **fields
    )
    picture.contextual_alt_text, picture.decorative = alt_text, decorative
    return picture
