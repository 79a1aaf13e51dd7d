"""Pieces of an item that is written: elements, words, declarations and rules, with the names of 2.x."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from quizzes.kinds.credit import share

VOID = {"br", "hr", "img"}
QUESTION = re.compile(r"(.*)<p>((?:(?!</?p>).)*)</p>", re.S)

Replaced = tuple[re.Pattern[str], Callable[[re.Match[str]], Element]]  # words that elements stand for


def make(tag: str, *children: Element | str, **attributes: str) -> Element:
    """An element with ``children``: elements, and words that follow one another."""
    element = Element(tag, attributes)
    for child in children:
        add(element, child)
    return element


def add(element: Element, child: Element | str) -> None:
    if isinstance(child, Element):
        element.append(child)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + child
    else:
        element.text = (element.text or "") + child


class Filling(HTMLParser):
    """Puts HTML into an element. Tags that do not match are closed at the end: any text at all makes a sound tree."""

    def __init__(self, element: Element, replaced: Replaced | None) -> None:
        super().__init__(convert_charrefs=True)
        self.open, self.replaced = [element], replaced

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        element = make(tag, **({"href": href} if href else {}))
        self.open[-1].append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        add_words(self.open[-1], data, self.replaced)


def fill(element: Element, html: str, replaced: Replaced | None = None) -> Element:
    """``element`` with rich text in it, as ``wording`` makes it."""
    filling = Filling(element, replaced)
    filling.feed(html)
    filling.close()
    return element


def add_words(element: Element, words: str, replaced: Replaced | None = None) -> None:
    at = 0
    for found in replaced[0].finditer(words) if replaced else ():
        add(element, words[at : found.start()])
        add(element, replaced[1](found))
        at = found.end()
    add(element, words[at:])


def plain(element: Element, words: str, replaced: Replaced | None = None) -> Element:
    """``element`` with plain text in it, line ends kept."""
    for index, line in enumerate(words.split("\n")):
        if index:
            add(element, make("br"))
        add_words(element, line, replaced)
    return element


def divided(text: str) -> tuple[str, str]:
    """Rich text as what leads up to the question, and the words of its last paragraph for a prompt, if it ends in one."""
    found = QUESTION.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


def digits(value: Fraction) -> str:
    """A share for a mapping: as many digits as our per cent have."""
    shown = f"{float(value):.7f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def credit(given: object, usual: Fraction) -> Fraction:
    """The share of the points that a credit in per cent means; ``usual`` where there is none."""
    return usual if given is None else share(given)


def base(base_type: str, value: str) -> Element:
    return make("baseValue", value, baseType=base_type)


def variable(identifier: str) -> Element:
    return make("variable", identifier=identifier)


def assign(identifier: str, value: Element) -> Element:
    return make("setOutcomeValue", value, identifier=identifier)


def condition(*branches: tuple[Element | None, Element]) -> Element:
    """The rule of the first branch whose test holds; a branch without a test holds always."""
    made = make("responseCondition")
    for index, (test, rule) in enumerate(branches):
        tag = "responseElse" if test is None else "responseElseIf" if index else "responseIf"
        made.append(make(tag, *([] if test is None else [test]), rule))
    return made


def correct(identifier: str) -> Element:
    return make("match", variable(identifier), make("correct", identifier=identifier))


@dataclass
class Part:
    """One question of an item, its only one or a part of a case. ``prefix`` keeps its names apart from those of other parts."""

    prefix: str = ""
    responses: list[Element] = field(default_factory=list)
    body: list[Element] = field(default_factory=list)
    rules: list[Element] = field(default_factory=list)
    modal: list[Element] = field(default_factory=list)
    template: str = ""  # whose effect ``rules`` have, where it is one of the published ones
    feedback: bool = False

    def name(self, name: str) -> str:
        return self.prefix + name

    @property
    def score(self) -> str:
        return self.name("SCORE")

    def respond(
        self,
        cardinality: str,
        base_type: str,
        right: Iterable[str] = (),
        mapping: Iterable[tuple[str, Fraction]] = (),
        *,
        name: str = "RESPONSE",
        bounds: tuple[str, str] | None = None,
        match_case: bool = True,
    ) -> str:
        """Declare a response; its identifier. ``mapping``: (key, share) pairs."""
        identifier = self.name(name)
        made = make("responseDeclaration", identifier=identifier, cardinality=cardinality, baseType=base_type)
        if right := [make("value", value) for value in right]:
            made.append(make("correctResponse", *right))
        if mapping := list(mapping):
            limits = {"lowerBound": bounds[0], "upperBound": bounds[1]} if bounds else {}
            case = {} if match_case else {"caseSensitive": "false"}
            entries = (make("mapEntry", mapKey=key, mappedValue=digits(value), **case) for key, value in mapping)
            made.append(make("mapping", *entries, **limits, defaultValue="0"))
        self.responses.append(made)
        return identifier

    def score_match(self, identifier: str) -> None:
        self.template = "match_correct"
        one, nothing = (assign(self.score, base("float", value)) for value in ("1", "0"))
        self.rules.append(condition((correct(identifier), one), (None, nothing)))

    def score_map(self, *identifiers: str) -> None:
        mapped = [make("mapResponse", identifier=identifier) for identifier in identifiers]
        self.template = "map_response" if len(mapped) == 1 else ""
        self.rules.append(assign(self.score, mapped[0] if len(mapped) == 1 else make("sum", *mapped)))

    def show(self, value: Element) -> Element:
        """The rule that brings up the feedback that ``value`` names."""
        self.feedback = True
        outcome = self.name("FEEDBACK")
        return assign(outcome, make("multiple", variable(outcome), value))

    def show_answer(self, identifier: str, feedback: Iterable[str]) -> None:
        """Bring up feedback named like what was chosen, if there is any."""
        if any(feedback):
            self.rules.append(self.show(variable(identifier)))

    def inline(self, name: str, words: str) -> list[Element]:
        if not words:
            return []
        return [plain(make("feedbackInline", outcomeIdentifier=self.name("FEEDBACK"), identifier=name, showHide="show"), words)]

    def add_modal(self, name: str, content: Element) -> None:
        content.tag = "modalFeedback"
        content.attrib = {"outcomeIdentifier": self.name("FEEDBACK"), "identifier": name, "showHide": "show"}
        self.modal.append(content)
