"""Charts of lessons: what is drawn says what the numbers say, also below nought and in another language."""

import re
from decimal import Decimal

import pytest
from django.utils.translation import override

from courses.blocks import LessonBlocks
from courses.charts import drawn, in_words

BLOCK = LessonBlocks().child_blocks["chart"]


def render(**changed: object) -> str:
    value = BLOCK.get_preview_value()
    for name, own in changed.items():
        child = BLOCK.child_blocks[name]
        value[name] = child.to_python(own) if isinstance(own, list) else own
    return BLOCK.render(value, {})


@pytest.mark.parametrize(
    ("value", "unit", "language", "words"),
    [
        (Decimal("0.490000"), "", "en", "0.49"),
        (Decimal("-0.2"), "", "fr", "−0,2"),
        (Decimal("40"), "%", "en", "40 %"),
        (51433, "", "en", "51,433"),
        (Decimal("1E+3"), "", "en", "1,000"),
        (None, "%", "en", "–"),
    ],
)
def test_numbers_are_written_as_readers_write_them(value: object, unit: str, language: str, words: str) -> None:
    with override(language):
        assert in_words(value, unit).replace("\xa0", " ") == words


def test_bars_below_nought_end_at_nought() -> None:
    chart = drawn("bars", ["d"], [("Short", [Decimal("1.5")]), ("Long", [Decimal("-0.5")])], "")
    short, long = (row.marks[0] for row in chart.rows)
    assert (chart.zero, short.x, short.width, long.x, long.width) == (25.0, 25.0, 75.0, 0.0, 25.0)
    assert "−0.5" in long.words


@pytest.mark.parametrize("numbers", [[0], [-3], [0, 0], [None], [5, -5]])
@pytest.mark.parametrize("kind", ["bars", "lines", "dots"])
def test_everything_stays_on_the_drawing(kind: str, numbers: list) -> None:
    chart = drawn(kind, ["a"], [(f"Row {n}", [value]) for n, value in enumerate(numbers)], "")
    marks = [mark for row in chart.rows for mark in row.marks]
    places = [mark.x for mark in marks] + [mark.stop for mark in marks] + [x for line in chart.lines for x, _y in line.points]
    assert all(0 <= place <= 100 for place in places)
    assert all(0 <= y <= chart.height for line in chart.lines for _x, y in line.points)


def test_labels_of_lines_do_not_lie_on_one_another() -> None:
    chart = drawn("lines", ["a", "b", "c"], [("2020", [1, 1, 1]), ("2021", [2, 2, 2])], "")
    heights = sorted(line.label_y for line in chart.lines)
    assert all(low + 20 <= high for low, high in zip(heights, heights[1:], strict=False))


@pytest.mark.parametrize("kind", ["bars", "lines", "dots"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_drawing_and_table_say_the_same(db, kind: str, language: str) -> None:
    with override(language):
        html = render(
            kind=kind, series=["Before"], rows=[{"label": "Labour", "values": ["0.5"]}, {"label": "Crime", "values": ["-1.5"]}]
        )
    half = "0.5" if language == "en" else "0,5"
    assert f"<td>{half}</td>" in html and html.count(f"−1{half[1:]}") == 2
    assert not re.search(r'(?:x|x1|x2|width|y)="[^"]*,', html), "a comma where the drawing needs a point"
    assert 'role="img"' in html and "Most people think of one form first" in html


def test_script_in_words_stays_words(db) -> None:
    assert "<script>" not in render(unit="<script>", takeaway="<script>")
