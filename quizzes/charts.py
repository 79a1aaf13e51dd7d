"""Bar charts as inline SVG: the geometry. The drawing is ``templates/quizzes/admin/bars.html``, always beside a table."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LABELS, GAP, NARROW, WIDE = (
    640,
    200,
    28,
    8,
    40,
    64,
)  # units of the drawing; labels stand below the bars, numbers above


@dataclass(frozen=True)
class Bar:
    label: str
    shown: str
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def number_y(self) -> int:
        return self.y - 6


@dataclass(frozen=True)
class Chart:
    """``bars`` on a ground line at ``ground``; ``width`` x ``height`` in units of the drawing."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = HEIGHT + LABELS
    ground: int = HEIGHT

    @property
    def label_y(self) -> int:
        return self.ground + 20


def bar_chart(values: Sequence[tuple[str, float | None, str]], *, top: float | None = None) -> Chart:
    """A chart of (label, value, value in words); a value below 0 has no bar, None neither. ``top``: the value of a full bar."""
    top = top or max((value for _label, value, _shown in values if value), default=0) or 1
    step = min(max(WIDTH // max(len(values), 1), NARROW), WIDE)
    bars = []
    for number, (label, value, shown) in enumerate(values):
        height = round(min(max(value or 0, 0) / top, 1) * (HEIGHT - 24))
        bars.append(Bar(label, shown, number * step + GAP // 2, HEIGHT - height, step - GAP, height))
    return Chart(tuple(bars), width=step * len(values))
