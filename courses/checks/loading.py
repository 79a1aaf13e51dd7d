"""The words to avoid that a new site begins with. Each is created once; from then on the list belongs to the editors."""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from courses.models import PackItem
from courses.packs.files import FolderFiles, shaped
from courses.packs.reading import read_yaml

from .models import UnwantedWord

FILE = "terminology.yaml"


@transaction.atomic
def load_terminology(folder: Path) -> list[str]:
    """Create what ``folder/terminology.yaml`` names and was never created here. Returns them. Raises PackError."""
    files = FolderFiles(folder)
    if FILE not in files.names:
        return []
    created = []
    with shaped(FILE):
        for language, words in read_yaml(files, FILE)["words"].items():
            for values in words:
                item = uuid5(NAMESPACE_URL, f"terminology/{language}/{values['avoid']}")
                if PackItem.objects.filter(key=item).exists():
                    continue
                UnwantedWord.objects.get_or_create(
                    language=language,
                    avoid__iexact=values["avoid"],
                    defaults={"avoid": values["avoid"], "use": values.get("use", ""), "why": values.get("why", "")},
                )
                PackItem.objects.create(key=item, language=language)
                created.append(values["avoid"])
    return created
