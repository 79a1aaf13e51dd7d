"""What the choices of a story are worth, where its author says so. Learners read it in words, at an ending.

Who comes back to a step has gone round in a circle, and only the last choice there counts. So no circle earns anything.
"""

from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_TRIED = 20_000  # of the ways through a story: as many as ten steps have that all lead to each other, and a few more
BEST, PARTLY, LITTLE = "best", "partly", "little"
Step = dict[str, Any]  # frozen: ``id``, ``choices`` of which each has ``to`` (an id, or empty) and ``points`` (a number)


class TooEntangled(Exception):
    """So many choices lead back that the best way cannot be found."""


def most_points(steps: list[Step]) -> int:
    """The points of the best way from the first step to an ending; 0 where no way leads to one. Raises TooEntangled.

    It goes on by one choice at a time from all places at once. Of ways that lead to the same place, and have been at the same of
    those steps that one may still come to, only the best goes on.
    """
    choices = {step["id"]: [(choice["to"], choice["points"]) for choice in step["choices"] if choice["to"]] for step in steps}
    if not any(points for ways in choices.values() for _to, points in ways):
        return 0
    ahead = {step: reached_from(step, choices) for step in choices}
    most, tried = 0, 0
    places = {(steps[0]["id"], frozenset[str]()): 0}
    while places:
        tried += len(places)
        if tried > MOST_TRIED:
            raise TooEntangled
        farther: dict[tuple[str, frozenset[str]], int] = {}
        for (here, before), points in places.items():
            been = before | {here}
            for to, more in choices[here]:
                if to not in choices:
                    most = max(most, points + more)
                elif to not in been:
                    place = (to, been & ahead[to])
                    farther[place] = max(farther.get(place, 0), points + more)
        places = farther
    return most


def reached_from(start: str, choices: dict[str, list[tuple[str, int]]]) -> set[str]:
    """The steps that one may come to from the step ``start``."""
    reached, open_ = {start}, [start]
    while open_:
        new = {to for to, _points in choices[open_.pop()] if to in choices} - reached
        reached |= new
        open_ += new
    return reached


def earned_on(start: str, taken: list[dict[str, Any]]) -> int:
    """The points of the choices ``taken`` from the step ``start`` on."""
    counted: dict[str, int] = {}  # by step, in their order
    here = start
    for choice in taken:
        if here in counted:
            order = list(counted)
            for step in order[order.index(here) :]:
                del counted[step]
        counted[here] = choice["points"]
        here = choice["to"]
    return sum(counted.values())


def weighed(points: list[int]) -> list[str]:
    """How good each choice of a step is beside the others; empty where they are all the same."""
    if len(set(points)) < 2:
        return [""] * len(points)
    best = max(points)
    return [BEST if own == best else PARTLY if own else LITTLE for own in points]


def in_words(score: Fraction) -> str | Promise:
    """What is said of a whole way with ``score``, from 0 to 1."""
    if score == 1:
        return _("There is no better way through this story.")
    if score >= Fraction(1, 2):
        return _("Most of this way was well chosen. There is a better one.")
    if score:
        return _("Some of this way was well chosen. There are better ones.")
    return _("There are better ways through this story.")
