"""A case file: documents opened part by part, with a question before the next that may be tried as often as one likes."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError

from quizzes.kinds.prose import frozen_html
from quizzes.kinds.question import list_items
from training.blocks import PROSE, STORIES

from .case_file_example import EXAMPLE
from .portrayed import PORTRAYED, PortrayingBlock
from .practice import SETTINGS, Answered, Exercise, PracticeBlock

WHOLE = "all"  # the place at which the whole file is open, for reading and printing
FEWEST, MOST = 2, 6  # parts
KINDS = [
    ("note", _("Note")),
    ("message", _("Message")),
    ("ticket", _("Ticket")),
    ("record", _("Record")),
    ("letter", _("Letter")),
    ("other", _("Document")),
]


@dataclass(frozen=True)
class Part:
    """One part in front of a reader. ``chosen``: their last answer, as frozen, or None; ``opened``: it is theirs to read."""

    number: int
    stage: dict[str, Any]
    chosen: dict[str, Any] | None

    @property
    def solved(self) -> bool:
        return self.chosen is not None and self.chosen["correct"]

    @property
    def documents(self) -> list[dict[str, Any]]:
        names = dict(KINDS)
        return [{**document, "called": names.get(document["kind"], "")} for document in self.stage["documents"]]


def parts_of(material: dict[str, Any], answers: dict[str, Any]) -> list[Part]:
    """Every part, in order, with the answer to it where there is one that this edition knows."""
    parts = []
    for number, stage in enumerate(material["stages"], start=1):
        given = answers.get(stage["id"])
        parts.append(Part(number, stage, next((c for c in stage["choices"] if c["id"] == given), None)))
    return parts


def opened(parts: list[Part]) -> tuple[list[Part], Part | None]:
    """The parts that are solved, up to the first that is not; and that one, None when all are."""
    current = next((part for part in parts if not part.solved), None)
    return (parts[: current.number - 1] if current else parts), current


def kept(state: dict[str, Any] | None, name: str) -> dict[str, Any]:
    found = (state or {}).get(name)
    return found if isinstance(found, dict) else {}


class CaseFileForm(forms.Form):
    """The question of the part that is open. Answers to earlier parts travel with it: of guests nothing is kept.

    ``asked``: the number of the part that was answered. One that is solved already was sent twice, or from an older page.
    """

    def __init__(self, material: dict[str, Any], answers: dict[str, Any], data: Any, *, asked: int = 0, prefix: str) -> None:
        self.solved, self.current = opened(parts_of(material, answers))
        number = self.current.number if self.current else 0
        super().__init__(data, prefix=prefix, auto_id=f"id_{number}_%s")
        self.act = data.get("act") if data is not None else None
        self.comes_late = data is not None and asked < number
        self.answers = {part.stage["id"]: part.chosen["id"] for part in self.solved}
        if self.current:
            choose = _("Choose an answer. If it is not right, you get a hint.")
            self.fields[self.current.stage["id"]] = forms.ChoiceField(
                label=self.current.stage["question"],
                widget=forms.RadioSelect,
                choices=[(choice["id"], choice["text"]) for choice in self.current.stage["choices"]],
                required=self.act != "again" and not self.comes_late,
                error_messages={"required": choose, "invalid_choice": choose},
            )

    @property
    def question(self) -> forms.BoundField | None:
        return self[self.current.stage["id"]] if self.current else None

    @property
    def earlier(self) -> list[tuple[str, str]]:
        return [(self.add_prefix(stage), choice) for stage, choice in self.answers.items()]


class FileChoiceBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Answer"), rows=1)
    correct = blocks.BooleanBlock(label=_("This is a right answer"), required=False)
    feedback = blocks.TextBlock(label=_("Feedback"), rows=2, help_text=_("Why it is right, or what it overlooks."))

    class Meta:
        icon = "radio-full"
        label_format = "{text}"


class FileQuestionBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Question"), rows=2, help_text=_("Example: Who has to be told today?"))
    choices = blocks.ListBlock(
        FileChoiceBlock(), label=_("Answers"), default=[{"text": "", "correct": False, "feedback": ""}] * 3
    )
    hint = blocks.TextBlock(label=_("Hint"), rows=2, help_text=_("Read after a wrong answer. Example: Look at the dates again."))

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        problem = None
        if len(value["choices"]) < 2:
            problem = _("Write at least two answers.")
        elif not any(choice["correct"] for choice in value["choices"]):
            problem = _("Tick the right answer: nobody could open the next part.")
        if problem and not self.is_deferred_validation:
            errors = ListBlockValidationError(non_block_errors=[ValidationError(problem)])
            raise StructBlockValidationError(block_errors={"choices": errors})
        return value

    class Meta:
        icon = "help"


class FileDocumentBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="note")
    title = blocks.CharBlock(label=_("Title"), help_text=_("Example: Note of the night shift"))
    date = blocks.CharBlock(label=_("Date"), required=False, help_text=_("As it stands there. Example: Tuesday, 23:40"))
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "doc-full"
        label_format = "{title}"


class FilePartBlock(blocks.StructBlock):
    documents = blocks.ListBlock(FileDocumentBlock(), label=_("Documents"), min_num=1)
    question = FileQuestionBlock(label=_("Question before the next part"))

    class Meta:
        icon = "folder-open-1"


class CaseFileBlock(PortrayingBlock, PracticeBlock):
    folds = False

    intro = blocks.RichTextBlock(
        label=_("Introduction"), features=PROSE, help_text=_("Who you are, and how the file comes to you.")
    )
    stages = blocks.ListBlock(
        FilePartBlock(), label=_("Parts"), help_text=_("Two to six, in the order in which they are opened.")
    )
    closing = blocks.RichTextBlock(
        label=_("At the end"), features=PROSE, help_text=_("What the whole file shows, once it is read.")
    )

    def get_form_layout(self) -> BlockGroup:
        return BlockGroup(children=["heading", "intro", "stages", "closing"], settings=[*SETTINGS, *PORTRAYED])

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and not FEWEST <= len(value["stages"]) <= MOST:
            problem = ValidationError(_("A case file has two to six parts."))
            raise StructBlockValidationError(block_errors={"stages": ListBlockValidationError(non_block_errors=[problem])})
        return value

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        return self.frozen(
            value,
            intro=frozen_html(value["intro"].source),
            closing=frozen_html(value["closing"].source),
            stages=[
                {
                    "id": stage_id,
                    "documents": [
                        {**{n: d[n] or "" for n in ("kind", "title", "date")}, "text": frozen_html(d["text"].source)}
                        for d in stage["documents"]
                    ],
                    "question": stage["question"]["text"] or "",
                    "hint": stage["question"]["hint"] or "",
                    "choices": [
                        {"id": i, "text": c["text"], "correct": bool(c["correct"]), "feedback": c["feedback"] or ""}
                        for i, c in list_items(stage["question"]["choices"])
                    ],
                }
                for stage_id, stage in list_items(value["stages"])
            ],
        )

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> forms.Form:
        """The question of the first part that is not solved, neither in ``state`` nor by what travels in ``data``."""
        answers, asked = dict(kept(state, "answers")), 0
        if data is not None:
            asked = next((n for n in range(1, MOST + 1) if data.get(prefix) == str(n)), 1)
            for stage in material["stages"][: asked - 1]:
                answers.setdefault(stage["id"], data.get(f"{prefix}-{stage['id']}"))
        return CaseFileForm(material, answers, data, asked=asked, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        """``answers``: the last to each part; ``first``: whether the first to each was right, which is what the score counts."""
        if form.act == "again":
            given = {}
        elif form.comes_late:
            given = kept(state, "answers")
        else:
            given = {
                **form.answers,
                **({form.current.stage["id"]: form.cleaned_data[form.current.stage["id"]]} if form.current else {}),
            }
        parts = parts_of(material, given)
        first = {**{part.stage["id"]: part.solved for part in parts if part.chosen}, **kept(state, "first")}
        done = all(part.solved for part in parts)
        right = sum(first.get(part.stage["id"]) is True for part in parts)
        new = {"answers": given, "first": first, "done": done or bool((state or {}).get("done"))}
        return Answered(new, done=done, score=Fraction(right, len(parts)) if parts else None)

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> list[Part]:
        return parts_of(material, kept(state, "answers"))

    def state_at(self, material: dict[str, Any], state: dict[str, Any] | None, place: str) -> dict[str, Any] | None:
        return {**(state or {"answers": {}}), "whole": True} if place == WHOLE else state

    def printed(self, exercise: Exercise) -> dict[str, Any]:
        """``parts``: those that are solved; ``current``: the open one; ``whole``: every one, where all is to be read at once."""
        form, state = exercise.form, exercise.state or {}
        answer = next((part for part in exercise.feedback or [] if form.current and part.number == form.current.number), None)
        return {
            **super().printed(exercise),
            "parts": form.solved,
            "current": form.current,
            "tried": answer.chosen if answer else None,
            "total": len(exercise.material["stages"]),
            "whole": parts_of(exercise.material, {}) if state.get("whole") else None,
        }

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        right = {stage["id"]: ident for stage in material["stages"] if (ident := some_choice(stage, right=True))}
        first = material["stages"][:1]
        wrong = {stage["id"]: ident for stage in first if (ident := some_choice(stage, right=False))}
        begun = {stage["id"]: right[stage["id"]] for stage in first if stage["id"] in right}
        return {
            "wrong": {"answers": wrong, "done": False},
            "begun": {"answers": begun, "done": False},
            "right": {"answers": right, "done": True},
            "whole": {"answers": {}, "whole": True, "done": False},
        }

    class Meta:
        icon = "folder-open-1"
        label = _("Case file")
        group = STORIES
        description = _("Documents that are opened part by part, with a question before the next part.")
        help_text = _("Real files are incomplete: let each part answer one question and raise another. Invented cases only.")
        template = "courses/blocks/case_file.html"
        preview_value = EXAMPLE


def some_choice(stage: dict[str, Any], *, right: bool) -> str | None:
    return next((choice["id"] for choice in stage["choices"] if choice["correct"] == right), None)
