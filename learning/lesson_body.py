"""The body of a lesson as HTML: rendered once per revision and language, with the learner's own blocks filled in each time.

Switching the cache off changes nothing but speed.
"""

from django.core.cache import cache
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.blocks import StreamValue

from courses.models import LessonPage

PERSONAL = {"quiz"}  # blocks that show the reader's own state
ONE_HOUR = 3600  # an image or document replaced without a new revision shows within the hour


def anchored(block: StreamValue.StreamChild, context: dict) -> str:
    """One block under an anchor made of its id, which is the same in every language; as ``templates/blocks/stream.html`` does."""
    return str(format_html('<div class="block block--{}" id="b-{}">{}</div>', block.block_type, block.id, block.render(context)))


def render_lesson_body(page: LessonPage, context: dict, *, preview: bool = False) -> SafeString:
    """All blocks of ``page`` in order. ``context`` is what personal blocks see; a preview is never cached."""
    published = page.last_published_at.timestamp() if page.last_published_at else 0
    key = f"lesson-body:{page.pk}:{page.live_revision_id}:{published}:{get_language()}"
    shared = None if preview else cache.get(key)
    if shared is None:
        shared = [None if block.block_type in PERSONAL else anchored(block, {"page": page}) for block in page.body]
        if not preview:
            cache.set(key, shared, ONE_HOUR)
    html = (
        anchored(block, {**context, "page": page}) if text is None else text
        for text, block in zip(shared, page.body if None in shared else shared, strict=True)
    )
    return mark_safe(f'<div class="body">{"".join(html)}</div>')  # noqa: S308 (rendered by our own templates, which escape)
