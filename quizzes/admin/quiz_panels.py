"""The quiz builder: every setting, in the order in which a trainer thinks of it."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.panels.base import get_form_for_model

from quizzes.models import QuizItem
from quizzes.rules import Moment, Shown

from .filters import outcomes, tags
from .quiz_form import ItemForm, QuizForm


class ItemsPanel(InlinePanel):
    """The items, with a form of their own: a question or a draw."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        own = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        own["form"] = get_form_for_model(QuizItem, form_class=ItemForm, defer_required_on_fields=deferred, fields=own["fields"])
        return options


class KnownWordsPanel(Panel):
    """Which outcomes and tags there are, for the fields of draws to offer. Shows nothing by itself."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "quizzes/admin/known_words.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {"outcomes": outcomes(), "tags": tags()}


class ReviewMatrixPanel(Panel):
    """What learners see when: a table of checkboxes, a row for each thing and a column for each moment."""

    names = [f"review_{moment.value}" for moment in Moment]

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": ["answers_shown", *self.names]}

    class BoundPanel(Panel.BoundPanel):
        template_name = "quizzes/admin/review_matrix.html"

        @cached_property
        def rows(self) -> list[tuple[str, Any, list[tuple[str, Any]]]]:
            """(name, label, the box of each moment with its name); no box where nothing can be chosen."""
            answers = self.form["answers_shown"]
            found = {box.data["value"]: box for box in answers}
            first = ("answers", answers.label, [(moment.value, found.get(moment.value)) for moment in Moment])
            columns = {moment.value: list(self.form[f"review_{moment.value}"]) for moment in Moment}
            others = [
                (shown.value, shown.label, [(moment, boxes[n]) for moment, boxes in columns.items()])
                for n, shown in enumerate(Shown)
            ]
            return [first, *others]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {"rows": self.rows, "moments": [(moment.value, moment.label) for moment in Moment]}


def group(heading: Any, *names: str, help_text: Any = "", collapsed: bool = True) -> MultiFieldPanel:
    panels = [FieldPanel(name) for name in names]
    return MultiFieldPanel(panels, heading=heading, help_text=help_text, classname="collapsed" if collapsed else "")


QUIZ_PANELS = ObjectList(
    [
        FieldPanel("title"),
        FieldPanel("intro"),
        ItemsPanel(
            "items",
            [
                FieldPanel("question"),
                FieldPanel("pin", heading=_("Keep to the version that is published now")),
                FieldRowPanel([FieldPanel("draw_count"), FieldPanel("draw_bank")]),
                FieldRowPanel([FieldPanel("draw_outcome"), FieldPanel("draw_tag"), FieldPanel("draw_difficulty")]),
                FieldRowPanel([FieldPanel("points"), FieldPanel("after_previous")]),
            ],
            heading=_("What it asks"),
            help_text=_("One item is one fixed question, or a draw that picks some each time. Points are for each question."),
            label=_("Item"),
        ),
        KnownWordsPanel(),
        group(
            _("Or a whole bank"),
            "draw_from",
            "questions_per_attempt",
            help_text=_("A short way where one bank is the quiz: its questions join the items above."),
        ),
        InlinePanel(
            "sections",
            [FieldPanel("title"), FieldPanel("starts_at"), FieldPanel("shuffle")],
            heading=_("Sections"),
            label=_("Section"),
            help_text=_("Headings between items, for a quiz that has several parts."),
            classname="collapsed",
        ),
        group(
            _("Order"),
            "shuffle_questions",
            "shuffle_choices",
            "shuffle_sections",
            "questions_per_page",
            "navigation",
            collapsed=False,
        ),
        group(_("Feedback and behaviour"), "behaviour", "penalties", "certainty", "wrong_costs", "redo", "builds_on_last"),
        group(
            _("Time and dates"),
            *("minutes", "opens_at", "due_at", "closes_at", "time_limit", "when_time_ends", "grace"),
            *("delay", "later_delay"),
            help_text=_("Leave dates and limit empty unless you need them: both shut people out."),
        ),
        group(
            _("What counts"),
            *("pass_mark", "attempts_allowed", "grading", "completion", "minimum_tries", "second_marker"),
            collapsed=False,
        ),
        ReviewMatrixPanel(heading=_("What learners see when"), classname="collapsed"),
        InlinePanel(
            "bands",
            [FieldPanel("from_percent"), FieldPanel("text")],
            heading=_("Feedback by score"),
            label=_("Text"),
            help_text=_("Learners read the text with the highest start that their result reaches."),
            classname="collapsed",
        ),
        group(_("For visitors"), "open_to_all", "access_code"),
    ],
    base_form_class=QuizForm,
)
