"""The blocks of a lesson. ``LessonBlocks`` is the one place that says which blocks a lesson may hold."""

from training.blocks import BasicBlocks

from .practice import SAMPLE, Answered, Exercise, PracticeBlock, prefix_of
from .questions import (
    AnnotateBlock,
    CardSortBlock,
    GapsBlock,
    HotspotSignsBlock,
    OrderBlock,
    PairsBlock,
    SingleQuestionBlock,
    TypedGapsBlock,
)
from .scenario import ScenarioBlock
from .stories import CaseBlock, QuizBlock


class LessonBlocks(BasicBlocks):
    card_sort = CardSortBlock()
    ordering = OrderBlock()
    matching = PairsBlock()
    gaps = GapsBlock()
    gaps_typed = TypedGapsBlock()
    question = SingleQuestionBlock()
    annotate = AnnotateBlock()
    hotspot_signs = HotspotSignsBlock()
    scenario = ScenarioBlock()
    quiz = QuizBlock()
    case = CaseBlock()


__all__ = ["SAMPLE", "Answered", "Exercise", "LessonBlocks", "PracticeBlock", "prefix_of"]
