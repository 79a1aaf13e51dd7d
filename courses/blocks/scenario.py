"""A story that branches: one step at a time, and at its end the way that was taken, with what each choice changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError

from quizzes.kinds.prose import frozen_html
from quizzes.kinds.question import list_items
from training.blocks import PROSE, KeyBlock

from .branches import Plan, Problem
from .portrayed import PORTRAYED, PortrayingBlock
from .practice import SETTINGS, Answered, Exercise, PracticeBlock
from .scenario_example import EXAMPLE
from .scenario_points import TooEntangled, earned_on, in_words, most_points, weighed

MOST_CHOICES = 60  # on one way: who has made as many goes round in circles
TONES = [("good", _("A good ending")), ("mixed", _("A mixed ending")), ("hard", _("A hard ending"))]


@dataclass(frozen=True)
class Story:
    """Where somebody is in a story. ``taken``: the choices so far, as frozen; ``code``: their numbers, as in an address.

    ``step`` or ``ending`` is None; both are in a draft that leads nowhere. ``score``, from 0 to 1: at an ending, where choices
    have points.
    """

    taken: tuple[dict[str, Any], ...]
    code: str
    step: dict[str, Any] | None
    ending: dict[str, Any] | None
    score: Fraction | None = None

    @property
    def path(self) -> list[str]:
        return [choice["id"] for choice in self.taken]

    @property
    def number(self) -> int:
        return len(self.taken) + 1

    @property
    def tone(self) -> str:
        return str(dict(TONES).get(self.ending["tone"], "")) if self.ending else ""

    @property
    def score_in_words(self) -> str | Promise:
        return "" if self.score is None else in_words(self.score)


def walk(material: dict[str, Any], picks: Iterable[Any]) -> Story:
    """Follow ``picks``, each the id of a choice or its number as a string, as far as they lead in this edition of the story."""
    steps = {step["id"]: step for step in material["steps"]}
    endings = {ending["id"]: ending for ending in material["endings"]}
    step = material["steps"][0] if material["steps"] else None
    taken, numbers, ending = [], [], None
    for pick in list(picks)[:MOST_CHOICES]:
        found = next(((n, c) for n, c in enumerate(step["choices"], 1) if pick in (c["id"], str(n))), None) if step else None
        if found is None:
            break
        number, choice = found
        taken.append(choice)
        numbers.append(str(number))
        step, ending = steps.get(choice["to"]), endings.get(choice["to"])
    scored = ending and material["most_points"]
    score = Fraction(earned_on(material["steps"][0]["id"], taken), material["most_points"]) if scored else None
    return Story(tuple(taken), "-".join(numbers), step, ending, score)


def path_in(state: dict[str, Any] | None, name: str = "path") -> list[Any]:
    path = (state or {}).get(name)
    return path if isinstance(path, list) else []


class ScenarioForm(forms.Form):
    """The next choice. The way so far travels with it, under the form's prefix, so that it goes on where its reader is."""

    def __init__(self, story: Story, data: Any, *, prefix: str) -> None:
        # Each step has ids of its own, so that a step that replaces another takes nothing over from it.
        super().__init__(data, prefix=prefix, auto_id=f"id_{story.number}_%s")
        self.story = story
        self.act = data.get("act") if data is not None else None
        if story.step:
            choose = _("Choose what you would do.")
            self.fields["choice"] = forms.ChoiceField(
                label=_("What do you do?"),
                widget=forms.RadioSelect,
                required=self.act not in {"back", "again"},
                choices=[(choice["id"], choice["text"]) for choice in story.step["choices"]],
                error_messages={"required": choose, "invalid_choice": choose},
            )

    def clean(self) -> dict[str, Any]:
        path, chosen = self.story.path, self.cleaned_data.get("choice")
        if self.act == "again":
            return {"path": []}
        if self.act == "back":
            return {"path": path[:-1]}
        if chosen and len(path) >= MOST_CHOICES:
            raise ValidationError(_("You have been here many times. Start again, and try another way."))
        return {"path": [*path, chosen] if chosen else path}


class StoryChoiceBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Choice"), rows=2, help_text=_("What one may do. Example: Ask the uncle to wait outside."))
    goes_to = KeyBlock(label=_("Goes to"), max_length=80, help_text=_("Name of a step or an ending, as it is written there."))
    consequence = blocks.TextBlock(
        label=_("What follows"), required=False, rows=2, help_text=_("Read at once. Example: He looks at the floor.")
    )
    why = blocks.TextBlock(label=_("Why"), required=False, rows=2, help_text=_("Read at the end: why this was wise, or not."))
    points = blocks.IntegerBlock(
        label=_("Points"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_(
            "Empty: none. With points, learners read at the end in words how good their way was, and each choice on it."
            " Example: 2 for the wisest choice, 1 for the next."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child_blocks["points"].field.error_messages["min_value"] = _(
            "A choice takes no points away. Write 0, or leave this empty."
        )

    class Meta:
        icon = "redirect"
        label_format = "{text}"


class StoryStepBlock(blocks.StructBlock):
    name = KeyBlock(
        label=_("Name"), max_length=80, help_text=_("Learners never see it; choices go to it. Example: The uncle stays.")
    )
    text = blocks.RichTextBlock(label=_("Situation"), features=PROSE)
    choices = blocks.ListBlock(StoryChoiceBlock(), label=_("Choices"), help_text=_("Two to four, each of them tempting."))

    class Meta:
        icon = "placeholder"
        label_format = "{name}"


class StoryEndingBlock(blocks.StructBlock):
    name = KeyBlock(label=_("Name"), max_length=80, help_text=_("Learners never see it; choices go to it. Example: He talks."))
    tone = blocks.ChoiceBlock(label=_("How it ends"), choices=TONES, default="mixed")
    text = blocks.RichTextBlock(label=_("Ending"), features=PROSE)
    learn = blocks.TextBlock(label=_("What to learn from it"), rows=2)

    class Meta:
        icon = "tick"
        label_format = "{name}"


class ScenarioBlock(PortrayingBlock, PracticeBlock):
    folds = False

    intro = blocks.RichTextBlock(label=_("Introduction"), features=PROSE, help_text=_("Who you are, and where. Two sentences."))
    steps = blocks.ListBlock(
        StoryStepBlock(),
        label=_("Steps"),
        help_text=_("The first step is where it begins. Three to six steps, three or four choices deep. The preview has a map."),
    )
    endings = blocks.ListBlock(
        StoryEndingBlock(), label=_("Endings"), help_text=_("Two at least: one that one would wish for, one that one would not.")
    )

    def get_form_layout(self) -> BlockGroup:
        return BlockGroup(children=["heading", "intro", "steps", "endings"], settings=[*SETTINGS, *PORTRAYED])

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        problems = [] if self.is_deferred_validation else list(plan_of(value).problems())
        if not self.is_deferred_validation and not problems and countable(frozen_steps(value)) is None:
            text = _("Too many choices lead back for points to be counted. Let fewer go back, or leave the points out.")
            problems = [Problem("steps", str(text))]
        if problems:
            raise StructBlockValidationError(block_errors={name: list_error(problems, name) for name in fields_of(problems)})
        return value

    def material(self, value: Any, ident: str, language: str) -> dict[str, Any]:
        steps, endings = frozen_steps(value), list_items(value["endings"])
        return self.frozen(
            value,
            intro=frozen_html(value["intro"].source),
            steps=steps,
            most_points=countable(steps) or 0,
            endings=[
                {
                    "id": ident,
                    **{name: ending[name] or "" for name in ("name", "tone", "learn")},
                    "text": frozen_html(ending["text"].source),
                }
                for ident, ending in endings
            ],
        )

    def form(
        self, material: dict[str, Any], state: dict[str, Any] | None = None, data: Any = None, *, prefix: str
    ) -> ScenarioForm:
        """The step to answer: that of the posted way, of the address, or of a story that was finished; else the first one."""
        if data is not None:
            story = walk(material, data.get(prefix, "")[: 4 * MOST_CHOICES].split("-"))
        elif state and "at" in state:
            story = walk(material, path_in(state, "at"))
        else:
            kept = walk(material, path_in(state))
            story = kept if kept.ending else walk(material, [])
        return ScenarioForm(story, data, prefix=prefix)

    def answered(self, material: dict[str, Any], form: forms.Form, state: dict[str, Any] | None) -> Answered:
        """``done``: an ending was reached once; ``ending``: the id of the last one that was.

        ``scored``, in a story with points: the way to the last ending. Its score stays until another ending is reached.
        """
        story = walk(material, form.cleaned_data["path"])
        before = state or {}
        ending = story.ending["id"] if story.ending else before.get("ending", "")
        state = {"path": story.path, "done": bool(story.ending or before.get("done")), "ending": ending}
        scored = story if story.ending else walk(material, path_in(before, "scored"))
        if scored.score is not None:
            state["scored"] = scored.path
        return Answered(state, done=story.ending is not None, score=scored.score)

    def feedback(self, material: dict[str, Any], state: dict[str, Any]) -> Story:
        """Where the learner was last."""
        return walk(material, path_in(state))

    def place(self, material: dict[str, Any], state: dict[str, Any]) -> str:
        return walk(material, path_in(state)).code

    def state_at(self, material: dict[str, Any], state: dict[str, Any] | None, place: str) -> dict[str, Any]:
        return {"path": [], **(state or {}), "at": walk(material, place[: 4 * MOST_CHOICES].split("-")).path}

    def printed(self, exercise: Exercise) -> dict[str, Any]:
        story, kept = exercise.form.story, exercise.feedback
        resume = kept if kept and kept.taken and not story.taken and "at" not in exercise.state else None
        branches = None if exercise.sendable else branches_of(exercise.material)
        return {**super().printed(exercise), "story": story, "resume": resume, "branches": branches}

    def sample_states(self, material: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """A story begun, and one brought to each ending that comes first of its tone."""
        begun = walk(material, ["1"])
        ways = {"wrong": way_to(material, "hard"), "done": way_to(material, "mixed"), "right": way_to(material, "good")}
        kept = {"path": begun.path, "done": False}
        states = {"begun": {**kept, "at": begun.path}, "left": kept} if begun.taken else {}
        return states | {name: {"path": path, "done": True} for name, path in ways.items() if path}

    class Meta:
        icon = "redirect"
        label = _("Branching scenario")
        description = _("A story in which each choice changes what happens next.")
        help_text = _(
            "Let every choice be one that a good colleague might make under pressure, and let learners see what it changes."
        )
        template = "courses/blocks/scenario.html"
        preview_value = EXAMPLE


def frozen_steps(value: Any) -> list[dict[str, Any]]:
    """``to`` of a choice is the id of a step or an ending, empty where there is none of that name; ``worth``: see ``weighed``."""
    plan, steps = plan_of(value), list_items(value["steps"])
    idents = [ident for ident, _entry in [*steps, *list_items(value["endings"])]]
    found = []
    for number, (ident, step) in enumerate(steps):
        choices = list_items(step["choices"])
        points = [choice.get("points") or 0 for _ident, choice in choices]
        worth = weighed(points)
        frozen = [
            {
                "id": choice_id,
                **{name: choice[name] or "" for name in ("text", "goes_to", "consequence", "why")},
                "to": idents[to] if (to := plan.target(number, place)) is not None else "",
                "points": points[place],
                "worth": worth[place],
            }
            for place, (choice_id, choice) in enumerate(choices)
        ]
        found.append({"id": ident, "name": step["name"], "text": frozen_html(step["text"].source), "choices": frozen})
    return found


def countable(steps: list[dict[str, Any]]) -> int | None:
    """The points of the best way; None where nobody can tell."""
    try:
        return most_points(steps)
    except TooEntangled:
        return None


def plan_of(value: Any) -> Plan:
    steps = [(step["name"] or "", [choice["goes_to"] or "" for choice in step["choices"]]) for step in value["steps"]]
    return Plan(steps, [ending["name"] or "" for ending in value["endings"]])


def branches_of(material: dict[str, Any]) -> dict[str, Any]:
    """What the map of the branches prints: ``problems`` in words, and the frozen steps and endings, choices with their target."""
    steps = [(step["name"], [choice["goes_to"] for choice in step["choices"]]) for step in material["steps"]]
    plan = Plan(steps, [ending["name"] for ending in material["endings"]])
    tones = dict(TONES)
    return {
        "problems": [problem.text for problem in plan.problems()],
        "steps": material["steps"],
        "endings": [{**ending, "in_words": tones.get(ending["tone"], "")} for ending in material["endings"]],
    }


def fields_of(problems: list[Problem]) -> list[str]:
    return list(dict.fromkeys(problem.field for problem in problems))


def list_error(problems: list[Problem], field: str) -> ListBlockValidationError:
    """The problems of one list, those of a choice beside what was written there."""
    whole = [ValidationError(p.text) for p in problems if p.field == field and p.choice is None]
    inner: dict[int, dict[int, Exception]] = {}
    for problem in problems:
        if problem.field == field and problem.choice is not None:
            error = StructBlockValidationError(block_errors={"goes_to": ValidationError(problem.text)})
            inner.setdefault(problem.step, {})[problem.choice] = error
    steps = {
        number: StructBlockValidationError(block_errors={"choices": ListBlockValidationError(block_errors=choices)})
        for number, choices in inner.items()
    }
    return ListBlockValidationError(block_errors=steps, non_block_errors=whole)


def way_to(material: dict[str, Any], tone: str) -> list[str]:
    """The ids of the fewest choices that lead to an ending of this tone; none where there is no such way."""
    ways: list[list[str]] = [[]]
    seen = set()
    for way in ways:  # grows while it is read
        story = walk(material, way)
        if story.ending and story.ending["tone"] == tone:
            return way
        if story.step and story.step["id"] not in seen:
            seen.add(story.step["id"])
            ways += [[*way, choice["id"]] for choice in story.step["choices"]]
    return []
