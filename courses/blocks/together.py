"""Blocks that many people fill together. What they give is kept without their names, so nothing of it is in the state of anyone.

A state says that somebody has given; what all gave comes with it when it is read (``PracticeBlock.hearing``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.kinds.placing import in_editor, twice
from quizzes.kinds.question import JudgedBlock, list_items
from training.blocks import LIVE
from training.personal import PRIVACY, refuse_personal_details

from .practice import Answered, PracticeBlock, needed

LETTERS_OF_A_WORD, LETTERS_OF_AN_IDEA = 40, 300
KEPT = "\n\r\t\u200c\u200d"  # invisible letters that have a meaning: the last two hold an emoji or a Persian word together
FEWEST = 5  # answers to a poll before anybody sees totals: fewer would tell who said what
GIVEN = {"given": True}


class AnonymousBlock(PracticeBlock):
    required = needed(default=False)
    anonymous = True
    folds = False

    class Meta:
        group = LIVE


@dataclass(frozen=True)
class Totals:
    """What all answered: each choice with how often. Empty while it is not to be seen."""

    choices: list[tuple[str, int]]
    total: int


class PollForm(forms.Form):
    def __init__(self, material: dict[str, Any], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        missing = _("Choose what fits you best.")
        self.fields["choice"] = forms.ChoiceField(
            label=material["question"],
            choices=[(choice["id"], choice["text"]) for choice in material["choices"]],
            widget=forms.RadioSelect,
            error_messages={"required": missing, "invalid_choice": missing},
        )


class PollBlock(AnonymousBlock, JudgedBlock):
    question = blocks.CharBlock(
        label=_("Question"), max_length=200, help_text=_("About their own work. Example: How do you prepare a first meeting?")
    )
    choices = blocks.ListBlock(
        blocks.CharBlock(max_length=200),
        label=_("Choices"),
        min_num=2,
        max_num=8,
        help_text=_("Two to eight. Add one for people whom none of the others fits. Example: None of these."),
    )
    show_totals = blocks.BooleanBlock(
        label=_("Show what all answered"),
        required=False,
        default=True,
        help_text=_("After answering, and only once five people have."),
    )

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        for text in twice(value["choices"]):
            yield "choices", in_editor(_("“%(text)s” stands here twice. Change one or take it out."), text)

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        choices = [{"id": key, "text": text} for key, text in list_items(value["choices"])]
        return self.frozen(value, question=value["question"], choices=choices, show_totals=bool(value["show_totals"]))

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> PollForm:
        return PollForm(material, data, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        return Answered(GIVEN, given=(form.cleaned_data["choice"],))

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> Totals:
        """A choice that has been taken out since is counted no more."""
        times = dict(state.get("others", []))
        choices = [(choice["text"], times.get(choice["id"], 0)) for choice in material["choices"]]
        total = sum(count for _text, count in choices)
        return Totals(choices if material["show_totals"] and total >= FEWEST else [], total)

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        many = [(choice["id"], (7, 12, 0, 3)[place % 4]) for place, choice in enumerate(material["choices"])]
        return {"done": self.hearing(GIVEN, many), "too few yet": GIVEN}

    class Meta:
        icon = "form"
        label = _("Poll")
        description = _("A question about people's own work. They see what all answered, and nobody sees who.")
        help_text = _("No choice is right or wrong. Answers are kept without names; nobody can take one back.")
        template = "courses/blocks/poll.html"
        preview_value = {
            "heading": "How is it where you work?",
            "required": False,
            "question": "How often do you and the child's lawyer talk?",
            "choices": ["Every week", "About once a month", "Only before a hearing", "We have not met yet"],
            "show_totals": True,
        }


class PlainField(forms.CharField):
    """A short text that others will read: no invisible letters, and nothing that looks like details of a real person."""

    default_validators = [*forms.CharField.default_validators, refuse_personal_details]
    default_error_messages = {
        "max_length": _("This is too long. Write at most %(limit_value)d characters; you have %(show_value)d.")
    }

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return "".join(letter for letter in text if letter in KEPT or not category(letter).startswith("C")).strip()


class WordField(PlainField):
    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class ModeratedBlock(AnonymousBlock):
    prompt = blocks.TextBlock(
        label=_("What you ask for"),
        rows=2,
        max_length=300,
        help_text=_("About their own work, never about a child. Example: What helped you in a first meeting?"),
    )
    moderated = True

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        return {"done": self.hearing(GIVEN, self.sample_texts), "nothing shown yet": GIVEN}

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> list[tuple[str, int]]:
        """The texts that trainers have let through, each with how often it was given."""
        return [(text, count) for text, count in state.get("others", [])]

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        given = {text.casefold(): text for name, text in form.cleaned_data.items() if text}
        return Answered(GIVEN, given=tuple(given.values()))


class WordsForm(forms.Form):
    def __init__(self, most: int, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, most + 1):
            self.fields[f"word{number}"] = WordField(
                label=_("Word %(number)d") % {"number": number} if most > 1 else _("Your word"),
                max_length=LETTERS_OF_A_WORD,
                required=number == 1,
                help_text=PRIVACY if number == 1 else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
                error_messages={"required": _("Write a word, or leave this for later.")},
            )


class WordsBlock(ModeratedBlock):
    most = blocks.IntegerBlock(
        label=_("How many words one may give"), default=3, min_value=1, max_value=5, help_text=_("One to five. Example: 3.")
    )
    sample_texts = [("patience", 9), ("a quiet room", 6), ("time", 6), ("an interpreter whom she accepts", 2)]

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        return self.frozen(value, prompt=value["prompt"], most=value["most"])

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> WordsForm:
        return WordsForm(material["most"], data, prefix=prefix)

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> list[tuple[str, int]]:
        """The words that trainers have let through, the most frequent first; capital letters make no other word."""
        words: dict[str, tuple[str, int]] = {}
        for text, count in super().feedback(material, state):
            shown, before = words.get(text.casefold(), (text, 0))
            words[text.casefold()] = (shown, before + count)
        return sorted(words.values(), key=lambda pair: (-pair[1], pair[0].casefold()))

    class Meta:
        icon = "comment"
        label = _("Words of all")
        description = _("A few words from everybody, as a list of the most frequent ones. Nobody sees whose they are.")
        help_text = _("A trainer lets each new word through before others see it: under Reports, Words and ideas.")
        template = "courses/blocks/words.html"
        preview_value = {
            "heading": "In a few words",
            "required": False,
            "prompt": "What does a child need from you in the first meeting?",
            "most": 3,
        }


class IdeasForm(forms.Form):
    idea = PlainField(
        max_length=LETTERS_OF_AN_IDEA,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=PRIVACY,
        error_messages={"required": _("Write a sentence or two, or leave this for later.")},
    )


class IdeasBlock(ModeratedBlock):
    sample_texts = [
        ("I bring two cups and let the child choose one.", 1),
        ("I say first what I shall not ask today.", 1),
        ("We agreed on a sign for “stop”. He used it once, and then talked on.", 1),
    ]

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        return self.frozen(value, prompt=value["prompt"])

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> IdeasForm:
        form = IdeasForm(data, prefix=prefix)
        form.fields["idea"].label = material["prompt"]
        return form

    class Meta:
        icon = "comment-add"
        label = _("Ideas of all")
        description = _("A wall of short notes. Whoever has given one reads those of others, and nobody sees whose they are.")
        help_text = _("A trainer lets each note through before others see it: under Reports, Words and ideas.")
        template = "courses/blocks/ideas.html"
        preview_value = {
            "heading": "What works for you?",
            "required": False,
            "prompt": "What do you do so that a child can say “stop” in a talk with you?",
        }
