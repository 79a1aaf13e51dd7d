"""The glossary as a reader of one language sees it."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.text import slugify

from training.places import LANGUAGES

from .models import GlossaryEntry


@dataclass
class Listed:
    """One term. ``language``: that of ``word`` and ``meaning``, which is another one where the reader's has none."""

    key: str
    source: str
    word: str = ""
    language: str = ""
    meaning: str = ""
    meaning_language: str = ""
    legal_meaning: str = ""
    legal_language: str = ""
    approved_by: str = ""
    others: list[tuple[str, str, str]] = field(default_factory=list)  # language code, its name, the word

    @property
    def letter(self) -> str:
        return self.word[:1].upper()

    @property
    def every_word(self) -> str:
        return " ".join([self.word, *(word for _code, _name, word in self.others)]).lower()

    @property
    def sorting(self) -> str:
        return slugify(self.word, allow_unicode=True)


def listed(language: str, keys: list[str] | None = None) -> list[Listed]:
    """All terms, or those with ``keys``, by the alphabet of ``language``. One query."""
    entries = GlossaryEntry.objects.select_related("term")
    if keys is not None:
        entries = entries.filter(term__in=keys)
    terms: dict[str, dict[str, GlossaryEntry]] = {}
    for entry in entries:
        terms.setdefault(entry.term_id, {})[entry.language] = entry
    return sorted((_read(words, language) for words in terms.values()), key=lambda term: term.sorting)


def matching(words: list[str], language: str) -> list[Listed]:
    """The terms that hold each of ``words`` (in small letters), in whatever language somebody knows them. One query."""
    if not words:
        return []
    return [term for term in listed(language) if all(word in term.every_word for word in words)]


def _read(words: dict[str, GlossaryEntry], language: str) -> Listed:
    order = [code for code in (language, settings.LANGUAGE_CODE, *LANGUAGES) if code in words]
    own = words[order[0]]
    plain = next((words[code] for code in order if words[code].meaning), own)
    legal = next((words[code] for code in order if words[code].legal_meaning), own)
    return Listed(
        key=own.term_id,
        source=own.term.source,
        word=own.word,
        language=own.language,
        meaning=plain.meaning,
        meaning_language=plain.language,
        legal_meaning=legal.legal_meaning,
        legal_language=legal.language,
        approved_by=own.approved_by,
        others=[(code, name, words[code].word) for code, name in LANGUAGES.items() if code in words and code != own.language],
    )
