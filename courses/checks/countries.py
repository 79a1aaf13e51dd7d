"""Boxes “In your country” that some countries have no text for yet."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from countries.models import AnnexEntry
from countries.slots import SLOTS
from courses.models import LessonPage
from training.places import PARTNERS

from .findings import Finding


def empty_slots(page: LessonPage) -> Iterator[Finding]:
    """One query for all boxes; none for a lesson without, or one that says that nothing in it differs."""
    boxes = [child for child in page.body if child.block_type == "national" and child.value["slot"]]
    if page.not_country_specific or not boxes:
        return
    written = AnnexEntry.objects.countries_by_slot()
    for box in boxes:
        slot = box.value["slot"]
        empty = [str(country.label) for country in PARTNERS if country not in written.get(slot, ())]
        if empty:
            yield Finding(_advice(str(dict(SLOTS).get(slot, slot)), empty), str(box.id))


def _advice(about: str, countries: list[str]) -> str:
    if len(countries) == len(PARTNERS):
        return _("“%(about)s” is empty in every country. Ask the coordinators to write it.") % {"about": about}
    said = ngettext(
        "“%(about)s” is empty in %(count)d country: %(countries)s. Its learners read what holds everywhere.",
        "“%(about)s” is empty in %(count)d countries: %(countries)s. Their learners read what holds everywhere.",
        len(countries),
    )
    return said % {"about": about, "count": len(countries), "countries": ", ".join(countries)}
