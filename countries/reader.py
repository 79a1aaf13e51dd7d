"""Which country somebody reads about: their own, or another one that the address of the page asks for."""

from django.http import HttpRequest

from training.places import PARTNERS, Country

COUNTRY_COOKIE = "country"  # where the choice of somebody without an account is kept
ASKED = "country"  # in the address of a page


def country_of(request: HttpRequest) -> str:
    """Code of the reader's country: from the account, else from the cookie; empty when unknown or not to be said.

    The reader of a preview is not its author, whose cookie says nothing of them.
    """
    if hasattr(request, "reader"):
        return getattr(request.reader, "country", "")
    user = getattr(request, "user", None)
    code = getattr(user, "country", "") or request.COOKIES.get(COUNTRY_COOKIE, "")
    return code if code in Country.values and code != Country.UNDISCLOSED else ""


def country_asked(request: HttpRequest) -> str:
    """The partner country whose texts the reader wants to look at just now; empty where they ask for none of ours.

    It stands in the address of the page, and in what the page sends.
    """
    asked = request.POST if request.method == "POST" else request.GET
    code = asked.get(ASKED, "")
    return code if code in PARTNERS else ""
