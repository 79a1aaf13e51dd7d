"""One assessment item as one question, and where each piece of feedback belongs."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from .. import shapes, wording, xml
from ..base import Enclosed, FormatError, Item
from ..checks import problem_with
from ..xml import Element
from .choices import (
    CLOSE,
    Read,
    prompt,
    read_choice,
    read_choices,
    read_hotspot,
    read_hottext,
    read_order,
    read_select_point,
    response_of,
    try_choices,
)
from .dialects import canonical, named
from .expressions import Unclear, values
from .order import take_order
from .pairs import read_associate, read_match
from .scoring import Answers, scoring_of
from .source import NotTaken, Shown, Source, group, interactions_in
from .texts import read_entries, read_entry, read_essay, read_gap_match, read_inline_choices
from .unkept import note_unkept, note_unsaid

READERS: dict[str, Callable[[Source, Element, Element], Read]] = {
    "choiceInteraction": read_choice,
    "orderInteraction": read_order,
    "hottextInteraction": read_hottext,
    "hotspotInteraction": read_hotspot,
    "selectPointInteraction": read_select_point,
    "matchInteraction": read_match,
    "associateInteraction": read_associate,
    "gapMatchInteraction": read_gap_match,
    "textEntryInteraction": read_entry,
    "extendedTextInteraction": read_essay,
    "inlineChoiceInteraction": lambda source, scope, node: read_inline_choices(source, scope, [node]),
}
INLINE = {"textEntryInteraction": read_entries, "inlineChoiceInteraction": read_inline_choices}
ROOT = {  # what is read of an item
    "responseDeclaration", "outcomeDeclaration", "assessmentStimulusRef", "itemBody", "responseProcessing", "modalFeedback",
}  # fmt: skip
RANDOM = ("templateDeclaration", "templateProcessing")
JUDGED = ["JUDGEMENT", "REASON"]  # the two responses of a statement whose reason is asked
MOST_PARTS = 40
DEEPEST = 12


def read_item(content: bytes, path: str, files: Mapping[str, bytes]) -> Item:
    """The item in ``content``, a file of the package at ``path``. What cannot arrive is refused or noted, never raised."""
    item = Item(place=path, reference=path)
    try:
        root = canonical(xml.parse(content))
    except FormatError as problem:
        item.refuse(str(problem))
        return item
    return item_of(root, item, files)


def item_of(root: Element, item: Item, files: Mapping[str, bytes]) -> Item:
    item.reference = root.get("identifier", "") or item.place
    item.name = " ".join(root.get("title", "").split())
    item.language = root.get("lang", "")
    source = Source(item, root, scoring_of(root), item.place, files)
    try:
        refuse_random(root)
        kind, value = read_body(source)
        take_points(source)
        value |= feedback(source)
    except NotTaken as problem:
        item.refuse(problem.reason, source.place(problem.node))
        source.take_all()  # what this site noted beside the item may bring it back
        item.image, item.attachments, item.in_parts = source.whole.image, source.whole.attachments, {}
        return item
    for note in source.marker_notes:
        source.note(_("Notes for markers were left out: “%(words)s”.") % {"words": wording.plain(note)[0][:200]}, None)
    value["text"] = stimuli(source) + value["text"]
    item.kind, item.value = kind, shapes.filled(kind, **settled(kind, value))
    item.image, item.attachments = source.whole.image, source.whole.attachments
    note_unsaid(source)
    if problem := problem_with(kind, item.value):
        item.refuse(problem, source.place(root))
    return item


def take_points(source: Source) -> None:
    """Keep what the whole item is worth where that is not one point."""
    try:
        full = source.scoring.score(source.trials.right) if source.trials.right else source.scoring.most
    except Unclear:
        full = source.scoring.most
    if full > 0 and abs(full - 1) > CLOSE:
        source.item.points = round(Decimal(full.numerator) / Decimal(full.denominator), 5).normalize()


def refuse_random(root: Element) -> None:
    for name in RANDOM:
        found = root.find(name)
        if found is not None:
            raise NotTaken(_("Its numbers or words change at random (%(element)s).") % {"element": named(found)}, found)


def read_body(source: Source) -> Read:
    body = source.root.find("itemBody")
    if body is None:
        raise NotTaken(_("It has no body."), source.root)
    if source.root.get("adaptive", "false") == "true":
        source.note(_("The item goes in several steps (adaptive). Only its question was taken."), source.root)
    if source.root.get("timeDependent", "false") == "true":
        source.note(_("In the file the time that an answer takes counts. Here it does not."), source.root)
    for found in source.root:
        if found.tag not in ROOT:
            source.note(_("“%(element)s” is not supported and was left out.") % {"element": named(found)}, found)
    found = list(interactions_in(body))
    read = read_scope(source, body, found) or case_study(source, body)
    for node in found:
        note_unkept(source, node)
    take_order(source, found)
    return read


def read_scope(source: Source, scope: Element, found: list[Element]) -> Read | None:
    """What the interactions ``found`` in ``scope`` ask together; None where they are several questions."""
    for node in found:
        if node.tag not in READERS:
            raise NotTaken(_("“%(element)s” is not supported.") % {"element": named(node)}, node)
    if not found:
        return "information", {"text": source.rich(scope)}
    names = [node.get("responseIdentifier") for node in found]
    if names == JUDGED and {node.tag for node in found} == {"choiceInteraction"}:
        return with_reasons(source, scope, *found)
    if len(found) > 1:
        tags = {node.tag for node in found}
        return INLINE[found[0].tag](source, scope, found) if len(tags) == 1 and tags <= set(INLINE) else None
    return READERS[found[0].tag](source, scope, found[0])


def with_reasons(source: Source, scope: Element, judgement: Element, reason: Element) -> Read | None:
    """A statement to judge whose reason is asked, as this site writes it."""
    judged = read_choice(source, Element("div"), judgement)
    response = response_of(source, reason)
    reasons = read_choices(source, reason, reason.findall("simpleChoice"))
    if judged[0] != "true_false" or len(response.correct) != 1 or response.correct[0] not in reasons:
        return None
    reasons[response.correct[0]]["correct"] = True
    try_choices(source, response, reasons, lambda ident: ident)
    text = source.rich(scope, lambda inner: prompt(source, inner) if inner in (judgement, reason) else None)
    return "true_false", {**judged[1], "text": text, "reasons": list(reasons.values())}


# Several questions in one


def case_study(source: Source, body: Element) -> Read:
    """What stands before the first interaction is the shared stem; each block with interactions is a part."""
    stem, parts, own, waiting = "", [], [], []
    for block in blocks_of(body):
        waiting.append(block)
        found = list(interactions_in(block))
        if not found:
            continue
        if not parts:
            stem, waiting = source.rich(waiting[:-1]), waiting[-1:]
        before = set(source.trials.right)
        source.target = Enclosed()
        read = read_scope(source, group(waiting, block), found)
        if read is None or read[0] == "hotspot":
            raise NotTaken(
                _("Questions of different kinds stand within one paragraph, or one asks for a place on a picture."), block
            )
        if source.target:
            source.item.in_parts[len(parts)] = source.target
        source.target = None
        parts.append(read)
        own.append({name: answer for name, answer in source.trials.right.items() if name not in before})
        waiting = []
    if len(parts) > MOST_PARTS:
        raise NotTaken(_("It has more than %(count)d questions in one.") % {"count": MOST_PARTS}, body)
    stem += source.rich(waiting)
    weigh_parts(source, body, [answers for answers in own if answers])
    return "case_study", {"text": stem or wording.from_plain(source.item.name), "parts": parts}


def weigh_parts(source: Source, body: Element, parts: list[Answers]) -> None:
    """Note where the file does not give each part that has points the same share."""
    try:
        full = source.scoring.score(source.trials.right)
        shares = [source.scoring.score(answers) for answers in parts]
    except Unclear:
        full, shares = Fraction(0), []
    if parts and (full <= 0 or any(abs(share / full - Fraction(1, len(parts))) > CLOSE for share in shares)):
        source.own_rule(body)


def blocks_of(body: Element, depth: int = 0) -> list[Element]:
    """The blocks of ``body``; one with several interactions that are not gaps of one text is opened."""
    blocks = []
    if (body.text or "").strip():
        first = Element("p")
        first.text = body.text
        blocks.append(first)
    for child in body:
        found = list(interactions_in(child))
        mixed = len({node.tag for node in found}) > 1 or (len(found) > 1 and found[0].tag not in INLINE)
        judged = [node.get("responseIdentifier") for node in found] == JUDGED
        if mixed and not judged and len(child) and depth < DEEPEST:
            blocks += blocks_of(child, depth + 1)
        else:
            blocks.append(child)
    return blocks


# Feedback


def feedback(source: Source) -> dict[str, str]:
    """The fields for feedback that the file fills in. Feedback to one choice goes into that choice's own value."""
    tell_partly(source)
    for node in source.root.findall("modalFeedback"):
        source.feedback.append(Shown(node, source.html(node, source.not_before)))
    found = {"explanation": "", "when_right": "", "when_partly": "", "when_wrong": ""}
    for shown in source.feedback:
        clean, lost = wording.rich_text(titled(shown))
        source.note_lost(lost, shown.node)
        name, target = where(source, shown.node)
        if target is not None:
            target["feedback"] = joined(target["feedback"], wording.plain(clean)[0])
        elif name == "explanation":
            found[name] += clean
        elif name:
            found[name] = joined(found[name], wording.plain(clean)[0])
        else:
            reason = _("Feedback under a condition that this site does not know was left out: “%(words)s”.")
            source.note(reason % {"words": wording.plain(clean)[0][:200]}, shown.node)
    return found


