"""Whether the choices of an item keep the order of its file: what it says of that is kept for all of them, or named."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ..xml import Element
from .source import Source

LEFT = "simpleMatchSet/simpleAssociableChoice"
CHOICES = {
    "choiceInteraction": "simpleChoice",
    "inlineChoiceInteraction": "inlineChoice",
    "matchInteraction": LEFT,
    "associateInteraction": "simpleAssociableChoice",
    "gapMatchInteraction": "gapText",
}
SIDES = {"true", "false"}  # which are never shuffled here
ALWAYS_MIXED = {"matchInteraction", "associateInteraction", "orderInteraction"}  # or the order would tell the answer


def take_order(source: Source, nodes: Sequence[Element]) -> None:
    """Set whether the choices of all interactions ``nodes`` keep their order. Only what the file says itself counts: no word
    about an order is no wish."""
    asked = [node for node in nodes if node.tag in CHOICES and not is_judgement(node)]
    kept = [node for node in asked if keeps_order(node)]
    source.item.keep_order = bool(kept) and len(kept) == len(asked)
    for node in nodes:
        if node.tag in ALWAYS_MIXED and node.get("shuffle") == "false":
            source.note(_("In the file everything has its order. Here right sides, cards and steps are always mixed."), node)
        elif node in kept and not source.item.keep_order:
            source.note(_("In the file these choices keep their order. Here all parts of a question keep it, or none."), node)
        elif node in asked and node not in kept and any(one.get("fixed") == "true" for one in node.iterfind(".//*")):
            source.note(_("In the file some choices keep their place. Here all are shuffled, or none."), node)


def is_judgement(node: Element) -> bool:
    return {one.get("identifier", "").lower() for one in node.iterfind(CHOICES[node.tag])} == SIDES


def keeps_order(node: Element) -> bool:
    return node.get("shuffle") == "false" or all(one.get("fixed") == "true" for one in firsts(node))


def firsts(node: Element) -> list[Element]:
    """The choices whose order is the author's: of two columns the left one."""
    found = node.findall(CHOICES[node.tag])
    column = node.find("simpleMatchSet")
    return found if column is None else column.findall("simpleAssociableChoice")


def keep_order(body: Element) -> None:
    """Write down that the choices in ``body`` keep their order. Right sides are mixed all the same: theirs tells the answer."""
    for node in body.iter():
        if node.tag == "matchInteraction":
            for one in firsts(node):
                one.set("fixed", "true")
        elif node.tag in CHOICES:
            node.set("shuffle", "false")
