"""Stories to think through, and the quiz that a lesson asks for."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup
from wagtail.snippets.blocks import SnippetChooserBlock

from quizzes.admin.choosers import QuizChooser
from quizzes.models import Quiz
from training.blocks import PRACTICE, PROSE, STORIES

from .names import NameBlock
from .portrayed import PORTRAYED, PortrayingBlock

NOTES_SHOWN = [
    ("folded", _("When the learner opens it")),
    ("after", _("When the learner has written own words")),
    ("open", _("At once")),
]


class CaseBlock(PortrayingBlock):
    name = NameBlock(
        label=_("Name we give the child"),
        help_text=_("Let origins and genders change from case to case. The field offers names of many places. Example: Ilir."),
    )
    age = blocks.IntegerBlock(label=_("Age"), min_value=0, max_value=25)
    setting = blocks.CharBlock(label=_("Setting"), help_text=_("Example: A car wash at the edge of a town."))
    facts = blocks.ListBlock(blocks.CharBlock(), label=_("What we know"), min_num=1)
    unknowns = blocks.ListBlock(blocks.CharBlock(), label=_("What we do not know"))
    questions = blocks.ListBlock(blocks.CharBlock(), label=_("Questions"), min_num=1)
    notes = blocks.RichTextBlock(label=_("What an expert would say"), features=PROSE)
    notes_shown = blocks.ChoiceBlock(
        label=_("When it is read"),
        choices=NOTES_SHOWN,
        default="folded",
        required=False,
        help_text=_("Words that learners write here are for themselves: nobody else reads them, and they are not kept."),
    )
    composite = blocks.BooleanBlock(
        label=_("This case is invented, from many real ones"),
        help_text=_("No real child may be recognised. Required before publishing."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child_blocks["composite"].field.error_messages["required"] = _(
            "Tick this if the case is invented. A case from a real file is never published."
        )

    def get_form_layout(self) -> BlockGroup:
        own = [name for name in self.child_blocks if name not in PORTRAYED]
        return BlockGroup(children=own, settings=PORTRAYED)

    class Meta:
        icon = "user"
        label = _("Case study")
        label_format = "{name}"
        group = STORIES
        description = _("An invented child's situation to think through, with an expert's view.")
        help_text = _("Three to six facts, what is not known, two or three questions. No details of violence.")
        template = "courses/blocks/case.html"
        preview_value = {
            "name": "Ilir",
            "age": 15,
            "setting": "A car wash at the edge of a town",
            "facts": ["He works from seven to seven.", "A man he calls uncle keeps his passport."],
            "unknowns": ["Where he sleeps."],
            "questions": ["Which signs belong together?"],
            "notes": "<p>Long hours, no school and papers held by an adult form a cluster.</p>",
            "notes_shown": "folded",
            "composite": True,
            "gender": "boy",
            "origin": "foreign",
            "exploitation": "labour",
        }


class QuizChooserBlock(SnippetChooserBlock):
    """Wagtail's own, with words in the reader's language; so migrations need not know it."""

    @cached_property
    def widget(self) -> QuizChooser:
        return QuizChooser(Quiz, icon="tasks")

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        _path, arguments, named = super().deconstruct()
        return "wagtail.snippets.blocks.SnippetChooserBlock", arguments, named

    class Meta:
        icon = "tasks"


class QuizBlock(blocks.StructBlock):
    quiz = QuizChooserBlock("quizzes.Quiz", label=_("Quiz"))
    why = blocks.CharBlock(
        label=_("Why take it now"),
        required=False,
        default="",
        max_length=200,
        help_text=_("One sentence. Example: You will need these signs in the next module."),
    )

    def get_preview_value(self) -> blocks.StructValue:
        return blocks.StructValue(
            self, {"quiz": Quiz.objects.order_by("-pk").first(), "why": "You will need this in the next module."}
        )

    class Meta:
        icon = "tasks"
        label = _("Quiz")
        group = PRACTICE
        description = _("A quiz to pass before this lesson is done.")
        help_text = _("At the end of a module. Write the quiz under “Questions and quizzes” first.")
        template = "courses/blocks/quiz.html"
