"""The branches of a story by the names of their steps: where nobody can go on, and what nobody can reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Problem:
    """What an author has to mend. ``field``: ``steps`` or ``endings``; ``step`` and ``choice``: places of one choice, from 0."""

    field: str
    text: str
    step: int | None = None
    choice: int | None = None


def same(name: str) -> str:
    """How names are compared: capitals and spaces make no difference."""
    return " ".join(name.split()).casefold()


def quoted(names: list[str]) -> str:
    return ", ".join(_("“%(name)s”") % {"name": name} for name in names)


class Plan:
    """Steps with the names that their choices go to, and endings. The first step is where the story begins.

    Steps and endings are numbered from 0, the endings after the steps.
    """

    def __init__(self, steps: list[tuple[str, list[str]]], endings: list[str]) -> None:
        self.steps, self.endings = steps, endings
        self.names = [*(name for name, _targets in steps), *endings]
        numbers = {same(name): number for number, name in reversed(list(enumerate(self.names)))}
        self.ways = [[numbers.get(same(target)) for target in targets] for _name, targets in steps]

    def target(self, step: int, choice: int) -> int | None:
        """The number of the step or ending that a choice leads to; None where nothing has that name."""
        return self.ways[step][choice]

    def problems(self) -> Iterator[Problem]:
        """Everything that would leave a learner stuck, or an author's work unread."""
        if not self.steps:
            yield Problem("steps", _("Write at least one step."))
        if len(self.endings) < 2:
            yield Problem("endings", _("Write at least two endings, so that it matters what one chooses."))
        yield from self._doubles()
        astray = list(self._astray())
        yield from astray
        if not astray:  # a name that is mistyped would make the rest look lost, too
            yield from self._unreachable()
        yield from self._circles()

    def _doubles(self) -> Iterator[Problem]:
        seen = set()
        for number, name in enumerate(self.names):
            if same(name) in seen:
                text = _("“%(name)s” is there twice. Give every step and every ending a name of its own.") % {"name": name}
                yield Problem(self._field(number), text)
            seen.add(same(name))

    def _astray(self) -> Iterator[Problem]:
        for number, (name, targets) in enumerate(self.steps):
            if not targets:
                text = _("Step “%(step)s”: nobody can go on from here. Add a choice.") % {"step": name}
                yield Problem("steps", text)
            for place, target in enumerate(targets):
                if self.target(number, place) is None:
                    yield Problem("steps", self._unknown(name, target), number, place)

    def _unknown(self, step: str, target: str) -> str:
        text = _("Step “%(step)s”: no step or ending is called “%(name)s”.") % {"step": step, "name": target}
        near = get_close_matches(same(target), [same(name) for name in self.names], n=1)
        if not near:
            return text
        meant = next(name for name in self.names if same(name) == near[0])
        return f"{text} {_('Did you mean “%(name)s”?') % {'name': meant}}"

    def _unreachable(self) -> Iterator[Problem]:
        reached = self._reached_from(0) if self.steps else set()
        for number, name in enumerate(self.names):
            if number in reached:
                continue
            if number < len(self.steps):
                text = _("Nobody can reach the step “%(name)s”. Let a choice go to it, or delete it.")
            else:
                text = _("Nobody can reach the ending “%(name)s”. Let a choice go to it, or delete it.")
            yield Problem(self._field(number), text % {"name": name})

    def _circles(self) -> Iterator[Problem]:
        """Steps from which one only comes back to such steps. What is said of a choice already is a way out here."""
        out = [not ways or None in ways for ways in self.ways]
        last = len(self.steps)
        stuck = [
            name
            for number, (name, _targets) in enumerate(self.steps)
            if not any(reached >= last or out[reached] for reached in self._reached_from(number))
        ]
        if stuck:
            text = _("From here one goes round in circles and comes to no ending: %(steps)s. Let a choice lead out.")
            yield Problem("steps", text % {"steps": quoted(stuck)})

    def _reached_from(self, start: int) -> set[int]:
        reached, open_ = {start}, [start]
        while open_:
            number = open_.pop()
            ways = self.ways[number] if number < len(self.steps) else []
            new = {way for way in ways if way is not None} - reached
            reached |= new
            open_ += new
        return reached

    def _field(self, number: int) -> str:
        return "steps" if number < len(self.steps) else "endings"
