"""What is asked before questions come in or go out."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from quizzes.formats import FORMATS, Format, FormatError, readable
from quizzes.importing import jobs
from quizzes.models import QuestionBank


def languages() -> list[tuple[str, str]]:
    return [(locale.language_code, locale.get_display_name()) for locale in Locale.objects.all()]


def named(formats: Iterable[Format]) -> list[tuple[str, Any]]:
    """Name and label of each, for a choice."""
    return [(file_format.name, file_format.label) for file_format in formats]


class ImportForm(forms.Form):
    """A file and where its questions go. Valid means: it was read, and holds something; see ``format`` and ``reading``."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("At most 20 MB."),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file to read.")},
    )
    file_format = forms.ChoiceField(
        label=_("Format"), required=False, help_text=_("Choose one only if the file is not recognised.")
    )
    bank = forms.ModelChoiceField(
        label=_("Question bank"), queryset=QuestionBank.objects.all(), required=False, empty_label=_("A new bank, named below")
    )
    new_bank = forms.CharField(label=_("Name of the new bank"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language"), help_text=_("Of questions whose language the file does not say."))
    publish = forms.BooleanField(
        label=_("Publish at once"), required=False, help_text=_("Otherwise all arrive as drafts, for you to look at.")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file_format"].choices = [("", _("Recognise it")), *named(readable())]
        self.fields["language"].choices = languages()
        self.fields["language"].initial = settings.LANGUAGE_CODE
        if not user.has_perm("quizzes.add_questionbank"):
            del self.fields["new_bank"]
            self.fields["bank"].required, self.fields["bank"].empty_label = True, "---------"
        if not user.has_perm("quizzes.publish_question"):
            del self.fields["publish"]

    def clean_new_bank(self) -> str:
        name = self.cleaned_data["new_bank"].strip()
        if QuestionBank.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is a bank of this name. Choose it above, or give another name."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "new_bank" in self.fields and "new_bank" not in self.errors:
            chosen, named = cleaned.get("bank"), cleaned.get("new_bank")
            if bool(chosen) == bool(named):
                self.add_error("bank", _("Choose a bank, or leave this open and name a new one."))
        if cleaned.get("file") is not None and "file_format" not in self.errors:
            self._read(cleaned["file"], cleaned.get("file_format"))
        return cleaned

    def _read(self, file: UploadedFile, wanted: str | None) -> None:
        content = file.read(jobs.LARGEST + 1)
        try:
            self.format, self.reading = jobs.read(content, file.name, wanted or "")
        except FormatError as error:
            self.add_error("file", str(error))
            return
        if not self.reading.items:
            reasons = " ".join(f"{note.place}: {note.reason}" for note in self.reading.notes[:5])
            message = _("No question was found in this file. %(reasons)s")
            self.add_error("file", forms.ValidationError(message, params={"reasons": reasons}))
        self.content = content


class ExportForm(forms.Form):
    file_format = forms.ChoiceField(label=_("Format"))
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file_format"].choices = named(each for each in FORMATS.values() if each.write)
        self.fields["language"].choices = [("", _("All languages")), *languages()]
