"""What every response carries: a strict policy outside the admin, nothing personal in a cache."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse


def policy_of(response) -> dict[str, list[str]]:
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts}


@pytest.mark.parametrize("path", ["/en/", "/en/courses/", "/en/settings/place/", "/en/search/", "/en/nothing/here/", "/healthz"])
def test_public_pages_allow_only_our_own_files(client, site, path):
    policy = policy_of(client.get(path))

    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ["'self'"]
    assert policy["base-uri"] == policy["frame-ancestors"] == ["'self'"]


def test_the_policy_is_widened_under_the_admin_only(client_for, administrator, site):
    client = client_for(administrator)

    admin, public = policy_of(client.get("/admin/")), policy_of(client.get("/en/"))

    assert "'unsafe-inline'" in admin["script-src"]
    assert "'unsafe-inline'" in admin["style-src"]
    assert admin["frame-src"] == ["'self'"]
    assert not any("'unsafe-inline'" in sources for sources in public.values())
    assert "frame-src" not in public


def test_no_policy_names_another_host(client_for, administrator, site):
    client = client_for(administrator)

    for path in ("/admin/", "/en/"):
        sources = {source for sources in policy_of(client.get(path)).values() for source in sources}
        assert sources <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}, path


def test_pages_of_a_signed_in_person_are_not_stored(client_for, learner, site):
    caching = client_for(learner).get("/en/").headers["Cache-Control"]

    assert "no-store" in caching
    assert "private" in caching


def test_lessons_are_not_stored_even_for_strangers(client, lessons):
    response = client.get(lessons[0].url)

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_other_public_pages_may_be_stored(client, site):
    assert "no-store" not in client.get("/en/").headers.get("Cache-Control", "")


def test_our_own_forms_keep_their_origin():
    """With "no-referrer" browsers send "Origin: null" and Django refuses the form."""
    assert settings.SECURE_REFERRER_POLICY == "same-origin"


@pytest.mark.browser
def test_a_real_browser_may_send_our_forms(page, site):
    page.goto(reverse("home:place"))
    page.get_by_label("Belgium").check()
    page.get_by_role("button", name="Save").click()

    page.get_by_text("Your choice is saved.").wait_for()


def test_the_admin_loads_nothing_from_another_host(client_for, administrator, site):
    html = client_for(administrator).get("/admin/").content.decode()

    loaded = [
        part.split('"')[0] for name in ('src="', 'srcset="', '<link rel="stylesheet" href="') for part in html.split(name)[1:]
    ]
    assert loaded
    assert [address for address in loaded if not address.startswith("/")] == []
    assert "gravatar" not in html
    assert "releases.wagtail" not in html
    assert "guide.wagtail.org" not in html


@pytest.mark.browser
def test_the_editor_works_under_its_policy(new_page, administrator, course, lessons):
    """``new_page`` fails this test at any breach of the policy and at any request to another host."""
    page = new_page(user=administrator)

    page.goto("/admin/")
    page.get_by_role("link", name="Pages").first.wait_for()
    page.goto(f"/admin/pages/{lessons[0].pk}/edit/")
    page.get_by_role("button", name="Toggle preview").click()
    page.locator("iframe").first.wait_for()
    page.goto(f"/admin/localize/submit/page/{course.pk}/")
    page.get_by_role("heading").first.wait_for()


def test_a_stranger_cannot_frame_us(client, site):
    assert Client().get("/en/").headers["X-Frame-Options"] == "SAMEORIGIN"
