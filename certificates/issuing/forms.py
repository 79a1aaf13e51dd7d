"""What an issuer fills in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser

from accounts.permissions import organisations_as
from certificates.codes import normalised
from certificates.models import Certificate, CertificateTemplate, RevocationReason
from courses.models import CoursePage

from .access import TEMPLATE_ROLES


class ReinstateForm(forms.Form):
    """Typing the code shows that the issuer means this certificate."""

    note = forms.CharField(
        label=gettext_lazy("Note for your own records"),
        help_text=gettext_lazy("Only issuers of your organisation read it. Write no name or detail of a child."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    code = forms.CharField(label=gettext_lazy("Type the code of the certificate to confirm"), max_length=64)

    def __init__(self, *args, certificate: Certificate, **kwargs):
        super().__init__(*args, **kwargs)
        self.certificate = certificate
        self.fields["code"].help_text = certificate.grouped_code
        self.fields["code"].widget.attrs["autocomplete"] = "off"

    def clean_code(self) -> str:
        code = normalised(self.cleaned_data["code"])
        if code != self.certificate.code:
            raise ValidationError(_("Type the code of this certificate: %(code)s") % {"code": self.certificate.grouped_code})
        return code


class RevokeForm(ReinstateForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason, in the words that everyone will see"),
        choices=RevocationReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    field_order = ["reason", "note", "code"]


class TemplateForm(WagtailAdminModelForm):
    """A course, who issues its certificates, on whose decision, and for how many hours."""

    course = forms.ModelChoiceField(
        label=gettext_lazy("Course"),
        queryset=CoursePage.objects.all(),
        widget=AdminPageChooser(target_models=[CoursePage]),
        help_text=gettext_lazy("In any language: the certificate is for the course in all of them."),
    )

    class Meta:
        model = CertificateTemplate
        fields = ["issuer", "mode", "hours"]
        widgets = {"mode": forms.RadioSelect}

    field_order = ["course", "issuer", "mode", "hours"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = organisations_as(self.for_user, *TEMPLATE_ROLES).filter(is_issuer=True)
        if self.instance.pk:
            del self.fields["course"]  # people hold certificates for it

    def clean_course(self) -> CoursePage:
        course = self.cleaned_data["course"]
        if CertificateTemplate.objects.filter(course_key=course.translation_key).exists():
            raise ValidationError(_("This course already has a certificate template."))
        return course

    def clean_issuer(self):
        issuer = self.cleaned_data["issuer"]
        if not issuer.signatory_name:
            raise ValidationError(
                _("%(issuer)s has not said who signs its certificates. An administrator can add it.") % {"issuer": issuer}
            )
        return issuer

    def clean(self) -> dict:
        data = super().clean()
        if data.get("course"):
            self.instance.course_key = data["course"].translation_key
        return data
