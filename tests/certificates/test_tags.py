"""What course and learning pages say of the reader's certificate."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from certificates.models import Certificate
from certificates.templatetags.certificates_tags import certificates_by_course
from tests.factories.certificates import HolderFactory, TemplateFactory, due, issued, requested, revoked

pytestmark = pytest.mark.django_db


def card(user, course_key) -> str:
    request = RequestFactory().get("/")
    request.user = user
    page = Template("{% load certificates_tags %}{% certificate_card course_key %}")
    return page.render(Context({"request": request, "course_key": course_key}))


def test_due_leads_to_the_form(holder, template, due_certificate):
    html = card(holder, template.course_key)
    assert "Get my certificate" in html and reverse("certificates:detail", args=[due_certificate.public_id]) in html


def test_each_state_in_words(holder, template, issuer):
    certificate = issued(holder, template)
    assert "Valid" in card(holder, template.course_key)
    revoked(certificate, issuer)
    holder = type(holder).objects.get(pk=holder.pk)
    assert "Revoked" in card(holder, template.course_key)
    template.mode = "approval"
    template.save()
    other = HolderFactory()
    requested(other, template)
    assert "Partner Belgium looks at it first" in card(other, template.course_key)


def test_nothing_for_others(holder, template, due_certificate):
    assert card(HolderFactory(), template.course_key).strip() == ""
    assert card(AnonymousUser(), template.course_key).strip() == ""
    assert card(holder, uuid.uuid4()).strip() == ""


def test_many_cards_cost_one_query(holder, organisation, django_assert_num_queries):
    keys = [uuid.uuid4() for _ in range(5)]
    for key in keys:
        due(holder, TemplateFactory(course_key=key, issuer=organisation))
    request = RequestFactory().get("/")
    request.user = type(holder).objects.get(pk=holder.pk)
    page = Template("{% load certificates_tags %}{% for key in keys %}{% certificate_card key %}{% endfor %}")
    with django_assert_num_queries(1):
        html = page.render(Context({"request": request, "keys": keys}))
    assert html.count("Get my certificate") == 5


def test_by_course(holder, due_certificate, template):
    assert certificates_by_course(holder) == {template.course_key: due_certificate}
    assert certificates_by_course(AnonymousUser()) == {}


def test_my_learning_lists_them(client_for, holder, certificate):
    page = client_for(holder).get(reverse("learning:my_learning")).content.decode()
    assert "My certificates" in page and "Recognising" in page
    assert reverse("certificates:detail", args=[certificate.public_id]) in page
    Certificate.objects.all().delete()
    assert "My certificates" not in client_for(holder).get(reverse("learning:my_learning")).content.decode()
