"""What a block that is being written still lacks, in words. Only previews say it: drafts are kept as they are."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.blocks import Block, ListBlock, StructValue
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

MOST = 6  # that are named
# What a block may fail with that has been told to lack something. Of a block that lacks nothing, an error is an error.
HALF_WRITTEN = (
    AttributeError,
    LookupError,
    NoReverseMatch,
    TemplateDoesNotExist,
    TemplateSyntaxError,
    TypeError,
    ValueError,
)


def missing_in(block: Block, value: Any) -> list[str]:
    """What publishing would ask for; empty for a block that may be published as it stands."""
    try:
        block.clean(value)
    except ValidationError as error:
        return list(dict.fromkeys(_told(block, value, error, "")))
    return []


def notice_of(block: Block, missing: list[str]) -> SafeString:
    named = {"label": capfirst(block.label), "missing": missing[:MOST], "more": len(missing[MOST:])}
    return render_to_string("courses/components/unfinished.html", named)


def _told(block: Block, value: Any, error: ValidationError, where: str) -> Iterator[str]:
    """The lines of ``error``; ``where`` names the field in which it was found, from the outside in."""
    if value is None or error.code == "required" or not where and type(error) is ValidationError:
        yield _line(where, _("still missing"))
    elif isinstance(error, StructBlockValidationError):
        for name, inner in error.block_errors.items():
            child = block.child_blocks[name]
            part = value[name] if isinstance(value, StructValue) else value  # a picture with its description is one thing
            yield from _told(child, part, inner, _under(where, child.label))
    elif isinstance(error, ListBlockValidationError | StreamBlockValidationError):
        if too_few := _too_few(block, value):
            yield _line(where, too_few)
            return
        for index, inner in error.block_errors.items():
            child = block.child_block if isinstance(block, ListBlock) else value[index].block
            item = value[index] if isinstance(block, ListBlock) else value[index].value
            yield from _told(child, item, inner, f"{where} {index + 1}".strip())
    else:
        yield from (_line(where, message) for message in error.messages)
    whole = getattr(error, "non_block_errors", None)
    yield from (_line(where, message) for inner in (whole.as_data() if whole else ()) for message in inner.messages)


def _too_few(block: Block, value: Any) -> str:
    fewest = block.meta.min_num or 0
    if len(value) >= fewest:
        return ""
    return ngettext("needs at least %(count)d", "needs at least %(count)d", fewest) % {"count": fewest}


def _under(where: str, label: Any) -> str:
    return f"{where} – {capfirst(label)}" if where else capfirst(label)


def _line(where: str, message: str) -> str:
    return _("%(where)s: %(problem)s") % {"where": where, "problem": message} if where else capfirst(message)
