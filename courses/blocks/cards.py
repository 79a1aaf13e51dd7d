"""Blocks to learn words by heart: cards to turn over, and pairs to find."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.rich_text import RichText

from quizzes.kinds.placing import in_editor, twice
from quizzes.kinds.question import JudgedBlock, frozen, list_items
from training.media import NO_SOUND, SOUND, is_of

from .practice import Answered, Exercise, PracticeBlock
from .questions import AskingBlock

KNEW, NOT_YET = "knew", "not_yet"
SAYINGS = [(KNEW, _("I knew it")), (NOT_YET, _("Not yet"))]


class CardBlock(blocks.StructBlock):
    front = blocks.CharBlock(label=_("Front"), max_length=160, help_text=_("A word or a question. Example: Debt bondage."))
    back = blocks.TextBlock(
        label=_("Back"),
        rows=2,
        max_length=400,
        help_text=_("The answer in one or two sentences. Example: Work to pay off a debt that never ends."),
    )
    audio = DocumentChooserBlock(
        label=_("How the front is said"),
        required=False,
        help_text=_("A recording of the words on the front, and of nothing else. Example: debt-bondage.mp3"),
    )
    audio_source = blocks.CharBlock(
        label=_("Who speaks"),
        required=False,
        default="",
        max_length=200,
        help_text=_("Needed with a recording: who speaks, or where it is from. Example: A colleague in Sofia, CC BY-SA 4.0."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation or not value.get("audio"):
            return value
        if not is_of(value["audio"], SOUND):
            raise StructBlockValidationError(block_errors={"audio": ValidationError(NO_SOUND)})
        if not value.get("audio_source"):
            problem = ValidationError(_("Say who speaks, or where the recording is from."))
            raise StructBlockValidationError(block_errors={"audio_source": problem})
        return value

    class Meta:
        icon = "copy"
        label_format = "{front}"


@dataclass(frozen=True)
class Pile:
    """How far somebody is with a pile of cards, in numbers of cards. ``returning``: those of which they said “not yet”."""

    known: int
    returning: int
    total: int

    @property
    def unseen(self) -> int:
        return self.total - self.known - self.returning


def said_of(material: dict[str, Any], state: dict[str, Any] | None) -> dict[str, str]:
    """What was last said of each card that there still is, by id."""
    said = (state or {}).get("cards")
    said = said if isinstance(said, dict) else {}
    return {card["id"]: said[card["id"]] for card in material["cards"] if said.get(card["id"]) in (KNEW, NOT_YET)}


def left_in(material: dict[str, Any], state: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The cards to go through now: those not known yet, or all of them where nothing is left.

    Where the author wants them mixed, each try has an order of its own, which stays the same until it is sent.
    """
    said, seed = said_of(material, state), material.get("mixed_by")
    cards = [card for card in material["cards"] if said.get(card["id"]) != KNEW] or material["cards"]
    order = Random(f"{seed} {tries_in(state)}")  # noqa: S311 (an order of cards, no secret)
    return order.sample(cards, len(cards)) if seed else cards


def tries_in(state: dict[str, Any] | None) -> int:
    """How often somebody has sent a pile that is mixed."""
    tries = (state or {}).get("tries")
    return tries if isinstance(tries, int) else 0


