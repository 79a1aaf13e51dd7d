"""Where the checks join the editor: the scripts that bring them, and comments, beside the text; what is said on publishing."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail import hooks

from courses.glossary.models import GlossaryTerm
from courses.models import SharedContent
from quizzes.models import Question, Quiz

from .checking import findings_in
from .elsewhere import grave
from .findings import Finding

MOST = 5  # said in one message
GOING_OUT = {"action-publish", "action-submit"}


@hooks.register("insert_editor_js")
def bring_findings_and_comments_beside_the_text() -> str:
    scripts = ["js/admin/text_findings.js", "js/admin/commented_blocks.js"]
    return format_html_join("", '<script src="{}" defer></script>', ([static(script)] for script in scripts))


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def name_what_might_harm(request: HttpRequest, instance: Model) -> None:
    """Whoever publishes or hands on a question, a quiz or reusable content is told; it is published all the same.

    The glossary has no preview in which the checks could stand beside it, so all of them are named on saving.
    """
    if isinstance(instance, GlossaryTerm):
        _name(request, findings_in(instance))
    elif isinstance(instance, Question | Quiz | SharedContent) and GOING_OUT & set(request.POST):
        _name(request, list(grave(instance)))


def _name(request: HttpRequest, findings: list[Finding]) -> None:
    if findings:
        sentences = format_html_join("", "<li>{}</li>", ((said,) for said in _sentences(findings)))
        messages.warning(request, format_html("{} <ul>{}</ul>", _("It is saved. Look at this again:"), sentences))


def _sentences(findings: list[Finding]) -> list[Any]:
    link = '{} <a class="w-text-current w-underline" href="{}">{}</a>'  # Wagtail's colour of links is too pale on its warning
    said = [format_html(link, one.advice, one.url, _("Open")) if one.url else one.advice for one in findings[:MOST]]
    if more := len(findings[MOST:]):
        said.append(_("And %(count)d more; see “Words and facts”.") % {"count": more})
    return said
