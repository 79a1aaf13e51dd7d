"""The desk of trainers and coordinators among Wagtail's pages: its addresses, its menu items, and what editors are told."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from quizzes.corrections import Regrade
from quizzes.models import Attempt, Question, Quiz
from quizzes.visibility import attempts_visible_to, may_mark

from . import attempts, corrections, marking

PATTERNS = [
    path("marking/", marking.queue, name="queue"),
    path("marking/<int:pk>/", marking.mark_answer, name="mark"),
    path("tries/", attempts.attempt_list, name="tries"),
    path("tries/<uuid:public_id>/", attempts.attempt_history, name="try"),
    path("tries/<uuid:public_id>/open/", attempts.open_again, name="open_again"),
    path("corrections/", corrections.correction_list, name="corrections"),
    path("corrections/question/<int:pk>/", corrections.regrade_question, name="regrade"),
    path("corrections/quiz/<uuid:quiz_key>/", corrections.exclude_from_quiz, name="exclude"),
    path("corrections/<uuid:public_id>/", corrections.correction, name="correction"),
    path("corrections/<uuid:public_id>/confirm/", corrections.confirm_correction, name="confirm"),
    path("corrections/<uuid:public_id>/again/", corrections.restart_correction, name="restart"),
]


@hooks.register("register_admin_urls")
def desk_urls() -> list:
    return [path("quizzes/", include((PATTERNS, "quizzes_desk")))]


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_mark(request.user)


@hooks.register("register_reports_menu_item")
def queue_menu_item() -> MenuItem:
    return DeskMenuItem(_("Answers to mark"), reverse("quizzes_desk:queue"), name="marking", icon_name="edit", order=110)


@hooks.register("register_reports_menu_item")
def tries_menu_item() -> MenuItem:
    return DeskMenuItem(_("Tries of quizzes"), reverse("quizzes_desk:tries"), name="tries", icon_name="history", order=120)


@hooks.register("after_edit_snippet")
def offer_regrade(request: HttpRequest, instance: Any) -> None:
    """Once a question that was answered is published anew: what was handed in stays, unless it is marked again.

    Whichever button published it, that of an approval too: what counts is that no draft waits.
    """
    if not isinstance(instance, Question) or not may_mark(request.user):
        return
    if not Question.objects.filter(pk=instance.pk, live=True, has_unpublished_changes=False).exists():
        return
    older = Regrade(instance.translation_key).responses(attempts_visible_to(request.user)).count()
    if not older:
        return
    text = ngettext(
        "%(n)d try was marked by an older version of this question. It stays as it is, unless you mark it again.",
        "%(n)d tries were marked by an older version of this question. They stay as they are, unless you mark them again.",
        older,
    )
    button = messages.button(reverse("quizzes_desk:regrade", args=[instance.pk]), gettext("See who would change"))
    messages.warning(request, text % {"n": older}, buttons=[button])


@hooks.register("after_edit_snippet")
def tell_that_pass_marks_stay(request: HttpRequest, instance: Any) -> None:
    if not isinstance(instance, Quiz) or not instance.live:
        return
    other = Attempt.objects.filter(quiz_key=instance.translation_key).exclude(pass_mark=instance.pass_mark).order_by("-pk")
    before = other.values_list("pass_mark", flat=True).first()
    if before is not None:
        text = gettext("Tries that have begun keep the pass mark that they were promised, such as %(mark)d per cent.")
        messages.info(request, text % {"mark": before})
