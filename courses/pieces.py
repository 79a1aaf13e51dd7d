"""The body of a lesson in pieces: what is the same for every reader, made once for each revision and language and kept.

Switching the cache off changes nothing but speed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.blocks import StreamValue

from .blocks import (
    Audience,
    CountryBlock,
    LessonBlocks,
    PracticeBlock,
    Viewer,
    asks,
    audience_of,
    content_note_of,
    prefix_of,
)
from .memory import ONE_MINUTE, shared_stamp
from .models import LessonPage
from .unfinished import HALF_WRITTEN, missing_in, notice_of

ONE_HOUR = 3600  # an image or document replaced without a new revision shows within the hour
NOTHING = SafeString()
CSRF_SLOT = "<!--csrf-->"  # where the token of the reader's own session goes


@dataclass(frozen=True)
class Piece:
    """One block. ``html`` is what a reader sees who has not answered anything; empty for a block that only a reader can fill.

    ``material`` is what a practice block froze, and ``frozen`` what one that shows the reader's country did, else None.
    ``before`` and ``after``: a note on what the block holds, and the end of the way past it; both stand within its anchor.
    """

    name: str
    ident: str
    html: str
    material: dict[str, Any] | None = None
    unfinished: bool = False  # in a preview: the block lacks something
    frozen: dict[str, str] | None = None
    notice: SafeString = NOTHING  # in a preview: what stands above a block with ``frozen``
    audience: Audience = Audience()
    before: SafeString = NOTHING
    after: SafeString = NOTHING

    @property
    def heading(self) -> str:
        return self.material["heading"] if self.material else ""

    @property
    def required(self) -> bool:
        return bool(self.material and self.material["required"])

    @property
    def prefix(self) -> str:
        return prefix_of(self.ident)

    @property
    def block(self) -> PracticeBlock:
        """The practice block that reads ``material``."""
        return BLOCKS[self.name]

    def anchored(self, html: SafeString) -> str:
        """``html``, which the block shows, where it stands in the lesson."""
        return anchored(self.name, self.ident, self.before + html + self.after)

    def in_country(self, context: dict[str, Any]) -> str:
        """A block with ``frozen``, in front of a reader whose ``annex`` is in ``context``."""
        block: CountryBlock = BLOCKS[self.name]
        return self.anchored(self.notice + block.render_frozen(self.frozen, {**context, "ident": self.ident}))

    @property
    def scripts(self) -> list[str]:
        """Static paths of the modules that make this block handier."""
        return self.block.scripts(self.material) if self.material else getattr(BLOCKS[self.name], "page_scripts", [])


BLOCKS = LessonBlocks().child_blocks
HIDDEN = {"trainer_note"}  # blocks that no reader sees
PERSONAL = {"quiz"}  # blocks that show the reader's own state and have no form of their own


def pieces_for(viewer: Viewer, page: LessonPage, *, preview: bool = False) -> list[Piece]:
    """Those blocks of ``page`` that are meant for ``viewer``, in order."""
    return [piece for piece in pieces_of(page, preview=preview) if piece.audience.includes(viewer)]


def pieces_of(page: LessonPage, *, preview: bool = False) -> list[Piece]:
    """All blocks of ``page`` in order. Of a live page that was read before: no query. A preview is never kept."""
    if preview:
        return _cut(page, sendable=False)
    published = page.last_published_at.timestamp() if page.last_published_at else 0
    key = f"lesson-pieces:5:{page.pk}:{page.live_revision_id}:{published}:{shared_stamp()}:{get_language()}"
    return _remembered(key, lambda: _cut(page, sendable=True))


def _remembered(key: str, make: Callable[[], list[Piece]]) -> list[Piece]:
    pieces = cache.get(key)
    if pieces is None:
        pieces = make()
        shares = any(piece.name == "shared" for piece in pieces)
        cache.set(key, pieces, ONE_MINUTE if shares else ONE_HOUR)
    return pieces


def _cut(page: LessonPage, *, sendable: bool) -> list[Piece]:
    cut = _piece if sendable else _previewed
    return [cut(child, page, sendable) for child in page.body if child.block_type not in HIDDEN]


def _previewed(child: StreamValue.StreamChild, page: LessonPage, sendable: bool) -> Piece:
    """Like ``_piece``, for a block that may be half written: what it lacks stands above it, or in its place."""
    missing = missing_in(child.block, child.value)
    if not missing:
        return _piece(child, page, sendable)
    bare, notice = _bare(child, sendable), notice_of(child.block, missing)
    if bare.name in PERSONAL:
        return replace(bare, html=bare.anchored(notice), unfinished=True)
    try:
        return replace(_piece(child, page, sendable, notice), unfinished=True)
    except HALF_WRITTEN:
        return replace(bare, html=bare.anchored(notice), unfinished=True)


def _piece(child: StreamValue.StreamChild, page: LessonPage, sendable: bool, notice: SafeString = NOTHING) -> Piece:
    bare = _bare(child, sendable)
    ident = bare.ident
    if bare.name in PERSONAL:
        return bare
    if isinstance(child.block, CountryBlock):
        return replace(bare, frozen=child.block.frozen(child.value), notice=notice)
    if not asks(child.block, child.value):
        context = {"page": page, "ident": ident, "prefix": prefix_of(ident) if sendable else ""}
        return replace(bare, html=bare.anchored(notice + child.render(context)))
    material = child.block.material(child.value, ident, page.locale.language_code)
    exercise = child.block.exercise(ident, material, sendable=sendable)
    html = child.block.render_exercise(exercise, {"page": page, "csrf_input": CSRF_SLOT})
    return replace(bare, html=bare.anchored(notice + html), material=material)


def _bare(child: StreamValue.StreamChild, sendable: bool) -> Piece:
    """A piece with its settings alone. Only a preview says who sees it: readers find what is theirs."""
    ident, audience, note = str(child.id), audience_of(child.value), content_note_of(child.value)
    who = "" if sendable else audience.words
    if not note and not who:
        return Piece(child.block_type, ident, "", audience=audience)
    needed = isinstance(child.block, PracticeBlock) and child.value.get("required")
    context = {"ident": ident, "note": note, "who": who, "needed": needed}
    before, after = (render_to_string(f"courses/components/block_{end}.html", context) for end in ("note", "end"))
    return Piece(child.block_type, ident, "", audience=audience, before=before, after=after if note else NOTHING)


def anchored(name: str, ident: str, html: str) -> str:
    """A block under an anchor made of its id, which is the same in every language; as ``templates/blocks/stream.html`` does."""
    return str(format_html('<div class="block block--{}" id="b-{}">{}</div>', name, ident, html))
