"""The access code that some quizzes ask for before they start."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from quizzes.terms import Terms

WRONG = _("This is not the access code. Ask your trainer for it.")


class CodeForm(forms.Form):
    """Whether the code is right is asked where the attempt starts; here it is only shown, and refused."""

    code = forms.CharField(
        label=_("Access code"),
        help_text=_("Your trainer tells it."),
        max_length=50,
        error_messages={"required": WRONG, "max_length": WRONG},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    use_required_attribute = False


def code_form(terms: Terms) -> CodeForm | None:
    return CodeForm() if terms.access_code else None


def refused_code(posted: QueryDict) -> CodeForm:
    """The form with what was typed, and why it did not do."""
    form = CodeForm(posted)
    if form.is_valid():
        form.add_error("code", WRONG)
    return form
