"""Interactions where learners pick: choices, an order, words in a text, places on a picture."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from quizzes.kinds.credit import percent
from quizzes.kinds.true_false import ANSWERS

from .. import shapes, wording
from ..xml import Element
from .expressions import Declaration, Unclear, number
from .source import PICTURES, NotTaken, Source, size_of

CLOSE = Fraction(1, 10_000)  # of the points: files round a third in many ways
MAX_CHOICES = 60
PARAGRAPH_END = "\ue000"  # a letter that no language uses
NO_BRACKETS = str.maketrans("[]{}", "()()")

Read = tuple[str, dict[str, Any]]  # a kind and the fields of its value that the file fills in


def response_of(source: Source, node: Element) -> Declaration:
    response = source.scoring.responses.get(node.get("responseIdentifier", ""))
    if response is None:
        raise NotTaken(_("Its response is not declared."), node)
    return response


def stem(source: Source, scope: Element, node: Element) -> str:
    """The text around the interaction ``node`` with its prompt in its place; the item's title where there is none."""

    def inserted(inner: Element) -> str | None:
        return prompt(source, node) if inner is node else None

    return source.rich(scope, inserted) or wording.from_plain(source.item.name)


def prompt(source: Source, node: Element) -> str:
    found = node.find("prompt")
    return f"<p>{source.html(found)}</p>" if found is not None else ""


def words_of(source: Source, node: Element) -> str:
    """The words of a choice. A picture in it is noted and left out. Raises NotTaken where there are none."""

    def inserted(inner: Element) -> str | None:
        if inner.tag in PICTURES:
            source.note(_("A picture in a choice was left out."), inner)
            return ""
        return None

    words = source.plain(node, inserted)
    if not words:
        raise NotTaken(_("A choice has no words."), node)
    return words


def in_brackets_none(source: Source, node: Element) -> None:
    """Make round brackets of those that mark gaps and words in our passages."""
    changed = False
    for inner in node.iter():
        for name in ("text", "tail"):
            words = getattr(inner, name) or ""
            if inner is not node or name == "text":
                changed = changed or words != words.translate(NO_BRACKETS)
                setattr(inner, name, words.translate(NO_BRACKETS))
    if changed:
        source.note(_("Square brackets and braces in the text became round brackets."), node)


def credit_text(source: Source, share: Fraction, node: Element) -> str:
    if abs(share) > 1:
        source.note(_("A share of more than 100 per cent became 100 per cent."), node)
        share = Fraction(1) if share > 0 else Fraction(-1)
    return str(percent(share))


# Choices


def read_choice(source: Source, scope: Element, node: Element) -> Read:
    response = response_of(source, node)
    choices = read_choices(source, node, node.findall("simpleChoice"))
    text = stem(source, scope, node)
    several = response.cardinality != "single"
    right = [ident for ident in choices if ident in response.correct]
    if not right and not source.scoring.given and response.entries is None:
        source.note(_("The file names no right answer. The question became a poll."), node)
        return "poll", {"text": text, "choices": [{"text": one["text"]} for one in choices.values()], "several": several}
    weigh = weigh_several if several else weigh_single
    weigh(source, node, response, choices)
    if not several and (answer := true_or_false(choices)):
        return "true_false", {"text": text, "answer": answer, "sides": choices}
    return "multiple_response" if several else "single_choice", {"text": text, "choices": list(choices.values())}


def read_choices(source: Source, node: Element, found: list[Element]) -> dict[str, dict[str, Any]]:
    choices = {one.get("identifier", ""): shapes.choice(words_of(source, one)) for one in found[: MAX_CHOICES + 1]}
    if len(found) > MAX_CHOICES:
        raise NotTaken(_("It has more than %(count)d choices.") % {"count": MAX_CHOICES}, node)
    if len(choices) < 2 or len(choices) < len(found):
        raise NotTaken(_("It needs at least two choices, each with a name of its own."), node)
    return choices


def true_or_false(choices: dict[str, dict[str, Any]]) -> str:
    """ "true" or "false" where these are the two sides of a statement; else nothing."""
    names = {ident.lower(): choice for ident, choice in choices.items()}
    if list(names) not in (["true", "false"], ["false", "true"]) or any(one["credit"] for one in choices.values()):
        return ""
    if any(names[side]["text"].casefold() not in words_for(side) for side in names):
        return ""
    return "true" if names["true"]["correct"] else "false"


def words_for(side: str) -> set[str]:
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(str(ANSWERS[side]).casefold())
    return found


