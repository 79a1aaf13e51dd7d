"""Sentences, paragraphs and lessons that ask too much of a tired reader on a phone."""

import re
from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext as _

from .findings import Finding
from .texts import language_of, passages_of

LONGEST_SENTENCE, LONGEST_PARAGRAPH, LONGEST_LESSON = 25, 90, 1200  # words
# The same lesson has more words in some languages. French: 6 per cent on average in the courses here, up to 13.
LONGEST_LESSON_IN = {"fr": 1320}
END_OF_SENTENCE = re.compile(r"(?<=[.!?…:;])[\"”“’»)]*\s+")
# Read at a desk, and no part of what learners read; or no sentences at all.
LEFT_OUT = {"trainer_note", "trainer_notes", "live_activity", "sources"}
ONE_WAY = {"scenario": 2}  # of a story that branches one reads about half
LESSON = "courses.LessonPage"
BEGINNING = 8  # words of a sentence that are quoted


def words_in(text: str) -> list[str]:
    return [word for word in text.split() if any(letter.isalnum() for letter in word)]


def too_long(thing: Model) -> Iterator[Finding]:
    total = 0.0
    for passage in passages_of(thing):
        if passage.block_type in LEFT_OUT or passage.place in LEFT_OUT:
            continue
        for paragraph in passage.paragraphs:
            count = len(words_in(paragraph))
            total += count / ONE_WAY.get(passage.block_type, 1) if passage.block_type else 0
            if count > LONGEST_PARAGRAPH:
                said = _("A paragraph of %(count)d words. Split it: %(most)d at most.")
                yield Finding(said % {"count": count, "most": LONGEST_PARAGRAPH}, passage.place)
            for sentence in END_OF_SENTENCE.split(paragraph):
                words = words_in(sentence)
                if len(words) > LONGEST_SENTENCE:
                    said = _("“%(beginning)s …” is a sentence of %(count)d words. Make two of it.")
                    yield Finding(said % {"beginning": " ".join(words[:BEGINNING]), "count": len(words)}, passage.place)
    longest = LONGEST_LESSON_IN.get(language_of(thing), LONGEST_LESSON)
    if total > longest and thing._meta.label == LESSON:
        said = _("The lesson has about %(count)d words. Make two lessons of it: %(most)d words at most.")
        yield Finding(said % {"count": round(total), "most": longest})
