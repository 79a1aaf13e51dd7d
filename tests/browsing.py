"""A real Chromium for the tests marked ``browser``.

A test asks for ``page`` (wide, JavaScript on) or for ``new_page`` and says what it wants. Every page of such a test is watched:
a request to another host, an uncaught script error or a breach of the content security policy fails the test when it ends.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from accounts.models import User

PHONE, DESKTOP = 360, 1280
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
# WCAG 2.2 AA and axe's good practice; see docs on accessibility.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The editor looks for changes from two seconds after it has opened; what was typed before is none to it.
EDITOR_READY = """() => window.wagtail.app.getControllerForElementAndIdentifier(
    document.querySelector('[data-controller~="w-unsaved"]'), "w-unsaved").initialFormData"""


def chromium_path() -> str | None:
    """Where Chromium is: the variable ``CHROMIUM``, else the search path, else where a Mac keeps Chrome."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), MAC if os.path.exists(MAC) else None]
    return next((path for path in found if path), None)


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        reason = "needs Chromium: run ./test, or name one in the variable CHROMIUM"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    # Playwright keeps an event loop in this thread. Django would refuse the database calls that a test makes beside it, and
    # would open new connections that know nothing of the test database's first rows.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    opened = {alias: connections[alias] for alias in connections}
    with sync_playwright() as playwright:
        for alias, connection in opened.items():
            connections[alias] = connection
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


NewPage = Callable[..., Page]

# Colours are measured as they are seen: what is only half there yet has too little contrast. What turns without end is left out.
MOVEMENTS_ENDED = """async () => {
    const running = document.getAnimations().filter((movement) => movement.playState === "running");
    const ending = running.filter((movement) => Number.isFinite(movement.effect.getComputedTiming().endTime));
    await Promise.allSettled(ending.map((movement) => movement.finished));
}"""


@pytest.fixture
def new_page(browser: Browser, live_server) -> Iterator[NewPage]:
    """``new_page(width=1280, javascript=True, dark=False, language="en", user=None)``: a fresh visitor's page.

    Addresses given to ``page.goto`` may be paths. With ``user`` the visitor is signed in.
    """
    contexts, troubles = [], []
    host = urlsplit(live_server.url).netloc

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: troubles.append(f"script error on {page.url}: {error}"))
        page.on("console", lambda m: troubles.append(f"{page.url}: {m.text}") if "Content Security Policy" in m.text else None)
        page.on("request", lambda request: troubles.extend(strays(request, host)))

    def make(width: int = DESKTOP, javascript: bool = True, dark: bool = False, language: str = "en", user: User | None = None):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 780},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            locale=language,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        context.on("page", watch)
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A visitor with a wide window, JavaScript and no account."""
    return new_page()


def unfold(page: Page) -> None:
    """Open the blocks of a written lesson, which its editor shows as a list of labels."""
    body = page.get_by_role("region", name="Content", exact=True)
    folded = body.get_by_role("button", name="Toggle section", expanded=False)
    expect(folded.first).to_be_visible()
    while folded.count():
        folded.first.click()


def strays(request: Request, host: str) -> list[str]:
    address = urlsplit(request.url)
    if address.scheme in {"http", "https"} and address.netloc != host:
        return [f"request to another host: {request.url}"]
    return []


def session_cookie(user: User, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": url}


@pytest.fixture(scope="session")
def assert_no_violations() -> Callable[..., None]:
    """``assert_no_violations(page)``: axe finds nothing wrong in the page, once nothing fades or slides in it any more.

    Needs JavaScript in that page.
    """
    axe = Axe()

    def check(page: Page, context: str | None = None) -> None:
        page.evaluate(MOVEMENTS_ENDED)
        options = {"resultTypes": ["violations"], "runOnly": RULES}
        found = axe.run(page, context=context, options=options)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check


@pytest.fixture(scope="session")
def assert_fits() -> Callable[[Page], None]:
    """``assert_fits(page)``: nothing has to be scrolled sideways."""

    def check(page: Page) -> None:
        wide, window = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= window, f"{page.url} is {wide} px wide in a window of {window} px"

    return check


@pytest.fixture(scope="session")
def assert_nothing_cut_off() -> Callable[[Page], None]:
    """``assert_nothing_cut_off(page)``: for pages of the editors, whose main part hides what is wider than it."""

    def check(page: Page) -> None:
        wide, part = page.evaluate("(main => [main.scrollWidth, main.clientWidth])(document.getElementById('main'))")
        assert wide <= part, f"{page.url} shows {part} px of {wide} px"

    return check
