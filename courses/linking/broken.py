"""Live lessons with a link that leads nowhere, for the desk of those who may mend it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from courses.models import LessonPage

from .models import Link, broken


def lessons_with_broken_links() -> QuerySet[LessonPage]:
    """Live lessons with a broken link to the web, or to a page of ours that is gone or not published."""
    to_the_web = Link.objects.filter(broken(), lessons=OuterRef("pk"))
    return LessonPage.objects.live().filter(Exists(to_the_web) | Exists(_lost_pages()))


def _lost_pages() -> QuerySet[ReferenceIndex]:
    """Links within the text of the outer lesson to pages that nobody can read."""
    lesson, page = (ContentType.objects.get_for_model(model) for model in (LessonPage, Page))
    live = Page.objects.live().annotate(number=Cast("pk", CharField())).filter(number=OuterRef("to_object_id"))
    links = ReferenceIndex.objects.filter(content_type=lesson, to_content_type=page, model_path__startswith="body")
    return links.filter(object_id=Cast(OuterRef("pk"), CharField())).exclude(Exists(live))
