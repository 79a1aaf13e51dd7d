"""What the tests of single practice blocks share: what editors are told, what translators get, and what learners post."""

from typing import Any

from django.http import QueryDict
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue

from courses.blocks import SAMPLE, Answered, LessonBlocks, PracticeBlock, prefix_of
from courses.models import LessonPage
from quizzes.raw_values import plain_value, problems_of, raw_value
from tests.factories.practice import example, put_into

AWKWARD = "<script>alert('x')</script> \"Ğışİ\" Дете & 100 % %(text)s {{ 1 }}"


def block_of(name: str) -> PracticeBlock:
    return LessonBlocks().child_blocks[name]


def value_of(name: str, **changed: Any) -> Any:
    """The preview value of a block with the fields ``changed``, all written as in a pack; entry 0 of a list is ``entry-0``."""
    block = block_of(name)
    plain = {**plain_value(block, block.get_prep_value(block.get_preview_value())), **changed}
    return block.to_python(raw_value(block, plain, identify, name, {}))


def identify(_where: str, name: str) -> str:
    return f"entry-{name}"


def told(name: str, **changed: Any) -> list[str]:
    """What an editor reads who publishes the block with the fields ``changed``; nothing while it is a draft."""
    block, value = block_of(name), value_of(name, **changed)
    block.clean_deferred(value)
    return problems_of(block, block.get_prep_value(value))


def material_of(name: str, **changed: Any) -> dict[str, Any]:
    return block_of(name).material(value_of(name, **changed), SAMPLE, "en")


def posted(data: dict[str, Any]) -> QueryDict:
    """``data`` by field as a browser posts it to the block SAMPLE; a list for what is posted more than once; ``act`` as it is."""
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name if name == "act" else f"{prefix_of(SAMPLE)}-{name}", value if isinstance(value, list) else [value])
    return query


def errors_of(name: str, data: dict[str, Any], state: dict[str, Any] | None = None, **changed: Any) -> list[str]:
    """What a learner is told who posts ``data``."""
    form = block_of(name).form(material_of(name, **changed), state, posted(data), prefix=prefix_of(SAMPLE))
    return [message for messages in form.errors.values() for message in messages]


def answer(name: str, data: dict[str, Any], state: dict[str, Any] | None = None, **changed: Any) -> Answered:
    """What the valid ``data`` leads to after ``state``."""
    block, material = block_of(name), material_of(name, **changed)
    form = block.form(material, state, posted(data), prefix=prefix_of(SAMPLE))
    assert form.is_valid(), form.errors
    return block.answered(material, form, state)


def page_of(name: str, state: dict[str, Any] | None = None, **changed: Any) -> str:
    """The block as HTML in front of a learner with ``state``."""
    block = block_of(name)
    return block.render_exercise(block.exercise(SAMPLE, material_of(name, **changed), state), {"page": LessonPage()})


def offered_to_translators(lesson: LessonPage, name: str, **changed: Any) -> set[str]:
    """The texts of the block, put into ``lesson``, that wagtail-localize hands to a translator."""
    put_into(lesson, example(name, **changed))
    return offered_in(lesson)


def offered_in(lesson: LessonPage) -> set[str]:
    """The texts of the body of ``lesson`` that wagtail-localize hands to a translator."""
    segments = [s for s in extract_segments(LessonPage.objects.get(pk=lesson.pk)) if s.path.startswith("body.")]
    return {str(segment.string.render_text()) for segment in segments if isinstance(segment, StringSegmentValue)}
