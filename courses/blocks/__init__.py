"""The blocks of a lesson. ``LessonBlocks`` is the one place that says which blocks a lesson may hold."""

from training.blocks import BasicBlocks

from .breaks import GateBlock, PauseBlock
from .cards import FlashcardsBlock, MemoryBlock
from .case_file import CaseFileBlock
from .exploring import HotspotsBlock
from .opinions import ConfidenceBlock, DecisionBlock
from .practice import SAMPLE, Answered, Exercise, PracticeBlock, prefix_of
from .private import ChecklistBlock, ReflectionBlock, again_on_in, taken_away, text_in
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
    hotspots = HotspotsBlock()
    hotspot_signs = HotspotSignsBlock()
    scenario = ScenarioBlock()
    flashcards = FlashcardsBlock()
    memory = MemoryBlock()
    decision = DecisionBlock()
    confidence = ConfidenceBlock()
    checklist = ChecklistBlock()
    quiz = QuizBlock()
    case = CaseBlock()
    case_file = CaseFileBlock()
    pause = PauseBlock()
    reflection = ReflectionBlock()
    gate = GateBlock()


__all__ = ["SAMPLE", "Answered", "Exercise", "LessonBlocks", "PracticeBlock", "again_on_in", "prefix_of", "taken_away", "text_in"]
