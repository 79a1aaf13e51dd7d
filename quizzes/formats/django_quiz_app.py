"""``dumpdata`` of django-quiz-app: its questions as items. ``quizzes.legacy`` brings its quizzes and sittings over as well."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .base import Format, FormatError, Item, Note, Picture, Reading
from .shapes import choice, filled
from .wording import from_plain

QUESTION, CHOICE_QUESTION, CHOICE = "quiz.question", "multichoice.mcquestion", "multichoice.answer"
STATEMENT, ESSAY = "true_false.tf_question", "essay.essay_question"
CHILDREN = (CHOICE_QUESTION, STATEMENT, ESSAY)
OTHERS = {"quiz.quiz": gettext_lazy("quizzes"), "quiz.sitting": gettext_lazy("tries")}
READ = {  # what questions and quizzes are made of; of accounts and progress nothing is to come over
    QUESTION, *CHILDREN, CHOICE, *OTHERS, "quiz.category", "quiz.subcategory", "quiz.progress", "auth.user",
}  # fmt: skip
FIELDS = {"quiz", "category", "sub_category", "figure", "content", "explanation"}
LARGEST_PICTURE = 25 * 1024 * 1024


@dataclass
class Dump:
    """The rows by model and then by primary key (as text), in the order of the file, whatever it is."""

    tables: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    strays: int = 0  # entries that are no rows

    def rows(self, model: str) -> dict[str, dict[str, Any]]:
        return self.tables.get(model, {})

    def name_of_category(self, reference: Any) -> str:
        """Of a category by its number, or by its name where the dump has natural keys. Empty where there is none."""
        return _named(self.rows("quiz.category"), reference, "category")

    def path_of_category(self, fields: dict[str, Any]) -> str:
        under = _named(self.rows("quiz.subcategory"), fields.get("sub_category"), "sub_category")
        return "/".join(name for name in (self.name_of_category(fields.get("category")), under) if name)

    def choices_of(self, question: str) -> list[tuple[str, dict[str, Any]]]:
        """Key and fields of each choice, in the order in which the old site kept them."""
        found = [(key, row) for key, row in self.rows(CHOICE).items() if str(row.get("question")) == question]
        order = self.rows(CHOICE_QUESTION).get(question, {}).get("answer_order")
        return sorted(found, key=lambda pair: text_of(pair[1])) if order == "content" else found


def _named(rows: dict[str, dict[str, Any]], reference: Any, name: str) -> str:
    if reference is None:
        return ""
    if isinstance(reference, list):
        return str(reference[0]) if reference else ""
    return str(rows.get(str(reference), {}).get(name) or "")


def text_of(row: dict[str, Any]) -> str:
    return str(row.get("content") or "").strip()


def read_dump(content: bytes) -> Dump:
    """The rows of a dump. Raises FormatError where it is no JSON list of rows."""
    try:
        rows = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FormatError(_("The file is not readable as JSON. Make it with dumpdata and do not edit it.")) from error
    if not isinstance(rows, list):
        raise FormatError(_("The file is no list of rows as dumpdata writes it."))
    dump = Dump()
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict) and isinstance(row.get("fields"), dict):
            key = str(row.get("pk", f"row {number}"))
            dump.tables.setdefault(str(row.get("model")).lower(), {})[key] = row["fields"]
        else:
            dump.strays += 1
    if not any(model in dump.tables for model in (QUESTION, *CHILDREN)):
        raise FormatError(_("The file holds no questions of django-quiz-app."))
    return dump


def sniff(content: bytes, name: str) -> bool:
    start = content.lstrip(b"\xef\xbb\xbf \r\n\t")
    return start.startswith(b"[") and (b'"quiz.question"' in content or b'"multichoice.mcquestion"' in content)


def read(content: bytes, name: str) -> Reading:
    """The questions alone; the notes say what else the dump holds."""
    dump = read_dump(content)
    reading = Reading(items=list(items_of(dump)))
    for model, label in OTHERS.items():
        if count := len(dump.rows(model)):
            names = {"count": count, "what": label}
            reason = _("%(what)s: %(count)d. They come over with the command only; see docs/question-formats.md.") % names
            reading.notes.append(Note(model, reason))
    return Reading(reading.items, [*reading.notes, *rest_of(dump)])


def rest_of(dump: Dump) -> Iterator[Note]:
    """What of a dump belongs to no question and to no quiz, and is left behind."""
    for model in sorted(dump.tables.keys() - READ):
        yield Note(model, _("Rows of this kind are not taken along: %(count)d.") % {"count": len(dump.rows(model))})
    lost = [key for key, row in dump.rows(CHOICE).items() if str(row.get("question")) not in dump.rows(CHOICE_QUESTION)]
    if lost:
        yield Note(CHOICE, _("Choices without their question were left out: %(keys)s.") % {"keys": ", ".join(lost[:20])})
    if dump.strays:
        yield Note(_("whole file"), _("Entries that are no rows were left out: %(count)d.") % {"count": dump.strays})


def items_of(dump: Dump, media: Path | None = None) -> Iterator[Item]:
    """Every question, those that cannot be asked refused with the reason. ``media``: the folder with the old site's pictures."""
    for key, fields in dump.rows(QUESTION).items():
        item = Item(place=f"{QUESTION} {key}", reference=f"django-quiz-app {key}", category=dump.path_of_category(fields))
        item.value = {"text": from_plain(text_of(fields))}
        _fill(item, dump, key, fields)
        if figure := fields.get("figure"):
            item.image = _picture(item, str(figure), media)
        yield item
    for model in CHILDREN:
        for key in dump.rows(model).keys() - dump.rows(QUESTION).keys():
            item = Item(place=f"{model} {key}", reference=f"django-quiz-app {key}")
            item.refuse(_("The row of quiz.question to this one is missing, and with it the question's text."))
            yield item


