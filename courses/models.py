"""Content: course > module > lesson. Knows nothing of learners.

A course exists once per language. Its structure (which modules, which lessons, in which order) is that of its source, the
translation that was written first; see ``courses.outline``.
"""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    DraftStateMixin,
    PageViewRestriction,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from quizzes.models.records import Job
from training.blocks import BasicBlocks
from training.drawings import ILLUSTRATIONS, drawing
from training.pages import SitePage
from training.tiles import Tiles

from .blocks import EVERYBODY, LessonBlocks, Viewer, audience_of
from .checks.models import UnwantedWord as UnwantedWord
from .glossary.models import GlossaryEntry as GlossaryEntry
from .glossary.models import GlossaryTerm as GlossaryTerm
from .linking.models import Link as Link
from .memory import remembered
from .panels import OverdueLawPanel, ReviewPanel
from .previews import LESSON_MODES, Modes, RehearsedPage
from .reviewing.models import DigestSent as DigestSent
from .reviewing.models import ReviewTask as ReviewTask
from .reviewing.permissions import ReviewedPermissions

SHORT_PROSE = ["bold", "italic", "ul", "ol", "link"]


class CourseIndexPage(SitePage):
    """The catalogue."""

    intro = RichTextField(_("introduction"), blank=True, features=SHORT_PROSE)

    content_panels = [*SitePage.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    template = "courses/course_index_page.html"

    class Meta:
        verbose_name = _("course catalogue")


class LearningPage(RehearsedPage):
    """What course, module and lesson share. ``summary`` serves cards and search results."""

    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences for lists and search.")
    )
    content_note = models.TextField(
        _("content note"), blank=True, help_text=_("What may be hard to read here, and that one may stop or skip. Shown first.")
    )
    review_by = models.DateField(_("review by"), null=True, blank=True, help_text=_("When somebody must check the facts again."))
    version_note = models.CharField(_("what changed"), max_length=255, blank=True, help_text=_("One sentence for learners."))

    search_fields = [*SitePage.search_fields, index.SearchField("summary"), index.AutocompleteField("summary")]
    about_panels = [
        MultiFieldPanel([FieldPanel("content_note")], heading=_("Care")),
        MultiFieldPanel([FieldPanel("review_by"), FieldPanel("version_note")], heading=_("Review")),
    ]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> ReviewedPermissions:
        return ReviewedPermissions(user, self)

    def get_view_restrictions(self) -> models.QuerySet:
        """Wagtail's two look-ups, spared as long as the site has no view restriction at all."""
        if remembered("restricted", PageViewRestriction.objects.exists):
            return super().get_view_restrictions()
        return PageViewRestriction.objects.none()


def edit_handler(content: list, about: list, *own: ObjectList) -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList([ReviewPanel(), *content], heading=_("Content")),
            ObjectList(about, heading=_("Outcomes, time and care")),
            *own,
            ObjectList(SitePage.promote_panels, heading=_("Promote")),
            ObjectList(SitePage.settings_panels, heading=_("Settings")),  # dates of publishing, and comments
        ]
    )


def outcomes_field() -> StreamField:
    return StreamField(
        [
            (
                "outcome",
                blocks.CharBlock(
                    label=_("Outcome"), icon="check", help_text=_("Start with a verb. Example: Tell trafficking from smuggling.")
                ),
            )
        ],
        blank=True,
        verbose_name=_("learning outcomes"),
    )


class CoursePage(LearningPage):
    intro = RichTextField(_("introduction"), blank=True, features=SHORT_PROSE)
    audience = models.CharField(_("for whom"), max_length=255, blank=True)
    outcomes = outcomes_field()
    version = models.CharField(_("version"), max_length=20, default="1.0")
    licence = models.CharField(_("licence"), max_length=100, blank=True, default="CC BY-SA 4.0")
    illustration = models.CharField(_("drawing"), max_length=30, default="open-door", choices=ILLUSTRATIONS)

    search_fields = [
        *LearningPage.search_fields,
        index.SearchField("intro"),
        index.SearchField("audience"),
        index.SearchField("outcomes"),
    ]
    edit_handler = edit_handler(
        [
            *SitePage.content_panels,
            FieldPanel("summary"),
            FieldPanel("intro"),
            FieldPanel("illustration", widget=Tiles(drawing, _("Drawing"))),
        ],
        [
            FieldPanel("audience"),
            FieldPanel("outcomes"),
            *LearningPage.about_panels,
            FieldPanel("version"),
            FieldPanel("licence"),
        ],
    )
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.ModulePage"]
    template = "courses/course_page.html"

    class Meta:
        verbose_name = _("course")


