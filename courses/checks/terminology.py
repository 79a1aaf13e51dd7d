"""Words that blame a child or make a sensation of it, with what to say instead."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from courses.models import LessonPage

from .findings import Finding, passages_of
from .models import UnwantedWord


def unwanted_words(page: LessonPage) -> Iterator[Finding]:
    words = [(word, word.pattern) for word in UnwantedWord.objects.filter(language=page.locale.language_code)]
    for passage in passages_of(page):
        text = "\n".join(passage.paragraphs)
        for word, pattern in words:
            if found := pattern.search(text):
                yield Finding(_advice(word, found[0]), passage.block)


def _advice(word: UnwantedWord, found: str) -> str:
    if word.use:
        said = _("“%(word)s”: say “%(instead)s” instead.") % {"word": found, "instead": word.use}
    else:
        said = _("“%(word)s”: leave it out.") % {"word": found}
    return f"{said} {word.why}".strip()
