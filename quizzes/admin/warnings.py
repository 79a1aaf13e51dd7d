"""What a trainer should know about a quiz that is no mistake."""

from collections import Counter

from django.utils.translation import gettext as _

from quizzes.models import Question, Quiz
from quizzes.models.bank import DrawRule

from .usage import could_be_drawn


def thin_draws(quiz: Quiz) -> list[str]:
    """Sentences about draws that would ask everybody the same question on an outcome, each time."""
    found = []
    for item in quiz.items.all():
        if item.draw_count:
            source = str(item.draw_bank or item.draw_outcome or item.draw_tag or item.get_difficulty_display())
            found += _thin(could_be_drawn(quiz, item), source, item.draw_count)
    if quiz.draw_from_id and quiz.questions_per_attempt:
        live = Question.objects.live().drawable([DrawRule(quiz.draw_from_id)], locale_id=quiz.locale_id)[0]
        found += _thin(live, str(quiz.draw_from), quiz.questions_per_attempt)
    return found


def _thin(questions: list[Question], source: str, wanted: int) -> list[str]:
    counts = Counter(question.outcome for question in questions)
    if questions and len(questions) == wanted:
        text = _("The draw from “%(source)s” always asks the same %(count)d questions. Write more, or ask fewer.")
        return [text % {"source": source, "count": wanted}]
    # Every outcome is asked as long as there are enough: with one question, that one comes each time.
    alone = sorted(outcome for outcome, count in counts.items() if outcome and count == 1)
    if not alone or wanted < len(counts):
        return []
    text = _("The draw from “%(source)s” has one question only for: %(outcomes)s. Everybody gets that one, each time.")
    return [text % {"source": source, "outcomes": "; ".join(alone)}]
