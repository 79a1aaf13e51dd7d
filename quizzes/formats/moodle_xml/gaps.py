"""Questions with gaps: cloze, lists to choose from, words to drag into a text."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from quizzes.formats.shapes import accepted

from . import cloze
from .answers import Read, one_right
from .passages import CLOSE, DROP, OPEN, default_task, divided, numbered, unmarked
from .source import Refused, Source, as_share, words


def _passage(source: Source, marked: str) -> tuple[dict[str, str], list[int]]:
    """The fields ``text`` and ``passage`` of a text with markers, and the markers' numbers in order."""
    what = _("The question text")
    style = source.style(source.element.find("questiontext"))
    task, passage = divided(marked, lambda html: source.rich_from(html, style, what))
    passage, numbers, own = numbered(passage)
    if own:
        source.item.partly(_("Numbers in [square brackets] were put in round ones: square ones are gaps here."))
    if not numbers:
        raise Refused(_("The passage has no gap."))
    return {"text": task or default_task(), "passage": passage}, numbers


def cloze_question(source: Source, text: str) -> Read:
    marked, gaps = cloze.parse(unmarked(text))
    unknown = sorted({gap.type for gap in gaps if not gap.is_choice and not gap.is_typed})
    if unknown:
        raise Refused(_("Gaps of the type %(types)s cannot be taken along.") % {"types": ", ".join(unknown)})
    if any(gap.is_choice for gap in gaps) and any(gap.is_typed for gap in gaps):
        raise Refused(_("Some gaps are typed and some are chosen from a list. Make two questions of it."))
    fields, numbers = _passage(source, marked)
    if sorted(numbers) != list(range(1, len(gaps) + 1)):
        raise Refused(_("A gap stands where no gap can be, such as in a link."))
    gaps = [gaps[number - 1] for number in numbers]
    _weights(source, gaps)
    if gaps[0].is_choice:
        _order(source, gaps)
        return "gap_choice", {**fields, "gaps": [_choice_gap(source, gap) for gap in gaps]}
    return "gap_text", {**fields, **_typed(source, gaps)}


def _weights(source: Source, gaps: list[cloze.Gap]) -> None:
    weights = [int(gap.weight or "1") for gap in gaps]
    if len(set(weights)) > 1:
        source.item.partly(_("The gaps count differently in Moodle. Here each counts the same."))
    if source.item.points is None and any(gap.weight for gap in gaps):
        source.item.points = source.points(str(sum(weights)))


def _order(source: Source, gaps: list[cloze.Gap]) -> None:
    mixed = [gap.is_mixed for gap in gaps]
    source.item.keep_order = not any(mixed)
    if any(mixed) and not all(mixed):
        source.item.partly(_("In Moodle the choices of some gaps keep their order. Here those of all gaps keep it, or none."))


def _words(source: Source, html: str, what: str) -> str:
    exact = cloze.plain_of(html)
    return exact if exact is not None else source.plain_from(html, what)


def _choice_gap(source: Source, gap: cloze.Gap) -> dict[str, Any]:
    rows = [
        (
            _words(source, one.answer, _("A choice in a gap")),
            _words(source, one.feedback, _("Feedback in a gap")),
            one.percent,
        )
        for one in gap.alternatives
    ]
    return {"choices": one_right(rows, source)}


def _typed(source: Source, gaps: list[cloze.Gap]) -> dict[str, Any]:
    with_case = [gap.type in cloze.TYPED_CASE for gap in gaps]
    if any(with_case) and not all(with_case):
        source.item.partly(_("Capital letters count in some gaps only. Here they count in all."))
    found = []
    for gap in gaps:
        rows = []
        for one in gap.alternatives:
            text = one.answer
            if gap.type in cloze.NUMBER and (near := cloze.NUMERIC.fullmatch(text)):
                text = near[1]
                source.item.partly(_("A gap accepts %(number)s only: the tolerance could not be taken along.") % {"number": text})
            feedback = _words(source, one.feedback, _("Feedback in a gap"))
            rows.append(accepted(text, feedback, as_share(one.percent, Fraction(1))))
        found.append({"accepted": rows, "feedback": ""})
    return {"gaps": found, "match_case": any(with_case), "match_accents": True}


def gapselect(source: Source, text: str) -> Read:
    options = [(words(option), words(option.find("group")) or "1") for option in source.element.findall("selectoption")]
    return _dropped(source, text, options)


def ddwtos(source: Source, text: str) -> Read:
    source.item.partly(_("Words to drag became lists to choose from."))
    options = [
        (source.plain_from(words(option), _("A word to drag")), words(option.find("group")) or "1")
        for option in source.element.findall("dragbox")
    ]
    return _dropped(source, text, options)


def _dropped(source: Source, text: str, options: list[tuple[str, str]]) -> Read:
    """A passage whose gap [[n]] is filled rightly by option n; the options of its group are the choices."""
    marked = DROP.sub(lambda found: f"{OPEN}{int(found[1])}{CLOSE}", unmarked(text))
    fields, numbers = _passage(source, marked)
    if any(not 1 <= number <= len(options) for number in numbers):
        raise Refused(_("A gap has no right answer."))
    source.item.keep_order = not source.is_on("shuffleanswers", "0")
    gaps = []
    for right in numbers:
        group = options[right - 1][1]
        choices = [
            {"text": name, "correct": number == right, "feedback": "", "credit": None}
            for number, (name, its_group) in enumerate(options, 1)
            if its_group == group
        ]
        gaps.append({"choices": choices})
    return "gap_choice", {**fields, "gaps": gaps}


READERS: dict[str, Callable[[Source, str], Read]] = {
    "cloze": cloze_question,
    "multianswer": cloze_question,
    "gapselect": gapselect,
    "ddwtos": ddwtos,
}
