"""What the style guide shows: every component and every lesson block, in every state, from the real templates."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue, StructValue
from wagtail.models import Locale

from courses.blocks import SAMPLE, CountryBlock, LessonBlocks, PracticeBlock
from courses.models import LessonPage
from courses.pieces import pieces_of
from learning.progress import Progress
from training.blocks import CALLOUT_KINDS
from training.drawings import ILLUSTRATIONS
from training.media import SampleFile

STATES = [
    ("not_started", "Not started"),
    ("started", "Started"),
    ("done", "Done"),
    ("passed", "Passed"),
    ("not_yet", "Not yet passed"),
    ("waiting", "Waiting for approval"),
    ("draft", "Draft"),
    ("review", "To review"),
    ("valid", "Valid"),
    ("revoked", "Revoked"),
    ("unknown", "Unknown"),
]
CARD = {
    "url": "#course-card",
    "title": "Recognising and assisting trafficked children",
    "summary": "See the signs early, say the right first sentence, and know whom to call.",
    "audience": "Guardians and lawyers",
    "minutes": 180,
    "languages": ["English", "Français", "Български"],
    "illustration": "open-door",
}
TASKS = [
    {
        "title": title,
        "url": "#task-list" if linked else "",
        "note": note,
        "state": state,
        "state_text": words,
        "is_current": current,
    }
    for title, linked, note, state, words, current in [
        ("What trafficking is", True, "6 minutes", "done", "Done", False),
        ("What changes when the person is a child", True, "8 minutes", "started", "Started", True),
        ("Signs belong together", True, "7 minutes", "not_started", "Not started", False),
        ("Quiz: the first signs", False, "Opens after the lesson before it", "not_started", "Not started", False),
    ]
]
ROWS = [
    {"key": "Name", "value": "Élodie Şahin Đorđević-Иванова", "url": "#summary-list", "action": "Change"},
    {"key": "Country", "value": "Belgium", "url": "#summary-list", "action": "Change"},
    {"key": "Certificates", "value": "1"},
]
HEADED = "<h3>The first hour</h3><p>Food, rest, medical care.</p><h4>If it is night</h4><p>Sleep comes first.</p>"
BOTH = {"for_occupations": ["lawyer", "guardian"], "for_countries": ["BE", "BG"]}
SETTINGS = {
    "a note": ("callout", {"title": "With a note", "content_note": "A boy tells of violence at work."}),
    "a note on what a lesson needs": (
        "checklist",
        {"heading": "With a note, and needed", "content_note": "Prepares for a talk about violence.", "required": True},
    ),
    "for some readers": ("callout", {"title": "For some readers", **BOTH}),
    "a note for some readers": (
        "callout",
        {"title": "With a note, for some readers", "content_note": "A girl tells of threats.", **BOTH},
    ),
}
# Blocks with more than one look: what differs from their example, once for each. Two regions need two names.
LOOKS = {
    "case": [{"notes_shown": "after"}, {"notes_shown": "open"}],
    "chart": [{"kind": kind, "caption": f"The same numbers as {kind}"} for kind in ("lines", "dots")],
    "law": [{"checked_on": None}],
    "video": [{"file": None, "link": "https://films.example/3"}],
}
CRUMBS = [{"title": "Courses", "url": "#breadcrumbs"}, {"title": "Module 1", "url": "#breadcrumbs"}, {"title": "Lesson 2"}]


@dataclass
class Part:
    """One heading of the style guide with its examples, each already HTML."""

    name: str
    examples: list[SafeString]
    label: str = ""
    wide: bool = False


class ExampleForm(forms.Form):
    text = forms.CharField(
        label="Name on the certificate",
        help_text="As it should be printed. Spaces and accents are kept.",
        error_messages={"required": "Enter the name for the certificate"},
    )
    email = forms.EmailField(label="E-mail", error_messages={"required": "Enter your e-mail address"})
    country = forms.ChoiceField(label="Country", choices=[("", "Choose"), ("BE", "Belgium"), ("BG", "Bulgaria")])
    note = forms.CharField(
        label="Note", widget=forms.Textarea, required=False, help_text="Do not write names or details that identify a real child."
    )
    answer = forms.ChoiceField(
        label="Is a border needed for trafficking?",
        widget=forms.RadioSelect,
        choices=[("a", "No, it may happen inside one town"), ("b", "Yes, a border must be crossed"), ("c", "I do not know yet")],
        error_messages={"required": "Choose one answer"},
    )
    topics = forms.MultipleChoiceField(
        label="Which signs belong together?",
        help_text="Choose 2.",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Long hours"), ("b", "Papers held by an adult"), ("c", "A new phone")],
        error_messages={"required": "Choose at least one sign"},
    )
    agreed = forms.BooleanField(label="I have read the privacy page", error_messages={"required": "Tick to go on"})
    upload = forms.FileField(label="File", required=False, help_text="PDF, at most 5 MB.")


def component(name: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", context)


def form_parts() -> list[Part]:
    empty, wrong = ExampleForm(auto_id="empty_%s"), ExampleForm({}, auto_id="wrong_%s")
    filled = ExampleForm({"answer": "a", "topics": ["a", "b"]}, auto_id="filled_%s")
    wrong.is_valid()
    return [
        Part("field", [component("field", field=bound) for bound in empty]),
        Part("field with error", [component("field", field=bound) for bound in wrong if bound.errors]),
        Part("choice, chosen", [component("field", field=filled["answer"])]),
        Part("error-summary", [component("error_summary", form=wrong, still=True)]),
    ]


def component_parts() -> list[Part]:
    kinds = [constants.SUCCESS, constants.INFO, constants.WARNING, constants.ERROR]
    notices = [Notice(level, "Your answers are saved. You can go on later.") for level in kinds]
    pages = Paginator(range(50), 10)
    progress_of_cards = [None, *(Progress(done, 24) for done in (0, 9, 24))]
    progress = [component("progress", done=done, total=5, label=f"{done} of 5 lessons done") for done in (0, 2, 5)]
    return [
        Part("back-link", [component("back_link", url="#back-link")]),
        Part("breadcrumbs", [component("breadcrumbs", items=CRUMBS)]),
        Part("course-card", [component("course_card", card=CARD, progress=far) for far in progress_of_cards], wide=True),
        Part("empty", [component("empty", text="Courses you start will be here.", url="#empty", action="See the courses")]),
        Part("messages", [component("messages", messages=notices)]),
        Part("pagination", [component("pagination", page=pages.page(number), label=f"Pages {number}") for number in (1, 3, 5)]),
        Part("progress", progress),
        Part("status", [component("status", state=state, text=text) for state, text in STATES]),
        Part("summary-list", [component("summary_list", rows=ROWS)]),
        Part("task-list", [component("task_list", items=TASKS)]),
    ]


class Notice(SimpleNamespace):
    """A message as the message framework hands it to a template."""

    def __init__(self, level: int, text: str) -> None:
        super().__init__(level_tag=constants.DEFAULT_TAGS[level], text=text)

    def __str__(self) -> str:
        return self.text


def block_parts(context: dict) -> list[Part]:
    parts = []
    for name, block in LessonBlocks().child_blocks.items():
        values = [block.get_preview_value()]
        values += [type(values[0])(block, {**values[0], **own}) for own in LOOKS.get(name, [])]
        if name == "text":
            values.append(block.normalize(HEADED))
        if name == "flashcards":
            values[0]["cards"][0].update(audio=SampleFile(), audio_source="A colleague in Sofia, CC BY-SA 4.0")
        if name == "callout":
            values = [StructValue(block, {**values[0], "kind": kind}) for kind, _label in CALLOUT_KINDS]
        if name == "illustration":
            values = [StructValue(block, {"name": drawing, "title": str(title)}) for drawing, title in ILLUSTRATIONS]
        if isinstance(block, CountryBlock):
            annexes = enumerate(block.sample_annexes().values())
            shown = [block.render(values[0], {**context, "annex": annex, "ident": f"{name}-{n}"}) for n, annex in annexes]
        elif isinstance(block, PracticeBlock):
            shown = [block.render(value, context) for value in values if not block.asks(value)]
            shown += states_of(name, block, values[0], context)
        else:
            shown = [block.render(value, context) for value in values]
        parts.append(Part(f"block {name}", shown, label=block.label, wide=name == "illustration"))
    return parts


def settings_part() -> Part:
    """What the settings of a block put above it: a note with a way past it, and in a preview who alone sees the block."""
    stream = LessonBlocks()
    shown = []
    for how, (name, own) in SETTINGS.items():
        block = stream.child_blocks[name]
        shown.append((name, StructValue(block, {**block.get_preview_value(), **own}), str(uuid5(UUID(SAMPLE), how))))
    lesson = LessonPage(locale=Locale.get_default(), body=StreamValue(stream, shown))
    examples = [SafeString(piece.html) for piece in pieces_of(lesson, preview=True)]
    return Part("block settings", examples, label="Content note, readers")


def states_of(name: str, block: PracticeBlock, value: StructValue, context: dict) -> list[SafeString]:
    """A practice block as its reader finds it: new, after answers worth looking at, and after one that was not accepted.

    Each has ids and a heading of its own, because a page may not hold two landmarks of one name.
    """
    material = block.material(value, SAMPLE, "en")
    shown = []

    def show(how: str, state: dict | None = None, form: forms.Form | None = None, **told: bool) -> None:
        headed = {**material, "heading": f"{material['heading']} ({name}, {how})"}
        ident = str(uuid5(UUID(SAMPLE), f"{name} {how}"))
        how_read = {"sendable": False, "enrolled": True, **told}
        shown.append(block.render_exercise(block.exercise(ident, headed, state, form, **how_read), context))

    show("new")
    for how, state in block.sample_states(material).items():
        show(how, state)
    if block.private or block.anonymous:
        show("of a guest", block.sample_states(material)["done"], kept=False, enrolled=False)
    if block.private:
        show("signed out", signed_out=True)
    form = block.form(material, None, {}, prefix=f"unfinished-{name}")
    if not form.is_valid():
        show("unfinished", form=form)
    return shown


def styleguide(request: HttpRequest) -> HttpResponse:
    """Render every component and block, for those who work in the editor and for everyone in development; else Http404."""
    if not (settings.DEVELOPMENT or request.user.has_perm("wagtailadmin.access_admin")):
        raise Http404
    parts = [*component_parts(), *form_parts(), *block_parts({"request": request}), settings_part()]
    return render(request, "home/styleguide.html", {"parts": parts})
