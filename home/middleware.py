"""What the site adds to every response: nothing personal stays in a cache, and the editor's pages get the policy they need."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.cache import patch_cache_control
from wagtail.models import Page

from courses.models import LessonPage

from .errors import wrong_method

# The Wagtail editor writes inline script and style, previews pages in a frame and shows pictures before they are saved.
ADMIN_POLICY = {
    "script-src": ["'unsafe-inline'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["blob:"],
    "frame-src": ["'self'"],
}


class PersonalPagesMiddleware:
    """``no-store`` on what a signed-in person sees and on lessons: on a shared computer Back shows nothing afterwards.

    Also leaves ``request.shown_page``, the Wagtail page of the response, for the shell.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html") and self.is_personal(request):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_template_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        page = (response.context_data or {}).get("page")
        request.shown_page = page if isinstance(page, Page) else None
        return response

    @staticmethod
    def is_personal(request: HttpRequest) -> bool:
        return isinstance(getattr(request, "shown_page", None), LessonPage) or request.user.is_authenticated


class WrongMethodMiddleware:
    """A page in place of the empty window that opening the address of a button would leave."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        by_hand = request.method in {"GET", "POST"}
        return wrong_method(request, response) if by_hand and isinstance(response, HttpResponseNotAllowed) else response


class AdminPolicyMiddleware:
    """Widens the content security policy under the admin's address, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_update = ADMIN_POLICY  # the way in that django-csp's own decorators use
        return response
