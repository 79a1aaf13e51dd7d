"""What the lists of questions and quizzes say about each row. Nothing here asks the database: the list view brings it."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, LocaleColumn

from quizzes.models import Question, Quiz
from quizzes.statistics import ENOUGH, Figures


def state_of(instance: Question | Quiz) -> str:
    """Draft, ready or retired, in a word; and whether newer words wait to be published."""
    if getattr(instance, "retired", False):
        return _("Retired")
    if not instance.live:
        return _("Draft")
    return _("Ready, with newer changes") if instance.has_unpublished_changes else _("Ready")


def how_answered(figures: Figures) -> str:
    """The share answered rightly and how well it tells learners apart, once there are answers enough."""
    if not figures.answers:
        return _("no answers yet")
    if figures.facility is None:
        return _("too few answers (%(answers)d of %(needed)d)") % {"answers": figures.answers, "needed": ENOUGH}
    percent = round(figures.facility * 100)
    if figures.discrimination is None:
        return _("%(percent)d%% right") % {"percent": percent}
    text = _("%(percent)d%% right, discrimination %(discrimination)s")
    return text % {"percent": percent, "discrimination": f"{figures.discrimination:+.2f}"}


def last_used(figures: Figures) -> str:
    return date_format(figures.last_used, "SHORT_DATE_FORMAT") if figures.last_used else _("never")


QUESTION_COLUMNS = [
    Column("kind_label", label=gettext_lazy("Kind"), sort_key="body_kind"),
    Column("bank", label=gettext_lazy("Bank"), sort_key="bank__name"),
    Column("outcome", label=gettext_lazy("Outcome"), sort_key="outcome", width="14%"),
    LocaleColumn(label=gettext_lazy("Language")),
    Column("state", label=gettext_lazy("State"), accessor=state_of),
    Column("difficulty", label=gettext_lazy("Difficulty"), accessor="get_difficulty_display", sort_key="difficulty"),
    Column("answers", label=gettext_lazy("Answers"), accessor=lambda question: how_answered(question.figures)),
    Column("last_used", label=gettext_lazy("Last used"), accessor=lambda question: last_used(question.figures)),
    Column("open_flags", label=gettext_lazy("Doubts")),
]
QUIZ_COLUMNS = [
    Column("pass_mark", label=gettext_lazy("Pass mark"), sort_key="pass_mark"),
    Column("draw_from", label=gettext_lazy("Draws from")),
    LocaleColumn(label=gettext_lazy("Language")),
    Column("state", label=gettext_lazy("State"), accessor=state_of),
]
