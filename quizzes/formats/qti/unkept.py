"""What an interaction says beside its question and its answers, and questions here do not hold: named, never dropped."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..xml import Element
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


def note_unkept(source: Source, node: Element) -> None:
    """Note what of the interaction ``node`` does not arrive, once its question was read."""
    choices = [one for one in node.iter() if one.tag in CHOICES]
    lost = [words for name, words in ATTRIBUTES.items() if node.get(name)]
    if node.get("format", "plain") != "plain":
        lost.append(_("the format of the answer"))
    if limits_choices(node, len(choices)):
        lost.append(_("how many may be chosen"))
    if lost:
        source.note(_("Not kept: %(what)s.") % {"what": ", ".join(dict.fromkeys(map(str, lost)))}, node)


def limits_choices(node: Element, count: int) -> bool:
    least, most = (int(found) if (found := node.get(name, "")).isdecimal() else 0 for name in ("minChoices", "maxChoices"))
    return least > 1 or 1 < most < count
