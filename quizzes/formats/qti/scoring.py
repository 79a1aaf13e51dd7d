"""What an item's response processing makes of an answer: it is run, not recognised, so every way of writing it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..xml import Element
from .expressions import Declaration, Evaluation, Ordered, Unclear, number

Answers = Mapping[str, Any]  # response identifier -> None, text, number or a tuple of them
CONDITIONS = {"responseIf", "responseElseIf"}


class Exit(Exception):
    """The rules say that nothing more is to be done."""


@dataclass
class Scoring:
    """The declarations and rules of one item. ``given``: whether it has rules at all."""

    responses: dict[str, Declaration]
    defaults: dict[str, Any]
    rules: tuple[Element, ...]
    template: str
    given: bool
    most: Fraction = Fraction(0)  # what the file says that the item is worth; 0 where it does not say
    steps: int = 0  # of all runs
    known: dict[tuple, dict[str, Any]] = field(default_factory=dict)  # the outcomes of answers tried before

    def outcomes(self, answers: Answers) -> dict[str, Any]:
        """The outcome variables after ``answers``. Raises Unclear for rules that this does not follow."""
        key = tuple(sorted(answers.items(), key=lambda pair: pair[0]))
        if key not in self.known:
            self.known[key] = self.run(answers)
        return self.known[key]

    def run(self, answers: Answers) -> dict[str, Any]:
        run = Evaluation(self.responses, dict(answers), dict(self.defaults), self.steps)
        if self.template:
            run.outcomes["SCORE"] = self.by_template(run)
        try:
            self.follow(self.rules, run)
        except Exit:
            pass
        finally:
            self.steps = run.steps
        return run.outcomes

    def score(self, answers: Answers) -> Fraction:
        score = self.outcomes(answers).get("SCORE")
        if isinstance(score, bool) or not isinstance(score, Fraction | None):
            raise Unclear
        return score or Fraction(0)

    def by_template(self, run: Evaluation) -> Fraction:
        identifier = "RESPONSE" if "RESPONSE" in self.responses else next(iter(self.responses), "")
        response = self.responses.get(identifier)
        if response is None:
            raise Unclear
        if self.template.endswith("match_correct") or self.template.endswith("match"):
            return Fraction(int(run.same(run.answers.get(identifier), response.correct_value)))
        if self.template.endswith("map_response"):
            return run.mapped(identifier)
        raise Unclear

    def follow(self, rules: Iterable[Element], run: Evaluation) -> None:
        for rule in rules:
            run.step()
            if rule.tag == "setOutcomeValue" and len(rule) == 1:
                run.outcomes[rule.get("identifier", "")] = run.value(rule[0])
            elif rule.tag == "responseCondition":
                self.follow(self.branch(rule, run), run)
            elif rule.tag == "responseProcessingFragment":
                self.follow(rule, run)
            elif rule.tag == "exitResponse":
                raise Exit
            else:
                raise Unclear

    def branch(self, condition: Element, run: Evaluation) -> list[Element]:
        for branch in condition:
            if branch.tag in CONDITIONS and len(branch):
                if run.value(branch[0]) is True:
                    return list(branch)[1:]
            elif branch.tag == "responseElse":
                return list(branch)
            else:
                raise Unclear
        return []


def scoring_of(root: Element) -> Scoring:
    processing = root.find("responseProcessing")
    template = ""
    if processing is not None and not len(processing):
        template = processing.get("template", "").rpartition("/")[2].removesuffix(".xml").lower()
    return Scoring(
        responses={node.get("identifier", ""): Declaration.of(node) for node in root.findall("responseDeclaration")},
        defaults={node.get("identifier", ""): default_of(node) for node in root.findall("outcomeDeclaration")},
        rules=tuple(processing) if processing is not None else (),
        template=template,
        given=bool(template) or (processing is not None and len(processing) > 0),
        most=most_of(root),
    )


def most_of(root: Element) -> Fraction:
    for node in root.findall("outcomeDeclaration"):
        found = node.get("normalMaximum", "") if node.get("identifier") == "SCORE" else ""
        if node.get("identifier") == "MAXSCORE":
            found = next((value.text or "" for value in node.iterfind("defaultValue/value")), "")
        if worth := number(found.strip()):
            return worth
    return Fraction(0)


def default_of(node: Element) -> Any:
    declaration = Declaration.of(node)
    values = [declaration.typed(value.text or "") for value in node.iterfind("defaultValue/value")]
    if declaration.cardinality == "single":
        number = Fraction(0) if declaration.base_type in {"float", "integer"} else None
        return values[0] if values else number
    return (Ordered if declaration.cardinality == "ordered" else tuple)(values) or None
