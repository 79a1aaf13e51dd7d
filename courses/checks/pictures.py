"""Pictures that nobody described, and pictures of people about whom nothing was declared."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from courses.models import LessonPage
from training.blocks import FILE_NAME

from .findings import Finding


def undescribed_pictures(page: LessonPage) -> Iterator[Finding]:
    for child in page.body:
        if child.block_type != "image" or not child.value["image"]:
            continue
        image, block = child.value["image"], str(child.id)
        if not image.decorative and not (image.contextual_alt_text or "").strip():
            yield Finding(
                _("The picture has no description. Say in one sentence what it tells, or mark it as decoration."), block
            )
        elif not image.decorative and FILE_NAME.search(image.contextual_alt_text):
            yield Finding(_("The description of the picture is a file name. Say in one sentence what it tells."), block)
        if not child.value["people"]:
            yield Finding(_("Say of the picture whether a person can be seen on it."), block)
