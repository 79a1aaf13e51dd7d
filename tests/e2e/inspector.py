"""Looks at a page as it stands, in both windows and both themes, and says what is wrong with it."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

from tests.browsing import DESKTOP, RULES

NARROW = 320
AXE = Axe()
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
# The same attribute that the server writes for the cookie; see test_the_theme_comes_with_the_page.
SET_THEME = "theme => { document.documentElement.dataset.theme = theme; }"
OPEN_FOLDS = "document.querySelectorAll('main details').forEach(fold => { fold.open = true; })"


class Inspector:
    """Collects the problems of every page it is shown; ``problems`` is empty when all is well."""

    def __init__(self, page: Page) -> None:
        self.page, self.problems, self._said = page, [], []
        page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        """Errors only. That the page itself came with a status such as 404 or 422 is meant."""
        if message.type == "error" and message.location.get("url") != self.page.url:
            self._said.append(message.text)

    def problems_of(self, scenes: Iterator[str]) -> list[str]:
        """Walk through ``scenes``, which opens one state of a page after the other and names it."""
        names = []
        for name in scenes:
            self.look(name)
            names.append(name)
        assert names
        return self.problems

    def look(self, name: str) -> None:
        self.page.evaluate(OPEN_FOLDS)
        found = [f"console: {text}" for text in self._said]
        headings = self.page.locator("h1").count()
        found += [] if headings == 1 else [f"{headings} headings of level 1"]
        for width in (NARROW, DESKTOP):
            self.page.set_viewport_size({"width": width, "height": 780})
            wide, window = self.page.evaluate(WIDTHS)
            found += [] if wide <= window else [f"{wide} px wide in a window of {window} px"]
            for theme in ("dark", "light"):
                self.page.evaluate(SET_THEME, theme)
                found += [f"{theme}, {width} px: {violation}" for violation in self._violations()]
        self._said.clear()
        self.problems += [f"{name} ({self.page.url}): {problem}" for problem in found]

    def _violations(self) -> list[str]:
        results = AXE.run(self.page, options={"resultTypes": ["violations"], "runOnly": RULES})
        return [
            f"{violation['id']}: {', '.join(str(node['target']) for node in violation['nodes'][:3])}"
            for violation in results.response["violations"]
        ]