class CardsForm(forms.Form):
    """One field for each card, named by its id. A card of which nothing is said stays in the pile."""

    def __init__(self, cards: list[dict[str, Any]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cards = cards
        for card in cards:
            self.fields[card["id"]] = forms.ChoiceField(
                label=card["front"], choices=SAYINGS, widget=forms.RadioSelect, required=False
            )

    @property
    def rows(self) -> Iterator[tuple[dict[str, Any], forms.BoundField]]:
        return ((card, self[card["id"]]) for card in self.cards)

    def clean(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if value}
        if not said and not self.errors:
            self.add_error(self.cards[0]["id"], _("Open at least one card and say whether you knew it."))
        return {"cards": said}


def sound_of(card: Any) -> dict[str, Any]:
    """What a card with a recording has more than others; ``size`` in bytes, 0 where it is not known."""
    audio = card.get("audio")
    if not audio:
        return {}
    return {"sound": {"url": audio.url, "size": audio.file_size or 0, "source": card.get("audio_source") or ""}}


class FlashcardsBlock(PracticeBlock, JudgedBlock):
    intro = blocks.CharBlock(
        label=_("Introduction"), required=False, max_length=300, help_text=_("Example: Say the answer aloud before you look.")
    )
    cards = blocks.ListBlock(
        CardBlock(), label=_("Cards"), min_num=2, max_num=20, help_text=_("Two to twenty. Six to ten are a good pile.")
    )
    shuffle = blocks.BooleanBlock(
        label=_("Mix the cards"),
        required=False,
        default=False,
        help_text=_("Each time somebody goes through the pile, in another order. Without it they come as they stand here."),
    )

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        for text in twice(card["front"] for card in value["cards"]):
            yield "cards", in_editor(_("“%(text)s” stands here twice. Change one or take it out."), text)

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        cards = [
            {"id": key, "front": card["front"], "back": card["back"], **sound_of(card)}
            for key, card in list_items(value["cards"])
        ]
        mixed = {"mixed_by": ident} if value.get("shuffle") else {}
        return self.frozen(value, intro=value["intro"] or "", cards=cards, **mixed)

    def form(self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str) -> CardsForm:
        """Of the cards that are left, and of those known by now that ``data`` speaks of: sent twice, or from an older page."""
        cards, sent = left_in(material, state), data or {}
        said = [card for card in material["cards"] if card not in cards and f"{prefix}-{card['id']}" in sent]
        return CardsForm([*cards, *said], data, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        """Done when something has been said of every card once, whether it was known or not."""
        said = {**said_of(material, state), **form.cleaned_data["cards"]}
        tries = {"tries": tries_in(state) + 1} if material.get("mixed_by") else {}
        return Answered({"cards": said, **tries}, done=len(said) == len(material["cards"]))

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> Pile:
        said = list(said_of(material, state).values())
        return Pile(said.count(KNEW), said.count(NOT_YET), len(material["cards"]))

    def printed(self, exercise: Exercise) -> dict[str, Any]:
        pile = exercise.feedback
        return {**super().printed(exercise), "goes_on": pile is not None and pile.known < pile.total}

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        keys = [card["id"] for card in material["cards"]]
        some = {key: NOT_YET if place else KNEW for place, key in enumerate(keys[:-1])}
        return {"some": {"cards": some}, "done": {"cards": dict.fromkeys(keys, KNEW)}}

    class Meta:
        icon = "copy"
        label = _("Flashcards")
        description = _("Cards to turn over; those not known yet come back.")
        help_text = _("For words and short facts. One idea on each card.")
        template = "courses/blocks/flashcards.html"
        preview_value = {
            "heading": "Words you will meet",
            "required": True,
            "intro": "Say the meaning aloud, then look.",
            "cards": [
                {"front": "Guardian", "back": "The person who speaks for a child's best interests when no parent can."},
                {"front": "Best interests", "back": "What is best for this child, looked at as a whole and as a first concern."},
                {
                    "front": "Presumption of age",
                    "back": "Whoever may be under 18 is treated as a child while the age is checked.",
                },
            ],
        }


class TermBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("Word"), max_length=60, help_text=_("Example: Smuggling."))
    meaning = blocks.CharBlock(
        label=_("What it means"),
        max_length=120,
        help_text=_("Short enough for a card. Example: Helping someone to cross a border."),
    )

    class Meta:
        icon = "link"
        label_format = "{term}"


class MemoryBlock(AskingBlock, JudgedBlock):
    """Matching with a calmer look. What fits is known to the server alone, so that turning cards over tells nothing."""

    intro = blocks.CharBlock(
        label=_("Introduction"), required=False, max_length=300, help_text=_("Example: Which word goes with which meaning?")
    )
    pairs = blocks.ListBlock(TermBlock(), label=_("Pairs"), min_num=4, max_num=8, help_text=_("Four to eight pairs."))

    def problems(self, value: Any) -> Iterator[tuple[str, str | Promise]]:
        for side in ("term", "meaning"):
            for text in twice(pair[side] for pair in value["pairs"]):
                yield "pairs", in_editor(_("“%(text)s” stands here twice. Nobody can tell the two apart: change one."), text)

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        pairs = [(key, pair["term"], pair["meaning"]) for key, pair in list_items(value["pairs"])]
        shuffle = Random(ident)  # noqa: S311 (an order of cards, no secret)
        rights = shuffle.sample([{"id": key, "text": meaning} for key, _term, meaning in pairs], len(pairs))
        snapshot = {
            **frozen({"text": RichText("")}),  # the words of a question, none of them
            "source": "",
            "kind": "matching",
            "language": language,
            "lefts": [{"id": key, "text": term, "feedback": "", "right": key} for key, term, _meaning in pairs],
            "rights": rights,
        }
        return self.frozen(value, intro=value["intro"] or "", snapshot=snapshot)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        """As of a question, but without a score: it is a game."""
        return Answered(super().answered(material, form, state).state)

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        keys = [left["id"] for left in material["snapshot"]["lefts"]]
        crossed = dict(zip(keys, [keys[1], keys[0], *keys[2:]], strict=True))
        return {
            "partly": {"kind": "matching", "answer": {"pairs": crossed}},
            "right": {"kind": "matching", "answer": {"pairs": dict(zip(keys, keys, strict=True))}},
        }

    def scripts(self, material: dict[str, Any]) -> list[str]:
        return ["js/components/memory.js"]

    class Meta:
        icon = "grid"
        label = _("Memory")
        description = _("Words and meanings to find in pairs: a calm game without a clock, or lists to choose from.")
        help_text = _("Words that belong to one lesson. Keep the meanings short.")
        template = "courses/blocks/memory.html"
        preview_value = {
            "heading": "Find the pairs",
            "required": True,
            "intro": "",
            "pairs": [
                {"term": "Smuggling", "meaning": "Helping someone to cross a border for money"},
                {"term": "Trafficking", "meaning": "An act with the purpose of exploitation"},
                {"term": "Debt bondage", "meaning": "Working off a debt that never ends"},
                {"term": "Referral", "meaning": "Passing a case to the service that can help"},
            ],
        }
