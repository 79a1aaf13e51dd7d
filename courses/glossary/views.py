"""The glossary page."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from .listing import listed


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term under its first letter. All on one page, so that the browser's own search finds any of them."""
    terms = listed(get_language())
    letters = [(letter, list(group)) for letter, group in groupby(terms, key=lambda term: term.letter)]
    return render(request, "courses/glossary/glossary.html", {"letters": letters, "count": len(terms)})
