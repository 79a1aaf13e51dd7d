"""Header, footer and language links follow the tree of pages at once."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .shell import forget_links


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move], dispatch_uid="home_links_follow_pages")
def links_follow_pages(**kwargs: Any) -> None:
    transaction.on_commit(forget_links)


@receiver(post_delete, dispatch_uid="home_links_follow_deletions")
def links_follow_deletions(sender: type, **kwargs: Any) -> None:
    if sender is Page:  # Django deletes the base row of every kind of page
        transaction.on_commit(forget_links)
