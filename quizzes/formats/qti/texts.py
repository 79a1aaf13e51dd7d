"""Interactions within a text, and those where learners write: gaps, words, numbers, essays."""

from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from .. import shapes, wording
from ..xml import Element
from .choices import CLOSE, PARAGRAPH_END, Read, credit_text, in_brackets_none, prompt, response_of, stem, words_of
from .expressions import NUMBERS, Declaration, Unclear, number, tolerance
from .pairs import mark_pairs
from .source import NotTaken, Source, group, interactions_in

LINE = "_____"  # where a field stood within a sentence
MOST_GAPS = 50
SMALLEST = Decimal("1e-15")  # digits of a number that the database holds


def divided(scope: Element, gaps: set[Element]) -> tuple[Element, Element]:
    """What stands before the first block with a gap, and the passage from there on."""
    container = scope
    while len(container) == 1 and container[0].tag in {"div", "section"} and not (container.text or "").strip():
        container = container[0]
    first = next((i for i, child in enumerate(container) if any(node in gaps for node in child.iter())), 0)
    lead, passage = group(container[:first], container), group(container[first:], container)
    (lead if first else passage).text = container.text
    return lead, passage


def read_passage(source: Source, scope: Element, gaps: list[Element], hidden: set[str] = frozenset()) -> tuple[str, str]:
    """The text before the passage, and the passage with [1], [2] and so on in the place of ``gaps``."""
    if not 1 <= len(gaps) <= MOST_GAPS:
        raise NotTaken(_("It has no gaps, or more than %(count)d.") % {"count": MOST_GAPS}, scope)
    numbers = {gap: f"[{index}]" for index, gap in enumerate(gaps, 1)}
    lead, passage = divided(scope, set(gaps))
    in_brackets_none(source, passage)

    def inserted(inner: Element) -> str | None:
        return "" if inner.tag in hidden else numbers.get(inner)

    return source.rich(lead, inserted), source.rich(passage, inserted)


def asked(text: str) -> str:
    return text or wording.from_plain(_("Fill in the gaps."))


# Gaps with choices


def read_inline_choices(source: Source, scope: Element, nodes: list[Element]) -> Read:
    responses = [response_of(source, node) for node in nodes]
    text, passage = read_passage(source, scope, nodes)
    source.trials.right.update({response.identifier: response.correct_value for response in responses})
    gaps = []
    for node, response in zip(nodes, responses, strict=True):
        choices = {one.get("identifier", ""): shapes.choice(words_of(source, one)) for one in node.findall("inlineChoice")}
        if len(choices) < 2 or len([ident for ident in choices if ident in response.correct]) != 1:
            raise NotTaken(_("A gap needs at least two choices and one right answer."), node)
        for ident, choice in choices.items():
            choice["correct"] = ident in response.correct
            source.trials.single.append((ident, {response.identifier: ident}, choice))
        wrong = next(ident for ident, choice in choices.items() if not choice["correct"])
        source.trials.wrong.append({response.identifier: wrong})
        source.trials.partly.append({response.identifier: response.correct_value})
        gaps.append({"choices": list(choices.values())})
    for node, response, gap, shares in zip(
        nodes, responses, gaps, gap_shares(source, nodes, responses, [choices_in(node) for node in nodes]), strict=True
    ):
        for choice, ident in zip(gap["choices"], choices_in(node), strict=True):
            if shares and not choice["correct"] and shares[ident]:
                choice["credit"] = credit_text(source, shares[ident], node)
        if shares and abs(shares[response.correct[0]] - 1) > CLOSE:
            source.own_rule(node)
    return "gap_choice", {"text": asked(text), "passage": passage, "gaps": gaps}


def choices_in(node: Element) -> list[str]:
    return list(dict.fromkeys(one.get("identifier", "") for one in node.findall("inlineChoice")))


def gap_shares(
    source: Source, nodes: list[Element], responses: list[Declaration], candidates: list[list[Any]]
) -> list[dict[Any, Fraction]]:
    """For each gap, what each candidate earns as a share of what that gap is worth; empty where that cannot be told."""
    try:
        right = {response.identifier: response.correct_value or best_key(response) for response in responses}
        full = source.scoring.score(right)
        if full <= 0 or not source.scoring.given:
            raise Unclear
        each = full / len(responses)
        shares = [
            {one: source.scoring.score({response.identifier: one}) / each for one in options}
            for response, options in zip(responses, candidates, strict=True)
        ]
    except Unclear:
        source.own_rule(nodes[0])
        return [{} for _node in nodes]
    return shares


def best_key(response: Declaration) -> Any:
    return max(response.entries or (), key=lambda entry: entry.value).key if response.entries else None


