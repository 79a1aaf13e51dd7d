"""The list of quizzes, and the same list on one topic."""

from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quizzes.catalogue import catalogue_of
from quizzes.topics import Topic

QUIZZES_A_PAGE = 20
MOST_WORDS = 8  # of a search


class CatalogueFilter(forms.Form):
    """What is shown is decided by the view: an unknown topic is no mistake of the reader's, there is just nothing on it."""

    q = forms.CharField(label=gettext_lazy("Words in the title"), required=False, max_length=100)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    user = request.user if request.user.is_authenticated else None
    found = catalogue_of(user, get_language(), timezone.now())
    words, name = request.GET.get("q", "").strip()[:100], request.GET.get("topic", "").strip()[:255]
    topic = found.names.named(name) or Topic(name, "") if name else None
    entries = [entry for entry in found.entries if entry.matches(words.casefold().split()[:MOST_WORDS], topic)]
    form = CatalogueFilter(initial={"q": words, "topic": topic.name if topic else ""})
    form.fields["topic"].choices = [("", _("All topics")), *((one.name, one.name) for one, _count in found.topics)]
    context = {
        "filter": form,
        "entries": Paginator(entries, QUIZZES_A_PAGE).get_page(request.GET.get("page")),
        "count": len(entries),
        "topic": topic,
        "topics": found.topics,
        "filtered": bool(words or name),
        "params": urlencode({"q": words, "topic": name}),
        "visitor": user is None,
    }
    return TemplateResponse(request, "quizzes/catalogue.html", context)