def weigh_single(source: Source, node: Element, response: Declaration, choices: dict[str, dict[str, Any]]) -> None:
    """Find the right choice, and what others earn, by answering each."""
    named = [ident for ident in choices if ident in response.correct]
    try:
        scores = {ident: source.scoring.score({response.identifier: ident}) for ident in choices}
        best = max(scores.values())
    except Unclear:
        scores, best = {}, Fraction(0)
    if best <= 0 or not source.scoring.given:
        source.own_rule(node)
        scores, best = {}, Fraction(0)
    right = (named or [ident for ident in scores if scores[ident] == best] or [""])[0]
    if not right:
        raise NotTaken(_("The file names no right answer."), node)
    if len(named) > 1 and not scores:
        raise NotTaken(_("The file names several right answers where one can be chosen."), node)
    for ident, choice in choices.items():
        choice["correct"] = ident == right
        earned = scores[ident] / best if scores else Fraction(int(choice["correct"]))
        if earned != int(choice["correct"]):
            choice["credit"] = credit_text(source, earned, node)
    try_choices(source, response, choices, lambda ident: ident)


def weigh_several(source: Source, node: Element, response: Declaration, choices: dict[str, dict[str, Any]]) -> None:
    """Find the right choices, and whether each earns an equal share, by leaving each out and adding each."""
    weights = weigh_each(source, response, list(choices))
    right = [ident for ident in choices if ident in response.correct]
    right = right or [ident for ident in choices if weights and weights[ident] > 0]
    if not right:
        raise NotTaken(_("The file names no right answer."), node)
    usual = Fraction(1, len(right))
    if not weights:
        source.own_rule(node)
    for ident, choice in choices.items():
        choice["correct"] = ident in right
    if weights and any(abs(weights[ident] - (usual if ident in right else -usual)) > CLOSE for ident in choices):
        for ident, choice in choices.items():
            choice["credit"] = credit_text(source, weights[ident], node)
    try_choices(source, response, choices, lambda ident: (ident,))


def weigh_each(source: Source, response: Declaration, idents: list[str]) -> dict[str, Fraction]:
    """What each choice adds to the answer, as a share of the points; empty where the rule is no plain sum or not followed."""
    try:
        known = [ident for ident in idents if ident in response.correct]
        alone = {ident: source.scoring.score({response.identifier: (ident,)}) for ident in idents}
        right = known or [ident for ident in idents if alone[ident] > 0]
        full = source.scoring.score({response.identifier: tuple(right)})
        if full <= 0 or not source.scoring.given:
            return {}
        with_others = {
            ident: source.scoring.score({response.identifier: (*right, ident)}) - full
            if ident not in right
            else full - source.scoring.score({response.identifier: tuple(one for one in right if one != ident)})
            for ident in idents
        }
    except Unclear:
        return {}
    if abs(sum(with_others[ident] for ident in right) - full) > CLOSE * full:
        return {}
    return {ident: value / full for ident, value in with_others.items()}


def try_choices(source: Source, response: Declaration, choices: dict[str, dict[str, Any]], answer: Any) -> None:
    """Give the source answers that tell when its feedback is shown."""
    right = [ident for ident, choice in choices.items() if choice["correct"]]
    source.trials.right[response.identifier] = answer(right[0]) if response.cardinality == "single" else tuple(right)
    for ident, choice in choices.items():
        answers = {response.identifier: answer(ident)}
        source.trials.single.append((ident, answers, choice))
        if not choice["correct"]:
            source.trials.wrong.append(answers)
        elif len(right) > 1:
            source.trials.partly.append(answers)


# An order


def read_order(source: Source, scope: Element, node: Element) -> Read:
    response = response_of(source, node)
    steps = read_choices(source, node, node.findall("simpleChoice"))
    if sorted(response.correct) != sorted(steps):
        raise NotTaken(_("The right order does not name every step once."), node)
    if len(steps) > 2 or not source.scoring.given:
        source.own_rule(node)
    right = response.correct_value
    source.trials.right[response.identifier] = right
    source.trials.wrong.append({response.identifier: type(right)(reversed(right))})
    ordered = [{"text": steps[ident]["text"], "feedback": ""} for ident in response.correct]
    for ident, step in zip(response.correct, ordered, strict=True):
        source.trials.single.append((ident, {response.identifier: type(right)([ident])}, step))
    return "ordering", {"text": stem(source, scope, node), "steps": ordered}


# Words in a text


def read_hottext(source: Source, scope: Element, node: Element) -> Read:
    response = response_of(source, node)
    in_brackets_none(source, node)
    phrases: dict[str, dict[str, Any]] = {}

    def inserted(inner: Element) -> str | None:
        if inner.tag == "prompt":
            return ""
        if inner.tag != "hottext":
            return None
        ident, words = inner.get("identifier", ""), source.html(inner)
        phrases[ident] = shapes.choice("", ident in response.correct)
        return f"[{words}]" if ident in response.correct else f"{{{words}}}"

    rich = source.rich(node, inserted)
    if not any(phrase["correct"] for phrase in phrases.values()):
        raise NotTaken(_("No words in the text are named as right."), node)
    try:
        usual = weigh_each(source, response, list(phrases))
        share = Fraction(1, sum(phrase["correct"] for phrase in phrases.values()))
        fits = usual and all(abs(usual[ident] - (share if one["correct"] else -share)) <= CLOSE for ident, one in phrases.items())
    except Unclear:
        fits = False
    if not fits and not (response.cardinality == "single" and source.scoring.given):
        source.own_rule(node)
    try_choices(
        source, response, phrases, (lambda ident: ident) if response.cardinality == "single" else (lambda ident: (ident,))
    )
    passage = wording.plain(rich.replace("</p><p>", f"</p><p>{PARAGRAPH_END}</p><p>"))[0].replace(f"\n{PARAGRAPH_END}\n", "\n\n")
    return "mark_words", {"text": stem(source, scope, node), "passage": passage, "feedback": list(phrases.values())}