def read_gap_match(source: Source, scope: Element, node: Element) -> Read:
    response = response_of(source, node)
    gaps = list(node.iter("gap"))
    words = {one.get("identifier", ""): words_of(source, one) for one in node.findall("gapText")}
    pairs = dict(reversed(value.split()) for value in response.correct if len(value.split()) == 2)
    if any(pairs.get(gap.get("identifier", "")) not in words for gap in gaps) or len(words) < 2:
        raise NotTaken(_("Not every gap has a right answer in words, or there is nothing to choose from."), node)
    if node.find("gapImg") is not None:
        source.note(_("Pictures to fill gaps with were left out."), node)
    mark_pairs(source, node, response, response.correct)
    around = source.rich(scope, lambda inner: prompt(source, node) if inner is node else None)
    lead, passage = read_passage(source, node, gaps, {"prompt", "gapText", "gapImg"})
    found = [
        {"choices": [shapes.choice(text, ident == pairs[gap.get("identifier", "")]) for ident, text in words.items()]}
        for gap in gaps
    ]
    return "gap_choice", {"text": asked(around + lead), "passage": passage, "gaps": found}


# Gaps to write in, short texts


def read_entries(source: Source, scope: Element, nodes: list[Element]) -> Read:
    """Several fields in one text."""
    responses = [response_of(source, node) for node in nodes]
    text, passage = read_passage(source, scope, nodes)
    accepted, exact = accepted_texts(source, nodes, responses)
    if any(response.base_type in NUMBERS for response in responses):
        source.note(_("Numbers in gaps are compared letter by letter."), nodes[0])
    gaps = [{"accepted": found, "feedback": ""} for found in accepted]
    value = {"text": asked(text), "passage": passage, "gaps": gaps, "match_case": exact, "match_accents": True}
    return "gap_text", value


def read_entry(source: Source, scope: Element, node: Element) -> Read:
    """One field: a number or a short text."""
    response = response_of(source, node)
    text = source.rich(scope, lambda inner: PARAGRAPH_END if inner is node else None)
    text = text.replace(f"<p>{PARAGRAPH_END}</p>", "").replace(PARAGRAPH_END, LINE) or wording.from_plain(source.item.name)
    if response.base_type in NUMBERS:
        return "numeric", {"text": text, "accepted": accepted_numbers(source, node, response)}
    accepted, exact = accepted_texts(source, [node], [response])
    return "short_text", {"text": text, "accepted": accepted[0], "match_case": exact, "match_accents": True}


def accepted_texts(source: Source, nodes: list[Element], responses: list[Declaration]) -> tuple[list[list[dict[str, Any]]], bool]:
    """What each field accepts, and whether capitals count."""
    candidates = [list(dict.fromkeys([*keys_of(source, response), *response.correct])) for response in responses]
    for node, found in zip(nodes, candidates, strict=True):
        if not found:
            raise NotTaken(_("The file does not say which answers are accepted."), node)
    source.trials.right.update({response.identifier: found[0] for response, found in zip(responses, candidates, strict=True)})
    cases = set()
    accepted = []
    shares = gap_shares(source, nodes, responses, candidates)
    for node, response, found, earned in zip(nodes, responses, candidates, shares, strict=True):
        texts = []
        for index, candidate in enumerate(found, 1):
            share = earned.get(candidate, Fraction(int(candidate in response.correct))) if earned else Fraction(1)
            if share > 0:
                texts.append(
                    shapes.accepted(
                        str(candidate).replace("*", r"\*"),
                        credit=None if abs(share - 1) <= CLOSE else credit_text(source, share, node),
                    )
                )
                cases.add(counts_case(source, response, candidate))
                source.trials.single.append((f"{response.identifier}_{index}", {response.identifier: candidate}, texts[-1]))
            else:
                note_worthless(source, str(candidate), node)
        if not texts:
            raise NotTaken(_("None of the answers in the file earns anything."), node)
        accepted.append(texts)
        source.trials.wrong.append({response.identifier: PARAGRAPH_END})
    if len(nodes) > 1:
        source.trials.partly.append({responses[0].identifier: candidates[0][0]})
    if len(cases - {None}) > 1:
        source.note(_("Capitals count for some answers only. Now they count for all."), nodes[0])
    return accepted, True in cases or cases == {None}


def note_worthless(source: Source, answer: str, node: Element) -> None:
    source.note(
        _("An answer that the file names and that earns nothing was left out: “%(answer)s”.") % {"answer": answer[:60]}, node
    )


def keys_of(source: Source, response: Declaration) -> Iterator[Any]:
    """Texts that the mapping or the rules name for this response."""
    yield from (entry.key for entry in response.entries or ())
    for rule in source.scoring.rules:
        for node in rule.iter():
            if node.tag in {"stringMatch", "match"} and any(variable_of(child) == response.identifier for child in node):
                yield from (child.text or "" for child in node if child.tag == "baseValue" and child.get("baseType") == "string")


def variable_of(node: Element) -> str:
    return node.get("identifier", "") if node.tag == "variable" else ""


def counts_case(source: Source, response: Declaration, candidate: Any) -> bool | None:
    """Whether ``candidate`` in other capitals earns less; None where that cannot be told."""
    if not isinstance(candidate, str) or candidate.swapcase() == candidate:
        return None
    try:
        given, other = (source.scoring.score({response.identifier: one}) for one in (candidate, candidate.swapcase()))
    except Unclear:
        return None
    return other < given if given > 0 else None


# Numbers


