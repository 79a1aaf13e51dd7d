"""All checks of a lesson, one after the other."""

from courses.models import LessonPage

from .countries import empty_slots
from .counts import too_few_or_many
from .dead_links import dead_links
from .findings import Finding
from .length import too_long
from .links import bare_links
from .pictures import people_to_protect, undescribed_pictures
from .real_cases import possible_real_cases
from .terminology import unwanted_words
from .upkeep import left_open
from .weight import too_heavy

CHECKS = [
    unwanted_words,
    possible_real_cases,
    people_to_protect,
    undescribed_pictures,
    left_open,
    too_few_or_many,
    empty_slots,
    dead_links,
    bare_links,
    too_long,
    too_heavy,
]


def findings_in(page: LessonPage) -> list[Finding]:
    """What ``page``, as it stands in memory, gives to look at, the gravest first.

    One query for the list of words, one for countries where they have boxes, and those of ``dead_links`` and
    ``weight_of_pictures`` where there are links and pictures.
    """
    return [finding for check in CHECKS for finding in check(page)]
