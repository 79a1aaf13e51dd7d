"""Factories of the site's own pages."""

import json

import wagtail_factories

from home.models import StandardPage

from .courses import block


class StandardPageFactory(wagtail_factories.PageFactory):
    title = "Privacy"
    body = json.dumps([block("text", "<p>What is stored.</p>")])

    class Meta:
        model = StandardPage
