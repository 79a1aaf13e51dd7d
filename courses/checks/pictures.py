"""Pictures that nobody described, and pictures of people about whom nothing, or the opposite, was declared."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from training.media import FILE_NAME

from .findings import Finding
from .seen import people_without_release, pictures_in


def undescribed_pictures(thing: Model) -> Iterator[Finding]:
    for child in getattr(thing, "body", ()):
        for image in pictures_in(child.block, child.value):
            yield from (Finding(said, str(child.id)) for said in _of_description(image))
        if child.block_type == "image" and child.value["image"]:
            yield from (Finding(said, str(child.id)) for said in _of_people(child.value))


def people_to_protect(thing: Model) -> Iterator[Finding]:
    for child, image in people_without_release(getattr(thing, "body", ())):
        if image.shows_person is None:
            said = _("Nobody has said yet whether “%(title)s” shows a person. Look at it in the library, and say so.")
        elif not image.is_released:
            said = _("“%(title)s” shows a person, and no release holds today. Write it down in the library, or take it out.")
        else:
            said = _("“%(title)s” shows a person, and only its uploader has looked at it. Ask a colleague to look, too.")
        url = reverse("wagtailimages:edit", args=[image.pk])
        yield Finding(said % {"title": image.title}, str(child.id), url)


def _of_description(image: Any) -> Iterator[str]:
    words = (image.contextual_alt_text or "").strip()
    if not image.decorative and not words:
        yield _("The picture has no description. Say in one sentence what it tells, or mark it as decoration.")
    elif not image.decorative and FILE_NAME.search(words):
        yield _("The description of the picture is a file name. Say in one sentence what it tells.")


def _of_people(value: Any) -> Iterator[str]:
    if not value["people"]:
        yield _("Say of the picture whether a person can be seen on it.")
    elif value["image"].shows_person and value["people"] == "nobody":
        yield _("The library says that this picture shows a person, and here it says nobody. Look at it again.")
    elif value["image"].shows_person is False and value["people"] == "agreed":
        yield _("Here it says that adults can be seen. Say so in the library, too, with their release.")
