"""The texts and contacts of countries that a new site begins with: ``countries/<CC>.yaml`` beside its other files.

Each is created once and remembered (``courses.PackItem``). From then on it belongs to the coordinators: nothing here changes or
brings back what they changed or deleted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from countries.annex import WORDS
from countries.models import AnnexEntry, Contact, ContactWords, State
from courses.models import PackItem
from courses.packs.blocks import clean_html
from courses.packs.files import FolderFiles, PackError, shaped
from courses.packs.reading import read_yaml

FOLDER = "countries/"
FILE_KEYS = {"country", "entries", "contacts"}
ENTRY_KEYS = {"slot", "language", "law", "means", "link", "source", "confirmed", "checked_on", "checked_by", "review_by"}
CONTACT_KEYS = {"kind", *WORDS, "number", "link", "languages", "source", "confirmed", "checked_on"}
Values = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One list of a file. ``called`` names an item within its country for ever; ``make`` says whether it made something."""

    name: str
    keys: set[str]
    called: Callable[[Values], str]
    make: Callable[[str, Values], bool]


@transaction.atomic
def load_countries(folder: Path) -> list[str]:
    """Create what the files name and was never created here. Returns the names of what was.

    Raises PackError, with nothing written, when a file is wrong: every problem with its file and the number of the item.
    """
    files = FolderFiles(folder)
    created: list[str] = []
    problems: list[str] = []
    for name in files.names:
        if name.startswith(FOLDER):
            try:
                created += _load_file(name, read_yaml(files, name))
            except PackError as error:
                problems += [problem if problem.startswith(name) else f"{name}: {problem}" for problem in error.problems]
    if problems:
        raise PackError(problems)
    return created


def _load_file(name: str, values: Values) -> list[str]:
    country = Path(name).stem
    created: list[str] = []
    with shaped():
        problems = [f"{key}: no such key." for key in sorted(set(values) - FILE_KEYS)]
        if values.get("country") != country:
            problems.append(f"country: must be {country}, as the file is called.")
        for part in PARTS:
            for number, item in enumerate(values.get(part.name) or [], start=1):
                try:
                    created += _once(country, item, part)
                except ValidationError as error:
                    problems += [f"{part.name} {number}: {problem}" for problem in _told(error)]
    if problems:
        raise PackError(problems)
    return created


def _told(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    fields = error.message_dict.items()
    return [message if field == NON_FIELD_ERRORS else f"{field}: {message}" for field, own in fields for message in own]


def _once(country: str, values: Values, part: Part) -> list[str]:
    """The name of what was made; nothing where it was made before. Raises ValidationError."""
    if unknown := sorted(set(values) - part.keys):
        raise ValidationError([f"{key}: no such key." for key in unknown])
    if not isinstance(values.get("confirmed", False), bool):
        raise ValidationError("confirmed: must be true or false.")
    name = f"{country}/{part.name}/{part.called(values)}"
    key = uuid5(NAMESPACE_URL, f"countries/{name}")
    if PackItem.objects.filter(key=key).exists() or not part.make(country, values):
        return []
    PackItem.objects.create(key=key, language="")
    return [name]


def _make_entry(country: str, values: Values) -> bool:
    """False where the country has a text about this already."""
    own = {"country": country, "slot": values["slot"], "language": values["language"]}
    if AnnexEntry.objects.filter(**own).exists():
        return False
    texts = {name: values.get(name) or "" for name in ("law", "link", "source", "checked_by")}
    days = {name: values.get(name) for name in ("checked_on", "review_by")}
    state = State.CONFIRMED if values.get("confirmed") else State.OPEN
    entry = AnnexEntry(**own, **texts, **days, means=clean_html(values.get("means") or ""), state=state)
    entry.full_clean()
    entry.save()
    return True


def _make_contact(country: str, values: Values) -> bool:
    """False where there is this number or website for this kind already."""
    own = {"country": country, "kind": values["kind"], **{name: values.get(name) or "" for name in ("number", "link")}}
    if Contact.objects.filter(**own).exists():
        return False
    spoken = values.get("languages") or []
    contact = Contact(
        **own,
        languages=spoken if isinstance(spoken, str) else ", ".join(spoken),
        source=values.get("source") or "",
        checked_on=values.get("checked_on"),
        confirmed=values.get("confirmed", False),
    )
    contact.full_clean()
    rows = list(_rows(values))
    for row in rows:
        row.clean_fields(exclude=["contact"])
    if not any(row.name for row in rows):
        raise ValidationError("name: must be given.")
    contact.words = rows
    contact.save()
    return True


def _rows(values: Values) -> Iterator[ContactWords]:
    """The words of a contact by language: plain words hold in every language."""
    by_language: dict[str, dict[str, str]] = {}
    for name in WORDS:
        said = values.get(name) or {}
        for language, text in said.items() if isinstance(said, dict) else [("", said)]:
            if not isinstance(text, str):
                raise ValidationError(f"{name}: must be words.")
            by_language.setdefault(language, {})[name] = text
    for language, words in by_language.items():
        yield ContactWords(language=language, **words)


def _call_entry(values: Values) -> str:
    return f"{values['slot']}/{values['language']}"


def _call_contact(values: Values) -> str:
    return f"{values['kind']}/{values.get('number') or values.get('link')}"


PARTS = [
    Part("entries", ENTRY_KEYS, _call_entry, _make_entry),
    Part("contacts", CONTACT_KEYS, _call_contact, _make_contact),
]
