"""Placeholder while the engine is being written."""

from wagtail import blocks


class MultipleResponse:
    name = "multiple_response"
    label = "multiple_response"

    def block(self) -> blocks.StructBlock:
        return blocks.StructBlock([("text", blocks.RichTextBlock()), ("explanation", blocks.RichTextBlock(required=False))])
