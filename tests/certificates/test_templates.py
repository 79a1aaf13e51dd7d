"""Certificate templates: made by an organisation's issuers and coordinators, each change a new version."""

import pytest
from django.urls import reverse

from certificates.models import Certificate, CertificateTemplate
from tests.factories.certificates import HolderFactory, OrganisationFactory, complete, due, issuer_of
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db
INDEX, ADD = "certificate_templates:index", "certificate_templates:add"


def edit(template):
    return reverse("certificate_templates:edit", args=[template.pk])


def data_for(course, organisation, /, **changes):
    return {"course": course.pk, "issuer": organisation.pk, "mode": "automatic", "hours": "3.5"} | changes


@pytest.mark.parametrize("role", ["issuer", "coordinator", "administrator"])
def test_make_one(request, client_for, course, organisation, role, django_capture_on_commit_callbacks):
    earlier = HolderFactory()
    complete(earlier, course.translation_key)
    client = client_for(request.getfixturevalue(role))
    assert client.get(reverse(ADD)).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse(ADD), data_for(course, organisation))
    assert response.status_code == 302, response.context["form"].errors
    template = CertificateTemplate.objects.get()
    assert (template.course_key, template.issuer, template.version) == (course.translation_key, organisation, 1)
    assert Certificate.objects.get().user == earlier
    assert "Recognising" in client.get(reverse(INDEX)).content.decode()


def test_a_change_is_a_new_version_and_saving_alone_is_not(client_for, issuer, course, organisation, template):
    client = client_for(issuer)
    client.post(edit(template), data_for(course, organisation, hours="3.50"))
    template.refresh_from_db()
    assert template.version == 1
    client.post(edit(template), data_for(course, organisation, hours="4", mode="approval"))
    template.refresh_from_db()
    assert (template.version, template.mode) == (2, "approval")


def test_the_course_of_a_template_stays(client_for, issuer, course, site, organisation, template):
    other = make_course(site.catalogue, title="Other", slug="other")
    client_for(issuer).post(edit(template), data_for(other, organisation))
    template.refresh_from_db()
    assert template.course_key == course.translation_key


def test_what_waits_follows_a_new_issuer_and_what_is_issued_stays(
    client_for, administrator, course, organisation, template, certificate
):
    pending = due(HolderFactory(), template)
    new = OrganisationFactory()
    client_for(administrator).post(edit(template), data_for(course, new))
    pending.refresh_from_db()
    certificate.refresh_from_db()
    assert (pending.issuer, certificate.issuer) == (new, organisation)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hours": "0"}, "greater than or equal to 0.25"),
        ({"mode": "x"}, "x is not one of"),
        ({"course": ""}, "required"),
        ({"hours": "1e9"}, "digits"),
    ],
)
def test_a_wrong_form_is_refused(client_for, issuer, course, organisation, changes, words):
    response = client_for(issuer).post(reverse(ADD), data_for(course, organisation, **changes))
    assert words in str(response.context["form"].errors)
    assert not CertificateTemplate.objects.exists()


def test_one_template_a_course(client_for, issuer, course, organisation, template):
    response = client_for(issuer).post(reverse(ADD), data_for(course, organisation))
    assert "already has a certificate template" in str(response.context["form"].errors)


def test_nobody_signs_for_another_organisation(client_for, issuer, course):
    response = client_for(issuer).post(reverse(ADD), data_for(course, OrganisationFactory()))
    assert "issuer" in response.context["form"].errors
    assert not CertificateTemplate.objects.exists()


def test_an_organisation_must_issue_and_have_a_signatory(client_for, issuer, course, organisation):
    organisation.signatory_name = ""
    organisation.save()
    response = client_for(issuer).post(reverse(ADD), data_for(course, organisation))
    assert "has not said who signs" in str(response.context["form"].errors)
    organisation.is_issuer = False
    organisation.save()
    assert "issuer" in client_for(issuer).post(reverse(ADD), data_for(course, organisation)).context["form"].errors


def test_another_organisations_template_is_not_found(client_for, course, template):
    stranger = client_for(issuer_of(OrganisationFactory()))
    assert stranger.get(edit(template), follow=True).status_code == 404
    assert stranger.post(edit(template), {"mode": "approval"}, follow=True).status_code == 404
    assert "Recognising" not in stranger.get(reverse(INDEX)).content.decode()
    template.refresh_from_db()
    assert template.mode == "automatic"
