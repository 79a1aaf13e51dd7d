"""Items as a Moodle XML file, and what Moodle will not make of them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from quizzes.formats.base import Enclosed, Item, Note, Writing
from quizzes.formats.outgoing import tidy, unwritable
from quizzes.formats.shapes import LABELS
from quizzes.formats.xml import Element, is_legal
from quizzes.formats.xml import write as xml

from . import comparing, kinds
from .about import FREE_ACCENTS, LONGEST_TAG, tags_of
from .enclosed import written
from .sheet import Sheet
from .source import HTML

WHOLE = {"when_right": "correctfeedback", "when_partly": "partiallycorrectfeedback", "when_wrong": "incorrectfeedback"}
WITH_WHOLE = {"multichoice", "matching", "gapselect", "ordering"}  # types to whose whole answer Moodle gives feedback
WITHOUT_HINTS = {"essay", "description"}


def write(items: Sequence[Item]) -> Writing:
    """A file that Moodle imports and ``read`` reads back; what Moodle cannot say is in the notes, item by item."""
    quiz, notes, category = Element("quiz"), [], ""
    for item in items:
        place = item.name or item.reference
        if item.kind not in kinds.WRITERS or (item.kind == "true_false" and item.value.get("reasons")):
            notes.append(Note(place, _("Moodle has no question of this kind. It was left out.")))
            continue
        if item.category != category:
            category = item.category
            quiz.append(_category(category))
        sheet = _written(item)
        quiz.append(sheet.element)
        notes += [Note(place, reason) for reason in _reasons(sheet)]
    return Writing(xml(quiz), notes)


def _category(path: str) -> Element:
    element = Element("question", {"type": "category"})
    inner, text = Element("category"), Element("text")
    text.text = f"$course$/top/{path}" if path else "$course$/top"
    inner.append(text)
    element.append(inner)
    return element


def _written(item: Item) -> Sheet:
    value, lost = tidy(item)
    sheet = Sheet(item, value, Element("question"))
    if lost:
        sheet.reasons.append(_("This could not be taken along: %(lost)s.") % {"lost": ", ".join(lost)})
    type_ = kinds.type_of(item.kind, value)
    sheet.element.set("type", type_)
    sheet.say("name", item.name, style="")
    _question_text(sheet, type_)
    sheet.say("generalfeedback", value["explanation"], HTML)
    if item.points is not None:
        sheet.add("defaultgrade", f"{item.points:f}")
    if item.penalty is not None:
        sheet.add("penalty", f"{item.penalty:f}")
    sheet.add("hidden", "0")
    sheet.add("idnumber", item.reference)
    kinds.WRITERS[item.kind](sheet)
    _afterwards(sheet, type_)
    _tags(sheet)
    return sheet


def _question_text(sheet: Sheet, type_: str) -> None:
    text = kinds.question_text(sheet, type_)
    html, files = written(Enclosed(sheet.item.image, sheet.item.attachments))
    sheet.say("questiontext", text + html, HTML).extend(files)


def _afterwards(sheet: Sheet, type_: str) -> None:
    value = sheet.value
    for name, tag in WHOLE.items():
        if value[name] or type_ in WITH_WHOLE:
            if type_ == "numerical" and name == "when_wrong":
                continue  # said by the answer "*"
            sheet.say(tag, value[name])
            sheet.unheard += [str(LABELS[name])] if value[name] and type_ not in WITH_WHOLE else []
    for hint in value["hints"]:
        sheet.say("hint", hint)
    if value["hints"] and type_ in WITHOUT_HINTS:
        sheet.unheard.append(str(LABELS["hints"]))


def _tags(sheet: Sheet) -> None:
    item = sheet.item
    written = tags_of(item)
    if sheet.value.get("match_accents") is False:
        written.append(FREE_ACCENTS)
        sheet.unheard.append(_("accents that do not count"))
    if not written:
        return
    tags = sheet.add("tags", "")
    for tag in written:
        sheet.say("tag", tag, style="", parent=tags)
        if len(tag) > LONGEST_TAG:
            reason = _("Moodle cuts tags after %(number)d letters: “%(tag)s”.")
            sheet.reasons.append(reason % {"number": LONGEST_TAG, "tag": tag})


def _reasons(sheet: Sheet) -> list[str]:
    reasons = [*sheet.reasons, *comparing.changes(sheet)]
    item = sheet.item
    if fields := unwritable(item, sheet.value, lambda text: not is_legal(text)):
        reason = _("Control characters cannot stand in XML and were left out: %(fields)s.")
        reasons.append(reason % {"fields": ", ".join(fields)})
    if sheet.unheard:
        names = ", ".join(dict.fromkeys(sheet.unheard))
        reasons.append(_("Moodle takes no notice of: %(names)s.") % {"names": names})
    return reasons
