"""Editors' forms: what the models alone cannot check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from .models import Question


class QuestionForm(WagtailAdminModelForm):
    """Adds the lesson that teaches the answer: chosen as a page, kept as its translation key."""

    review_lesson = forms.ModelChoiceField(
        queryset=Page.objects.all(),
        required=False,
        label=_("Lesson to look at again"),
        help_text=_("Offered to learners whose answer was not right."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By name, because pages of courses are above this app.
        self.fields["review_lesson"].widget = AdminPageChooser(target_models=["courses.LessonPage"])
        key = self.instance.review_key
        if key:
            pages = Page.objects.filter(translation_key=key)
            self.initial["review_lesson"] = pages.filter(locale_id=self.instance.locale_id).first() or pages.first()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        lesson = cleaned.get("review_lesson")
        self.instance.review_key = lesson.translation_key if lesson else None
        return cleaned


class QuizForm(WagtailAdminModelForm):
    """Refuses to publish a quiz that has too few questions to ask. A draft may wait for questions that are drafts themselves."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        formset = self.formsets.get("items")
        if formset is None or not formset.is_valid():
            return cleaned
        rows = [row for row in formset.cleaned_data if row and not row.get("DELETE")]
        bank = cleaned.get("draw_from")
        drafts = self.is_deferred_validation
        questions = Question.objects.all() if drafts else Question.objects.live()
        chosen = [row["question"].pk for row in rows if row.get("question")]
        pool = questions.pool(locale_id=self.instance.locale_id, chosen=chosen, bank_id=bank.pk if bank else None)
        wanted = cleaned.get("questions_per_attempt") or 0
        if wanted > len(pool):
            message = _("Needs %(wanted)d questions, has %(has)d that can be asked. Add or publish questions, or ask fewer.")
            self.add_error("questions_per_attempt", forms.ValidationError(message, params={"wanted": wanted, "has": len(pool)}))
        elif not pool and not drafts:
            self.add_error(None, _("This quiz has no question that can be asked. Choose published questions or a bank."))
        return cleaned
