"""Interactions where things are brought together: two columns, one list of partners."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from ..xml import Element
from .choices import CLOSE, MAX_CHOICES, Read, response_of, stem, words_of
from .expressions import Declaration, Unclear
from .source import NotTaken, Source

DEPENDS = "DEPENDS"  # the box for cards that fit no other one
MOST_BOXES = 6


def read_match(source: Source, scope: Element, node: Element) -> Read:
    response = response_of(source, node)
    columns = [one.findall("simpleAssociableChoice") for one in node.findall("simpleMatchSet")]
    if len(columns) != 2 or max(map(len, columns)) > MAX_CHOICES:
        raise NotTaken(_("It does not have two columns of a usual length."), node)
    lefts, rights = ({one.get("identifier", ""): words_of(source, one) for one in column} for column in columns)
    partners = partners_of(source, node, response, lefts, rights)
    if partners is None:
        lefts, rights = rights, lefts
        partners = partners_of(source, node, response, lefts, rights, swapped=True)
    if partners is None:
        raise NotTaken(_("Something in both columns has several partners. Here each card belongs in one place."), node)
    text = stem(source, scope, node)
    if are_boxes(lefts, rights, partners):
        return "categorise", {"text": text, **boxes(source, response, lefts, rights, partners)}
    return "matching", {"text": text, **matches(source, node, response, lefts, rights, partners)}


def partners_of(
    source: Source, node: Element, response: Declaration, lefts: dict[str, str], rights: dict[str, str], *, swapped: bool = False
) -> dict[str, str] | None:
    """The right partner of each left side; None where one has several. Also sees how pairs are marked."""
    pairs = [tuple(value.split()) for value in response.correct] or [
        tuple(str(entry.key).split()) for entry in response.entries or () if entry.value > 0
    ]
    pairs = [pair[::-1] if swapped else pair for pair in pairs if len(pair) == 2]
    if not pairs or any(left not in lefts or right not in rights for left, right in pairs):
        raise NotTaken(_("The file does not say what belongs together."), node)
    partners = dict(pairs)
    if len(partners) < len(pairs):
        return None
    keys = tuple(f"{right} {left}" if swapped else f"{left} {right}" for left, right in pairs)
    mark_pairs(source, node, response, keys)
    if any(left not in partners for left in lefts):
        source.note(_("What has no partner on the other side was left out."), node)
    return partners


def mark_pairs(source: Source, node: Element, response: Declaration, keys: tuple[str, ...]) -> None:
    """Note where the file does not give each pair an equal share, and keep answers to try feedback with."""
    equal = False
    try:
        full = source.scoring.score({response.identifier: keys})
        alone = [source.scoring.score({response.identifier: (key,)}) for key in keys]
        equal = full > 0 and all(abs(one / full - Fraction(1, len(keys))) <= CLOSE for one in alone)
    except Unclear:
        pass
    if not equal or not source.scoring.given:
        source.own_rule(node)
    source.trials.right[response.identifier] = keys
    source.trials.wrong.append({response.identifier: None})
    source.trials.partly.append({response.identifier: keys[:1]})


def are_boxes(lefts: dict[str, str], rights: dict[str, str], partners: dict[str, str]) -> bool:
    """Whether many cards go to few boxes, rather than one to one."""
    used = list(partners.values())
    shared = len(set(used)) < len(used)
    return DEPENDS in rights or (shared and 2 <= len(rights) <= MOST_BOXES and len(rights) < len(lefts))


def boxes(
    source: Source, response: Declaration, lefts: dict[str, str], rights: dict[str, str], partners: dict[str, str]
) -> dict[str, Any]:
    cards: dict[str, list[dict[str, str]]] = {right: [] for right in rights}
    for left, words in lefts.items():
        if left in partners:
            card = {"text": words, "feedback": ""}
            cards[partners[left]].append(card)
            try_pair(source, response, left, partners[left], card)
    depends = cards.pop(DEPENDS, [])
    return {
        "boxes": [{"name": rights[right], "cards": inside} for right, inside in cards.items()],
        "offer_depends": DEPENDS in rights,
        "depends": depends,
    }


def matches(
    source: Source, node: Element, response: Declaration, lefts: dict[str, str], rights: dict[str, str], partners: dict[str, str]
) -> dict[str, Any]:
    if not 2 <= len(partners) <= 12:
        raise NotTaken(_("A matching question here has two to twelve pairs."), node)
    pairs = []
    for left, words in lefts.items():
        if left in partners:
            pairs.append({"left": words, "right": rights[partners[left]], "feedback": ""})
            try_pair(source, response, left, partners[left], pairs[-1])
    used = set(partners.values())
    return {"pairs": pairs, "distractors": [words for right, words in rights.items() if right not in used]}


def try_pair(source: Source, response: Declaration, left: str, right: str, target: dict[str, Any]) -> None:
    source.trials.single.append((left, {response.identifier: (f"{left} {right}",)}, target))


def read_associate(source: Source, scope: Element, node: Element) -> Read:
    """One list whose members have partners within it: two columns here."""
    response = response_of(source, node)
    members = {one.get("identifier", ""): words_of(source, one) for one in node.findall("simpleAssociableChoice")}
    written = response.node.iterfind("correctResponse/value") if response.node is not None else ()
    pairs = [(value.text or "").split() for value in written]
    named = [ident for pair in pairs for ident in pair]
    if not pairs or any(len(pair) != 2 for pair in pairs) or len(set(named)) < len(named) or not set(named) <= set(members):
        raise NotTaken(_("It is not plain which two belong together."), node)
    source.note(_("One list of partners became two columns."), node)
    mark_pairs(source, node, response, response.correct)
    lefts, rights = ({pair[side]: members[pair[side]] for pair in pairs} for side in (0, 1))
    rights |= {ident: words for ident, words in members.items() if ident not in named}
    value = matches(source, node, response, lefts, rights, dict(pairs))
    return "matching", {"text": stem(source, scope, node), **value}
