"""What trainers do to many questions at once, always after a page that says what will happen."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.widgets import AdminDateInput
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from quizzes.models import Difficulty, Question, QuestionBank

from .changing import Change, change_all


class QuestionBulkAction(SnippetBulkAction):
    """Subclasses give names, a form, and what its cleaned data changes. Wagtail opens one transaction around it."""

    models = [Question]
    template_name = "quizzes/admin/bulk_action.html"
    explanation: str | Promise
    permission = "change"

    def check_perm(self, question: Question) -> bool:
        policy = self.model.snippet_viewset.permission_policy
        return policy.user_has_permission(self.request.user, self.permission)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "action_name": self.display_name, "explanation": self.explanation}

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, "change": self.change(self.cleaned_form.cleaned_data)}

    @abstractmethod
    def change(self, data: dict[str, Any]) -> Change:
        """What is done to each question, from the cleaned ``data`` of the form."""

    @classmethod
    def execute_action(cls, objects: Sequence[Question], change: Change, user: Any, **kwargs: Any) -> tuple[int, int]:
        return change_all(objects, change, user), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        text = ngettext(
            "%(count)d question changed, its translations counted.",
            "%(count)d questions changed, their translations counted.",
            num_parent_objects,
        )
        return text % {"count": num_parent_objects}


class Retire(QuestionBulkAction):
    display_name = _("Retire")
    action_type = "retire"
    aria_label = _("Retire selected questions")
    explanation = _("Nobody new is asked a retired question. What learners have answered stays as it is.")
    action_priority = 40
    permission = "publish"

    def change(self, data: dict[str, Any]) -> Change:
        return lambda question: setattr(question, "retired", True)


class TakeBack(QuestionBulkAction):
    display_name = _("Take back")
    action_type = "take_back"
    aria_label = _("Take selected questions back from retirement")
    explanation = _("Quizzes may ask these questions again, if they are published.")
    action_priority = 50
    permission = "publish"

    def change(self, data: dict[str, Any]) -> Change:
        return lambda question: setattr(question, "retired", False)


class BankForm(forms.Form):
    bank = forms.ModelChoiceField(label=_("Move to the bank"), queryset=QuestionBank.objects.all())


class Move(QuestionBulkAction):
    display_name = _("Move to bank")
    action_type = "move"
    aria_label = _("Move selected questions to another bank")
    explanation = _("Quizzes that draw from a bank will draw from what it holds then.")
    form_class = BankForm
    action_priority = 60

    def change(self, data: dict[str, Any]) -> Change:
        return lambda question: setattr(question, "bank", data["bank"])


class TagForm(forms.Form):
    tag = forms.CharField(label=_("Tag to add"), max_length=100)


class AddTag(QuestionBulkAction):
    display_name = _("Add tag")
    action_type = "add_tag"
    aria_label = _("Add a tag to selected questions")
    explanation = _("A tag is a word that trainers find questions by. Quizzes can draw by it.")
    form_class = TagForm
    action_priority = 70

    def change(self, data: dict[str, Any]) -> Change:
        return lambda question: question.tags.add(data["tag"])


class DifficultyForm(forms.Form):
    difficulty = forms.TypedChoiceField(label=_("Difficulty"), choices=Difficulty.choices, coerce=int)


class SetDifficulty(QuestionBulkAction):
    display_name = _("Set difficulty")
    action_type = "set_difficulty"
    aria_label = _("Set the difficulty of selected questions")
    explanation = _("How hard you judge the questions to be. Quizzes can draw by it.")
    form_class = DifficultyForm
    action_priority = 80

    def change(self, data: dict[str, Any]) -> Change:
        return lambda question: setattr(question, "difficulty", data["difficulty"])


class CheckedForm(forms.Form):
    checked_by = forms.CharField(label=_("Checked by"), max_length=200)
    checked_on = forms.DateField(label=_("Checked on"), widget=AdminDateInput)
    review_by = forms.DateField(label=_("Check again by"), widget=AdminDateInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("checked_on") and data.get("review_by") and data["review_by"] <= data["checked_on"]:
            self.add_error("review_by", ValidationError(_("This is not after the day of the check.")))
        return data


class SetChecked(QuestionBulkAction):
    display_name = _("Note a check")
    action_type = "set_checked"
    aria_label = _("Note that the sources of selected questions were checked")
    explanation = _("Say who compared the answers with their source, when, and by when to do so again.")
    form_class = CheckedForm
    action_priority = 90

    def change(self, data: dict[str, Any]) -> Change:
        def note(question: Question) -> None:
            question.checked_by, question.checked_on = data["checked_by"], data["checked_on"]
            question.review_by = data["review_by"]

        return note


BULK_ACTIONS = [Retire, TakeBack, Move, AddTag, SetDifficulty, SetChecked]
