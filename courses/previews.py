"""How a course is looked at before it is published: as whom, how far on, and how wide. Nothing here is ever saved."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.blocks.readers import ANY, Viewer
from training.pages import SitePage
from training.places import PARTNERS

GUEST, LEARNER, WRONG, COMPLETED, PRINT = "guest", "learner", "wrong", "completed", "print"
Modes = list[tuple[str, str | Promise]]

PAGE_MODES: Modes = [(GUEST, _("Guest")), (LEARNER, _("Learner"))]
LESSON_MODES: Modes = [
    (GUEST, _("Guest")),
    *((f"{LEARNER}-{country.value}", format_lazy("{} – {}", _("Learner"), country.label)) for country in PARTNERS),
    (WRONG, _("After a wrong answer")),
    (COMPLETED, _("Completed")),
    (PRINT, _("Printed")),
]
SIZES = [
    {"name": "phone", "icon": "mobile-alt", "device_width": 360, "label": _("As on a phone, 360 pixels wide")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("As on a tablet, 768 pixels wide")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("As on a desk, 1280 pixels wide")},
]


def reader_in(mode: str) -> User | AnonymousUser:
    """Who reads in ``mode``: a learner of a country whom nobody knows, or a guest; also for a mode that there is not."""
    name, _sign, country = mode.partition("-")
    if name not in {LEARNER, WRONG, COMPLETED, PRINT}:
        return AnonymousUser()
    return User(country=country if country in PARTNERS else "")


def viewer_in(mode: str) -> Viewer:
    """The same reader to a block that is for some: a learner of whom the mode does not say more may be any."""
    reader = reader_in(mode)
    return Viewer(ANY, reader.country or ANY) if reader.is_authenticated else Viewer()


class RehearsedPage(SitePage):
    """Abstract: previews show the page to somebody else than its author, who stays ``request.user`` for the editor's own checks.

    ``request.reader`` is that somebody, and so is ``user`` in templates; ``request.quizzes_passed``: whether they are through.
    """

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> Modes:
        return PAGE_MODES

    @property
    def preview_sizes(self) -> list[dict[str, object]]:
        return SIZES

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        request.reader = reader_in(mode_name)
        request.quizzes_passed = mode_name == COMPLETED
        return super().serve_preview(request, mode_name)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {**super().get_preview_context(request, mode_name), "user": request.reader}
