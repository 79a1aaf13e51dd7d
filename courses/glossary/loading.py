"""The glossary that a new site begins with. Each term is created once; from then on it belongs to the editors."""

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction

from courses.models import PackItem
from courses.packs.files import FolderFiles, PackError, shaped
from courses.packs.reading import read_yaml
from training.places import LANGUAGES

from .models import GlossaryEntry, GlossaryTerm

FILE = "glossary.yaml"


@transaction.atomic
def load_glossary(folder: Path) -> list[str]:
    """Create what ``folder/glossary.yaml`` names and was never created here. Returns the keys of what was.

    Raises PackError, with nothing written, when the file is wrong.
    """
    files = FolderFiles(folder)
    if FILE not in files.names:
        return []
    created, problems = [], []
    with shaped(FILE):
        for values in read_yaml(files, FILE)["terms"]:
            item = uuid5(NAMESPACE_URL, f"glossary/{values['key']}")
            if PackItem.objects.filter(key=item).exists() or GlossaryTerm.objects.filter(key=values["key"]).exists():
                continue
            try:
                _create(values)
            except ValidationError as error:
                problems += [f"{FILE}: {values['key']}: {message}" for message in error.messages]
                continue
            PackItem.objects.create(key=item, language="")
            created.append(values["key"])
    if problems:
        raise PackError(problems)
    return created


def _create(values: dict[str, Any]) -> None:
    term = GlossaryTerm(key=values["key"], source=values.get("source", ""))
    meanings = {"en": (values["meaning"], values.get("legal", "")), **_translated(values)}
    for language in LANGUAGES:
        if language in values["words"]:
            meaning, legal = meanings.get(language, ("", ""))
            entry = GlossaryEntry(language=language, word=values["words"][language], meaning=meaning, legal_meaning=legal)
            entry.clean_fields(exclude=["term"])
            term.entries.add(entry)
    term.save()


def _translated(values: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Meaning and legal meaning by language, of those that are written."""
    return {language: (own.get("meaning", ""), own.get("legal", "")) for language, own in values.get("translations", {}).items()}
