"""A film with stops: a note or a question at a time of it. Without script the film stands above the list of its stops."""

import re
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from quizzes.kinds.prose import frozen_html
from quizzes.kinds.question import list_items
from training.blocks import MEDIA, PROSE, KeyBlock
from training.media import CAPTIONS, FILM, NO_CAPTIONS, NO_FILM, SampleFile, is_of

from .practice import SETTINGS, Answered, Exercise, PracticeBlock

TIME = re.compile(r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)", re.ASCII)


def seconds_of(at: str) -> int | None:
    """``1:30`` and ``1:02:05`` in seconds; None for what is no time."""
    found = TIME.fullmatch(at.strip())
    if not found:
        return None
    hours, minutes, seconds = (int(found[name] or 0) for name in ("hours", "minutes", "seconds"))
    return 3600 * hours + 60 * minutes + seconds


class StopChoiceBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Answer"), rows=1)
    correct = blocks.BooleanBlock(label=_("This is a right answer"), required=False)
    feedback = blocks.TextBlock(
        label=_("Feedback"), required=False, rows=2, help_text=_("Why it is right, or what it overlooks.")
    )

    class Meta:
        icon = "radio-full"
        label_format = "{text}"


class StopBlock(blocks.StructBlock):
    at = KeyBlock(label=_("Time"), max_length=8, help_text=_("Minutes and seconds. Example: 1:30"))
    title = blocks.CharBlock(label=_("Title"), help_text=_("Example: Who speaks first?"))
    note = blocks.RichTextBlock(label=_("Note"), required=False, features=PROSE, help_text=_("What to look at here."))
    question = blocks.TextBlock(label=_("Question"), required=False, rows=2)
    choices = blocks.ListBlock(StopChoiceBlock(), label=_("Answers"), default=[], help_text=_("Only where there is a question."))

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        errors: dict[str, ValidationError] = {}
        right = any(choice["correct"] for choice in value["choices"])
        if seconds_of(value["at"]) is None:
            errors["at"] = ValidationError(_("Write minutes and seconds with a colon between them, for example 1:30."))
        if value["question"] and (len(value["choices"]) < 2 or not right):
            problem = ValidationError(_("Write at least two answers to the question, and tick the right one."))
            errors["choices"] = ListBlockValidationError(non_block_errors=[problem])
        if value["choices"] and not value["question"]:
            errors["question"] = ValidationError(_("There are answers here. Write the question, or delete them."))
        if not value["question"] and not value["note"].source.strip() and "question" not in errors:
            errors["note"] = ValidationError(_("Write a note or a question, so that stopping is worth it."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value

    class Meta:
        icon = "time"
        label_format = "{at} {title}"


class StopsForm(forms.Form):
    """One field for each question."""

    def __init__(self, material: dict[str, Any], given: dict[str, Any], data: Any, *, prefix: str) -> None:
        super().__init__(data, prefix=prefix, initial=given)
        for stop in asking(material):
            missing = _("Answer the question at %(time)s.") % {"time": stop["at"]}
            self.fields[stop["id"]] = forms.ChoiceField(
                label=stop["question"],
                widget=forms.RadioSelect,
                choices=[(choice["id"], choice["text"]) for choice in stop["choices"]],
                error_messages={"required": missing, "invalid_choice": missing},
            )


class VideoStopsBlock(PracticeBlock):
    folds = False

    file = DocumentChooserBlock(label=_("File"), help_text=_("A film of our own. Example: first-meeting.mp4"))
    captions = DocumentChooserBlock(label=_("Captions (WebVTT file)"))
    title = blocks.CharBlock(label=_("Title of the film"))
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1)
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=PROSE)
    stops = blocks.ListBlock(StopBlock(), label=_("Stops"), help_text=_("Two to six, in the order of the film."))

    def get_form_layout(self) -> BlockGroup:
        own = ["file", "captions", "title", "minutes", "transcript", "stops"]
        return BlockGroup(children=["heading", *own], settings=SETTINGS)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        times = [seconds_of(stop["at"]) for stop in value["stops"]]
        problem = None
        if not times:
            problem = _("Write at least one stop.")
        elif None not in times and times != sorted(set(times)):
            problem = _("Put the stops in the order of their times, each at a time of its own.")
        if self.is_deferred_validation:
            return value
        errors: dict[str, ValidationError] = {}
        if problem:
            errors["stops"] = ListBlockValidationError(non_block_errors=[ValidationError(problem)])
        if not is_of(value["file"], FILM):
            errors["file"] = ValidationError(NO_FILM)
        if not is_of(value["captions"], CAPTIONS):
            errors["captions"] = ValidationError(NO_CAPTIONS)
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        captions = value["captions"]
        return self.frozen(
            value,
            title=value["title"],
            minutes=value["minutes"] or 1,
            transcript=frozen_html(value["transcript"].source),
            file={"url": value["file"].url, "size": value["file"].file_size} if value["file"] else None,
            captions={"url": captions.url, "language": captions.language or language} if captions else None,
            stops=[
                {
                    "id": stop_id,
                    **{name: stop[name] or "" for name in ("at", "title", "question")},
                    "seconds": seconds_of(stop["at"] or ""),
                    "note": frozen_html(stop["note"].source),
                    "choices": [
                        {"id": i, "text": c["text"], "correct": bool(c["correct"]), "feedback": c["feedback"] or ""}
                        for i, c in list_items(stop["choices"])
                    ],
                }
                for stop_id, stop in list_items(value["stops"])
            ],
        )

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> forms.Form:
        return StopsForm(material, given_in(state), data, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        """A film without questions is done when its learner says so."""
        new = {"answers": dict(form.cleaned_data), "done": True}
        asked = [stop["id"] for stop in asking(material)]
        right = sum(told["right"] for told in self.feedback(material, new).values())
        return Answered(new, score=Fraction(right, len(asked)) if asked else None)

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """By stop: the answer that was given, and whether it is ``right``."""
        given, told = given_in(state), {}
        for stop in asking(material):
            chosen = next((choice for choice in stop["choices"] if choice["id"] == given.get(stop["id"])), None)
            if chosen:
                told[stop["id"]] = {"text": chosen["text"], "right": chosen["correct"], "feedback": chosen["feedback"]}
        return told

    def scripts(self, material: dict[str, Any]) -> list[str]:
        return ["js/components/video_stops.js"]

    def printed(self, exercise: Exercise) -> dict[str, Any]:
        """``stops``: pairs of a stop, its field or None, and what is told of the answer or None."""
        told, fields = exercise.feedback or {}, exercise.form.fields
        stops = [
            {"stop": stop, "field": exercise.form[stop["id"]] if stop["id"] in fields else None, "told": told.get(stop["id"])}
            for stop in exercise.material["stops"]
        ]
        right = sum(answer["right"] for answer in told.values())
        return {**super().printed(exercise), "stops": stops, "right": right, "asked": len(fields)}

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        def answers(*, right: bool) -> dict[str, str]:
            pairs = ((stop["id"], [c["id"] for c in stop["choices"] if c["correct"] is right]) for stop in asking(material))
            return {ident: found[0] for ident, found in pairs if found}

        return {name: {"answers": answers(right=name == "right"), "done": True} for name in ("wrong", "right")}

    def get_preview_value(self) -> blocks.StructValue:
        """An example without a file: authors upload their own."""
        value = self.normalize({**EXAMPLE, "file": None, "captions": None})
        value["file"] = SampleFile()
        return value

    class Meta:
        icon = "time"
        label = _("Film with stops")
        group = MEDIA
        description = _("A film that stops for a note or a question.")
        help_text = _("Stop where a viewer should look twice. Two to six stops in a film of three to eight minutes.")
        template = "courses/blocks/video_stops.html"


def asking(material: dict[str, Any]) -> list[dict[str, Any]]:
    """The stops with a question."""
    return [stop for stop in material["stops"] if stop["question"] and stop["choices"]]


def given_in(state: dict[str, Any] | None) -> dict[str, Any]:
    found = (state or {}).get("answers")
    return found if isinstance(found, dict) else {}


EXAMPLE = {
    "heading": "Watch a first meeting",
    "required": True,
    "title": "The first meeting",
    "minutes": 4,
    "transcript": "<p>Good morning. My name is Ana, and I am your guardian. Before we begin: you may ask me anything.</p>",
    "stops": [
        {
            "at": "0:40",
            "title": "How she begins",
            "note": "<p>She says her name before she asks for his.</p>",
            "question": "",
            "choices": [],
        },
        {
            "at": "1:30",
            "title": "The question he does not answer",
            "note": "",
            "question": "What does the guardian do when he is silent?",
            "choices": [
                {"text": "She waits", "correct": True, "feedback": "Silence is an answer, too. She leaves him the time."},
                {"text": "She asks again, louder", "correct": False, "feedback": "Watch again: she leans back and waits."},
                {"text": "She answers for him", "correct": False, "feedback": "Nobody should speak in his place."},
            ],
        },
    ],
}
