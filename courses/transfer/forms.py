"""What is asked before a course comes in."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from courses.packs import PackError
from courses.packs.files import ZipFiles
from quizzes.formats.archive import MEGABYTE

LARGEST = 100 * MEGABYTE


class CourseFileForm(forms.Form):
    """A zip. Valid means: it can be opened and is a course pack; see ``content``. What is in it has not been looked at."""

    file = forms.FileField(
        label=_("Course file"),
        help_text=_("A zip, as “Course file (zip)” makes it on another site. At most 100 MB."),
        allow_empty_file=True,
        error_messages={"required": _("Choose the course file.")},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 100 MB."))
        self.content = file.read()
        try:
            names = ZipFiles(self.content).names
        except PackError as error:
            raise forms.ValidationError(error.problems) from error
        if "pack.yaml" not in names:
            raise forms.ValidationError(_("This zip is no course file: there is no pack.yaml in it."))
        return file
