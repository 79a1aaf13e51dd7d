"""Blocks that learners keep for themselves. What they leave is theirs alone: it stands in no report, export or log."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from quizzes.kinds.question import list_items
from training.blocks import LIVE
from training.personal import PRIVACY

from .practice import Answered, PracticeBlock, needed

MOST_LETTERS = 5000  # of a reflection: a long page
DELETE = "delete"  # what the button says that takes a text away


class ChecklistForm(forms.Form):
    """Ticks, none of which is needed: a list may be saved as it stands."""

    def __init__(self, items: list[dict[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        gone = _("This list has changed. Tick what you have done, and save once more.")
        self.fields["ticked"] = forms.MultipleChoiceField(
            label=_("What you have done"),
            choices=[(item["id"], item["text"]) for item in items],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            error_messages={"invalid_choice": gone, "invalid_list": gone},
        )


class ChecklistBlock(PracticeBlock):
    required = needed(default=False)
    intro = blocks.CharBlock(
        label=_("Introduction"), required=False, max_length=300, help_text=_("Example: Before the first meeting with the child.")
    )
    items = blocks.ListBlock(
        blocks.CharBlock(max_length=200),
        label=_("Things to tick"),
        min_num=2,
        max_num=20,
        help_text=_("Each begins with a verb. Example: Book an interpreter whom the child accepts."),
    )
    for_case = blocks.BooleanBlock(
        label=_("For my next case"),
        required=False,
        help_text=_("Says that the list is meant to be printed and taken along."),
    )
    private = True
    folds = False

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        items = [{"id": key, "text": text} for key, text in list_items(value["items"])]
        return self.frozen(value, intro=value["intro"] or "", items=items, for_case=bool(value["for_case"]))

    def form(
        self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str
    ) -> ChecklistForm:
        return ChecklistForm(material["items"], data, initial={"ticked": ticked_in(material, state)}, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        return Answered({"ticked": form.cleaned_data["ticked"]})

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> dict[str, int]:
        return {"ticked": len(ticked_in(material, state)), "total": len(material["items"])}

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        return {"done": {"ticked": [item["id"] for item in material["items"][:2]]}}

    class Meta:
        icon = "clipboard-list"
        label = _("Checklist")
        description = _("A list to tick, saved for the learner alone, and to print.")
        help_text = _("Five to ten things to do. The ticks are seen by nobody but the learner.")
        template = "courses/blocks/checklist.html"
        preview_value = {
            "heading": "Before the first meeting",
            "required": False,
            "intro": "Tick what is arranged.",
            "items": [
                "Find a room with a door that can stay open",
                "Book an interpreter whom the child accepts",
                "Read the file, and note what the child need not tell again",
                "Plan a break, and something to drink",
            ],
            "for_case": True,
        }


def ticked_in(material: dict[str, Any], state: dict[str, Any] | None) -> list[str]:
    """The ids of the ticked things that the list still has."""
    ticked = (state or {}).get("ticked")
    return [item["id"] for item in material["items"] if isinstance(ticked, list) and item["id"] in ticked]


@dataclass(frozen=True)
class Written:
    """What somebody wrote for themselves; ``text`` is empty where they took it away. ``again_on``: when to look again.

    ``mail``: they get a mail on that day, which is still to come.
    """

    text: str
    again_on: date | None
    mail: bool


class ReflectionForm(forms.Form):
    text = forms.CharField(
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 7, "class": "reflection__text"}),
        error_messages={
            "required": _("Write a few words, or leave this for later."),
            "max_length": _("This is too long. Write at most %(limit_value)d characters; you have %(show_value)d."),
        },
    )


class MailField(forms.BooleanField):
    """The wish for one mail after ``days``. Whoever ticks it is told what others may read in that mail."""

    def __init__(self, days: int) -> None:
        label = ngettext(
            "Send me one mail in %(days)d day, to look at this again",
            "Send me one mail in %(days)d days, to look at this again",
            days,
        ) % {"days": days}
        super().__init__(
            label=label, help_text=_("The mail names the lesson. It says nothing of what you write."), required=False
        )


class DeletionForm(forms.Form):
    """What the button “Delete for good” sends, whatever stands in the text."""


class ReflectionBlock(PracticeBlock):
    required = needed(default=False)
    prompt = blocks.TextBlock(
        label=_("Question to think about"),
        rows=2,
        max_length=400,
        help_text=_("Open and about the learner's own work. Example: Which sign have you met before, and what did you do?"),
    )
    hint = blocks.CharBlock(
        label=_("Hint"), required=False, max_length=300, help_text=_("Where to begin. Example: Think of the last three months.")
    )
    follow_up_days = blocks.IntegerBlock(
        label=_("Look at it again after (days)"),
        default=0,
        min_value=0,
        max_value=365,
        help_text=_("The journal then says from when on to read it again. 0: never. Example: 30."),
    )
    private = True

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        return self.frozen(value, prompt=value["prompt"], hint=value["hint"] or "", follow_up_days=value["follow_up_days"] or 0)

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> forms.Form:
        if data is not None and data.get("act") == DELETE:
            return DeletionForm(data)
        form = ReflectionForm(data, initial={"text": text_in(state), "mail": mail_to_come(state)}, prefix=prefix)
        form.fields["text"].label = material["prompt"]
        form.fields["text"].help_text = PRIVACY
        if material["follow_up_days"]:
            form.fields["mail"] = MailField(material["follow_up_days"])
        return form

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        """The question is kept beside the text: a journal makes sense even when the lesson has changed."""
        if isinstance(form, DeletionForm):
            return Answered(taken_away(), done=False)
        days = material["follow_up_days"]
        again_on = timezone.localdate() + timedelta(days=days) if days else None
        kept = {
            "text": form.cleaned_data["text"],
            "prompt": material["prompt"],
            "again_on": again_on.isoformat() if again_on else "",
        }
        if not form.cleaned_data.get("mail"):
            return Answered(kept)
        return Answered({**kept, "mail": True}, mail_on=again_on)

    def asks_learners(self, material: dict[str, Any]) -> bool:
        """Only of a learner is an address known for the mail."""
        return bool(material["follow_up_days"])

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> Written:
        return Written(text_in(state), again_on_in(state), mail_to_come(state))

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        text = "I would have asked about school first.\nNext time I plan ten minutes more."
        return {"done": {"text": text, "again_on": "2030-01-31", "mail": True}, "deleted": taken_away()}

    class Meta:
        icon = "draft"
        label = _("Reflection")
        group = LIVE
        description = _("A question to think about in writing, for the learner's own journal.")
        help_text = _("Nobody but the learner reads the answer. Ask about their work, not about a child.")
        template = "courses/blocks/reflection.html"
        preview_value = {
            "heading": "Pause and think",
            "required": False,
            "prompt": "Which of these signs have you met in your own work, and what did you do then?",
            "hint": "Two or three sentences are enough.",
            "follow_up_days": 30,
        }


def taken_away() -> dict[str, Any]:
    """The state of a reflection whose text its writer has deleted."""
    return {"deleted": True}


def text_in(state: dict[str, Any] | None) -> str:
    text = (state or {}).get("text")
    return text if isinstance(text, str) else ""


def again_on_in(state: dict[str, Any]) -> date | None:
    """From when on the writer wanted to look at it again."""
    day = state.get("again_on")
    try:
        return parse_date(day) if isinstance(day, str) else None
    except ValueError:
        return None


def mail_to_come(state: dict[str, Any] | None) -> bool:
    """Whether the writer has asked for a mail on a day that is still to come. Afterwards the wish has to be made anew."""
    day = again_on_in(state or {})
    return (state or {}).get("mail") is True and day is not None and day > timezone.localdate()
