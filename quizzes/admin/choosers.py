"""The buttons that choose a question, a bank or a quiz in the forms of editors, in the reader's language.

Wagtail's own widget puts its sentences together once, in the language that is active at that moment, and keeps them.
"""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser


class Chooser(AdminSnippetChooser):
    """Subclasses give the three sentences, whole: no language builds them from parts in the same way."""

    words: tuple[object, object, object]

    def __init__(self, model: type, **kwargs: object) -> None:
        super().__init__(model, **kwargs)
        self.choose_one_text, self.choose_another_text, self.link_to_chosen_text = self.words


class QuestionChooser(Chooser):
    words = (_("Choose a question"), _("Choose another question"), _("Edit this question"))


class BankChooser(Chooser):
    words = (_("Choose a question bank"), _("Choose another question bank"), _("Edit this question bank"))


class QuizChooser(Chooser):
    words = (_("Choose a quiz"), _("Choose another quiz"), _("Edit this quiz"))


class ChooserViewSet(SnippetChooserViewSet):
    chooser: type[Chooser]

    @cached_property
    def widget_class(self) -> Chooser:
        return self.chooser(self.model, icon=self.icon)


class QuestionChooserViewSet(ChooserViewSet):
    chooser = QuestionChooser


class BankChooserViewSet(ChooserViewSet):
    chooser = BankChooser


class QuizChooserViewSet(ChooserViewSet):
    chooser = QuizChooser
