"""Questions of a bank as items for a format to write."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from taggit.models import Tag
from wagtail.rich_text import expand_db_html

from .formats.base import Enclosed, File, Format, Item, Note, Picture, Writing
from .formats.outgoing import one_line_end
from .formats.shapes import is_rich
from .item_fields import WORDS, about
from .kinds.prose import plain_text
from .models import ImportedQuestion, Question, QuestionBank
from .raw_values import clean_html, plain_value

CONTENT = ["body", "jurisdiction", *WORDS.values(), "difficulty", "penalty", "keep_order", "checked_on", "review_by"]
OWN_LINK = re.compile(r'href="/(?!/)')


def items_of(bank: QuestionBank, languages: Iterable[str] = ()) -> list[Item]:
    """Every question of ``bank`` that is not retired, in the given ``languages`` (none: all), in order.

    As learners meet it; one that was never published, as its newest draft. Notes say what of it no item can hold.
    """
    questions = Question.objects.filter(bank=bank, retired=False).order_by("pk")
    if languages := list(languages):
        questions = questions.filter(locale__language_code__in=languages)
    return list(_items(questions, bank))


def export(bank: QuestionBank, file_format: Format, languages: Iterable[str] = ()) -> Writing:
    """``bank`` as a file. The notes say what could not be taken along, question by question. Needs ``file_format.write``."""
    items = items_of(bank, languages)
    writing = file_format.write(items)
    lost = [note for item in items for note in item.notes]
    places = {item.reference: item.place for item in items}  # some writers know a question by its reference, people do not
    told = [Note(places.get(note.place, note.place), note.reason) for note in writing.notes]
    return Writing(writing.content, [*_retired(bank), *lost, *told])


def _retired(bank: QuestionBank) -> list[Note]:
    count = Question.objects.filter(bank=bank, retired=True).count()
    reason = _("Retired questions were left out: %(count)d.") % {"count": count}
    return [Note(str(bank), reason)] if count else []


def _items(questions: QuerySet[Question], bank: QuestionBank) -> Iterator[Item]:
    kept = ImportedQuestion.objects.filter(bank=bank).values_list("reference", "question_key")
    references = {(key, reference.partition(":")[0]): reference.partition(":")[2] for reference, key in kept}
    for question in questions.select_related("locale", "latest_revision").prefetch_related("tagged_items__tag").iterator(500):
        language = question.locale.language_code
        yield item_of(question, references.get((question.translation_key, language), str(question.translation_key)))


def item_of(question: Question, reference: str) -> Item:
    """``question`` as an item that no ids of this site are left in."""
    language, tags = question.locale.language_code, [tagged.tag.name for tagged in question.tagged_items.all()]
    if not question.live and question.latest_revision:
        tags = _take_newest(question, tags)
    body = question.body[0]
    value = plain_value(body.block, body.block.get_prep_value(body.value))
    item = Item(
        place=plain_text(value["text"])[:80] or reference,
        reference=reference,
        kind=body.block_type,
        language=language,
        **about(question, tags),
    )
    if question.review_key:
        item.partly(_("The lesson to look at again belongs to this site and stays here."))
    whole = _enclosed(body.value, value, item)
    item.image, item.attachments = whole.image, whole.attachments
    parts = zip(body.value.get("parts") or [], value.get("parts") or [], strict=True)
    found = {number: _enclosed(part.value, plain["value"], item) for number, (part, plain) in enumerate(parts)}
    item.in_parts = {number: enclosed for number, enclosed in found.items() if enclosed}
    item.value = _as_written(item.kind, _with_whole_links(value))
    return item


def _take_newest(question: Question, tags: list[str]) -> list[str]:
    """Give ``question`` the fields of its newest draft and return its tags. The editor's own way asks about each field's row."""
    draft = question.latest_revision.content
    for name in CONTENT:
        if name in draft:
            setattr(question, name, Question._meta.get_field(name).to_python(draft[name]))
    wanted = [row["tag"] for row in draft.get("tagged_items", [])]
    if wanted == [tagged.tag_id for tagged in question.tagged_items.all()]:
        return tags
    return list(Tag.objects.filter(pk__in=wanted).values_list("name", flat=True))


def _with_whole_links(value: Any) -> Any:
    """Links to pages and files of this site get the address that they have from outside."""
    if isinstance(value, dict):
        return {name: _with_whole_links(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_whole_links(inner) for inner in value]
    if isinstance(value, str) and "linktype=" in value:
        return OWN_LINK.sub(f'href="{settings.SITE_URL}/', expand_db_html(value))
    return value


def _as_written(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """``value`` without the marks of the editor, as an import would store it: a question that comes back is the same."""
    found = {name: clean_html(content) if is_rich(kind, name) else one_line_end(content) for name, content in value.items()}
    if "parts" in found:
        found["parts"] = [{**part, "value": _as_written(part["type"], part["value"])} for part in value["parts"]]
    return found


def _enclosed(value: Any, plain: dict[str, Any], item: Item) -> Enclosed:
    """The pictures and files of a question's ``value`` or that of a part, which are taken out of ``plain``, the same as JSON."""
    raw, attached = plain.pop("image", None), plain.pop("attachments", None) or []
    picture = _picture(value["image"], raw, item) if raw else None
    files = [_attachment(one, entry, item) for one, entry in zip(value.get("attachments") or [], attached, strict=True)]
    return Enclosed(picture, [file for file in files if file])


def _attachment(value: Any, plain: dict[str, Any], item: Item) -> Picture | File | None:
    """None, without a note, where nothing was chosen or it was deleted: learners see nothing either."""
    if plain["image"]:
        return _picture(value["image"], plain["image"], item)
    document = value["file"]
    content = _content(document, item) if document else None
    return File(document.filename, content, plain["title"] or document.title) if content is not None else None


def _picture(image: Any, raw: dict[str, Any], item: Item) -> Picture | None:
    content = _content(image, item)
    return Picture(image.filename, content, "" if raw["decorative"] else raw["alt_text"] or "") if content is not None else None


def _content(kept: Any, item: Item) -> bytes | None:
    """The bytes of a picture or document of the library; None, and a note, where they are gone."""
    try:
        with kept.open_file() as file:
            return file.read()
    except OSError:
        item.partly(_("“%(title)s” is missing from the library.") % {"title": kept.title})
        return None
