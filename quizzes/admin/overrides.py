"""Other dates, time, tries or access code for one person or one organisation. Trainers see those of their own people only."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import Organisation, Role, User
from accounts.permissions import may_work_on_quizzes, organisations_as
from quizzes.models import Quiz, QuizOverride
from quizzes.services import extend_open_attempts

from .choosers import QuizChooser

FOUND_NOBODY = _("Nobody in your organisations has this address.")
DATES = ["opens_at", "due_at", "closes_at"]
CHANGES = [*DATES, "extra_minutes", "no_time_limit", "access_code", "no_access_code"]


def own_organisations(user: User) -> QuerySet[Organisation]:
    return organisations_as(user, Role.TRAINER, Role.COORDINATOR)


def own_people(user: User) -> QuerySet[User]:
    """Whom ``user`` may give more time: the people of their own organisations; all for a superuser."""
    people = get_user_model().objects.filter(is_active=True)
    return people if user.is_superuser else people.filter(memberships__organisation__in=own_organisations(user)).distinct()


def overrides_visible_to(user: User) -> QuerySet[QuizOverride]:
    overrides = QuizOverride.objects.select_related("user", "organisation", "created_by")
    if user.is_superuser:
        return overrides
    mine = own_organisations(user)
    return overrides.filter(Q(organisation__in=mine) | Q(user__in=own_people(user).values("pk")))


class OverridePolicy(ModelPermissionPolicy):
    """By role in an organisation, as what may be seen depends on organisations too."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return may_work_on_quizzes(user)


class QuizOverrideForm(WagtailAdminModelForm):
    quiz = forms.ModelChoiceField(label=_("Quiz"), queryset=Quiz.objects.all())
    person = forms.EmailField(
        label=_("Person (e-mail address)"), required=False, help_text=_("Somebody of your own organisations.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quiz"].widget = QuizChooser(Quiz, icon="tasks")
        self.fields["organisation"].queryset = own_organisations(self.for_user)
        self.fields["organisation"].help_text = _("Or all people of one organisation.")
        if self.instance.pk:
            quizzes = Quiz.objects.filter(translation_key=self.instance.quiz_key).order_by("pk")
            self.initial["quiz"] = quizzes.first()
            self.initial["person"] = self.instance.user.email if self.instance.user else ""

    def clean_person(self) -> User | None:
        address = self.cleaned_data.get("person")
        if not address:
            return None
        person = own_people(self.for_user).filter(email__iexact=address).first()
        if person is None:
            raise forms.ValidationError(FOUND_NOBODY)
        return person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        person, organisation, quiz = cleaned.get("person"), cleaned.get("organisation"), cleaned["quiz"]
        if bool(person) == bool(organisation):
            self.add_error("person", _("Give one person's address or choose an organisation, not both."))
            return cleaned
        self._check_change(cleaned)
        others = QuizOverride.objects.filter(quiz_key=quiz.translation_key, user=person, organisation=organisation)
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error("person" if person else "organisation", _("There is an override for them already. Change that one."))
        self.instance.quiz_key, self.instance.user = quiz.translation_key, person
        return cleaned

    def _check_change(self, cleaned: dict[str, Any]) -> None:
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The quiz would close before it opens."))
        if cleaned.get("access_code") and cleaned.get("no_access_code"):
            self.add_error("no_access_code", _("Give another code or none, not both."))
        if not any(cleaned.get(name) for name in CHANGES) and cleaned.get("attempts_allowed") is None:
            self.add_error(None, _("Nothing differs from the quiz. Set a date, more time, tries or a code."))

    def save(self, commit: bool = True) -> QuizOverride:
        if not self.instance.pk:
            self.instance.created_by = self.for_user
        override = super().save(commit)
        if commit:
            extend_open_attempts(override)
        return override


class OfOwnPeople:
    """For every view of one override: those of other people's learners do not exist."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        get_object_or_404(overrides_visible_to(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class OverrideListView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[QuizOverride]:
        return overrides_visible_to(self.request.user)

    def get_table(self, object_list: Any) -> Any:
        rows = list(object_list)
        quizzes = Quiz.objects.filter(translation_key__in={row.quiz_key for row in rows}).order_by("-pk")
        titles = {quiz.translation_key: quiz.title for quiz in quizzes}
        for row in rows:
            row.quiz_title = titles.get(row.quiz_key, _("(deleted quiz)"))
        return super().get_table(rows)


class OverrideEditView(OfOwnPeople, generic.EditView):
    pass


class OverrideDeleteView(OfOwnPeople, generic.DeleteView):
    pass


class OverrideUsageView(OfOwnPeople, generic.UsageView):
    pass


class OverrideHistoryView(OfOwnPeople, HistoryView):
    pass


class QuizOverrideViewSet(ModelViewSet):
    model = QuizOverride
    name = "quiz_overrides"
    url_prefix = "quizzes/overrides"
    icon = "time"
    menu_label = _("Overrides")
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = OverrideListView
    edit_view_class = OverrideEditView
    delete_view_class = OverrideDeleteView
    usage_view_class = OverrideUsageView
    history_view_class = OverrideHistoryView
    list_display = [
        "__str__",
        Column("quiz_title", label=_("Quiz")),
        Column("extra_minutes", label=_("More minutes")),
        Column("due_at", label=_("Due")),
        Column("closes_at", label=_("Closes")),
        Column("reason", label=_("Reason")),
        Column("created_by", label=pgettext_lazy("who did it", "By")),
    ]
    permission_policy = OverridePolicy(QuizOverride)
    edit_handler = ObjectList(
        [
            FieldPanel("quiz", heading=_("Quiz")),
            MultiFieldPanel(
                [FieldPanel("person", heading=_("Person (e-mail address)")), FieldPanel("organisation")], heading=_("For whom")
            ),
            MultiFieldPanel([FieldRowPanel([FieldPanel(name) for name in DATES])], heading=_("Other dates")),
            MultiFieldPanel([FieldPanel("extra_minutes"), FieldPanel("no_time_limit")], heading=_("More time")),
            FieldPanel("attempts_allowed"),
            MultiFieldPanel([FieldPanel("access_code"), FieldPanel("no_access_code")], heading=_("Access code")),
            FieldPanel("reason"),
        ],
        base_form_class=QuizOverrideForm,
    )
