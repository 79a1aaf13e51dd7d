"""Whatever changes the tree of pages makes remembered outlines worthless at once."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .memory import forget, forget_shared
from .models import CoursePage, GlossaryEntry, GlossaryTerm, LessonPage, ModulePage, SharedContent

PAGES = (CoursePage, ModulePage, LessonPage)


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def forget_on_page_signal(sender, **kwargs) -> None:
    forget()


def forget_on_row(sender, **kwargs) -> None:
    forget()


for model in (*PAGES, Locale, Site, PageViewRestriction):
    post_save.connect(forget_on_row, sender=model)
    post_delete.connect(forget_on_row, sender=model)


def forget_on_shared(sender, **kwargs) -> None:
    forget_shared()


for model in (SharedContent, GlossaryTerm, GlossaryEntry):
    post_save.connect(forget_on_shared, sender=model)
    post_delete.connect(forget_on_shared, sender=model)
