"""Text made to keep a reader busy: nothing but the signs that each format looks for are read, or refused, in seconds."""

import time
from contextlib import suppress
from pathlib import Path

import pytest

from quizzes.formats.aiken import FORMAT as AIKEN
from quizzes.formats.base import FormatError
from quizzes.formats.gift import FORMAT as GIFT
from quizzes.formats.plain_text import FORMAT as TEXT
from quizzes.formats.spreadsheet import CSV

SAMPLES = Path(__file__).parent / "samples"
PIECES = [
    "{", "}", "{=", "~a", "=a", "\\", "//[id:", "//[tag:a\n", "::", "\n", " \n", "a\n", "&", "<b>", "<p>", "<ul><li>", "%", "#",
    "**a ", "*a ", "[a", "[a](https://", "@ ", "@a: b\nc\n", "- [x] a\n", "> a\n", "| [[*a|", "= 1 +- ", "1. a\n", " => ",
    "a => b\n", "% a ", "---\n", "A. a\n", "ANSWER: ", "'", "\t", ";\n=", "kind;text\n", '"', '"\n', "Щ", "[[", "% (", "\n\n",
]  # fmt: skip


@pytest.mark.parametrize("form", [GIFT, AIKEN, TEXT, CSV], ids=lambda form: form.name)
@pytest.mark.parametrize("start", ["", "Q?{~", "kind;text\ninformation;"])
def test_thousands_of_signs_cost_seconds_at_most(form, start):
    slow = {}
    for piece in PIECES:
        content = (start + piece * (100_000 // len(piece))).encode()
        began = time.process_time()
        form.sniff(content, "a")
        with suppress(FormatError):
            form.read(content, "a")
        slow[piece] = time.process_time() - began
    assert max(slow.values()) < 3, sorted(slow.items(), key=lambda pair: -pair[1])[:5]


def test_each_sample_is_recognised_as_what_it_is():
    """The first that recognises a file takes it, in this order."""
    order = (GIFT, AIKEN, CSV, TEXT)
    found = {path.name: next(form.name for form in order if form.sniff(path.read_bytes(), "file")) for path in SAMPLES.iterdir()
             if path.name in {"moodle.gift", "trainer.aiken.txt", "trainer.csv", "trainer.txt"}}  # fmt: skip
    assert found == {"moodle.gift": "gift", "trainer.aiken.txt": "aiken", "trainer.csv": "csv", "trainer.txt": "text"}
