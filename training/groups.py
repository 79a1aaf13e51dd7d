"""What blocks of every app share: the groups of the picker, and what rich text may hold."""

from django.utils.translation import gettext_lazy as _

from .headings import SMALL

PROSE = ["bold", "italic", "ol", "ul", "link", "glossary-term", "document-link"]
HEADED_PROSE = [*SMALL, *PROSE]  # for what stands in no box that has a title of its own

TEXT = _("Text")
MEDIA = _("Picture and media")
STORIES = _("Stories and law")
PRACTICE = _("Practice")
LIVE = _("Live and reflection")
STRUCTURE = _("Structure")
GROUPS = [TEXT, MEDIA, PRACTICE, STORIES, LIVE, STRUCTURE]  # in the order of the picker
