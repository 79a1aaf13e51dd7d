"""A Moodle XML file as items. A broken question never loses its neighbours."""

import re
from collections.abc import Set
from decimal import Decimal

from django.utils.translation import gettext as _

from quizzes.formats.base import FormatError, Item, Note, Reading
from quizzes.formats.checks import problem_with
from quizzes.formats.fields import too_long
from quizzes.formats.shapes import filled
from quizzes.formats.text_files import LONGEST_FIELD, References, decimal, derived, enough
from quizzes.formats.wording import from_plain, rich_text
from quizzes.formats.xml import Element, parse

from . import answers, gaps
from .about import FREE_ACCENTS, take_tags
from .enclosed import take_enclosed
from .source import Refused, Source, words

WHOLE = {"correctfeedback": "when_right", "partiallycorrectfeedback": "when_partly", "incorrectfeedback": "when_wrong"}
CONTEXT = re.compile(r"^\$\w*\$/(top/|top$)?")
LONGEST_NAME = 60  # of a name within a reference or a place
KNOWN = {  # everything that is read or says only how Moodle shows the question
    *WHOLE, "name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber", "answer",
    "single", "hint", "shuffleanswers", "answernumbering", "showstandardinstruction", "shownumcorrect", "tags",
    "coursetags", "usecase", "units", "unitgradingtype", "unitpenalty", "showunits", "unitsleft", "subquestion",
    "selectoption", "dragbox", "gradingtype", "selecttype", "selectcount", "layouttype", "showgrading",
    "numberingstyle", "responseformat", "responserequired", "responsefieldlines", "minwordlimit", "maxwordlimit",
    "attachments", "attachmentsrequired", "filetypeslist", "maxbytes", "graderinfo", "responsetemplate",
}  # fmt: skip

TEXT = {"text", "file"}
INSIDE = {  # what is read within a part
    **dict.fromkeys(("name", "questiontext", "generalfeedback", "graderinfo", "responsetemplate", "feedback", *WHOLE), TEXT),
    "answer": {*TEXT, "feedback", "tolerance", "fraction"},
    "subquestion": {*TEXT, "answer", "feedback"},
    "hint": {*TEXT, "shownumcorrect", "clearwrong", "options"},
    "selectoption": {*TEXT, "group"},
    "dragbox": {*TEXT, "group", "infinite"},  # a list offers each word as often as wanted
    "units": {"unit"},
    "unit": {"multiplier", "unit_name"},
    "tags": {"tag"},
    "coursetags": {"tag"},
    "tag": TEXT,
    "category": TEXT,
}


def read(content: bytes, name: str) -> Reading:
    """The questions of a Moodle XML file. Raises FormatError where it is no XML, not Moodle's, or not to be trusted."""
    root = parse(content)
    if root.tag != "quiz":
        raise FormatError(_("This is XML, but no Moodle file: it begins with <%(tag)s>, not with <quiz>.") % {"tag": root.tag})
    reading, category, references = Reading(), "", References()
    for element in root:
        if element.tag != "question":
            reading.notes.append(Note(_line(element), _("The part <%(tag)s> is no question.") % {"tag": element.tag}))
        elif element.get("type") == "category":
            category = _category(element, reading)
        else:
            item = question(element, len(reading.items) + 1, category)
            item.reference = references.unique(item.reference)
            reading.items.append(item)
            enough(reading.items)
    return reading


def _line(element: Element) -> str:
    return _("line %(line)d") % {"line": element.line}


def _category(element: Element, reading: Reading) -> str:
    path = CONTEXT.sub("", words(element.find("category")))
    if words(element.find("idnumber")):
        reason = _("The number “%(number)s” of the category “%(path)s” could not be taken along.")
        reading.notes.append(Note(_line(element), reason % {"number": words(element.find("idnumber")), "path": path}))
    if words(element.find("info")):
        reason = _("The description of the category “%(path)s” could not be taken along.")
        reading.notes.append(Note(_line(element), reason % {"path": path}))
    return path


