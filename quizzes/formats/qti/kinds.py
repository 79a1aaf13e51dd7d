"""How each kind of question is said in QTI: one function for each, which fills in a ``Part``."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from quizzes.kinds.true_false import ANSWERS

from .. import wording
from .building import Part, add, assign, base, condition, correct, credit, digits, divided, fill, make, plain, variable
from .pairs import DEPENDS

GAP = re.compile(r"\[(\d+)\]")
PHRASE = re.compile(r"\[([^\[\]]+)\]|\{([^{}]+)\}")
LETTERS_A_WORD = 6
NOT_BELOW_ZERO = ("0", "1")

Value = dict[str, Any]


def lead_in(part: Part, value: Value, interaction: Element) -> None:
    """The text of the question before ``interaction``; its last paragraph as the prompt."""
    lead, question = divided(value.get("text", ""))
    fill_body(part, lead)
    if question:
        interaction.insert(0, fill(make("prompt"), question))
    part.body.append(interaction)


def fill_body(part: Part, html: str) -> None:
    part.body.extend(fill(make("div"), html))


def single_choice(part: Part, value: Value) -> None:
    choices = named(part, value["choices"])
    shares = [(name, credit(one.get("credit"), Fraction(int(one["correct"])))) for name, one in choices]
    weighed = any(one.get("credit") is not None for _name, one in choices)
    bounds = ("-1", "1")
    identifier = part.respond("single", "identifier", right_of(choices), shares if weighed else (), bounds=bounds)
    interaction = choice_interaction(part, identifier, choices, several=False)
    (part.score_map if weighed else part.score_match)(identifier)
    part.show_answer(identifier, (one["feedback"] for _name, one in choices))
    lead_in(part, value, interaction)


def multiple_response(part: Part, value: Value) -> None:
    choices = named(part, value["choices"])
    identifier = respond_several(part, choices)
    interaction = choice_interaction(part, identifier, choices, several=True)
    part.show_answer(identifier, (one["feedback"] for _name, one in choices))
    lead_in(part, value, interaction)


def poll(part: Part, value: Value) -> None:
    choices = [(name, {"text": one["text"], "feedback": "", "correct": False}) for name, one in named(part, value["choices"])]
    several = bool(value.get("several"))
    identifier = part.respond("multiple" if several else "single", "identifier")
    lead_in(part, value, choice_interaction(part, identifier, choices, several=several))


def named(part: Part, choices: list[Value], letter: str = "C") -> list[tuple[str, Value]]:
    return [(part.name(f"{letter}{number}"), one) for number, one in enumerate(choices, 1)]


def right_of(choices: list[tuple[str, Value]]) -> list[str]:
    return [name for name, one in choices if one["correct"]]


def respond_several(part: Part, choices: list[tuple[str, Value]]) -> str:
    """Our rule for several answers: right ones minus wrong ones, not below zero; or the credits of the author."""
    usual = Fraction(1, len(right_of(choices)) or 1)
    shares = [(name, credit(one.get("credit"), usual if one["correct"] else -usual)) for name, one in choices]
    bounds = ("-1", "1") if any(one.get("credit") is not None for _name, one in choices) else NOT_BELOW_ZERO
    identifier = part.respond("multiple", "identifier", right_of(choices), shares, bounds=bounds)
    part.score_map(identifier)
    return identifier


def choice_interaction(part: Part, identifier: str, choices: list[tuple[str, Value]], *, several: bool) -> Element:
    interaction = make("choiceInteraction", responseIdentifier=identifier, shuffle="true", maxChoices="0" if several else "1")
    for name, one in choices:
        interaction.append(choice(part, "simpleChoice", name, one["text"], one["feedback"]))
    return interaction


def choice(part: Part, tag: str, name: str, words: str, feedback: str = "", **attributes: str) -> Element:
    made = plain(make(tag, identifier=name, **attributes), words)
    for inline in part.inline(name, feedback):
        add(made, inline)
    return made


def true_false(part: Part, value: Value) -> None:
    reasons = named(part, value.get("reasons") or [], "R")
    sides = [(side, {"text": str(words), "feedback": value.get(f"feedback_{side}", "")}) for side, words in ANSWERS.items()]
    judged = part.respond("single", "identifier", [value["answer"]], name="JUDGEMENT" if reasons else "RESPONSE")
    interaction = choice_interaction(part, judged, sides, several=False)
    interaction.set("shuffle", "false")
    lead_in(part, value, interaction)
    if not reasons:
        part.score_match(judged)
    else:
        identifier = part.respond("single", "identifier", right_of(reasons), name="REASON")
        part.body.append(choice_interaction(part, identifier, reasons, several=False))
        both = make("and", correct(judged), correct(identifier))
        marks = [(both, "1"), (correct(judged), "0.5"), (None, "0")]
        part.rules.append(condition(*((test, assign(part.score, base("float", mark))) for test, mark in marks)))
        part.show_answer(identifier, (one["feedback"] for _name, one in reasons))
    part.show_answer(judged, (one["feedback"] for _name, one in sides))


def matching(part: Part, value: Value) -> None:
    pairs = value["pairs"]
    rights = list(dict.fromkeys(pair["right"] for pair in pairs))
    names = {words: part.name(f"R{number}") for number, words in enumerate(rights, 1)}
    lefts = [(part.name(f"L{number}"), pair["left"], pair["feedback"]) for number, pair in enumerate(pairs, 1)]
    more = [(part.name(f"R{number}"), words) for number, words in enumerate(value.get("distractors") or [], len(rights) + 1)]
    partners = [(name, names[pair["right"]]) for (name, _words, _feedback), pair in zip(lefts, pairs, strict=True)]
    lead_in(part, value, match_interaction(part, lefts, [*((names[words], words) for words in rights), *more], partners))


def categorise(part: Part, value: Value) -> None:
    boxes = [(part.name(f"B{number}"), box["name"], box["cards"]) for number, box in enumerate(value["boxes"], 1)]
    if value.get("offer_depends"):
        boxes.append((DEPENDS, _("It depends"), value.get("depends") or []))
    lefts, partners = [], []
    for box, _words, cards in boxes:
        for card in cards:
            lefts.append((part.name(f"L{len(lefts) + 1}"), card["text"], card["feedback"]))
            partners.append((lefts[-1][0], box))
    lead_in(part, value, match_interaction(part, lefts, [(box, words) for box, words, _cards in boxes], partners))


def match_interaction(
    part: Part, lefts: list[tuple[str, str, str]], rights: list[tuple[str, str]], partners: list[tuple[str, str]]
) -> Element:
    keys = [" ".join(pair) for pair in partners]
    identifier = part.respond("multiple", "directedPair", keys, [(key, Fraction(1, len(keys))) for key in keys])
    part.score_map(identifier)
    show_always(part, [(name, feedback) for name, _words, feedback in lefts])
    return make(
        "matchInteraction",
        make("simpleMatchSet", *(choice(part, "simpleAssociableChoice", *left, matchMax="1") for left in lefts)),
        make("simpleMatchSet", *(choice(part, "simpleAssociableChoice", *right, matchMax="0") for right in rights)),
        responseIdentifier=identifier, shuffle="true", maxAssociations="0",
    )  # fmt: skip


def show_always(part: Part, feedback: list[tuple[str, str]]) -> None:
    """Feedback to parts of an answer that no variable names: shown after every answer."""
    for name, words in feedback:
        if words:
            part.rules.append(part.show(base("identifier", name)))


def ordering(part: Part, value: Value) -> None:
    steps = named(part, value["steps"], "S")
    identifier = part.respond("ordered", "identifier", [name for name, _one in steps])
    part.score_match(identifier)
    show_always(part, [(name, one["feedback"]) for name, one in steps])
    interaction = make("orderInteraction", responseIdentifier=identifier, shuffle="true")
    # Written in another order than the right one: some readers do not shuffle.
    for name, one in sorted(steps, key=lambda step: step[1]["text"]):
        interaction.append(choice(part, "simpleChoice", name, one["text"], one["feedback"]))
    lead_in(part, value, interaction)


def gap_choice(part: Part, value: Value) -> None:
    fields, identifiers = [], []
    for number, gap in enumerate(value["gaps"], 1):
        choices = named(part, gap["choices"], f"G{number}C")
        each = Fraction(1, len(value["gaps"]))
        shares = [(name, each * credit(one.get("credit"), Fraction(int(one["correct"])))) for name, one in choices]
        identifier = part.respond("single", "identifier", right_of(choices), shares, name=f"RESPONSE{number}")
        made = [make("inlineChoice", " ".join(one["text"].split()), identifier=name) for name, one in choices]
        fields.append(make("inlineChoiceInteraction", *made, responseIdentifier=identifier, shuffle="true"))
        identifiers.append(identifier)
        for name, one in choices:
            if one["feedback"]:
                part.add_modal(name, plain(make("p"), one["feedback"]))
    part.score_map(*identifiers)
    for identifier, gap in zip(identifiers, value["gaps"], strict=True):
        part.show_answer(identifier, (one["feedback"] for one in gap["choices"]))
    passage(part, value, fields)


def gap_text(part: Part, value: Value) -> None:
    fields, identifiers = [], []
    case = bool(value.get("match_case"))
    for number, gap in enumerate(value["gaps"], 1):
        identifier = accept(part, gap["accepted"], f"RESPONSE{number}", Fraction(1, len(value["gaps"])), match_case=case)
        fields.append(make("textEntryInteraction", responseIdentifier=identifier))
        identifiers.append(identifier)
    part.score_map(*identifiers)
    for identifier, gap in zip(identifiers, value["gaps"], strict=True):
        show_accepted(part, identifier, gap["accepted"], match_case=case)
    passage(part, value, fields)


def passage(part: Part, value: Value, fields: list[Element]) -> None:
    """The text, and then the passage with ``fields`` in the place of [1], [2] and so on; all of them, each once."""
    left = dict(enumerate(fields, 1))

    def field_for(found: re.Match[str]) -> Element:
        return left.pop(int(found[1]), None) if int(found[1]) in left else make("span", found[0])

    fill_body(part, value.get("text", ""))
    block = fill(make("div"), value["passage"], (GAP, field_for))
    block.extend(make("p", field) for field in left.values())
    part.body.append(block)


def accept(part: Part, accepted: list[Value], name: str, worth: Fraction, *, match_case: bool) -> str:
    shares = [(literal(one), worth * credit(one.get("credit"), Fraction(1))) for one in accepted]
    first: dict[str, Fraction] = {}
    for text, earned in shares:
        first.setdefault(text, earned)
    best = [text for text, earned in first.items() if earned == max(first.values())][:1]
    return part.respond("single", "string", best, first.items(), name=name, match_case=match_case)


def literal(accepted: Value) -> str:
    """The words of an accepted text; QTI has no sign that stands for any words."""
    return accepted["text"].replace(r"\*", "*")


def show_accepted(part: Part, identifier: str, accepted: list[Value], *, match_case: bool) -> None:
    for number, one in enumerate(accepted, 1):
        name = f"{identifier}_{number}"
        if one["feedback"]:
            test = make("stringMatch", variable(identifier), base("string", literal(one)), caseSensitive=str(match_case).lower())
            part.rules.append(condition((test, part.show(base("identifier", name)))))
            part.add_modal(name, plain(make("p"), one["feedback"]))


def short_text(part: Part, value: Value) -> None:
    case = bool(value.get("match_case"))
    identifier = accept(part, value["accepted"], "RESPONSE", Fraction(1), match_case=case)
    part.score_map(identifier)
    show_accepted(part, identifier, value["accepted"], match_case=case)
    fill_body(part, value.get("text", ""))
    part.body.append(make("p", make("textEntryInteraction", responseIdentifier=identifier)))


def numeric(part: Part, value: Value) -> None:
    accepted = named(part, value["accepted"], "RESPONSE_")
    shares = [credit(one.get("credit"), Fraction(1)) for _name, one in accepted]
    best = next(one for (_name, one), earned in zip(accepted, shares, strict=True) if earned == max(shares))
    identifier = part.respond("single", "float", [str(best["value"])])
    tests = [within(identifier, one) for _name, one in accepted]
    marks = [assign(part.score, base("float", digits(earned))) for earned in shares]
    part.rules.append(condition(*zip(tests, marks, strict=True), (None, assign(part.score, base("float", "0")))))
    shown = [(within(identifier, one), part.show(base("identifier", name))) for name, one in accepted if one["feedback"]]
    if shown:
        part.rules.append(condition(*shown))
        for name, one in accepted:
            if one["feedback"]:
                part.add_modal(name, plain(make("p"), one["feedback"]))
    fill_body(part, value.get("text", ""))
    part.body.append(make("p", make("textEntryInteraction", responseIdentifier=identifier)))


def within(identifier: str, one: Value) -> Element:
    reach = str(one["tolerance"] or 0)
    return make(
        "equal", variable(identifier), base("float", str(one["value"])), toleranceMode="absolute", tolerance=f"{reach} {reach}"
    )


def mark_words(part: Part, value: Value) -> None:
    found = list(PHRASE.finditer(value["passage"]))
    feedback = [*value.get("feedback", []), *[""] * len(found)]
    phrases = [
        {"text": one[1] or one[2], "correct": bool(one[1]), "feedback": feedback[i], "credit": None}
        for i, one in enumerate(found)
    ]
    named_phrases = named(part, phrases, "W")
    identifier = respond_several(part, named_phrases)
    part.show_answer(identifier, feedback)
    waiting = iter(named_phrases)

    def phrase(_found: re.Match[str]) -> Element:
        name, one = next(waiting)
        return choice(part, "hottext", name, one["text"], one["feedback"])

    interaction = make("hottextInteraction", responseIdentifier=identifier, maxChoices="0")
    for paragraph in re.split(r"\n\n+", value["passage"]):
        interaction.append(plain(make("p"), paragraph, (PHRASE, phrase)))
    lead_in(part, value, interaction)


def hotspot(part: Part, value: Value) -> None:
    """The picture is put in, and lengths become pixels, by ``place_on``, which knows the picture."""
    areas = named(part, [{**area, "credit": None} for area in value["areas"]], "A")
    identifier = respond_several(part, areas)
    part.show_answer(identifier, (area["feedback"] for _name, area in areas))
    interaction = make("hotspotInteraction", responseIdentifier=identifier, maxChoices="0")
    for name, area in areas:
        corners = (
            area["x"],
            area["y"],
            Fraction(area["x"]) + Fraction(area["width"]),
            Fraction(area["y"]) + Fraction(area["height"]),
        )
        coords = ",".join(digits(Fraction(side)) for side in corners)
        interaction.append(make("hotspotChoice", identifier=name, shape="rect", coords=coords, hotspotLabel=area["name"]))
        if area["feedback"]:
            part.add_modal(name, plain(make("p"), area["feedback"]))
    lead_in(part, value, interaction)


def place_on(interaction: Element, picture: Element, width: int, height: int) -> None:
    for one in interaction.findall("hotspotChoice"):
        shares = (float(side) / 100 for side in one.attrib["coords"].split(","))
        one.attrib["coords"] = ",".join(str(round(share * side)) for share, side in zip(shares, [width, height] * 2, strict=True))
    picture.attrib |= {"width": str(width), "height": str(height)}
    interaction.insert(1 if interaction.find("prompt") is not None else 0, picture)


def essay(part: Part, value: Value) -> None:
    model = wording.plain(value.get("model_answer") or "")[0]
    identifier = part.respond("single", "string", [model] if model else [])
    words = value.get("words_to")
    interaction = make("extendedTextInteraction", responseIdentifier=identifier)
    if words:
        interaction.set("expectedLength", str(words * LETTERS_A_WORD))
    lead_in(part, value, interaction)
    if value.get("marker_notes"):
        part.body.insert(0, fill(make("rubricBlock", view="scorer"), value["marker_notes"]))


def information(part: Part, value: Value) -> None:
    fill_body(part, value.get("text", ""))


WRITERS: dict[str, Callable[[Part, Value], None]] = {
    writer.__name__: writer
    for writer in (
        single_choice, multiple_response, poll, true_false, matching, categorise, ordering, gap_choice, gap_text, short_text,
        numeric, mark_words, hotspot, essay, information,
    )
}  # fmt: skip
