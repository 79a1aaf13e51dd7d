"""The catalogue and the cards of courses."""

import uuid

from django import forms, template
from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language, gettext_lazy, ngettext

from courses.checks.checking import findings_in
from courses.models import CoursePage
from courses.outline import Outline, outlines_of

register = template.Library()

LENGTHS = {"short": (0, 60), "medium": (61, 240), "long": (241, 100_000)}  # minutes
HOME_CARDS = 4


class CatalogueFilter(forms.Form):
    """The filters of the catalogue. All are optional; what cannot be understood filters nothing."""

    q = forms.CharField(label=gettext_lazy("Words in the title or summary"), required=False, max_length=100)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False, choices=[("", gettext_lazy("Any language")), *settings.LANGUAGES]
    )
    length = forms.ChoiceField(
        label=gettext_lazy("Length"),
        required=False,
        choices=[
            ("", gettext_lazy("Any length")),
            ("short", gettext_lazy("Up to 1 hour")),
            ("medium", gettext_lazy("1 to 4 hours")),
            ("long", gettext_lazy("More than 4 hours")),
        ],
    )

    def matches(self, course: Outline, languages: list[str]) -> bool:
        chosen = self.cleaned_data if self.is_valid() else {}
        words = (chosen.get("q") or "").lower().split()
        text = f"{course.title} {course.page.summary} {course.page.audience}".lower()
        low, high = LENGTHS.get(chosen.get("length") or "", (0, 100_000))
        in_language = not chosen.get("language") or chosen["language"] in languages
        return in_language and low <= course.minutes <= high and all(word in text for word in words)


def _cards(request, form: CatalogueFilter | None = None) -> list[dict]:
    """Cards of all live courses, those in the language of the page first. Five queries, however many courses."""
    languages: dict[uuid.UUID, list[str]] = {}
    pairs = CoursePage.objects.live().order_by("locale_id").values_list("translation_key", "locale__language_code")
    for key, code in pairs:
        languages.setdefault(key, []).append(code)
    names = dict(settings.LANGUAGES)
    reads = get_language()
    outlines = outlines_of(languages, reads, request=request).values()
    return [
        {
            "key": course.key,
            "url": course.url,
            "title": course.title,
            "summary": course.page.summary,
            "audience": course.page.audience,
            "minutes": course.minutes,
            "illustration": course.page.illustration,
            "languages": [names.get(code, code) for code in languages[course.key]],
        }
        for course in sorted(outlines, key=lambda course: (course.language != reads, course.page.path))
        if form is None or form.matches(course, languages[course.key])
    ]


@register.simple_tag(takes_context=True)
def catalogue(context, page) -> dict:
    """The filter form and the cards that match it."""
    request = context.get("request")
    data = request.GET if request else {}
    form = CatalogueFilter(data or None)
    filtered = any(data.get(name) for name in form.fields)
    return {"form": form, "cards": _cards(request, form if filtered else None), "filtered": filtered}


@register.simple_tag(takes_context=True)
def newest_courses(context) -> list[dict]:
    """The first few courses of the catalogue, for the home page."""
    return _cards(context.get("request"))[:HOME_CARDS]


@register.simple_tag
def in_hours(minutes: int) -> str:
    """A length as people say it: "50 minutes", "about 3 hours"."""
    if minutes < 90:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(count)d hour", "about %(count)d hours", hours) % {"count": hours}


@register.inclusion_tag("courses/admin/findings.html")
def text_findings(thing: Model) -> dict:
    """What the editor shows beside the page or the question that is being previewed; for what has texts see ``findings_in``."""
    return {"findings": findings_in(thing)}
