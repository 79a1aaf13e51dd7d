"""The form of a quiz: what its settings must have in common. Drafts may wait for questions; nothing else may be wrong in them."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from quizzes.models import Question, QuizItem
from quizzes.rules import AFTERWARDS, Behaviour, Moment, Navigation, Shown, TimeUp

from .usage import could_be_drawn

DRAW_FIELDS = ["draw_bank", "draw_outcome", "draw_tag", "draw_difficulty"]


class ItemForm(WagtailAdminModelForm):
    """A fixed question or a draw, never both; a question may be kept to the version that is published when one says so."""

    pin = forms.BooleanField(
        label=_("keep to the version that is published now"),
        required=False,
        help_text=_("For a chosen question. Later changes of it are not asked here until you untick this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Chosen or typed from what there is; the lists are printed once for all items.
        self.fields["draw_outcome"].widget.attrs["list"] = "known-outcomes"
        self.fields["draw_tag"].widget.attrs["list"] = "known-tags"
        self.fields["draw_count"].required = False
        if self.instance.version_id:
            self.initial["pin"] = True
            when = date_format(localtime(self.instance.version.created_at), "DATETIME_FORMAT")
            self.fields["pin"].help_text = _("It is the version of %(when)s. Untick this to ask the newest.") % {"when": when}

    def clean_draw_count(self) -> int:
        return self.cleaned_data.get("draw_count") or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        question, count = cleaned.get("question"), cleaned.get("draw_count")
        limits = [name for name in DRAW_FIELDS if cleaned.get(name)]
        if question and (count or limits):
            self.add_error("question", _("Choose a question or draw some, not both. Use two items for that."))
            self.add_error(
                "draw_count", _("For a chosen question this stays 0, and bank, outcome, tag and difficulty stay empty.")
            )
        elif not question and not count:
            self.add_error("question", _("Choose a question, or say below how many to draw."))
            self.add_error("draw_count", _("Say how many to draw, or choose a question above."))
        elif count and not limits:
            self.add_error("draw_bank", _("Say where to draw from: a bank, an outcome, a tag or a difficulty."))
        self._pin(question if cleaned.get("pin") else None)
        return cleaned

    def _pin(self, question: Question | None) -> None:
        """Keep to the version of ``question`` that was chosen before, else to the one that is published; None: to none."""
        version = self.instance.version if question else None
        if question and not (version and version.object_id == str(question.pk)):
            version = question.live_revision
            if version is None:
                self.add_error("pin", _("This question has no published version yet. Publish it first, or untick this."))
        self.instance.version = version


def review_field(moment: Moment) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=moment.label, choices=Shown.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class QuizForm(WagtailAdminModelForm):
    review_during = review_field(Moment.DURING)
    review_just_after = review_field(Moment.JUST_AFTER)
    review_later = review_field(Moment.LATER)
    review_closed = review_field(Moment.CLOSED)
    answers_shown = forms.MultipleChoiceField(
        label=_("The questions and one's own answers"),
        choices=[(moment.value, moment.label) for moment in AFTERWARDS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_dates(cleaned)
        self._check_time(cleaned)
        self._check_certainty(cleaned)
        items = self._rows("items")
        self._check_twice(items, "question_id", "question", _("This question is an item already."))
        if not any(form.errors for form in items):
            self._check_items(cleaned, items)
        self._check_waiting(cleaned, items)
        sections = self._rows("sections")
        self._check_twice(sections, "starts_at", "starts_at", _("Another section begins here already."))
        self._check_sections(sections, len(items))
        self._check_twice(self._rows("bands"), "from_percent", "from_percent", _("Another text begins here already."))
        return cleaned

    def _rows(self, relation: str) -> list[forms.ModelForm]:
        """The forms of ``relation`` that are to be kept, in their order, right or wrong."""
        formset = self.formsets.get(relation)
        if formset is None:
            return []
        formset.is_valid()  # fills in what each form found
        kept = [form for form in formset.forms if form.has_changed() or form.instance.pk]
        kept = [form for form in kept if not getattr(form, "cleaned_data", {}).get("DELETE")]
        return sorted(kept, key=lambda form: getattr(form, "cleaned_data", {}).get("ORDER") or 0)

    def _check_twice(self, rows: list[forms.ModelForm], attribute: str, field: str, text: Any) -> None:
        """Say ``text`` where a row repeats ``attribute``: the general message of a formset names neither row nor field."""
        seen = set()
        for form in rows:
            value = getattr(form.instance, attribute)
            if value is not None and value in seen:
                form.add_error(field, text)
                self.add_error(None, text)
            seen.add(value)

    def _check_dates(self, cleaned: dict[str, Any]) -> None:
        opens, due, closes = cleaned.get("opens_at"), cleaned.get("due_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The quiz would close before it opens."))
        if due and closes and due > closes:
            self.add_error("due_at", _("This is after the quiz has closed. Nobody could hand in by then."))
        if opens and due and due <= opens:
            self.add_error("due_at", _("This is before the quiz opens."))

    def _check_time(self, cleaned: dict[str, Any]) -> None:
        ends = cleaned.get("when_time_ends")
        if ends == TimeUp.GRACE and not cleaned.get("time_limit"):
            self.add_error("when_time_ends", _("Time to hand in afterwards needs a time limit. Set one, or choose another end."))
        elif ends == TimeUp.GRACE and not cleaned.get("grace"):
            self.add_error("grace", _("Say how many minutes learners have to hand in."))

    def _check_certainty(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("certainty") and cleaned.get("behaviour") == Behaviour.INTERACTIVE:
            self.add_error("certainty", _("Asking how sure learners are does not go with several tries. Choose other feedback."))
        if cleaned.get("certainty") and cleaned.get("wrong_costs"):
            self.add_error("wrong_costs", _("How sure learners are decides already what a wrong answer costs. Set this to 0."))

    def _check_items(self, cleaned: dict[str, Any], items: list[forms.ModelForm]) -> None:
        drafts = self.is_deferred_validation
        draws = [form for form in items if form.cleaned_data.get("draw_count")]
        if not drafts:
            for form in draws:
                self._check_draw(form)
        bank = cleaned.get("draw_from")
        questions = Question.objects.all() if drafts else Question.objects.live()
        fixed = [form.cleaned_data["question"] for form in items if form.cleaned_data.get("question")]
        chosen = [question.pk for question in fixed]
        pool = questions.pool(locale_id=self.instance.locale_id, chosen=chosen, bank_id=bank.pk if bank else None)
        always = {question.translation_key for question in fixed if not question.is_graded}
        to_draw = sum(question.translation_key not in always for question in pool)
        wanted = cleaned.get("questions_per_attempt") or 0
        if wanted and draws:
            self.add_error("questions_per_attempt", _("The draws say already how many questions are asked. Set this to 0."))
        elif wanted > to_draw:
            message = _("Needs %(wanted)d questions, has %(has)d that can be asked. Add or publish questions, or ask fewer.")
            self.add_error("questions_per_attempt", forms.ValidationError(message, params={"wanted": wanted, "has": to_draw}))
        elif not pool and not draws and not drafts:
            self.add_error(None, _("This quiz has no question that can be asked. Choose published questions or a bank."))

    def _check_waiting(self, cleaned: dict[str, Any], items: list[forms.ModelForm]) -> None:
        """A question can wait for the one before only where that one can be finished, and is always the same."""
        problem = None
        if cleaned.get("navigation") in {Navigation.IN_ORDER, Navigation.ONE_WAY}:
            problem = _("In this quiz all questions open one after the other. Choose the free order, or untick this.")
        elif cleaned.get("behaviour") == Behaviour.DEFERRED:
            problem = _("Here no question is finished before all are handed in. Choose other feedback, or untick this.")
        elif cleaned.get("shuffle_questions") or cleaned.get("shuffle_sections"):
            problem = _("The question before is another one each time. Untick the new order of questions and sections, or this.")
        waiting = [form for form in items if getattr(form, "cleaned_data", {}).get("after_previous")]
        for form in waiting if problem else []:
            form.add_error("after_previous", problem)
        if waiting and problem:
            self.add_error(None, _("An item cannot wait for the question before: see the items."))

    def _check_draw(self, form: forms.ModelForm) -> None:
        item: QuizItem = form.instance
        wanted, has = item.draw_count, len(could_be_drawn(self.instance, item))
        if wanted > has:
            text = _("Needs %(wanted)d, has %(has)d. Write a question or ask fewer.")
            form.add_error("draw_count", forms.ValidationError(text, params={"wanted": wanted, "has": has}))
            self.add_error(None, forms.ValidationError(_("A draw asks for more questions than there are: see the items.")))

    def _check_sections(self, sections: list[forms.ModelForm], items: int) -> None:
        if self.is_deferred_validation:
            return
        for form in sections:
            if (form.instance.starts_at or 0) > items:
                text = ngettext("There is only %(items)d item.", "There are only %(items)d items.", items)
                form.add_error("starts_at", forms.ValidationError(text, params={"items": items}))
                self.add_error(None, _("A section begins after the last item."))
