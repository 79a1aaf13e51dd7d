"""What a pack says about a quiz and its questions beside their words: settings, order, points, sections and bands."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Locale

from courses.models import PackItem
from quizzes.models import Question, QuestionBank, Quiz, QuizBand, QuizItem, QuizSection
from quizzes.rules import AFTERWARDS, Moment, Shown

from .blocks import clean_html
from .comparing import differing
from .files import PackError
from .reading import Pack

# A quiz of a pack has these, named or not; the others only where the pack names them, or the site's own stay.
ALWAYS = {
    "minutes": 5,
    "pass_mark": 80,
    "attempts_allowed": 0,
    "shuffle_questions": True,
    "shuffle_choices": True,
    "behaviour": "deferred",
    "questions_per_attempt": 0,
}
QUIZ_SETTINGS = (
    *("grading", "delay", "later_delay", "completion", "minimum_tries", "time_limit", "when_time_ends", "grace", "open_to_all"),
    *("shuffle_sections", "questions_per_page", "navigation", "penalties", "certainty", "wrong_costs", "redo"),
    *("builds_on_last", "second_marker"),
)
QUESTION_SETTINGS = (
    *("name", "difficulty", "penalty", "keep_order", "retired"),
    *("jurisdiction", "checked_by", "checked_on", "review_by"),
)


def quiz_settings(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a quiz that ``values`` of its file name, and those of ``ALWAYS``. Raises PackError naming what is wrong."""
    wanted = {name: values.get(name, usual) for name, usual in ALWAYS.items()}
    wanted["minutes"] = wanted["minutes"] or ALWAYS["minutes"]
    wanted |= {name: values[name] for name in QUIZ_SETTINGS if name in values}
    return cleaned(Quiz, wanted, "quiz") | _review(values.get("review")) | _answers(values)


def question_settings(q: dict[str, Any], name: str) -> dict[str, Any]:
    """The settings of a question that the pack names; ``tags`` as a sorted list. Raises PackError naming what is wrong."""
    settings = cleaned(Question, {field: q[field] for field in QUESTION_SETTINGS if field in q}, f"question {name}")
    if "tags" in q:
        settings["tags"] = sorted({str(tag).strip() for tag in _list(q["tags"], f"question {name}, tags")})
    return settings


def cleaned(model: type[models.Model], wanted: dict[str, Any], where: str) -> dict[str, Any]:
    values, problems = {}, []
    for name, value in wanted.items():
        try:
            values[name] = model._meta.get_field(name).clean(value, None)
        except ValidationError as error:
            problems += [f"{where}, {name}: {message}" for message in error.messages]
    if problems:
        raise PackError(problems)
    return values


def _review(review: Any) -> dict[str, list[str]]:
    """``review_during`` and so on from ``{moment: [what is shown]}``; moments that are left out keep what they have."""
    if review is None:
        return {}
    if not isinstance(review, dict) or not set(review) <= set(Moment.values):
        raise PackError([_("%(place)s: names only %(names)s.") % {"place": "quiz, review", "names": ", ".join(Moment.values)}])
    shown = {moment: _list(names, f"quiz, review, {moment}") for moment, names in review.items()}
    if unknown := sorted({str(name) for names in shown.values() for name in names} - set(Shown.values)):
        place = f"quiz, review: {', '.join(unknown)}"
        raise PackError([_("%(place)s: may be %(names)s.") % {"place": place, "names": ", ".join(Shown.values)}])
    return {f"review_{moment}": [name for name in Shown.values if name in names] for moment, names in shown.items()}


def _answers(values: dict[str, Any]) -> dict[str, list[str]]:
    """When the questions and one's answers are shown, if the pack says so."""
    if "answers_shown" not in values:
        return {}
    named = [str(name) for name in _list(values["answers_shown"], "quiz, answers_shown")]
    if not set(named) <= set(AFTERWARDS):
        raise PackError(
            [_("%(place)s: names only %(names)s.") % {"place": "quiz, answers_shown", "names": ", ".join(AFTERWARDS)}]
        )
    return {"answers_shown": [moment.value for moment in AFTERWARDS if moment in named]}


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise PackError([_("%(place)s: must be a list.") % {"place": where}])
    return value


