"""One certificate, approval in bulk, revoking and reinstating. Whoever is not an issuer of its organisation finds nothing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates import documents, services
from certificates.models import Certificate, CertificateNotice
from certificates.sources import course_titles
from certificates.views import pdf_response

from .access import own_certificate, own_certificates, own_issuers
from .forms import ReinstateForm, RevokeForm

AT_A_TIME = 200


@never_cache
@require_GET
def single(request: HttpRequest, public_id) -> HttpResponse:
    """One certificate with its details, its history and what can be done with it."""
    certificate = own_certificate(request, public_id)
    titles = course_titles([certificate.course_key], get_language())
    context = {
        "certificate": certificate,
        "course": certificate.details.get("course") or titles.get(certificate.course_key, ""),
        "events": certificate.events.select_related("actor", "notice"),
        "may_revoke": services.may_revoke(request.user, certificate),
    }
    return render(request, "certificates/issuing/single.html", context)


@never_cache
@require_GET
def download(request: HttpRequest, public_id) -> HttpResponse:
    """The PDF as it was issued, also of a revoked certificate: to compare with a paper that somebody shows."""
    certificate = own_certificate(request, public_id)
    if not certificate.issued_at:
        messages.error(request, _("There is no PDF before the certificate is issued."))
        return redirect("certificates_desk:single", public_id)
    try:
        return pdf_response(documents.document_of(certificate))
    except documents.DocumentNotMade:
        messages.error(request, _("The PDF could not be made just now. The certificate is valid all the same. Try again later."))
        return redirect("certificates_desk:single", public_id)


@never_cache
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, public_id) -> HttpResponse:
    certificate = _turnable(request, public_id)
    form = RevokeForm(request.POST or None, certificate=certificate)
    if request.method == "POST" and form.is_valid():
        reason, note = form.cleaned_data["reason"], form.cleaned_data["note"]
        services.revoke(certificate=certificate, actor=request.user, reason=reason, note=note)
        return _done(request, certificate, _("The certificate is revoked. The holder is told by e-mail."))
    return _ask(request, "revoke", certificate, form)


@never_cache
@require_http_methods(["GET", "POST"])
def reinstate(request: HttpRequest, public_id) -> HttpResponse:
    certificate = _turnable(request, public_id)
    form = ReinstateForm(request.POST or None, certificate=certificate)
    if request.method == "POST" and form.is_valid():
        services.reinstate(certificate=certificate, actor=request.user, note=form.cleaned_data["note"])
        return _done(request, certificate, _("The certificate is valid again. The holder is told by e-mail."))
    return _ask(request, "reinstate", certificate, form)


def _turnable(request: HttpRequest, public_id) -> Certificate:
    certificate = own_certificate(request, public_id)
    if not services.may_revoke(request.user, certificate):
        raise PermissionDenied
    return certificate


def _done(request: HttpRequest, certificate: Certificate, text: str) -> HttpResponse:
    """Back to the certificate, whose history also says whether the mail has left."""
    messages.success(request, text)
    notice = CertificateNotice.objects.filter(event__certificate=certificate).order_by("pk").last()
    if notice and notice.tries and not notice.sent_at:
        messages.warning(
            request, _("The e-mail could not be sent yet. It is tried again; the history below says when it has left.")
        )
    return redirect("certificates_desk:single", certificate.public_id)


def _ask(request: HttpRequest, act: str, certificate: Certificate, form) -> HttpResponse:
    context = {"certificate": certificate, "form": form}
    return render(request, f"certificates/issuing/{act}.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for approval, oldest first, a page full at a time."""
    _issuers_only(request)
    found = own_certificates(request.user).waiting()
    return render(request, "certificates/issuing/waiting.html", _rows(found))


@never_cache
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """First asks, then issues the chosen ones. Safe to send twice: what is issued already is only counted."""
    _issuers_only(request)
    found = own_certificates(request.user).filter(pk__in=_chosen(request))
    if not found:
        messages.error(request, _("Choose at least one certificate."))
        return redirect("certificates_desk:waiting")
    if "confirmed" not in request.POST:
        return render(request, "certificates/issuing/approve.html", _rows(found.waiting()))
    _tell(request, services.approve(certificates=list(found), actor=request.user))
    return redirect("certificates_desk:waiting")


def _chosen(request: HttpRequest) -> list[int]:
    """The ticked numbers; anything else that came along is nobody's certificate."""
    return [int(number) for number in request.POST.getlist("certificate")[:AT_A_TIME] if number.isdecimal() and len(number) < 19]


def _tell(request: HttpRequest, result: services.Approved) -> None:
    parts = [ngettext("%(n)d certificate issued.", "%(n)d certificates issued.", result.issued) % {"n": result.issued}]
    if result.before:
        parts.append(ngettext("%(n)d was issued before.", "%(n)d were issued before.", result.before) % {"n": result.before})
    if result.not_possible:
        text = ngettext(
            "%(n)d cannot be issued: the holder or the course is gone.",
            "%(n)d cannot be issued: the holder or the course is gone.",
            result.not_possible,
        )
        parts.append(text % {"n": result.not_possible})
    level = messages.WARNING if result.not_possible else messages.SUCCESS
    messages.add_message(request, level, " ".join(parts))


def _rows(certificates) -> dict:
    rows = list(certificates[:AT_A_TIME])
    titles = course_titles({c.course_key for c in rows}, get_language())
    return {"rows": [(c, titles.get(c.course_key, "")) for c in rows], "total": certificates.count()}


def _issuers_only(request: HttpRequest) -> None:
    if not own_issuers(request.user).exists():
        raise PermissionDenied
