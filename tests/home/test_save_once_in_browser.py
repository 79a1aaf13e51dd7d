"""Somebody presses Publish or Save while the editor is saving a new page or snippet by itself: one thing comes into being."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import ElementHandle, Page, Route, expect

from courses.models import CoursePage, ModulePage
from quizzes.models import Quiz
from tests.browsing import EDITOR_READY, NewPage
from tests.factories.editing import admin_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Acting in the first hours"
AUTOSAVED = "() => !document.body.append(Object.assign(document.createElement('i'), {id: 'autosaved'}))"
CALLED_OFF = """() => addEventListener("w-autosave:save", (event) => {
    document.body.dataset.calledOff = event.defaultPrevented;
})"""
Answer = Callable[[], None]


def new_module(course: CoursePage) -> str:
    return reverse("wagtailadmin_pages:add", args=["courses", "modulepage", course.pk])


def by_itself(route: Route) -> bool:
    return route.request.method == "POST" and route.request.headers["accept"] == "application/json"


def write(page: Page, address: str, arrives: bool = True) -> Answer:
    """Write a title at ``address``, of which the editor then saves a draft by itself. ``Answer()`` lets the answer to it come.

    The draft is saved by now; or it never reaches the server, and the answer is a failure.
    """
    held = []

    def hold(route: Route) -> None:
        if held or not by_itself(route):
            return route.fallback()
        response = route.fetch() if arrives else None
        if response and not response.ok:  # tried too early: the address of the page is made from the title a moment later
            return route.fulfill(response=response)
        held.append((route, {"response": response} if response else {"status": 503, "body": ""}))
        page.evaluate(AUTOSAVED)

    page.goto(address)
    page.wait_for_function(EDITOR_READY)
    page.route(f"**{address}*", hold)
    page.get_by_role("textbox", name="Title").press_sequentially(TITLE)
    page.wait_for_selector("#autosaved", state="attached")
    [(route, answer)] = held
    return lambda: route.fulfill(**answer)


def button(page: Page, name: str) -> ElementHandle:
    """The button itself: once pressed, it is named otherwise."""
    main = page.get_by_role("main")
    if name == "Publish":
        main.get_by_role("button", name="More actions").click()
    return main.get_by_role("button", name=name, exact=True).element_handle()


def test_a_new_page_is_published_once(new_page: NewPage, course, administrator) -> None:
    page = new_page(user=administrator)
    answer = write(page, new_module(course))
    publish = button(page, "Publish")
    publish.click()
    answer()
    expect(page.get_by_role("status")).to_contain_text(f"Page '{TITLE}' has been published")
    assert ModulePage.objects.get(title=TITLE).live


def test_a_new_snippet_is_saved_once_however_often_it_is_pressed(new_page: NewPage, site, administrator) -> None:
    page = new_page(user=administrator)
    answer = write(page, admin_url(Quiz, "add"))
    save = button(page, "Save draft")
    save.click()
    save.evaluate("button => { button.disabled = false; }")  # as Wagtail does after half a minute
    save.click()
    sent = []
    page.on("request", lambda request: sent.append(request) if request.is_navigation_request() else None)
    answer()
    expect(page.get_by_role("status")).to_contain_text("updated")
    assert [request.method for request in sent] == ["POST", "GET"]
    assert Quiz.objects.filter(title=TITLE).count() == 1


def test_a_press_goes_on_when_the_saving_failed(new_page: NewPage, course, administrator) -> None:
    page = new_page(user=administrator)
    answer = write(page, new_module(course), arrives=False)
    publish = button(page, "Publish")
    publish.click()
    answer()
    expect(page.get_by_role("status")).to_contain_text(f"Page '{TITLE}' created and published")
    assert ModulePage.objects.get(title=TITLE).live


def test_nothing_is_saved_by_itself_once_the_form_was_sent(new_page: NewPage, course, administrator) -> None:
    page = new_page(user=administrator)
    module = course.get_first_child()
    page.goto(f"/admin/pages/{module.pk}/edit/")
    page.wait_for_function(EDITOR_READY)
    no_page_yet = {"status": 204}  # leaves the window as it is while the answer is on its way
    page.route("**/edit/*", lambda route: route.fulfill(**no_page_yet) if route.request.method == "POST" else route.fallback())
    page.evaluate(CALLED_OFF)
    publish = button(page, "Publish")
    with page.expect_response(lambda response: response.status == 204):
        publish.click()
    page.get_by_role("textbox", name="Title").press_sequentially(" again")
    page.wait_for_selector("body[data-called-off=true]")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")  # as when somebody comes back to the page
    page.get_by_role("textbox", name="Title").press_sequentially(" and again")
    page.wait_for_selector("body[data-called-off=false]")
