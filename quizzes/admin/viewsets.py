"""What the menu “Questions and quizzes” holds."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from accounts.permissions import may_work_on_quizzes
from quizzes.models import Question, QuestionBank, Quiz

from .choosers import BankChooserViewSet, QuestionChooserViewSet, QuizChooserViewSet
from .columns import QUESTION_COLUMNS, QUIZ_COLUMNS
from .filters import QuestionFilterSet
from .lists import QuestionListView, QuizListView
from .overrides import QuizOverrideViewSet
from .question_form import QUESTION_PANELS
from .question_views import QuestionCompareView, QuestionCopyView, QuestionEditView, QuestionUsageView
from .quiz_panels import QUIZ_PANELS
from .results_menu import QuizEditView
from .transfer_hooks import import_menu_item


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = ["__str__", *QUESTION_COLUMNS]
    filterset_class = QuestionFilterSet
    list_per_page = 50
    copy_view_enabled = True
    inspect_view_enabled = False
    index_view_class = QuestionListView
    edit_view_class = QuestionEditView
    copy_view_class = QuestionCopyView
    usage_view_class = QuestionUsageView
    revisions_compare_view_class = QuestionCompareView
    chooser_viewset_class = QuestionChooserViewSet
    edit_handler = QUESTION_PANELS


class QuizViewSet(SnippetViewSet):
    model = Quiz
    icon = "tasks"
    menu_label = _("Quizzes")
    list_display = ["title", *QUIZ_COLUMNS]
    list_filter = ["draw_from", "behaviour", "live"]
    list_per_page = 50
    index_view_class = QuizListView
    edit_view_class = QuizEditView
    chooser_viewset_class = QuizChooserViewSet
    edit_handler = QUIZ_PANELS


class QuestionBankViewSet(SnippetViewSet):
    model = QuestionBank
    icon = "folder-open-inverse"
    menu_label = _("Question banks")
    list_display = ["name"]
    chooser_viewset_class = BankChooserViewSet
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("slug")])


class WorkMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may_work_on_quizzes(request.user)


class QuizzesGroup(SnippetViewSetGroup):
    items = (QuizViewSet, QuestionViewSet, QuestionBankViewSet, QuizOverrideViewSet)
    menu_label = _("Questions and quizzes")
    menu_name = "quizzes"
    menu_icon = "tasks"
    menu_order = 250

    def get_submenu_items(self) -> list[MenuItem]:
        doubts = WorkMenuItem(_("Doubts"), reverse("quizzes_admin:flags"), name="doubts", icon_name="warning", order=900)
        return [*super().get_submenu_items(), import_menu_item(), doubts]
