"""What an item says beside its question and its answers, and questions here do not hold: named, never dropped.

What is read is written down here, element by element; whatever else an element says of itself is named.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..xml import Element
from .dialects import OURS, named
from .source import Source

CHOICES = {"simpleChoice", "inlineChoice", "hottext", "hotspotChoice", "simpleAssociableChoice", "gapText", "gapImg"}
ATTRIBUTES = {
    "expectedLength": gettext_lazy("how long an answer is expected to be"),
    "expectedLines": gettext_lazy("how long an answer is expected to be"),
    "patternMask": gettext_lazy("the pattern that an answer has to follow"),
    "placeholderText": gettext_lazy("the words in the empty field"),
    "minStrings": gettext_lazy("how many answers are asked for"),
    "maxStrings": gettext_lazy("how many answers are asked for"),
}
ASKED = {"responseIdentifier", "minChoices", "maxChoices", "shuffle"}
PAIRED = {"responseIdentifier", "minAssociations", "maxAssociations", "shuffle"}
WRITTEN = {"responseIdentifier", "format", *ATTRIBUTES}
CHOSEN = {"identifier", "fixed", "matchMin", "matchMax", "matchGroup", "showHide"}
SHOWN = {"identifier", "outcomeIdentifier", "showHide", "title"}
READ = {  # of each element: the attributes that are read, or named elsewhere
    "assessmentItem": {"identifier", "title", "adaptive", "timeDependent", "lang", "schemaLocation", "toolName", "toolVersion"},
    "responseDeclaration": {"identifier", "cardinality", "baseType"},
    "correctResponse": set(),
    "mapping": {"defaultValue", "lowerBound", "upperBound"},
    "mapEntry": {"mapKey", "mappedValue", "caseSensitive"},
    "outcomeDeclaration": {"identifier", "cardinality", "baseType", "normalMaximum", "normalMinimum"},
    "itemBody": set(),
    "prompt": set(),
    "choiceInteraction": ASKED,
    "inlineChoiceInteraction": ASKED,
    "orderInteraction": ASKED,
    "hottextInteraction": ASKED,
    "hotspotInteraction": ASKED,
    "selectPointInteraction": ASKED,
    "matchInteraction": PAIRED,
    "associateInteraction": PAIRED,
    "gapMatchInteraction": PAIRED,
    "textEntryInteraction": WRITTEN,
    "extendedTextInteraction": WRITTEN,
    "simpleMatchSet": {"shuffle"},
    "gap": {"identifier", "fixed"},
    **dict.fromkeys(CHOICES, CHOSEN),
    "hotspotChoice": {*CHOSEN, "hotspotLabel", "shape", "coords"},
    "areaMapping": {"defaultValue", "lowerBound", "upperBound"},
    "areaMapEntry": {"shape", "coords", "mappedValue"},
    "responseProcessing": {"template", "templateLocation"},
    "modalFeedback": SHOWN,
    "feedbackInline": SHOWN,
    "feedbackBlock": SHOWN,
    "rubricBlock": {"view"},
}
DEFAULTS = {  # what an attribute says where it says nothing new
    "orientation": "vertical", "required": "false", "base": "10", "externalScored": "none", "use": "",
}  # fmt: skip
PARTS = {  # what may stand in a declaration and is read
    "responseDeclaration": {"correctResponse", "mapping", "areaMapping"},
    "outcomeDeclaration": {"defaultValue"},
}


def note_unkept(source: Source, node: Element) -> None:
    """Note what of the interaction ``node`` does not arrive, once its question was read."""
    choices = [one for one in node.iter() if one.tag in CHOICES]
    lost = [words for name, words in ATTRIBUTES.items() if node.get(name)]
    if node.get("format", "plain") != "plain":
        lost.append(_("the format of the answer"))
    if limits_choices(node, len(choices)):
        lost.append(_("how many may be chosen"))
    if limits_pairs(node):
        lost.append(_("how often each may be used"))
    note_lost(source, lost, node)


def note_unsaid(source: Source) -> None:
    """Note what the elements of the whole item say of themselves and nobody here reads."""
    for node in source.root.iter():
        lost = [_("the attribute “%(name)s”") % {"name": name[:40]} for name in unread_attributes(node)]
        lost += [_("the part “%(name)s”") % {"name": named(one)[:40]} for one in unread_parts(node)]
        note_lost(source, lost, node)
    if names := unread_outcomes(source):
        source.note(_("Results that the file works out beside the points were left out: %(names)s.") % {"names": names}, None)


def note_lost(source: Source, lost: list, node: Element) -> None:
    if lost:
        source.note(_("Not kept: %(what)s.") % {"what": ", ".join(dict.fromkeys(map(str, lost)))}, node)


def limits_choices(node: Element, count: int) -> bool:
    least, most = (whole(node, name) or 0 for name in ("minChoices", "maxChoices"))
    return least > 1 or 1 < most < count


def limits_pairs(node: Element) -> bool:
    """Whether learners may not pair as here, where each card goes to one place and each place takes any number of them."""
    if node.tag == "gapMatchInteraction":
        return len(list(node.iter("gap"))) > 1 and any(whole(one, "matchMax", 1) for one in node.findall("gapText"))
    columns = [column.findall("simpleAssociableChoice") for column in node.findall("simpleMatchSet")]
    if len(columns) != 2:
        return False
    cards = [all(whole(one, "matchMax", 1) == 1 for one in column) for column in columns]
    places = [
        all(most == 0 or most >= len(other) for most in (whole(one, "matchMax", 1) for one in column))
        for column, other in zip(columns, columns[::-1], strict=True)
    ]
    bounds = [whole(node, name) or 0 for name in ("minAssociations", "maxAssociations")]
    fewer = bounds[0] > 0 or 0 < bounds[1] < max(map(len, columns))
    least = any(whole(one, "matchMin") for column in columns for one in column)
    return fewer or least or not ((cards[0] and places[1]) or (cards[1] and places[0]))


def whole(node: Element, name: str, usual: int | None = None) -> int | None:
    """The whole number that the attribute ``name`` holds; ``usual`` where it holds none."""
    found = node.get(name, "").strip()
    return int(found) if found.isdecimal() and len(found) < 10 else usual


def unread_attributes(node: Element) -> Iterator[str]:
    if node.tag in READ:
        for name, value in node.attrib.items():
            known = name == "id" or name in READ[node.tag] or OURS.match(name) and name.startswith("data-")
            if not known and value.strip() and value != DEFAULTS.get(name):
                yield name


def unread_parts(node: Element) -> Iterator[Element]:
    if node.tag in PARTS:
        yield from (one for one in node if one.tag not in PARTS[node.tag])


def unread_outcomes(source: Source) -> str:
    """The outcomes that the rules set and that neither points nor feedback nor another rule asks for."""
    asked = {node.get("outcomeIdentifier") for node in source.root.iter() if node.get("outcomeIdentifier")}
    used = {node.get("identifier") for node in source.root.iter("variable")}
    found = (node.get("identifier", "") for rule in source.scoring.rules for node in rule.iter("setOutcomeValue"))
    return ", ".join(name[:40] for name in dict.fromkeys(found) if name not in {"SCORE", "MAXSCORE", *asked, *used})
