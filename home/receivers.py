"""Header, footer and language links follow the tree of pages and the quizzes at once."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published, unpublished

from quizzes.models import Quiz

from .shell import forget_links


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move], dispatch_uid="home_links_follow_pages")
def links_follow_pages(**kwargs: Any) -> None:
    transaction.on_commit(forget_links)


@receiver([published, unpublished], sender=Quiz, dispatch_uid="home_links_follow_quizzes")
def links_follow_quizzes(**kwargs: Any) -> None:
    transaction.on_commit(forget_links)


@receiver(post_delete, dispatch_uid="home_links_follow_deletions")
def links_follow_deletions(sender: type, **kwargs: Any) -> None:
    if sender in {Page, Quiz}:  # Django deletes the base row of every kind of page
        transaction.on_commit(forget_links)
