"""The site's own pages: language and country, search, leaving quickly."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from countries.reader import COUNTRY_COOKIE
from courses.glossary.listing import matching

from .addresses import in_language, local_address, page_at
from .forms import PlaceForm
from .searching import RESULTS_A_PAGE, find_pages, languages_with_results, words_of
from .shell import THEME_COOKIE, Shell

MOST_TERMS = 5  # of the glossary, above the pages that were found
YEAR = 365 * 24 * 3600  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Language, country and theme: in cookies for everyone, in the account too for who has one."""
    address = local_address(request.POST.get("next") or request.GET.get("next"))
    if request.method == "POST":
        form = PlaceForm(request.POST)
        if form.is_valid():
            return _save_place(request, form.cleaned_data, address)
    else:
        shell = Shell.of(request)
        form = PlaceForm(
            initial={"language": get_language(), "country": _known_country(request), "theme": shell.theme or "system"}
        )
    context = {"form": form, "next": address, "missing_page": _missing_page(request, address)}
    return render(request, "home/place.html", context, status=422 if form.errors else 200)


def _known_country(request: HttpRequest) -> str:
    """What was answered before, "prefer not to say" included."""
    return getattr(request.user, "country", "") or request.COOKIES.get(COUNTRY_COOKIE, "")


def _missing_page(request: HttpRequest, address: str):
    """The page the reader came from, when it does not exist in the language of this answer."""
    if address and not in_language(request, address, get_language()):
        return page_at(request, address)
    return None


def _save_place(request: HttpRequest, chosen: dict[str, str], address: str) -> HttpResponse:
    language, country = chosen["language"], chosen["country"]
    if request.user.is_authenticated:
        request.user.language, request.user.country = language, country
        request.user.save(update_fields=["language", "country"])
    with override(language):
        here = reverse("home:place")
        target = in_language(request, address, language) if address else ""
        # Back to where the reader was; when that page is not translated, here, where it is said.
        response = redirect(target or (f"{here}?{urlencode({'next': address})}" if address else here))
        messages.success(request, _("Your choice is saved."))
    for name, value in ((settings.LANGUAGE_COOKIE_NAME, language), (COUNTRY_COOKIE, country), (THEME_COOKIE, chosen["theme"])):
        response.set_cookie(name, value, max_age=YEAR, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax", httponly=True)
    return response


@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Leave quickly, without JavaScript: the server forgets the reader, the browser is told to, and another page opens.

    By GET on purpose, as an exception: it must work as a plain link. A link on another site could at most sign somebody out.
    """
    response = HttpResponseRedirect(Shell.of(request).exit_url, status=303)
    logout(request)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages", COUNTRY_COOKIE, THEME_COOKIE):
        response.delete_cookie(name, samesite="Lax")
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    if request.is_secure():  # browsers take this header over https only
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Courses, modules, lessons and pages of the current language by title and summary; words of the glossary in any language."""
    words = request.GET.get("q", "").strip()[:200]
    results = Paginator(find_pages(words, get_language()), RESULTS_A_PAGE).get_page(request.GET.get("page"))
    count = results.paginator.count
    context = {
        "words": words,
        "results": results,
        "count": count,
        "terms": matching(words_of(words), get_language())[:MOST_TERMS],
        "params": urlencode({"q": words}),
        "elsewhere": languages_with_results(words, get_language()) if words and not count else [],
    }
    return render(request, "home/search.html", context)
