"""Declarations and expressions of QTI, as far as marking of the usual kind needs them, within bounds of time and size."""

import operator
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ..text_files import decimal
from ..xml import Element

MAX_STEPS = 200_000  # of all runs of one item
MAX_LENGTH = 500  # of a container
MAX_SIZE = 10**12
MAX_PRECISION = 10**30
NUMBERS = {"float", "integer"}


class Unclear(Exception):
    """The item asks for something that is not followed here."""


class Ordered(tuple):
    """The values of a container whose order counts."""


def number(text: str) -> Fraction | None:
    """``text`` as a number of a sensible size; None if it is none."""
    found = decimal(text)
    return None if found is None else Fraction(found)


@dataclass(frozen=True)
class MapEntry:
    key: Any
    value: Fraction
    exact_case: bool


@dataclass
class Declaration:
    """What an item declares of one variable. ``correct``: its values; ``entries``: of its mapping, None where it has none."""

    identifier: str
    cardinality: str
    base_type: str
    correct: tuple[Any, ...] = ()
    entries: tuple[MapEntry, ...] | None = None
    default: Fraction = Fraction(0)
    lower: Fraction | None = None
    upper: Fraction | None = None
    node: Element | None = field(default=None, repr=False)

    @classmethod
    def of(cls, node: Element) -> "Declaration":
        made = cls(node.get("identifier", ""), node.get("cardinality", "single"), node.get("baseType", "string"), node=node)
        values = (made.typed(value.text or "") for value in node.iterfind("correctResponse/value"))
        made.correct = tuple(value for value in values if value is not None)
        mapping = node.find("mapping")
        if mapping is not None:
            made.default = number(mapping.get("defaultValue", "0")) or Fraction(0)
            made.lower, made.upper = number(mapping.get("lowerBound", "")), number(mapping.get("upperBound", ""))
            made.entries = tuple(made.map_entries(mapping))
        return made

    def map_entries(self, mapping: Element) -> Iterator[MapEntry]:
        for entry in mapping.iterfind("mapEntry"):
            key, value = self.typed(entry.get("mapKey", "")), number(entry.get("mappedValue", ""))
            if key is not None and value is not None:
                yield MapEntry(key, value, entry.get("caseSensitive", "true").lower() != "false")

    @property
    def correct_value(self) -> Any:
        """The right answer as an answer."""
        return self.answer(self.correct)

    def answer(self, values: tuple[Any, ...]) -> Any:
        if not values:
            return None
        if self.cardinality == "single":
            return values[0]
        return Ordered(values) if self.cardinality == "ordered" else tuple(values)

    def typed(self, text: str) -> Any:
        if self.base_type in NUMBERS:
            return number(text.strip())
        if self.base_type == "boolean":
            return text.strip() in {"true", "1"}
        if self.base_type == "pair":
            return " ".join(sorted(text.split()))
        return text if self.base_type == "string" else " ".join(text.split())


@dataclass
class Evaluation:
    """One run of the rules. Numbers are fractions, null is None, containers are tuples."""

    responses: dict[str, Declaration]
    answers: dict[str, Any]
    outcomes: dict[str, Any]
    steps: int = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise Unclear

    def value(self, node: Element) -> Any:
        """The value of an expression. Raises Unclear for those not known here, and for values beyond all measure."""
        self.step()
        if node.tag in LEAVES:
            return LEAVES[node.tag](self, node)
        if node.tag not in OPERATORS:
            raise Unclear
        found = OPERATORS[node.tag](self, node, [self.value(child) for child in node])
        if isinstance(found, Fraction) and (abs(found) > MAX_SIZE or found.denominator > MAX_PRECISION):
            raise Unclear
        return found

    def variable(self, node: Element) -> Any:
        identifier = node.get("identifier", "")
        return self.answers.get(identifier) if identifier in self.responses else self.outcomes.get(identifier)

    def correct(self, node: Element) -> Any:
        response = self.responses.get(node.get("identifier", ""))
        return response.correct_value if response else None

    def base(self, node: Element) -> Any:
        return Declaration("", "single", node.get("baseType", "string")).typed(node.text or "")

    def map_response(self, node: Element) -> Fraction:
        return self.mapped(node.get("identifier", ""))

    def mapped(self, identifier: str) -> Fraction:
        """The sum of what the mapping gives for each value answered; each counts once."""
        response = self.responses.get(identifier)
        if response is None or response.entries is None:
            raise Unclear
        total = sum(
            (self.mapped_value(response, value) for value in dict.fromkeys(values(self.answers.get(identifier)))), Fraction(0)
        )
        if response.lower is not None:
            total = max(total, response.lower)
        return total if response.upper is None else min(total, response.upper)

    @staticmethod
    def mapped_value(response: Declaration, value: Any) -> Fraction:
        for entry in response.entries or ():
            same = entry.key == value
            if not same and not entry.exact_case and isinstance(value, str):
                same = str(entry.key).casefold() == value.casefold()
            if same:
                return entry.value
        return response.default

    @staticmethod
    def same(one: Any, other: Any) -> bool:
        if one is None or other is None:
            return False
        if isinstance(one, Ordered) or isinstance(other, Ordered):
            return tuple(values(one)) == tuple(values(other))
        return Counter(values(one)) == Counter(values(other))


