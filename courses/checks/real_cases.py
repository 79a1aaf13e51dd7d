"""Details that may belong to a real case. Every case is an invented composite; see the project's rules on cases."""

import re
from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext as _

from training.personal import Kind, details_in

from .findings import Finding
from .texts import passages_of

CITES = {"law", "sources", "contacts", "trainer_note", "chart", "timeline"}  # where numbers and dates of documents belong
# Where somebody is told of, so that any full date may be one of theirs. Elsewhere it takes a word of birth: laws have dates, too.
STORIES = {"case", "case_file", "case_study", "scenario", "decision", "annotate", "video_stops", "quote"}
# In English, French, German, Dutch, Italian, Turkish, Albanian and Bulgarian, as everything below.
BIRTH = re.compile(
    r"\b(?:born|birth|naissance|née?|naquit|geboren|geburts\w*|geboorte\w*|nat[oa]|nascita|doğum\w*|doğdu|lindur|datëlindj\w*"
    r"|роден\w*|рожд\w*)\b",
    re.IGNORECASE,
)
NAME = r"(?:(?:d|l|dell)[’'])?[A-ZÀ-ŽА-Я][\w’'-]*"
SMALL = r"(?:de|du|des|la|le|les|van|den|der|het|di|del|della|dei|e)"
AFTER = r"(?i:street|road|avenue|lane|square|drive|sokağı|sokak|caddesi|bulvarı|mahallesi)"
FRENCH = r"(?i:rue|avenue|boulevard|place|chemin|allée|quai|impasse)"
BEFORE = rf"(?:{FRENCH}|(?i:via|viale|piazza|corso|vicolo|rruga|bulevardi|sheshi|улица|булевард)|(?i:rr|ул|бул)\.)"
NUMBER = r"(?:(?i:№|nr|no|n|num[aeé]ro|numara)\.?:?\s?)?\d{1,4}[a-zа-я]?"
PLACE = re.compile(
    rf"\b\d{{1,4}}[a-z]?,?\s(?:{NAME}\s){{1,3}}{AFTER}\b"  # 12 Mill Street
    rf"|\b\d{{1,4}}(?:\sbis)?,?\s{FRENCH}\s(?:{SMALL}\s){{0,3}}{NAME}"  # 12, rue des Moulins
    rf"|\b{BEFORE}\s?[„“\"«]?(?:(?:{SMALL}|{NAME})\s){{0,4}}{NAME}[“”\"»]?,?\s{NUMBER}\b"  # via Garibaldi 12, ул. „Витоша“ № 12
    rf"|\b(?:{NAME}\s){{1,3}}{AFTER},?\s{NUMBER}\b"  # Atatürk Caddesi No: 12
    r"|\b[A-ZÀ-Ž]\w*(?:stra(?:ß|ss)e|str\.|gasse|weg|platz|straat|laan|plein|kade)\s\d{1,4}[a-z]?\b"  # Mühlenstraße 12
)
CASE = (
    r"(?:case|file|docket|reference|ref\.|dossier(?:nummer)?|affaire|parquet|zaak(?:nummer)?|parketnummer|az\.|aktenzeichen"
    r"|geschäftszahl|fascicolo|procedimento|causa|r\.g\.(?:n\.r\.)?|dosya|esas|karar|soruşturma|dosja|çështja|procedimi"
    r"|дело|преписка)"
)
NUMBERED = r"(?:(?:no|nr|n)\.?|n°|№|numéro|nummer|numero|numri|номер|numarası|:)\s*:?"
CASE_NUMBER = re.compile(
    rf"\b{CASE}\s*{NUMBERED}\s*\d{{1,6}}[/-]\d{{2,6}}\b"
    rf"|\b{CASE}\s*\d{{1,6}}/\d{{2,6}}\b"  # with a hyphen and without a word it may be a range
    r"|\b\d{1,4}\s(?:js|ls|ds|cs|ks)\s\d{1,6}/\d\d\b",  # of German prosecutors and courts
    re.IGNORECASE,
)


def possible_real_cases(thing: Model) -> Iterator[Finding]:
    for passage in passages_of(thing):
        if passage.block_type in CITES:
            continue
        for text in passage.paragraphs:
            for words in details_of(text, of_people=passage.block_type in STORIES):
                said = _("“%(words)s” may come from a real case. Leave it out, or say something less exact.")
                yield Finding(said % {"words": words}, passage.place)


def details_of(text: str, *, of_people: bool) -> list[str]:
    """What stands in ``text``; of two that say the same, the longer. ``of_people``: full dates may be theirs."""
    of_people = of_people or bool(BIRTH.search(text))
    found = [match[0] for pattern in (PLACE, CASE_NUMBER) for match in pattern.finditer(text)]
    further = [detail.text for detail in details_in(text) if of_people or detail.kind != Kind.DATE]
    return found + [words for words in further if not any(words in longer for longer in found)]
