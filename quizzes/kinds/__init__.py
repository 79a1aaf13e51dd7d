"""The kinds of question. A kind is one module here and its templates; it joins by its line in ``KINDS``."""

from wagtail import blocks

from .base import Kind, Mark, Part, Show, Verdict
from .multiple_response import MultipleResponse
from .single_choice import SingleChoice
from .true_false import TrueFalse

KINDS: dict[str, Kind] = {kind.name: kind for kind in (SingleChoice(), MultipleResponse(), TrueFalse())}


def question_blocks() -> list[tuple[str, blocks.StructBlock]]:
    """The (name, block) pairs that the body of a question may hold, one per kind."""
    return [(kind.name, kind.block()) for kind in KINDS.values()]


__all__ = ["KINDS", "Kind", "Mark", "Part", "Show", "Verdict", "question_blocks"]
