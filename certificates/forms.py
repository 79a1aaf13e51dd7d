"""What the holder of a certificate says about it."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from . import names


class HolderForm(forms.Form):
    """Name and language of a certificate that is due. The name keeps its letters, spaces and apostrophes as typed."""

    holder_name = forms.CharField(
        label=_("How should your name appear?"),
        help_text=_("As in your papers. Any alphabet that the certificate can print, with accents, spaces and apostrophes."),
        max_length=names.LONGEST,
        error_messages={"required": _("Write your name as it should appear on the certificate.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false", "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the certificate"),
        help_text=_("The name of the course follows, where it is translated."),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose the language of the certificate.")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES

    def clean_holder_name(self) -> str:
        return names.clean_name(self.cleaned_data["holder_name"])
