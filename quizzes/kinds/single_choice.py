"""Placeholder while the engine is being written."""

from wagtail import blocks


class SingleChoice:
    name = "single_choice"
    label = "single_choice"

    def block(self) -> blocks.StructBlock:
        return blocks.StructBlock([("text", blocks.RichTextBlock()), ("explanation", blocks.RichTextBlock(required=False))])
