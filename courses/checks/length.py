"""Sentences, paragraphs and lessons that ask too much of a tired reader on a phone."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from courses.models import LessonPage

from .findings import Finding, passages_of

LONGEST_SENTENCE, LONGEST_PARAGRAPH, LONGEST_LESSON = 25, 90, 1200  # words
# The same lesson has more words in some languages. French: 6 per cent on average in the courses here, up to 13.
LONGEST_LESSON_IN = {"fr": 1320}
END_OF_SENTENCE = re.compile(r"(?<=[.!?…:;])[\"”“’»)]*\s+")
# Read at a desk, and no part of what learners read; or no sentences at all.
LEFT_OUT = {"trainer_note", "live_activity", "sources"}
ONE_WAY = {"scenario": 2}  # of a story that branches one reads about half
BEGINNING = 8  # words of a sentence that are quoted


def words_in(text: str) -> list[str]:
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]


def too_long(page: LessonPage) -> Iterator[Finding]:
    total = 0.0
    for passage in passages_of(page):
        if passage.block_type in LEFT_OUT or not passage.block:
            continue
        for paragraph in passage.paragraphs:
            count = len(words_in(paragraph))
            total += count / ONE_WAY.get(passage.block_type, 1)
            if count > LONGEST_PARAGRAPH:
                said = _("A paragraph of %(count)d words. Split it: %(most)d at most.")
                yield Finding(said % {"count": count, "most": LONGEST_PARAGRAPH}, passage.block)
            for sentence in END_OF_SENTENCE.split(paragraph):
                words = words_in(sentence)
                if len(words) > LONGEST_SENTENCE:
                    said = _("“%(beginning)s …” is a sentence of %(count)d words. Make two of it.")
                    yield Finding(said % {"beginning": " ".join(words[:BEGINNING]), "count": len(words)}, passage.block)
    longest = LONGEST_LESSON_IN.get(page.locale.language_code, LONGEST_LESSON)
    if total > longest:
        said = _("The lesson has about %(count)d words. Make two lessons of it: %(most)d words at most.")
        yield Finding(said % {"count": round(total), "most": longest})