def question(element: Element, number: int, category: str) -> Item:
    """The item of one element; a refused one says why."""
    name = words(element.find("name"))
    where = {"number": number, "name": name[:LONGEST_NAME], "line": element.line}
    place = _("Question %(number)d (%(name)s), line %(line)d") if name else _("Question %(number)d, line %(line)d")
    item = Item(place % where, "", name=name, category=category)
    source = Source(element, item)
    try:
        _read_into(source)
    except Refused as problem:
        item.refuse(str(problem))
    if not item.value:  # refused early: people still want to know which one it was
        item.value = {"text": rich_text(words(element.find("questiontext"))[:LONGEST_FIELD])[0]}
    parts = [name[:LONGEST_NAME], derived(element.get("type") or "", words(element.find("questiontext")))]
    item.reference = words(element.find("idnumber")) or " ".join(part for part in parts if part)
    return item


def _read_into(source: Source) -> None:
    item, element, type_ = source.item, source.element, source.element.get("type") or ""
    _read_about(source)
    question = element.find("questiontext")
    raw = words(question)
    if question is not None:
        raw, enclosed, problems = take_enclosed(raw, question.findall("file"))
        item.image, item.attachments = enclosed.image, enclosed.attachments
        for problem in problems:
            item.partly(problem)
    if type_ in gaps.READERS:
        kind, own = gaps.READERS[type_](source, raw)
    elif type_ in answers.READERS:
        text = source.rich_from(raw, source.style(question), _("The question text")) if question is not None else ""
        kind, own = answers.READERS[type_](source)
        own = {"text": text, **own}
    else:
        raise Refused(_("Questions of the Moodle type “%(type)s” cannot be taken along.") % {"type": type_})
    item.kind = kind
    if not own["text"] and item.name:
        own["text"] = from_plain(item.name)
        item.partly(_("The question has no text of its own. Its name was taken."))
    item.value = filled(kind, **{**_afterwards(source), **own})
    if source.free_accents and "match_accents" in item.value:
        item.value["match_accents"] = False
    if problem := too_long(kind, item.value) or problem_with(kind, item.value):
        raise Refused(problem)


def _read_about(source: Source) -> None:
    item = source.item
    tags = [words(tag) for path in ("coursetags/tag", "tags/tag") for tag in source.element.iterfind(path)]
    source.free_accents = FREE_ACCENTS in tags
    take_tags(item, tags)
    item.points = source.points(source.setting("defaultgrade"))
    if text := source.setting("penalty"):
        penalty = decimal(text)
        if penalty is None or not 0 <= Decimal(penalty) <= 1:
            item.partly(_("The penalty “%(penalty)s” is no share from 0 to 1.") % {"penalty": text})
        else:
            item.penalty = Decimal(penalty)
    if source.is_on("hidden", "0"):
        item.partly(_("In Moodle this question is hidden. Here it is like any other."))
    _note_unknown(source, source.element)


def _note_unknown(source: Source, element: Element, known: Set[str] = KNOWN) -> None:
    """Note what stands in ``element`` and is not read: parts that hold anything, and words between the parts."""
    if any((child.tail or "").strip() for child in element):
        reason = _("Words between the parts, from line %(line)d on, could not be taken along.")
        source.item.partly(reason % {"line": element.line})
    for child in element:
        if child.tag in known:
            if child.tag in INSIDE:
                _note_unknown(source, child, INSIDE[child.tag])
        elif child.attrib or "".join(child.itertext()).strip():
            reason = _("The part <%(tag)s> in line %(line)d could not be taken along.")
            source.item.partly(reason % {"tag": child.tag, "line": child.line})


def _afterwards(source: Source) -> dict[str, object]:
    names = {
        "correctfeedback": _("Feedback to a right answer"),
        "partiallycorrectfeedback": _("Feedback to a partly right answer"),
        "incorrectfeedback": _("Feedback to a wrong answer"),
    }
    found: dict[str, object] = {"explanation": source.rich(source.element.find("generalfeedback"), _("The explanation"))}
    for tag, field in WHOLE.items():
        found[field] = source.plain(source.element.find(tag), names[tag])
    found["hints"] = []
    for number, hint in enumerate(source.element.findall("hint"), 1):
        what = _("Hint %(number)d") % {"number": number}
        if any(hint.find(option) is not None for option in ("shownumcorrect", "clearwrong", "options")):
            reason = _("%(what)s also clears wrong answers or tells how many are right in Moodle. Here it only shows its words.")
            source.item.partly(reason % {"what": what})
        if text := source.plain(hint, what):
            found["hints"].append(text)
    return found
