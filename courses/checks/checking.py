"""All checks of a text, one after the other."""

from django.db.models import Model

from courses.models import LessonPage

from .countries import empty_slots
from .counts import too_few_or_many
from .dead_links import dead_links
from .elsewhere import grave_elsewhere
from .findings import Finding
from .length import too_long
from .links import bare_links
from .pictures import people_to_protect, undescribed_pictures
from .real_cases import possible_real_cases
from .terminology import unwanted_words
from .upkeep import left_open
from .weight import too_heavy

OF_TEXTS = [unwanted_words, possible_real_cases, people_to_protect, grave_elsewhere, undescribed_pictures]
OF_LESSONS = [left_open, too_few_or_many, empty_slots]
OF_WAYS = [dead_links, bare_links, too_long]
CHECKS = [*OF_TEXTS, *OF_WAYS]
CHECKS_OF_LESSONS = [*OF_TEXTS, *OF_LESSONS, *OF_WAYS, too_heavy]


def findings_in(thing: Model) -> list[Finding]:
    """What ``thing``, as it stands in memory, gives to look at, the gravest first; for what has texts see ``texts.FIELDS``.

    Of a lesson: one query for the list of words, one for countries where they have boxes, those of ``dead_links`` and
    ``weight_of_pictures`` where there are links and pictures, and those of ``grave_elsewhere`` where it asks a quiz.
    """
    checks = CHECKS_OF_LESSONS if isinstance(thing, LessonPage) else CHECKS
    return [finding for check in checks for finding in check(thing)]
