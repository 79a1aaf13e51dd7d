"""The form of a question: what the model alone cannot check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

# Whoever names a law says where it is written down, who looked, and when somebody looks again.
PROVENANCE = ["source", "checked_by", "checked_on", "review_by"]


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
        self._check_provenance(cleaned)
        return cleaned

    def _check_provenance(self, cleaned: dict[str, Any]) -> None:
        checked, again = cleaned.get("checked_on"), cleaned.get("review_by")
        if checked and again and again <= checked:
            self.add_error("review_by", _("This is not after the day of the check."))
        if not cleaned.get("jurisdiction") or self.is_deferred_validation:
            return
        for name in PROVENANCE:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(
                    name, _("Questions about law need this before they are published. You can save a draft without it.")
                )


QUESTION_PANELS = ObjectList(
    [
        FieldPanel("bank"),
        FieldPanel("body"),
        FieldPanel("keep_order"),
        FieldPanel("outcome"),
        FieldPanel("review_lesson", heading=_("Lesson to look at again")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("source", "jurisdiction", "checked_by", "checked_on", "review_by")],
            heading=_("Where the answer is written down"),
            help_text=_("If it rests on a law, say whose, who compared it, when, and when somebody should look again."),
        ),
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("tags"), FieldPanel("difficulty"), FieldPanel("penalty"), FieldPanel("retired")],
            heading=_("For trainers"),
            classname="collapsed",
        ),
    ],
    base_form_class=QuestionForm,
)