class ModulePage(LearningPage):
    intro = RichTextField(_("introduction"), blank=True, features=SHORT_PROSE)
    outcomes = outcomes_field()

    search_fields = [*LearningPage.search_fields, index.SearchField("intro"), index.SearchField("outcomes")]
    edit_handler = edit_handler(
        [*SitePage.content_panels, FieldPanel("summary"), FieldPanel("intro")],
        [FieldPanel("outcomes"), *LearningPage.about_panels],
    )
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage"]
    template = "courses/module_page.html"

    class Meta:
        verbose_name = _("module")


class LessonPage(LearningPage):
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Reading and thinking. Ten at most."),
    )
    body = StreamField(LessonBlocks(), blank=True, verbose_name=_("content"))
    sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("Begins with a care note, even if nobody has written one.")
    )
    not_country_specific = models.BooleanField(
        _("not specific to a country"),
        default=False,
        help_text=_("Nothing here differs from country to country, so there is no “In your country” box."),
    )
    trainer_notes = RichTextField(
        _("notes for trainers"),
        blank=True,
        features=SHORT_PROSE,
        help_text=_("Timing, traps, typical answers. Learners never see them."),
    )

    search_fields = [*LearningPage.search_fields, index.SearchField("body")]
    edit_handler = edit_handler(
        [OverdueLawPanel(), *SitePage.content_panels, FieldPanel("summary"), FieldPanel("body")],
        [FieldPanel("minutes"), FieldPanel("sensitive"), FieldPanel("not_country_specific"), *LearningPage.about_panels],
        ObjectList([FieldPanel("trainer_notes")], heading=_("Notes for trainers")),
    )
    parent_page_types = ["courses.ModulePage"]
    subpage_types = []
    template = "courses/lesson_page.html"

    class Meta:
        verbose_name = _("lesson")

    @property
    def preview_modes(self) -> Modes:
        return LESSON_MODES

    @property
    def quizzes(self) -> list:
        """All quizzes of the lesson, whoever they are for."""
        return self.quizzes_for(EVERYBODY)

    def quizzes_for(self, viewer: Viewer) -> list:
        """The quizzes that ``viewer`` must pass before this lesson counts as done."""
        held = [block.value for block in self.body if block.block_type == "quiz" and block.value["quiz"]]
        return [value["quiz"] for value in held if audience_of(value).includes(viewer)]

    @property
    def lacks_care_note(self) -> bool:
        """Whether a general note of care must stand in for one that nobody wrote."""
        return self.sensitive and not self.content_note and not any(child.block_type == "care" for child in self.body)


class SharedContent(
    WorkflowMixin, DraftStateMixin, RevisionMixin, PreviewableMixin, TranslatableMixin, index.Indexed, models.Model
):
    """Blocks that several lessons show, in one language. ``key`` is what packs call it, the same in every language."""

    title = models.CharField(_("title"), max_length=120, help_text=_("For editors. Example: What to do after a disclosure."))
    key = models.SlugField(
        _("name in course packs"),
        max_length=80,
        help_text=_("Letters, digits and hyphens. Example: after-disclosure."),
    )
    body = StreamField(BasicBlocks(), verbose_name=_("content"))

    panels = [FieldPanel("title"), FieldPanel("key"), FieldPanel("body")]
    override_translatable_fields = [SynchronizedField("key", overridable=False)]
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("live"),
        index.FilterField("locale_id"),
        index.FilterField("translation_key"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("reusable content")
        verbose_name_plural = _("reusable content")
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="shared_content_key_once")]

    def __str__(self) -> str:
        return self.title

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "courses/shared_preview.html"


class PackImport(Job):
    """A course file that was read and waits to be confirmed, or was brought in. ``report``: see ``courses.transfer.jobs``."""

    file_name = models.CharField(_("file"), max_length=255)
    content = models.BinaryField()
    overwrite = models.BooleanField(default=False)  # also what was edited on this site
    report = models.JSONField(default=dict)

    class Meta(Job.Meta):
        verbose_name = _("import of a course")
        verbose_name_plural = _("imports of courses")

    def __str__(self) -> str:
        return self.file_name


class PackItem(models.Model):
    """What the importer last wrote: lets it tell "the pack changed" from "somebody edited it here since"."""

    key = models.UUIDField()
    language = models.CharField(max_length=10)
    checksum = models.CharField(max_length=64)
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="pack_item_once")]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"
