"""Nobody is offered what they cannot use."""

import json
import re

import pytest


def menu(client) -> set[str]:
    """The names of all menu items, those of submenus included, as the admin's sidebar gets them."""
    html = client.get("/admin/").content.decode()
    props = re.search(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', html, re.S).group(1)
    found = set()

    def walk(node) -> None:
        if isinstance(node, dict):
            for key in ("name", "url"):
                if isinstance(node.get(key), str):
                    found.add(node[key])
            node = list(node.values())
        for child in node if isinstance(node, list) else []:
            walk(child)

    walk(json.loads(props))
    return found


def test_a_trainer_sees_content_and_reports_and_no_administration(client_for, trainer, site):
    items = menu(client_for(trainer))

    assert {"explorer", "images", "documents", "quizzes", "question-banks", "reports", "learning"} <= items
    assert items.isdisjoint({"settings", "redirects", "forms", "users", "groups", "sites", "locales", "site-history"})


def test_an_issuer_sees_certificates_and_no_pages(client_for, issuer, site):
    items = menu(client_for(issuer))

    assert {"certificates", "learning"} <= items
    assert items.isdisjoint({"settings", "aging-pages", "translations", "workflows", "site-history"})


def test_an_administrator_sees_everything(client_for, administrator, site):
    assert {"settings", "users", "groups", "sites", "site-history", "page-types-usage"} <= menu(client_for(administrator))


@pytest.mark.parametrize("who", ["trainer", "issuer", "coordinator", "administrator"])
def test_no_menu_leads_to_another_host(client_for, request, who, site):
    assert [item for item in menu(client_for(request.getfixturevalue(who))) if "://" in item] == []


def test_the_admin_wears_the_name_of_the_site(client_for, trainer, site, settings):
    html = client_for(trainer).get("/admin/").content.decode()

    assert f"- {settings.SITE_NAME}</title>" in html
    assert "/static/icons/favicon.svg" in html
