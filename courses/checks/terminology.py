"""Words that blame a child or make a sensation of it, with what to say instead."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext as _

from .findings import Finding
from .models import UnwantedWord
from .texts import passages_of


def unwanted_words(thing: Model) -> Iterator[Finding]:
    """One query, whatever the languages of the texts."""
    passages = list(passages_of(thing))
    words = UnwantedWord.objects.filter(language__in={passage.language for passage in passages})
    patterns = [(word, word.pattern) for word in words]
    for passage in passages:
        text = "\n".join(passage.paragraphs)
        for word, pattern in patterns:
            if word.language == passage.language and (found := pattern.search(text)):
                yield Finding(_advice(word, found[0]), passage.place)


def _advice(word: UnwantedWord, found: str) -> str:
    if word.use:
        said = _("“%(word)s”: say “%(instead)s” instead.") % {"word": found, "instead": word.use}
    else:
        said = _("“%(word)s”: leave it out.") % {"word": found}
    return f"{said} {word.why}".strip()