def accepted_numbers(source: Source, node: Element, response: Declaration) -> list[dict[str, Any]]:
    ranges = list(dict.fromkeys(ranges_of(source, response)))
    named = [(value, Fraction(0)) for value in (*(entry.key for entry in response.entries or ()), *response.correct)]
    ranges += [one for one in dict.fromkeys(named) if not any(abs(one[0] - middle) <= reach for middle, reach in ranges)]
    if not ranges:
        raise NotTaken(_("The file does not say which answers are accepted."), node)
    earned, fits = earned_by(source, response, ranges)
    best = max(earned.values(), default=Fraction(0))
    if best <= 0 or not fits:
        source.own_rule(node)
    if best <= 0:
        earned, best = dict.fromkeys(ranges, Fraction(1)), Fraction(1)
    accepted = []
    for index, one in enumerate(ranges, 1):
        if earned.get(one, 0) > 0:
            credit = None if earned[one] == best else credit_text(source, earned[one] / best, node)
            accepted.append({"value": in_digits(one[0]), "tolerance": in_digits(one[1]), "credit": credit, "feedback": ""})
            probe = next(iter(probes(ranges, index - 1)), one[0])
            source.trials.single.append((f"{response.identifier}_{index}", {response.identifier: probe}, accepted[-1]))
            if earned[one] == best:
                source.trials.right.setdefault(response.identifier, probe)
        else:
            note_worthless(source, in_digits(one[0]), node)
    source.trials.wrong.append({response.identifier: sum(abs(middle) + reach for middle, reach in ranges) + 1})
    return accepted


def probes(ranges: list[tuple[Fraction, Fraction]], index: int) -> list[Fraction]:
    """The middle and the ends of a range, without those that an earlier range takes first."""
    middle, reach = ranges[index]
    found = dict.fromkeys((middle, middle - reach, middle + reach))
    return [one for one in found if not any(abs(one - other) <= width for other, width in ranges[:index])]


def earned_by(
    source: Source, response: Declaration, ranges: list[tuple[Fraction, Fraction]]
) -> tuple[dict[tuple[Fraction, Fraction], Fraction], bool]:
    """What an answer in each range earns, and whether that is the same all over it."""
    earned, fits = {}, source.scoring.given
    try:
        for index, one in enumerate(ranges):
            scores = [source.scoring.score({response.identifier: probe}) for probe in probes(ranges, index)]
            if scores:
                earned[one] = scores[0]
                fits = fits and len(set(scores)) == 1
    except Unclear:
        return {}, False
    return earned, fits


def ranges_of(source: Source, response: Declaration) -> Iterator[tuple[Fraction, Fraction]]:
    """Every (middle, reach) that the rules compare the response with."""
    for rule in source.scoring.rules:
        for node in rule.iter():
            if node.tag == "equal" and len(node) == 2:
                yield from equal_range(response, node)
            elif node.tag == "and":
                bounds = dict(bound for child in node for bound in bounds_of(response, child))
                if len(bounds) == 2 and bounds["low"] <= bounds["high"]:
                    yield (bounds["low"] + bounds["high"]) / 2, (bounds["high"] - bounds["low"]) / 2


def equal_range(response: Declaration, node: Element) -> Iterator[tuple[Fraction, Fraction]]:
    for one, other in ((node[0], node[1]), (node[1], node[0])):
        if variable_of(one) == response.identifier:
            for wanted in wanted_values(response, other):
                try:
                    below, above = tolerance(node, wanted)
                except Unclear:
                    continue
                yield wanted + (above - below) / 2, (above + below) / 2


def wanted_values(response: Declaration, node: Element) -> Iterator[Fraction]:
    if node.tag == "baseValue" and (found := number((node.text or "").strip())) is not None:
        yield found
    elif node.tag == "correct" and node.get("identifier") == response.identifier:
        yield from response.correct


def bounds_of(response: Declaration, node: Element) -> Iterator[tuple[str, Fraction]]:
    """("low" or "high", value) where ``node`` compares the response with a number."""
    if node.tag not in {"gt", "gte", "lt", "lte"} or len(node) != 2:
        return
    first = variable_of(node[0]) == response.identifier
    if first or variable_of(node[1]) == response.identifier:
        other = node[1] if first else node[0]
        if other.tag == "baseValue" and (found := number((other.text or "").strip())) is not None:
            yield ("low" if node.tag.startswith("g") == first else "high"), found


def in_digits(value: Fraction) -> str:
    """A number in decimal digits, as exactly as the database can hold it."""
    with localcontext(prec=60):
        return f"{(Decimal(value.numerator) / Decimal(value.denominator)).quantize(SMALLEST).normalize():f}"


# Essays


def read_essay(source: Source, scope: Element, node: Element) -> Read:
    response = response_of(source, node)
    text = stem(source, scope, node)
    notes, lost = wording.rich_text("".join(source.marker_notes))
    source.note_lost(lost, node)
    source.marker_notes.clear()
    if source.scoring.given and source.root.find("itemBody") is not None and len(list(interactions_in(source.root))) == 1:
        source.own_rule(node)
    model = "\n\n".join(str(value) for value in response.correct)
    return "essay", {"text": text, "model_answer": wording.from_plain(model) if model else "", "marker_notes": notes}
