"""Placeholder while the engine is being written."""

from wagtail import blocks


class TrueFalse:
    name = "true_false"
    label = "true_false"

    def block(self) -> blocks.StructBlock:
        return blocks.StructBlock([("text", blocks.RichTextBlock()), ("explanation", blocks.RichTextBlock(required=False))])