def _told(item: dict[str, Any]) -> list[Any]:
    """What a change of an item is known by; what was always so adds nothing."""
    return [str(item["points"]), *(["after_previous"] if item["after_previous"] else [])]


def _row(item: QuizItem) -> tuple[Any, ...]:
    """What an item of a quiz asks, and how; never where it stands."""
    drawn = (item.draw_count, item.draw_bank_id, item.draw_outcome, item.draw_tag, item.draw_difficulty)
    return (item.question_id, item.points, item.after_previous, *drawn)


class Composition:
    """The items, sections and bands of one quiz in one language, as its file has them. Raises PackError where it is wrong."""

    def __init__(
        self,
        pack: Pack,
        key: str,
        values: dict[str, Any],
        questions: list[Question],
        bank: Callable[[str], QuestionBank],
    ) -> None:
        self.pack, self.key, self.questions = pack, key, questions
        entries = values["questions"]
        asked = [q for q in entries if "draw" not in q]
        self.items = [self._item(q) for q in asked]
        places = {str(q.get("key")): n for n, q in enumerate(entries, start=1)}
        self.places = [places[str(q.get("key"))] for q in asked]
        self.draws = [self._draw(q, n, bank) for n, q in enumerate(entries, start=1) if "draw" in q]
        self.sections = [self._section(section, places) for section in self._named(values, "sections")]
        self.bands = [self._band(band) for band in self._named(values, "bands")]
        for name, found in (
            ("sections", [s["starts_at"] for s in self.sections]),
            ("bands", [b["from_percent"] for b in self.bands]),
        ):
            if len(set(found)) < len(found):
                raise PackError([_("%(place)s: two begin at the same place.") % {"place": f"quiz, {name}"}])

    def _named(self, values: dict[str, Any], name: str) -> list[dict[str, Any]]:
        entries = _list(values.get(name) or [], f"quiz, {name}")
        idents = [entry.get("id") for entry in entries if isinstance(entry, dict)]
        if len(idents) < len(entries) or not all(idents) or len(set(idents)) < len(idents):
            raise PackError([_("%(place)s: each needs an id of its own.") % {"place": f"quiz, {name}"}])
        return entries

    @staticmethod
    def _item(q: dict[str, Any]) -> dict[str, Any]:
        wanted = {"points": q.get("points", 1), "after_previous": q.get("after_previous", False)}
        return cleaned(QuizItem, wanted, f"question {q.get('key', '?')}")

    @staticmethod
    def _draw(q: dict[str, Any], place: int, bank: Callable[[str], QuestionBank]) -> dict[str, Any]:
        """A rule that draws questions, at its ``place`` among the entries."""
        names = {"draw": "draw_count", "outcome": "draw_outcome", "tag": "draw_tag", "difficulty": "draw_difficulty"}
        wanted = {names[name]: q[name] for name in names if q.get(name) is not None} | {"points": q.get("points", 1)}
        if q.get("after_previous"):
            wanted["after_previous"] = q["after_previous"]
        drawn_from = {"draw_bank_id": bank(q["bank"]).pk} if q.get("bank") else {}
        return cleaned(QuizItem, wanted, f"quiz, draw {place}") | drawn_from | {"sort_order": place - 1}

    def _section(self, section: dict[str, Any], places: dict[str, int]) -> dict[str, Any]:
        where, first = f"quiz, section {section['id']}", str(section.get("starts_with", ""))
        if first not in places:
            told = {"place": f"{where}, starts_with", "key": first or "?"}
            raise PackError([_("%(place)s: %(key)s is no question of this quiz.") % told])
        fields = {"title": section.get("title", ""), "shuffle": section.get("shuffle", False)}
        own = {"starts_at": places[first], "translation_key": self.pack.uuid("section", self.key, str(section["id"]))}
        return cleaned(QuizSection, fields, where) | own

    def _band(self, band: dict[str, Any]) -> dict[str, Any]:
        fields = {"from_percent": band.get("from"), "text": clean_html(band.get("text") or "")}
        own = {"translation_key": self.pack.uuid("band", self.key, str(band["id"]))}
        return cleaned(QuizBand, fields, f"quiz, band {band['id']}") | own

    def summary(self) -> dict[str, Any]:
        """What a change of it is known by."""
        asked = [(str(q.translation_key), *_told(item)) for q, item in zip(self.questions, self.items, strict=True)]
        drawn = {"draws": self.draws} if self.draws else {}
        return {"items": asked, "sections": self.sections, "bands": self.bands, **drawn}

    def differing(self, quiz: Quiz) -> list[str]:
        """Names of what ``write`` would change in ``quiz``; questions that this site added count as no change."""
        asked = {question.pk for question in self.questions}
        rows = list(quiz.items.order_by("sort_order"))
        packed = asked | self._from_packs(row.question_id for row in rows)
        before = [_row(row) for row in rows if row.question_id in packed or (self.draws and row.draw_count)]
        items = [
            (place, _row(QuizItem(question=question, **item)))
            for question, item, place in zip(self.questions, self.items, self.places, strict=True)
        ]
        items += [(draw["sort_order"] + 1, _row(QuizItem(**draw))) for draw in self.draws]
        changed = [] if before == [row for _place, row in sorted(items, key=lambda item: item[0])] else [_("questions")]
        for model, wanted, order, name in (
            (QuizSection, self.sections, "starts_at", _("sections")),
            (QuizBand, self.bands, "from_percent", _("feedback on the result")),
        ):
            found = {row.translation_key: row for row in model.objects.filter(quiz=quiz).order_by(order)}
            same = [row["translation_key"] for row in sorted(wanted, key=lambda row: row[order])] == list(found)
            if not same or any(differing(found[row["translation_key"]], row) for row in wanted):
                changed.append(name)
        return changed

    def write(self, quiz: Quiz, locale: Locale) -> None:
        """Make ``quiz`` ask the file's questions in its order, then what this site added; set its sections and bands.

        A question that has left the file is no longer asked. It stays in the bank, and so does whatever was answered.
        """
        asked = {question.pk for question in self.questions}
        others = [item for item in quiz.items.order_by("sort_order") if item.question_id not in asked]
        gone = self._from_packs(item.question_id for item in others)
        quiz.items.model.objects.filter(quiz=quiz, question_id__in=gone).delete()
        for question, item, place in zip(self.questions, self.items, self.places, strict=True):
            QuizItem.objects.update_or_create(quiz=quiz, question_id=question.pk, defaults={**item, "sort_order": place - 1})
        if self.draws:
            QuizItem.objects.filter(quiz=quiz, question=None).delete()
            QuizItem.objects.bulk_create(QuizItem(quiz=quiz, **draw) for draw in self.draws)
        own = [item for item in others if item.question_id not in gone and not (self.draws and item.draw_count)]
        for place, item in enumerate(own, start=len(asked) + len(self.draws)):
            QuizItem.objects.filter(pk=item.pk).update(sort_order=place)
        for model, rows in ((QuizSection, self.sections), (QuizBand, self.bands)):
            model.objects.filter(quiz=quiz).delete()
            model.objects.bulk_create(model(quiz=quiz, locale=locale, sort_order=n, **row) for n, row in enumerate(rows))

    @staticmethod
    def _from_packs(question_ids: Iterable[int | None]) -> set[int]:
        """Which of these questions an import wrote; an editor's own are not among them."""
        keys = dict(Question.objects.filter(pk__in=[i for i in question_ids if i]).values_list("pk", "translation_key"))
        written = set(PackItem.objects.filter(key__in=keys.values()).values_list("key", flat=True))
        return {pk for pk, key in keys.items() if key in written}