# Places on a picture


def read_hotspot(source: Source, scope: Element, node: Element) -> Read:
    response = response_of(source, node)
    width, height = picture_size(source, node)
    areas = {}
    for index, one in enumerate(node.findall("hotspotChoice"), 1):
        name = one.get("hotspotLabel") or _("Area %(number)d") % {"number": index}
        areas[one.get("identifier", "")] = {
            "name": name, **box(source, one, width, height), "correct": False, "feedback": "", "credit": None,
        }  # fmt: skip
    (weigh_single if response.cardinality == "single" else weigh_several)(source, node, response, areas)
    return hotspot(source, scope, node, list(areas.values()))


def read_select_point(source: Source, scope: Element, node: Element) -> Read:
    response = response_of(source, node)
    width, height = picture_size(source, node)
    areas = []
    for index, one in enumerate(response.node.iterfind("areaMapping/areaMapEntry") if response.node is not None else (), 1):
        name, worth = _("Area %(number)d") % {"number": index}, number(one.get("mappedValue", "")) or Fraction(0)
        areas.append({"name": name, **box(source, one, width, height), "correct": worth > 0, "feedback": "", "credit": None})
    source.own_rule(node)
    return hotspot(source, scope, node, areas)


def hotspot(source: Source, scope: Element, node: Element, areas: list[dict[str, Any]]) -> Read:
    if not 2 <= len(areas) <= 12 or not any(area["correct"] for area in areas):
        raise NotTaken(_("A picture question here needs two to twelve areas, at least one of them right."), node)
    if any(area.pop("credit") for area in areas):
        source.own_rule(node)
    return "hotspot", {"text": stem(source, scope, node), "areas": areas}


def picture_size(source: Source, node: Element) -> tuple[Fraction, Fraction]:
    found = next((child for child in node.iter() if child.tag in PICTURES), None)
    picture = source.take_picture(found) if found is not None else None
    if found is None or picture is None:
        raise NotTaken(_("The picture to point at is missing, or the question has another one already."), node)
    given = [number(re.sub(r"px$", "", found.get(side, ""))) for side in ("width", "height")]
    if all(given) and min(given) > 0:
        return given[0], given[1]
    size = size_of(picture.content)
    if size is None:
        raise NotTaken(_("The size of the picture cannot be told."), node)
    return Fraction(size[0]), Fraction(size[1])


def box(source: Source, node: Element, width: Fraction, height: Fraction) -> dict[str, Any]:
    """The rectangle around a shape, in per cent of the picture."""
    shape = node.get("shape", "rect")
    sides = [width, height]
    numbers = [length(part, sides[index % 2]) for index, part in enumerate(node.get("coords", "").split(","))]
    if shape == "default":
        numbers = [Fraction(0), Fraction(0), width, height]
    corners = list(corners_of(shape, numbers))
    if not corners:
        raise NotTaken(_("An area of the picture has no shape that can be read."), node)
    if shape != "rect":
        source.note(_("An area that is no rectangle became the rectangle around it."), node)
    left, right = (clamp(pick(x for x, _y in corners) / width) for pick in (min, max))
    top, bottom = (clamp(pick(y for _x, y in corners) / height) for pick in (min, max))
    if right <= left or bottom <= top:
        raise NotTaken(_("An area lies outside the picture or is empty."), node)
    sides = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    return {name: str(percent(share)) for name, share in sides.items()}


def corners_of(shape: str, numbers: list[Fraction | None]) -> Iterator[tuple[Fraction, Fraction]]:
    if None in numbers or len(numbers) < 3:
        return
    if shape in {"circle", "ellipse"}:
        x, y, across, down = (*numbers[:3], numbers[3] if shape == "ellipse" and len(numbers) > 3 else numbers[2])
        yield from ((x - across, y - down), (x + across, y + down))
    elif shape == "poly" or len(numbers) == 4:
        yield from zip(numbers[::2], numbers[1::2], strict=False)


def length(text: str, side: Fraction) -> Fraction | None:
    found = number(text.strip().removesuffix("%"))
    return found * side / 100 if found is not None and text.strip().endswith("%") else found


def clamp(share: Fraction) -> Fraction:
    return min(max(share, Fraction(0)), Fraction(1))
