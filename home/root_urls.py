"""Addresses that are the same in every language: for machines, and the short ones that people type."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from . import mailbox, probes, styleguide, views, well_known

urlpatterns = [
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("robots.txt", well_known.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": well_known.PublicPages}}, name="sitemap"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("leave/", views.leave),
    path("dev/mail/", mailbox.mail),
    path("styleguide/", styleguide.styleguide),
]
