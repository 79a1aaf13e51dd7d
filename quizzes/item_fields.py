"""What a file says about a question beside the question itself, as the fields of ``Question``, and back."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from quizzes.formats.base import Item
from quizzes.models import Difficulty, Question

# A category of a file is one tag that holds its whole path, so that questions are found and drawn by it and it can go out again.
CATEGORY = "category: "
TAG_LENGTH = 100
SEVENTH = Decimal("0.0000001")
WORDS = {"name": "name", "outcome": "outcome", "source": "source", "checked_by": "checked_by"}  # of an item: of a question
USUAL_PENALTY = Question._meta.get_field("penalty").default


def fields_of(item: Item) -> dict[str, Any]:
    """Values for the fields of a question; what does not fit is shortened or left out, and noted."""
    return {
        **{field: _shortened(item, name, field) for name, field in WORDS.items()},
        "difficulty": item.difficulty if item.difficulty in Difficulty.values else None,
        "jurisdiction": _jurisdiction(item),
        "checked_on": item.checked_on,
        "review_by": item.review_by,
        "penalty": _penalty(item),
        "keep_order": item.keep_order,
    }


def _shortened(item: Item, name: str, field: str) -> str:
    text, limit = getattr(item, name).strip(), Question._meta.get_field(field).max_length
    if len(text) > limit:
        label = Question._meta.get_field(field).verbose_name
        item.partly(_("“%(field)s” is longer than %(limit)d letters and was cut.") % {"field": label, "limit": limit})
    return text[:limit]


def _jurisdiction(item: Item) -> str:
    code = item.country.strip().upper()
    if code and code not in dict(Question._meta.get_field("jurisdiction").choices):
        item.partly(_("“%(code)s” is not among the countries whose law is taught here.") % {"code": item.country[:20]})
        return ""
    return code


def _penalty(item: Item) -> Decimal:
    if item.penalty is None:
        return USUAL_PENALTY
    if not 0 <= item.penalty <= 1:
        item.partly(_("The cost of a wrong try is not between 0 and 1. The usual third is used."))
        return USUAL_PENALTY
    return item.penalty.quantize(SEVENTH)


def tags_of(item: Item) -> list[str]:
    """The tags, each once, and the category as a tag. A category that is too long keeps its end."""
    wanted = [tag.strip() for tag in item.tags]
    if category := item.category.strip():
        room = TAG_LENGTH - len(CATEGORY)
        if len(category) > room:
            item.partly(_("The category is longer than %(limit)d letters. Its end was kept.") % {"limit": room})
        wanted.append(CATEGORY + category[-room:])
    for tag in wanted:
        if len(tag) > TAG_LENGTH:
            item.partly(_("A tag is longer than %(limit)d letters and was left out.") % {"limit": TAG_LENGTH})
    return list({tag.casefold(): tag for tag in wanted if tag and len(tag) <= TAG_LENGTH}.values())


def about(question: Question, tags: list[str]) -> dict[str, Any]:
    """The same the other way round: arguments of an ``Item``."""
    categories = [tag.removeprefix(CATEGORY) for tag in tags if tag.startswith(CATEGORY)]
    return {
        **{name: getattr(question, field) for name, field in WORDS.items()},
        "difficulty": question.difficulty,
        "country": question.jurisdiction,
        "checked_on": question.checked_on,
        "review_by": question.review_by,
        "penalty": None if question.penalty == USUAL_PENALTY else question.penalty,
        "keep_order": question.keep_order,
        "category": categories[0] if categories else "",
        "tags": [tag for tag in tags if tag not in {CATEGORY + name for name in categories[:1]}],  # a further one stays a tag
    }
