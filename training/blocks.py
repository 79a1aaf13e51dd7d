"""StreamField blocks that any page may use. A block tied to a subject lives in that subject's app."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError, ListValue
from wagtail.blocks.struct_block import BlockGroup
from wagtail.rich_text import RichText

from .drawings import ICONS, icon
from .groups import GROUPS, HEADED_PROSE, PROSE, STRUCTURE, TEXT
from .groups import LIVE as LIVE
from .groups import MEDIA as MEDIA
from .groups import PRACTICE as PRACTICE
from .groups import STORIES as STORIES
from .headings import begins_too_small, left_alone
from .media import AudioBlock, DownloadBlock, FigureBlock, IllustrationBlock, VideoBlock
from .references import SourcesBlock
from .tiles import Tiles


class KeyBlock(blocks.CharBlock):
    """A machine's name for something. Never offered to a translator: wagtail-localize asks this method first."""

    def get_translatable_segments(self, value: str) -> list:
        return []


class HeadingBlock(blocks.CharBlock):
    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Says what comes, in a few words. Example: What changes for a child.")
        super().__init__(**{"help_text": help_text, **kwargs})

    class Meta:
        icon = "title"
        label = _("Heading")
        group = STRUCTURE
        description = _("Starts a new part of the page.")
        template = "blocks/heading.html"
        preview_value = "What changes when the person is a child"


class SubheadingBlock(HeadingBlock):
    class Meta:
        label = _("Small heading")
        description = _("Divides a part of the page that has a heading.")
        template = "blocks/subheading.html"
        preview_value = "Before the first meeting"


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Two to five short paragraphs. Longer? Split with a heading. Example: what a guardian may do.")
        super().__init__(**{"features": HEADED_PROSE, "help_text": help_text, **kwargs})

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and value and begins_too_small(value.source):
            raise ValidationError(_("Make the first heading of this text an H3. An H4 stands under an H3."))
        return value

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        description = _("Two to five short paragraphs.")
        template = "blocks/text.html"
        preview_value = "<p>A guardian speaks for the child's <b>best interests</b>. A lawyer acts on the child's case.</p>"


class KeyMessageBlock(blocks.StructBlock):
    text = blocks.CharBlock(
        label=_("Sentence"), max_length=160, help_text=_("Example: A child cannot consent to being exploited.")
    )
    source = blocks.CharBlock(label=_("Source"), required=False, help_text=_("Example: UN Protocol 2000, article 3."))

    class Meta:
        icon = "info-circle"
        label = _("Key message")
        group = TEXT
        description = _("The one thing to remember tomorrow.")
        help_text = _("The one thing to remember tomorrow. At most two in a lesson.")
        template = "blocks/key_message.html"
        preview_value = {"text": "A child cannot consent to being exploited.", "source": "UN Protocol 2000, article 3"}


CALLOUT_KINDS = [
    ("care", _("Take care")),
    ("law", _("The law")),
    ("urgent", _("Act now")),
    ("tip", _("Tip")),
    ("attention", _("Attention")),
    ("good_practice", _("Good practice")),
    ("national", _("In your country")),
]


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=CALLOUT_KINDS, default="tip")
    title = blocks.CharBlock(label=_("Title"), help_text=_("The kind is said in words before it. Example: Presumed a child."))
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    def get_preview_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """``kinds``: the example once for each kind, so that an author sees which one is meant."""
        kinds = [blocks.StructValue(self, {**value, "kind": kind}) for kind, _label in CALLOUT_KINDS]
        return {**super().get_preview_context(value, parent_context), "kinds": kinds}

    class Meta:
        icon = "warning"
        label = _("Callout")
        label_format = "{title}"
        group = TEXT
        description = _("A box that stands out: law, care, act now, tip, attention, good practice, in your country.")
        help_text = _("One point in a box. Two boxes in a row take the force from each other.")
        template = "blocks/callout.html"
        preview_template = "blocks/callout_kinds.html"
        preview_value = {
            "kind": "law",
            "title": "Presumed a child",
            "text": "<p>When age is uncertain, the person is treated as a child while it is checked.</p>",
        }


class AdviceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("What"), help_text=_("Start with a verb. Example: Say who you are."))
    why = blocks.CharBlock(label=_("Why"), help_text=_("One sentence. Example: The child has met many officials."))

    class Meta:
        label_format = "{text}"
        icon = "check"


class DoDontBlock(blocks.StructBlock):
    do = blocks.ListBlock(AdviceBlock(), label=_("Do"), min_num=2, max_num=6)
    dont = blocks.ListBlock(AdviceBlock(), label=_("Don't"), min_num=2, max_num=6)

    class Meta:
        icon = "check"
        label = _("Do and don't")
        group = TEXT
        description = _("Two short lists, side by side, each with its reason.")
        help_text = _("Two to six on each side. A reason is remembered longer than a rule.")
        template = "blocks/do_dont.html"
        preview_value = {
            "do": [
                {"text": "Say who you are", "why": "The child has met many officials."},
                {"text": "Ask what the child needs now", "why": "A thirsty child cannot listen."},
            ],
            "dont": [
                {"text": "Promise to keep everything secret", "why": "You may have to act to protect the child."},
                {"text": "Ask for the whole story at once", "why": "It comes in pieces, and when it is safe."},
            ],
        }


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), help_text=_("What one does. Example: Safety first."))
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)
    icon = blocks.ChoiceBlock(
        label=_("Icon"),
        required=False,
        choices=[("", _("None")), *ICONS],
        default="",
        widget=Tiles(icon, _("Icon"), small=True),
        help_text=_("It decorates: the title says what one does. Give each step one, or none of them."),
    )

    class Meta:
        label_format = "{title}"
        icon = "list-ol"
        form_layout = BlockGroup(children=["title", "text"], settings=["icon"])


