"""The blocks of a lesson. ``LessonBlocks`` is the one place that says which blocks a lesson may hold."""

from typing import Any

from training.blocks import BasicBlocks

from .breaks import GateBlock, PauseBlock
from .cards import FlashcardsBlock, MemoryBlock
from .case_file import CaseFileBlock
from .counted import CountedAudioBlock, CountedVideoBlock
from .exploring import HotspotsBlock
from .facts import ChartBlock, TabsBlock, TermsBlock, TimelineBlock
from .law import LawBlock, RolesBlock
from .national import ContactsBlock, CountryBlock, NationalBlock
from .opinions import ConfidenceBlock, DecisionBlock
from .practice import SAMPLE, Answered, Exercise, PracticeBlock, asks, prefix_of
from .private import ChecklistBlock, ReflectionBlock, again_on_in, taken_away, text_in
from .questions import (
    AnnotateBlock,
    CardSortBlock,
    GapsBlock,
    HotspotSignsBlock,
    OrderBlock,
    PairsBlock,
    QuestionPractice,
    SingleQuestionBlock,
    TypedGapsBlock,
)
from .readers import EVERYBODY, Audience, Viewer, audience_of, content_note_of, viewer_of, with_settings
from .scenario import ScenarioBlock
from .stories import CaseBlock, QuizBlock
from .structure import CareBlock, SharedBlock
from .together import IdeasBlock, PollBlock, WordsBlock
from .trainers import LiveActivityBlock, TrainerNoteBlock
from .video_stops import VideoStopsBlock


class LessonBlocks(BasicBlocks):
    audio = CountedAudioBlock()
    video = CountedVideoBlock()
    tabs = TabsBlock()
    terms = TermsBlock()
    timeline = TimelineBlock()
    chart = ChartBlock()
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
    law = LawBlock()
    national = NationalBlock()
    contacts = ContactsBlock()
    roles = RolesBlock()
    live_activity = LiveActivityBlock()
    care = CareBlock()
    pause = PauseBlock()
    poll = PollBlock()
    words = WordsBlock()
    reflection = ReflectionBlock()
    ideas = IdeasBlock()
    gate = GateBlock()
    shared = SharedBlock()
    trainer_note = TrainerNoteBlock()

    class Meta:
        collapsed = True  # a written lesson opens as a list of labels; what is new, or in error, opens by itself

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.child_blocks = {name: with_settings(name, block) for name, block in self.child_blocks.items()}


__all__ = [
    "EVERYBODY",
    "SAMPLE",
    "Answered",
    "Audience",
    "CountryBlock",
    "Exercise",
    "LessonBlocks",
    "PracticeBlock",
    "QuestionPractice",
    "SingleQuestionBlock",
    "VideoStopsBlock",
    "Viewer",
    "again_on_in",
    "asks",
    "audience_of",
    "content_note_of",
    "prefix_of",
    "taken_away",
    "text_in",
    "viewer_of",
]
