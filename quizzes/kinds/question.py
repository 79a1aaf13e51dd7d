"""What every question begins and ends with: the editor's block, and how it is frozen and shown."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError

from training.pictures import PictureBlock

from .enclosed import attachments_block, frozen_attachments, frozen_picture
from .prose import frozen_html, split_question

QUESTION_FEATURES = ["bold", "italic", "ol", "ul", "link"]
SHOWN_WITH = ["text", "image", "attachments"]  # before the kind's own fields
FOLDED = ["when_right", "when_partly", "when_wrong", "hints"]


class QuestionBlock(blocks.StructBlock):
    """A question of any kind. A subclass adds its own fields; they stand between the picture and what is read afterwards."""

    text = blocks.RichTextBlock(
        label=_("Question"),
        features=QUESTION_FEATURES,
        help_text=_("A situation first, if there is one; the last paragraph is the question itself."),
    )
    image = PictureBlock(
        label=_("Picture"), required=False, help_text=_("Never a child. Say in the alternative text what the picture tells.")
    )
    attachments = attachments_block()
    explanation = blocks.RichTextBlock(
        label=_("Explanation"),
        features=QUESTION_FEATURES,
        required=False,
        help_text=_("Why the right answer is right. Shown to everyone after answering."),
    )
    when_right = blocks.TextBlock(label=_("Feedback to a right answer"), required=False, default="", rows=2)
    when_partly = blocks.TextBlock(label=_("Feedback to a partly right answer"), required=False, default="", rows=2)
    when_wrong = blocks.TextBlock(label=_("Feedback to a wrong answer"), required=False, default="", rows=2)
    hints = blocks.ListBlock(
        blocks.TextBlock(label=_("Hint"), rows=2),
        label=_("Hints"),
        default=[],
        help_text=_(
            "In a quiz: one by one where learners may try again, the first after the first wrong answer."
            " In a lesson: folded, to be opened before answering."
        ),
    )

    def get_form_layout(self) -> BlockGroup:
        own = [name for name in self.child_blocks if name not in {*SHOWN_WITH, "explanation", *FOLDED}]
        return BlockGroup(children=[*SHOWN_WITH, *own, "explanation"], settings=FOLDED)


class JudgedBlock(blocks.StructBlock):
    """A structure whose lists are judged as a whole, unless it is still a draft. Subclasses say how, in ``problems``."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        errors: dict[str, list[ValidationError]] = {}
        for name, problem in () if self.is_deferred_validation else self.problems(value):
            errors.setdefault(name, []).append(ValidationError(problem))
        if errors:
            raise StructBlockValidationError(
                block_errors={name: ListBlockValidationError(non_block_errors=found) for name, found in errors.items()}
            )
        return value

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        """Pairs of a field that is a list, and what its editor has to do there. None, unless a subclass finds some."""
        yield from ()


class CheckedBlock(JudgedBlock, QuestionBlock):
    """A question whose lists are judged as a whole."""


def frozen(value: Any, **own: Any) -> dict[str, Any]:
    """The JSON that every snapshot begins with, from a ``QuestionBlock`` value, and the kind's ``own`` parts."""
    return {
        "text": frozen_html(value["text"].source),
        "image": frozen_picture(value.get("image")),
        "attachments": frozen_attachments(value.get("attachments") or []),
        "explanation": frozen_html(value["explanation"].source if value.get("explanation") else ""),
        **{name: value.get(name) or "" for name in ("when_right", "when_partly", "when_wrong")},
        "hints": [hint for hint in value.get("hints") or [] if hint],
        **own,
    }


def asked(snapshot: dict[str, Any]) -> dict[str, Any]:
    """What of every snapshot a learner may see before answering: ``lead``, ``image`` and ``attachments``, then ``question``.

    The ``question`` is for the legend. Snapshots from before there were attachments have none.
    """
    lead, question = split_question(snapshot["text"])
    shown = {"image": snapshot.get("image"), "attachments": snapshot.get("attachments") or []}
    return {"lead": lead, "question": question, **shown}


def list_items(value: Iterable[Any]) -> list[tuple[str, Any]]:
    """The (id, value) pairs of a ListBlock value; the ids are the same in every translation."""
    return [(str(child.id), child.value) for child in value.bound_blocks]
