"""The holder's page, the download, and the public check."""

import base64
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.services import has_verified_email
from training.keeping import kept_input, signed_in_or_kept

from . import documents, limits, pdf, services
from .forms import HolderForm
from .models import Certificate
from .sources import CourseUnknown, course_titles

Status = Certificate.Status


@signed_in_or_kept("holder_name", "language")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, public_id) -> HttpResponse:
    """The holder's own page: what state the certificate is in, and what they can do with it."""
    certificate = get_object_or_404(Certificate.objects.of(request.user).select_related("issuer", "user"), public_id=public_id)
    if certificate.status == Status.DUE:
        return _request(request, certificate)
    if request.method == "POST":  # a form of a page that was left open
        return redirect("certificates:detail", public_id)
    return _state(request, certificate)


def _request(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Ask the holder for name and language; keep what is typed, issue or request when everything is there."""
    start = {
        "holder_name": certificate.holder_name or certificate.user.full_name,
        "language": certificate.language or get_language(),
    } | kept_input(request)
    form = HolderForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        services.save_draft(certificate=certificate, **form.cleaned_data)
        if "preview" in request.POST:
            return redirect(reverse("certificates:detail", args=[certificate.public_id]) + "#preview")
        return _finish(request, certificate, form)
    context = {
        "form": form,
        "certificate": certificate,
        "course": course_titles([certificate.course_key], get_language()).get(certificate.course_key, ""),
        "email_confirmed": has_verified_email(certificate.user),
    }
    return render(request, "certificates/request.html", context, status=422 if form.errors else 200)


def _finish(request: HttpRequest, certificate: Certificate, form: HolderForm) -> HttpResponse:
    here = reverse("certificates:detail", args=[certificate.public_id])
    try:
        services.request_certificate(certificate=certificate, **form.cleaned_data)
    except services.EmailNotConfirmed:
        messages.info(request, _("Your name is kept. Confirm your e-mail address, then come back to get your certificate."))
        return redirect(f"{reverse('accounts:confirm_email')}?{urlencode({'next': here})}")
    except CourseUnknown:
        messages.error(
            request, _("This course is no longer on the site, so its certificate cannot be issued. Write to the issuer.")
        )
    return redirect(here)


def _state(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """A certificate that was requested, issued or revoked, from its frozen details."""
    context = {"certificate": certificate, "details": certificate.details}
    if certificate.status == Status.REQUESTED:
        context["course"] = course_titles([certificate.course_key], get_language()).get(certificate.course_key, "")
    elif certificate.status == Status.ISSUED:
        context |= _to_share(certificate.details)
        try:
            context["size"] = len(documents.document_of(certificate).pdf)
        except documents.DocumentNotMade:
            context["not_made"] = True
    else:
        context["revoked"] = Certificate.objects.public().get(pk=certificate.pk)
    return render(request, "certificates/detail.html", context)


def _to_share(details: dict) -> dict:
    """The QR code as a picture address, and the plain links with which a holder tells others."""
    year, month, _day = details["issued_on"].split("-")
    profile = {
        "startTask": "CERTIFICATION_NAME",
        "name": details["course"],
        "organizationName": details["issuer"],
        "issueYear": year,
        "issueMonth": int(month),
        "certUrl": details["url"],
        "certId": details["code"],
    }
    body = _("You can check my certificate here: %(url)s") % {"url": details["url"]}
    return {
        "qr": "data:image/svg+xml;base64," + base64.b64encode(pdf.qr_svg(details["url"])).decode(),
        "linkedin": "https://www.linkedin.com/profile/add?" + urlencode(profile),
        "mail": "mailto:?" + urlencode({"subject": _("My certificate"), "body": body}).replace("+", "%20"),
    }


@login_required
@never_cache
@require_GET
def download(request: HttpRequest, public_id) -> HttpResponse:
    """The holder's PDF: always whole, or the page that says why there is none yet."""
    certificate = get_object_or_404(Certificate.objects.of(request.user), public_id=public_id, status=Status.ISSUED)
    try:
        return pdf_response(documents.document_of(certificate))
    except documents.DocumentNotMade:
        return redirect("certificates:detail", public_id)


def pdf_response(document) -> HttpResponse:
    """A stored document as a download, under a name without letters that a file system could refuse."""
    response = HttpResponse(bytes(document.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{document.certificate.grouped_code}.pdf"'
    return response


@never_cache
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The public check: a form, and the answer when a code came with it."""
    typed = request.GET.get("code", "").strip()
    return _answer(request, typed) if typed else _public(render(request, "certificates/verify.html", {"typed": ""}))


@never_cache
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    return _answer(request, code)


@never_cache
@require_safe
def verify_short(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the QR code to the check in the visitor's language. Known and unknown ids are treated alike."""
    return _public(redirect("certificates:verify_code", public_id))


def _answer(request: HttpRequest, typed: str) -> HttpResponse:
    """Valid, revoked or not found: one query, one template and status 200, whatever is found.

    A 404 would send the request through the look-up of redirects, and the typed code into the log.
    """
    if limits.too_many(request):
        response = render(request, "certificates/wait.html", {"minutes": limits.PERIOD // 60}, status=429)
        response["Retry-After"] = str(limits.PERIOD)
        return _public(response)
    certificate = Certificate.objects.checked_by(typed)
    context = {
        "answered": True,
        "typed": typed[:64],
        "certificate": certificate,
        "details": getattr(certificate, "details", None),
    }
    return _public(render(request, "certificates/verify.html", context))


def _public(response: HttpResponse) -> HttpResponse:
    """No search engine lists who has a certificate."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
