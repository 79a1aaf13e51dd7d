"""Charts of lessons as inline SVG: the geometry. Widths are per cent, heights pixels, so that words keep their size on a phone.

The drawing is ``templates/courses/components/chart_*.html``; the same numbers stand in a table below it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

MOST_POINTS = 24
LINE, BAR, GAP = 22, 16, 14  # pixels: a line of text, a bar, the space below a row
TOP, PLOT, BELOW = 28, 180, 28  # pixels of a chart of lines: above, the plot itself, the labels below
MOST_LETTERS = 24  # of two labels beside each other
LABEL_GAP = 20  # pixels between the labels of two lines


@dataclass(frozen=True)
class Mark:
    """One number: its words at ``text_y``, its bar from ``x`` over ``width``, its dot at ``end``."""

    series: int  # 1 to 4: colour and pattern
    words: str
    text_y: int
    y: int
    x: float
    width: float
    end: float

    @property
    def middle(self) -> int:
        return self.y + BAR // 2

    @property
    def stop(self) -> float:
        return round(self.x + self.width, 2)


@dataclass(frozen=True)
class Row:
    """``label`` is empty where its only mark says it."""

    label: str
    label_y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Segment:
    x1: float
    y1: int
    x2: float
    y2: int


@dataclass(frozen=True)
class Line:
    series: int
    name: str
    points: tuple[tuple[float, int], ...]
    label_y: int

    @property
    def segments(self) -> Iterator[Segment]:
        for (x1, y1), (x2, y2) in zip(self.points, self.points[1:], strict=False):
            yield Segment(x1, y1, x2, y2)


@dataclass(frozen=True)
class Chart:
    """``kind``: bars, dots or lines. ``zero``: where nought is: per cent from the left, for lines pixels from the top."""

    kind: str
    height: int
    zero: float
    rows: tuple[Row, ...] = ()
    lines: tuple[Line, ...] = ()
    first: str = ""  # labels below the ends of a chart of lines
    last: str = ""
    first_y: int = 0
    table: tuple[tuple[str, tuple[str, ...]], ...] = ()


def in_words(value: Decimal | float | None, unit: str) -> str:
    """The number as people of the current language write it, with its unit; a dash where there is none."""
    if value is None:
        return "–"
    number = Decimal(str(value)).normalize()
    places = max(-int(number.as_tuple().exponent), 0)
    shown = number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True).replace("-", "−")
    return f"{shown} {unit}" if unit else shown


def drawn(kind: str, series: Sequence[str], rows: Sequence[tuple[str, Sequence[Decimal | float | None]]], unit: str) -> Chart:
    """A chart of (label, one value per series); values that are missing are not drawn."""
    values = [float(value) for _label, found in rows for value in found if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    high = high if high > low else low + 1
    table = tuple((label, tuple(in_words(value, unit) for value in found)) for label, found in rows)
    if kind == "lines":
        return _lines(series, rows, low, high, unit, table)
    return _bars(kind, series, rows, low, high, unit, table)


def _bars(kind: str, series: Sequence[str], rows: Sequence, low: float, high: float, unit: str, table: tuple) -> Chart:
    def place(value: float) -> float:
        return round((value - low) / (high - low) * 100, 2)

    y, drawn_rows, single = 0, [], len(series) == 1
    for label, values in rows:
        label_y = y + LINE - 6
        y += 0 if single else LINE
        marks = []
        for number, value in enumerate(values, start=1):
            if value is None:
                continue
            name = label if single else series[number - 1] if number <= len(series) else ""
            ends = sorted([place(0), place(float(value))])
            y += LINE
            words = f"{name}: {in_words(value, unit)}"
            marks.append(Mark(number, words, y - 6, y, ends[0], round(ends[1] - ends[0], 2), place(float(value))))
            y += BAR + 4
        drawn_rows.append(Row("" if single else label, label_y, tuple(marks)))
        y += GAP
    return Chart(kind, max(y - GAP, LINE), place(0), tuple(drawn_rows), table=table)


def _lines(series: Sequence[str], rows: Sequence, low: float, high: float, unit: str, table: tuple) -> Chart:
    def height(value: float) -> int:
        return round(TOP + (high - value) / (high - low) * PLOT)

    step = 96 / max(len(rows) - 1, 1)  # two per cent on either side, so that no point is cut
    lines = []
    for number, name in enumerate(series, start=1):
        found = [(n, values[number - 1]) for n, (_label, values) in enumerate(rows) if number <= len(values)]
        points = tuple((round(2 + n * step, 2), height(float(value))) for n, value in found if value is not None)
        if points:
            last = [value for _n, value in found if value is not None][-1]
            lines.append(Line(number, f"{name}: {in_words(last, unit)}", points, points[-1][1] - 10))
    return Chart("lines", **{"height": TOP + PLOT, **_ends(rows)}, zero=height(0), lines=_apart(lines), table=table)


def _ends(rows: Sequence) -> dict[str, Any]:
    """The labels below a chart of lines; one above the other where they would not fit beside each other on a phone."""
    if not rows:
        return {}
    first, last = rows[0][0], rows[-1][0]
    beside = len(first) + len(last) <= MOST_LETTERS
    height = TOP + PLOT + BELOW + (0 if beside else LINE)
    return {"first": first, "last": last, "first_y": TOP + PLOT + BELOW - 6, "height": height}


def _apart(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines with labels that do not lie on one another, and none above the drawing."""
    placed, lowest = [], TOP - 10 - LABEL_GAP
    for line in sorted(lines, key=lambda line: line.label_y):
        lowest = max(line.label_y, lowest + LABEL_GAP)
        placed.append(Line(line.series, line.name, line.points, lowest))
    return tuple(sorted(placed, key=lambda line: line.series))