class StepsBlock(blocks.StructBlock):
    items = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = TEXT
        description = _("Things that happen in an order.")
        help_text = _("Three to seven steps. For what has no order, write a list in a text.")
        template = "blocks/steps.html"
        preview_value = {
            "items": [
                {"title": "Safety first", "text": "Food, rest, medical care.", "icon": "shield-check"},
                {"title": "Then talk", "text": "", "icon": "users"},
            ]
        }


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), help_text=_("Says what is inside. Example: Is a border needed?"))
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        label_format = "{title}"
        icon = "list-ul"


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(AccordionItemBlock(), label=_("Items"), min_num=2, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        group = TEXT
        description = _("Closed parts that open when wanted.")
        help_text = _("Use for optional depth, not for essentials.")
        template = "blocks/accordion.html"
        preview_value = {
            "items": [
                {"title": "Is a border needed?", "text": "<p>No. Trafficking may happen inside one town.</p>"},
                {"title": "Is force needed?", "text": "<p>Not when the person is a child.</p>"},
            ]
        }


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(
        label=_("Quote"), rows=3, help_text=_("Example: I ask what the child needs before I ask what happened.")
    )
    who = blocks.CharBlock(label=_("Who says it"), help_text=_("A role, never a name. Example: a guardian in Belgium."))
    source = blocks.CharBlock(label=_("Source"), required=False)
    consent = blocks.BooleanBlock(
        label=_("The person agreed to be quoted, or the source is published"), help_text=_("Required before publishing.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child_blocks["consent"].field.error_messages["required"] = _(
            "Tick this once the person has agreed. Until then the quote cannot be published."
        )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = TEXT
        description = _("Somebody's words, with their consent.")
        help_text = _("Never a child's words from a real case, and never a name.")
        template = "blocks/quote.html"
        preview_value = {
            "text": "I ask what the child needs before I ask what happened.",
            "who": "A guardian",
            "source": "",
            "consent": True,
        }


class RowBlock(blocks.StructBlock):
    cells = blocks.ListBlock(blocks.CharBlock(required=False), label=_("Cells"), min_num=2)

    class Meta:
        icon = "table"
        label = _("Row")


def refuse_uneven(rows: ListValue, name: str, inside: str, wanted: int, message: str | Promise) -> None:
    """Raise StructBlockValidationError beside each of ``rows``, the value of the field ``name``, without ``wanted`` things."""
    told = ListBlockValidationError(non_block_errors=[ValidationError(message)])
    errors = {n: blocks.StructBlockValidationError({inside: told}) for n, row in enumerate(rows) if len(row[inside]) != wanted}
    if errors:
        raise blocks.StructBlockValidationError({name: ListBlockValidationError(block_errors=errors)})


class TableBlock(blocks.StructBlock):
    """Plain lists, because wagtail-localize translates neither of Wagtail's own table blocks."""

    caption = blocks.CharBlock(label=_("Caption"), help_text=_("Read out first. Example: Trafficking and smuggling."))
    columns = blocks.ListBlock(blocks.CharBlock(required=False), label=_("Column headings"), min_num=2)
    rows = blocks.ListBlock(RowBlock(), label=_("Rows"), min_num=1, help_text=_("The first cell is the heading of its row."))

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        wanted = len(value["columns"])
        message = _("Every row needs as many cells as there are column headings (%(count)d).") % {"count": wanted}
        if not self.is_deferred_validation:
            refuse_uneven(value["rows"], "rows", "cells", wanted, message)
        return value

    class Meta:
        icon = "table"
        label = _("Table")
        group = TEXT
        description = _("Facts in rows and columns, with a caption.")
        help_text = _("Two to four columns: more do not fit on a phone. Short words in the cells.")
        template = "blocks/table.html"
        preview_value = {
            "caption": "Trafficking and smuggling",
            "columns": ["", "Smuggling", "Trafficking"],
            "rows": [{"cells": ["Against", "the state", "the person"]}, {"cells": ["Border", "crossed", "not needed"]}],
        }


UNDER_NONE = _("Put a block “Heading” above this one: a small heading needs one to stand under.")


def heading_texts(body: blocks.StreamValue) -> Iterator[tuple[str, str]]:
    """What ``left_alone`` reads: the type of each block, and the words of a text."""
    for child in body:
        yield child.block_type, child.value.source if isinstance(child.value, RichText) else ""


class BasicBlocks(blocks.StreamBlock):
    """What any page of text may hold."""

    text = TextBlock()
    key_message = KeyMessageBlock()
    callout = CalloutBlock()
    do_dont = DoDontBlock()
    steps = StepsBlock()
    accordion = AccordionBlock()
    quote = QuoteBlock()
    table = TableBlock()
    image = FigureBlock()
    illustration = IllustrationBlock()
    video = VideoBlock()
    audio = AudioBlock()
    document = DownloadBlock()
    heading = HeadingBlock()
    subheading = SubheadingBlock()
    sources = SourcesBlock()

    def clean(self, value: Any) -> Any:
        """Raises StreamBlockValidationError where a small heading stands under none, unless it is a draft."""
        cleaned = super().clean(value)
        alone = [] if self.is_deferred_validation else list(left_alone(heading_texts(cleaned)))
        if alone:
            raise blocks.StreamBlockValidationError({place: ValidationError(UNDER_NONE) for place in alone})
        return cleaned

    def grouped_child_blocks(self) -> list[tuple[str, list[blocks.Block]]]:
        """The picker in the order of ``GROUPS``, wherever a block was declared."""
        found = dict(super().grouped_child_blocks())
        return sorted(found.items(), key=lambda pair: GROUPS.index(pair[0]) if pair[0] in GROUPS else len(GROUPS))