def values(value: Any) -> tuple[Any, ...]:
    """The values of a variable: none for null, one for a single one."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, tuple) else (value,)


def numbers(operands: list[Any]) -> list[Fraction] | None:
    """The operands as numbers, containers laid open; None if one of them is null. Raises Unclear for anything else."""
    if None in operands:
        return None
    flat = [value for operand in operands for value in values(operand)]
    if any(isinstance(value, bool) or not isinstance(value, Fraction) for value in flat):
        raise Unclear
    return flat


def arithmetic(combine: Callable[[Fraction, Fraction], Fraction]) -> Callable[..., Any]:
    def apply(_run: Evaluation, _node: Element, operands: list[Any]) -> Fraction | None:
        flat = numbers(operands)
        if not flat:
            return None
        total = flat[0]
        for value in flat[1:]:
            if combine is operator.truediv and not value:
                return None
            total = combine(total, value)
            if abs(total) > MAX_SIZE or total.denominator > MAX_PRECISION:
                raise Unclear
        return total

    return apply


def comparison(compare: Callable[[Fraction, Fraction], bool]) -> Callable[..., Any]:
    def apply(_run: Evaluation, _node: Element, operands: list[Any]) -> bool | None:
        flat = numbers(operands)
        return None if flat is None else all(compare(one, other) for one, other in pairwise(flat))

    return apply


def container(made: type) -> Callable[..., Any]:
    def apply(_run: Evaluation, _node: Element, operands: list[Any]) -> Any:
        flat = [value for operand in operands for value in values(operand)]
        if len(flat) > MAX_LENGTH:
            raise Unclear
        return made(flat) or None

    return apply


def match(run: Evaluation, _node: Element, operands: list[Any]) -> bool | None:
    if len(operands) != 2:
        raise Unclear
    return None if None in operands else run.same(*operands)


def equal(_run: Evaluation, node: Element, operands: list[Any]) -> bool | None:
    flat = numbers(operands)
    if flat is None:
        return None
    if len(flat) != 2:
        raise Unclear
    given, wanted = flat if node[0].tag == "variable" else reversed(flat)
    below, above = tolerance(node, wanted)
    return wanted - below <= given <= wanted + above


def tolerance(node: Element, wanted: Fraction) -> tuple[Fraction, Fraction]:
    """How far below and above ``wanted`` an ``equal`` still holds. Raises Unclear for tolerances that are no plain numbers."""
    mode = node.get("toleranceMode", "exact")
    found = [number(part) for part in node.get("tolerance", "").split()]
    if mode == "exact":
        return Fraction(0), Fraction(0)
    if mode not in {"absolute", "relative"} or not 1 <= len(found) <= 2 or None in found:
        raise Unclear
    scale = abs(wanted) / 100 if mode == "relative" else Fraction(1)
    return abs(found[0]) * scale, abs(found[-1]) * scale


def string_match(_run: Evaluation, node: Element, operands: list[Any]) -> bool | None:
    if len(operands) != 2 or node.get("substring", "false") == "true":
        raise Unclear
    if None in operands:
        return None
    one, other = (str(operand) for operand in operands)
    return one == other if node.get("caseSensitive", "true") != "false" else one.casefold() == other.casefold()


def member(_run: Evaluation, _node: Element, operands: list[Any]) -> bool | None:
    if len(operands) != 2:
        raise Unclear
    return None if None in operands else operands[0] in values(operands[1])


def contains(_run: Evaluation, _node: Element, operands: list[Any]) -> bool | None:
    if len(operands) != 2:
        raise Unclear
    return None if None in operands else not Counter(values(operands[1])) - Counter(values(operands[0]))


def negation(_run: Evaluation, _node: Element, operands: list[Any]) -> bool | None:
    return None if operands == [None] else operands != [True]


LEAVES: dict[str, Callable[[Evaluation, Element], Any]] = {
    "variable": Evaluation.variable,
    "correct": Evaluation.correct,
    "baseValue": Evaluation.base,
    "mapResponse": Evaluation.map_response,
    "null": lambda _run, _node: None,
}
OPERATORS: dict[str, Callable[[Evaluation, Element, list[Any]], Any]] = {
    "sum": arithmetic(operator.add),
    "subtract": arithmetic(operator.sub),
    "product": arithmetic(operator.mul),
    "divide": arithmetic(operator.truediv),
    "min": arithmetic(min),
    "max": arithmetic(max),
    "gt": comparison(operator.gt),
    "gte": comparison(operator.ge),
    "lt": comparison(operator.lt),
    "lte": comparison(operator.le),
    "equal": equal,
    "match": match,
    "stringMatch": string_match,
    "member": member,
    "contains": contains,
    "multiple": container(tuple),
    "ordered": container(Ordered),
    "containerSize": lambda _run, _node, operands: Fraction(len(values(operands[0] if operands else None))),
    "and": lambda _run, _node, operands: all(operand is True for operand in operands),
    "or": lambda _run, _node, operands: any(operand is True for operand in operands),
    "not": negation,
    "isNull": lambda _run, _node, operands: operands == [None],
}
