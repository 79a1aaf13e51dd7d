"""Details that may belong to a real case. Every case is an invented composite; see the project's rules on cases."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from courses.models import LessonPage
from training.personal import details_in

from .findings import Finding, passages_of

CITES = {"law", "sources", "contacts", "trainer_note", "chart", "timeline"}  # where numbers and dates of documents belong
STREET = (
    r"(?:street|road|avenue|lane|square|rue|boulevard|place|chemin|straat|laan|plein|stra(?:ß|ss)e|gasse|weg|platz"
    r"|via|viale|piazza|corso|sokak|caddesi|rruga|ул\.|улица|бул\.|булевард)"
)
PLACE = re.compile(
    rf"\b\d{{1,4}}[a-z]?,?\s(?:[A-ZÀ-Ž][\w’'-]+\s){{0,3}}{STREET}\b"  # 12 Mill Street
    rf"|\b{STREET}\s(?:[\w’'.-]+\s){{0,4}}\d{{1,4}}[a-z]?\b"  # rue des Moulins 12
    rf"|\b[A-ZÀ-Ž][\w’'-]*{STREET}\s\d{{1,4}}[a-z]?\b",  # Mühlenstraße 12
    re.IGNORECASE,
)
CASE_NUMBER = re.compile(
    r"(?:\b(?:case|file|dossier|affaire|zaak|Az\.?|fascicolo|дело|dosja|dosya)\s*(?:no\.?|nr\.?|n°|№)?\s*)\d{1,6}[/-]\d{2,4}\b",
    re.I,
)


def possible_real_cases(page: LessonPage) -> Iterator[Finding]:
    for passage in passages_of(page):
        if passage.block_type in CITES:
            continue
        for text in passage.paragraphs:
            found = [detail.text for detail in details_in(text)]
            found += [match[0] for pattern in (PLACE, CASE_NUMBER) for match in pattern.finditer(text)]
            for words in found:
                said = _("“%(words)s” may come from a real case. Leave it out, or say something less exact.")
                yield Finding(said % {"words": words}, passage.block)