def _fill(item: Item, dump: Dump, key: str, fields: dict[str, Any]) -> None:
    if unknown := sorted(name for name in fields.keys() - FIELDS if fields[name] not in (None, "", [], False)):
        item.partly(_("These fields are not known here and were left out: %(names)s.") % {"names": ", ".join(unknown)[:200]})
    about = {"text": item.text, "explanation": from_plain(str(fields.get("explanation") or ""))}
    if key in dump.rows(CHOICE_QUESTION):
        item.kind = "single_choice"
        item.keep_order = dump.rows(CHOICE_QUESTION)[key].get("answer_order") in {"content", "none"}
        item.value = filled(item.kind, **about, choices=_choices(item, dump, key))
    elif key in dump.rows(STATEMENT):
        item.kind = "true_false"
        answer = "true" if dump.rows(STATEMENT)[key].get("correct") else "false"
        item.value = filled(item.kind, **about, answer=answer)
    elif key in dump.rows(ESSAY):
        item.kind = "essay"
        item.value = filled(item.kind, **about)
    else:
        item.refuse(_("No row says what kind of question this is: multiple choice, true or false, or essay."))


def _choices(item: Item, dump: Dump, key: str) -> list[dict[str, Any]]:
    """One right choice, as the old site marked a single one; further right ones earn all points as their own share."""
    choices, right = [], 0
    for _key, row in dump.choices_of(key):
        correct = bool(row.get("correct"))
        right += correct
        first = correct and right == 1
        choices.append(choice(text_of(row), first, credit="100" if correct and not first else None))
    if right > 1:
        item.partly(_("Several choices are right, and one is chosen. The first is called right; the others earn all points too."))
    if not right:
        item.refuse(_("No choice is marked as right."))
    return choices


def _picture(item: Item, figure: str, media: Path | None) -> Picture | None:
    if media is None:
        item.partly(
            _("The picture “%(name)s” is not inside the dump. Name the folder of pictures to the command.") % {"name": figure}
        )
        return None
    root, path = media.resolve(), (media / figure).resolve()
    if root not in path.parents or not path.is_file() or path.stat().st_size > LARGEST_PICTURE:
        item.partly(_("The picture “%(name)s” is not in the folder of pictures, or too large.") % {"name": figure})
        return None
    return Picture(path.name, path.read_bytes())


FORMAT = Format(
    name="django-quiz-app",
    label=gettext_lazy("django-quiz-app (dumpdata)"),
    extensions=(".json",),
    content_type="application/json",
    sniff=sniff,
    read=read,
)
