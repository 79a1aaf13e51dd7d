"""What somebody does in the Wagtail admin, step by step: the editors' journeys share it."""

import os
import re

from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from courses.models import CoursePage, ModulePage
from tests.e2e.learner import sign_in

SUBMIT = "Submit to Review before publishing"


class Editor:
    """Somebody in the Wagtail admin."""

    def __init__(self, page: Page, user: User) -> None:
        self.page = page
        self.main = page.get_by_role("main")
        self.body = self.main.get_by_role("region", name="Content", exact=True)
        self.menu = page.get_by_role("navigation", name="Main menu")
        page.goto("/admin/")
        sign_in(page, user.email)
        expect(self.menu).to_be_visible()

    def menu_words(self) -> list[str]:
        return [words.strip() for words in self.menu.get_by_role("listitem").all_inner_texts()]

    def new_child_of(self, parent: CoursePage | ModulePage, title: str) -> None:
        """Begin a new page. Where only one kind of page fits, nothing is asked."""
        self.page.goto(f"/admin/pages/{parent.pk}/")
        self.main.get_by_role("link", name="Add child page").click()
        self.main.get_by_role("textbox", name="Title*").press_sequentially(title)

    def menu_of(self, page: CoursePage | ModulePage, name: str) -> None:
        """Choose ``name`` from what may be done with a page, beside its title."""
        self.page.goto(f"/admin/pages/{page.pk}/")
        self.main.get_by_role("button", name="Actions", exact=True).first.click()
        self.page.get_by_role("link", name=name, exact=True).click()

    def add_block(self, kind: str) -> Locator:
        """The new block, once it is there: until then the last of its kind is an older one."""
        of_kind = self.body.get_by_role("region", name=re.compile(rf"^{kind}\b"))
        before = of_kind.count()
        self.body.get_by_role("button", name="Insert a block").last.click()
        self.page.get_by_role("option", name=kind, exact=True).click()
        expect(of_kind.nth(before)).to_be_visible()
        return of_kind.last

    def write(self, box: Locator, text: str, instead: bool = False) -> None:
        """Into a rich text field, which hands its text to the form a moment later; ``instead`` of what is there."""
        box.click()
        if instead:
            self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        handed_over = "text => [...document.querySelectorAll('input[type=hidden]')].some(input => input.value.includes(text))"
        self.page.wait_for_function(handed_over, arg=text)

    def choose(self, button: Locator, title: str) -> None:
        button.click()
        self.page.get_by_role("dialog").get_by_role("link", name=title).click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def add_what_reviewers_need(self) -> None:
        """To a lesson in the editor; the outcomes stand in the module."""
        self.add_block("Sources").get_by_label("Title*").fill("Council of Europe, 2005")
        tabs = self.main.get_by_role("tablist")
        tabs.get_by_role("tab", name="Outcomes, time and care").click()
        self.main.get_by_role("checkbox", name="Not specific to a country").check()
        tabs.get_by_role("tab", name="Content").click()

    def actions(self) -> Locator:
        """What may be done with the page in the editor; the menu is open."""
        self.main.get_by_role("button", name="More actions").click()
        return self.main.get_by_role("navigation", name="Actions (footer)")

    def look(self, name: str) -> None:
        """Keep a picture of the window in the folder ``LOOK``, where somebody wants to see."""
        if folder := os.environ.get("LOOK"):
            self.page.screenshot(path=f"{folder}/{name}.png", animations="disabled")

    def leave(self) -> None:
        """Close the editor while the server still listens: it tells that nobody edits the page any more."""
        self.page.goto("/en/")

    def act(self, name: str, title: str, answer: str) -> None:
        """Do it, and read that it was done to ``title``."""
        self.actions().get_by_role("button", name=name, exact=True).click()
        expect(self.main.get_by_role("status")).to_contain_text(re.compile(rf"'{title}' .*{answer}"))
