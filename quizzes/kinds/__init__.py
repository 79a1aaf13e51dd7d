"""The kinds of question. A kind is one module here and its templates; it joins by its line in ``KINDS``."""

from wagtail import blocks

from .base import AsWritten, Kind, Mark, Part, Show, Verdict
from .case_study import CaseStudy
from .categorise import Categorise
from .confidence import Confidence
from .essay import Essay
from .gap_choice import GapChoice
from .gap_text import GapText
from .hotspot import Hotspot
from .information import Information
from .mark_words import MarkWords
from .matching import Matching
from .multiple_response import MultipleResponse
from .numeric import Numeric
from .ordering import Ordering
from .poll import Poll
from .short_text import ShortText
from .single_choice import SingleChoice
from .true_false import TrueFalse

SINGLE: list[Kind] = [
    SingleChoice(),
    MultipleResponse(),
    TrueFalse(),
    Matching(),
    Ordering(),
    Categorise(),
    GapChoice(),
    GapText(),
    ShortText(),
    Numeric(),
    MarkWords(),
    Hotspot(),
    Essay(),
    Poll(),
    Confidence(),
    Information(),
]
KINDS: dict[str, Kind] = {kind.name: kind for kind in [*SINGLE, CaseStudy(SINGLE)]}


def question_blocks() -> list[tuple[str, blocks.StructBlock]]:
    """The (name, block) pairs that the body of a question may hold, one per kind."""
    return [(kind.name, kind.block()) for kind in KINDS.values()]


__all__ = ["KINDS", "AsWritten", "Kind", "Mark", "Part", "Show", "Verdict", "question_blocks"]