def tell_partly(source: Source) -> None:
    """Answers that are not right but earn something are partly right."""
    for answers in list(source.trials.wrong):
        try:
            earns = source.scoring.score(answers) > 0
        except Unclear:
            return
        if earns:
            source.trials.wrong.remove(answers)
            source.trials.partly.append(answers)


def titled(shown: Shown) -> str:
    title = shown.node.get("title", "")
    return (f"<p>{wording.from_plain(title)}</p>" if title else "") + shown.html


def joined(one: str, other: str) -> str:
    return "\n".join(part for part in (one, other) if part)


def where(source: Source, node: Element) -> tuple[str, dict[str, Any] | None]:
    """The field of the question that ``node`` fills in, or the value of a choice; neither where its condition is unknown."""
    trials, name = source.trials, node.get("identifier", "")
    own = [target for ident, _answers, target in trials.single if ident == name]
    try:
        right = is_shown(source, node, trials.right)
        wrong = [is_shown(source, node, answers) for answers in trials.wrong] or [is_shown(source, node, {})]
        partly = [is_shown(source, node, answers) for answers in trials.partly]
        single = [target for _ident, answers, target in trials.single if is_shown(source, node, answers)]
    except Unclear:
        return "", own[0] if len(own) == 1 else None
    if right and all(wrong):
        return ("explanation", None) if len(own) != 1 else ("", own[0])
    if len(own) == 1 and any(target is own[0] for target in single):
        return "", own[0]
    if right and not any(wrong):
        return "when_right", None
    if wrong and all(wrong) and not right:
        return "when_wrong", None
    if any(partly) and not right and not any(wrong) and len(single) != 1:
        return "when_partly", None
    target = single or own  # feedback named like a choice belongs to it, even if the rules never bring it up
    return "", target[0] if len(target) == 1 else None


