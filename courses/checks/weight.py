"""What a lesson weighs on a phone, roughly: the frame of every page, the text of this one, and its pictures."""

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from courses.models import LessonPage
from courses.pieces import pieces_of
from quizzes.kinds.enclosed import PICTURE

from .findings import Finding
from .seen import pictures_in

MOST = 100_000  # bytes
FRAME = 50_000  # bytes: the page around a lesson, its styles and scripts; see tests/e2e/test_page_weight.py
FIGURE = "format-avif|width-800"  # what most phones take of a picture block
KILO = 1000
A_WEEK = 7 * 24 * 3600


def too_heavy(page: LessonPage) -> Iterator[Finding]:
    weight = FRAME + sum(len(piece.html.encode()) for piece in pieces_of(page, preview=True)) + weight_of_pictures(page)
    if weight > MOST:
        said = _(
            "The lesson weighs about %(weight)d KB. Phones wait long above %(most)d KB: take a picture out, or make two lessons."
        )
        yield Finding(said % {"weight": round(weight / KILO), "most": MOST // KILO})


def weight_of_pictures(page: LessonPage) -> int:
    """In bytes, each picture once, in the size in which it is shown. One query for each picture whose size is not known yet."""
    found = {}
    for child in page.body:
        spec = FIGURE if child.block_type == "image" else PICTURE
        found |= {(image.pk, spec): image for image in pictures_in(child.block, child.value, decorating=True)}
    return sum(size_of(image, spec) for (_pk, spec), image in found.items())


def size_of(image: Any, spec: str) -> int:
    """A rendition never changes, so its size is asked of the storage once a week. 0 where the file is gone."""
    key = f"rendition-size:{image.pk}:{image.file_hash}:{spec}"
    size = cache.get(key)
    if size is None:
        try:
            size = image.get_rendition(spec).file.size
        except OSError:  # Wagtail's errors of missing and broken files are some of it
            return 0
        cache.set(key, size, A_WEEK)
    return size
