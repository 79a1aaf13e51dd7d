"""The blocks of a lesson. ``LessonBlocks`` is the one place that says which blocks a lesson may hold."""

from training.blocks import BasicBlocks

from .breaks import PauseBlock
from .case_file import CaseFileBlock
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
from .video_stops import VideoStopsBlock


class LessonBlocks(BasicBlocks):
    video_stops = VideoStopsBlock()
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
    case_file = CaseFileBlock()
    pause = PauseBlock()


__all__ = ["SAMPLE", "Answered", "Exercise", "LessonBlocks", "PracticeBlock", "prefix_of"]