def is_shown(source: Source, node: Element, answers: Mapping[str, Any]) -> bool:
    outcomes = source.scoring.outcomes(answers)
    present = node.get("identifier", "") in values(outcomes.get(node.get("outcomeIdentifier", "")))
    return present == (node.get("showHide", "show") != "hide")


def settled(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """``value`` once its feedback has found its place: what was kept apart for that goes into the kind's own fields."""
    if kind == "true_false":
        sides = {ident.lower(): choice for ident, choice in value.pop("sides").items()}
        value |= {f"feedback_{side}": choice["feedback"] for side, choice in sides.items()}
    elif kind == "mark_words":
        texts = [phrase["feedback"] for phrase in value["feedback"]]
        while texts and not texts[-1]:
            texts.pop()
        value["feedback"] = texts
    elif kind == "case_study":
        value["parts"] = [{"type": part, "value": shapes.filled(part, **settled(part, own))} for part, own in value["parts"]]
    return value


def stimuli(source: Source) -> str:
    """The texts that the item shares with others, which stand before its own."""
    found = ""
    for node in source.root.findall("assessmentStimulusRef"):
        content = source.file(node.get("href", ""))
        try:
            body = canonical(xml.parse(content)).find("stimulusBody") if content is not None else None
        except FormatError:
            body = None
        if body is None:
            source.note(_("The text that goes with the question (“%(file)s”) is missing.") % {"file": node.get("href", "")}, node)
        else:
            found += source.rich(body)
    return found
