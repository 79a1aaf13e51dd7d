"""The marking queue and the page on which one answer gets its points. Neither tells who wrote it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.kinds.prose import plain_text
from quizzes.models import Attempt, HandMark, Response
from quizzes.rubrics import differ_much, exact_shares, texts_of
from quizzes.services import AnswerChanged, NotToMark, save_hand_mark
from quizzes.services.hand_marking import given_marks, markers_needed
from quizzes.visibility import answers_marked_by, answers_to_mark, attempts_visible_to, try_code, with_code

from .choosing import for_markers, is_code, page_of, query_without_page, question_names, quiz_choices
from .marking_forms import HandMarkForm, read_parts

WAITING, MINE = "", "mine"


class QueueFilter(forms.Form):
    """Every filter may stay open; an unknown value narrows to nothing."""

    quiz = forms.UUIDField(label=_("Quiz"), required=False, widget=forms.Select)
    question = forms.UUIDField(label=_("Question"), required=False, widget=forms.Select)
    code = forms.CharField(
        label=_("Try code"),
        required=False,
        max_length=8,
        validators=[is_code],
    )
    show = forms.ChoiceField(label=_("Show"), required=False, choices=[(WAITING, _("Waiting for me")), (MINE, _("Marked by me"))])

    def __init__(self, data: Any, answers: QuerySet[Response]) -> None:
        super().__init__(data)
        attempts = Attempt.objects.filter(responses__in=answers.order_by())
        names = question_names(answers.order_by().values_list("question_key", flat=True).distinct())
        by_name = sorted(((str(key), name) for key, name in names.items()), key=lambda pair: pair[1].casefold())
        self.fields["quiz"].widget.choices = [("", _("Any quiz")), *quiz_choices(attempts)]
        self.fields["question"].widget.choices = [("", _("Any question")), *by_name]

    def apply(self, answers: QuerySet[Response]) -> QuerySet[Response]:
        if not self.is_valid():
            return answers.none()
        chosen = self.cleaned_data
        if chosen["quiz"]:
            answers = answers.filter(attempt__quiz_key=chosen["quiz"])
        if chosen["question"]:
            answers = answers.filter(question_key=chosen["question"])
        if chosen["code"]:
            answers = answers.filter(attempt__in=with_code(Attempt.objects.all(), chosen["code"]))
        return answers


@dataclass(frozen=True)
class QueueRow:
    """``state``: 'draft', 'second' (another marker has given points) or nothing."""

    response: Response
    code: str
    question: str
    words: int
    state: str


def _filtered(request: HttpRequest) -> tuple[QueueFilter, QuerySet[Response]]:
    mine = request.GET.get("show") == MINE
    answers = answers_marked_by(request.user) if mine else answers_to_mark(request.user)
    form = QueueFilter(request.GET, answers)
    return form, form.apply(answers)


@require_safe
@for_markers
def queue(request: HttpRequest) -> HttpResponse:
    """The answers that wait for the reader, the oldest first. A fixed number of queries."""
    form, answers = _filtered(request)
    page = page_of(request, answers.prefetch_related("hand_marks"))
    context = {
        "form": form,
        "page": page,
        "rows": [_row(response, request.user) for response in page],
        "params": query_without_page(request),
    }
    return render(request, "quizzes/admin/queue.html", context)


def _row(response: Response, user: Any) -> QueueRow:
    marks = list(response.hand_marks.all())
    drafted = any(mark.is_draft and mark.marker_id == user.pk for mark in marks)
    second = any(mark.marker_id != user.pk for mark in given_marks(response, marks))
    text = plain_text(response.snapshot["text"])
    return QueueRow(
        response=response,
        code=try_code(response.attempt),
        question=text if len(text) <= 90 else f"{text[:89]}…",
        words=sum(len(one.text.split()) for one in texts_of(response.snapshot, response.answer)),
        state="draft" if drafted else "second" if second else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_markers
def mark_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer with its rubric. Whoever may not mark it finds nothing; who comes too late is told so."""
    response = _own_answer(request, pk)
    if response is None:
        return _nothing_saved(request)
    marks = list(response.hand_marks.all())
    own = next((mark for mark in marks if mark.marker_id == request.user.pk), None)
    texts = texts_of(response.snapshot, response.answer)
    draft = request.POST.get("act") == "draft"
    data = request.POST if request.method == "POST" else None
    form = HandMarkForm(data, texts=texts, mark=own, version=response.version, draft=draft)
    if request.method == "POST" and form.is_valid():
        return _save(request, response, form, draft=draft)
    return _show(request, response, form, marks, own)


def _own_answer(request: HttpRequest, pk: int) -> Response | None:
    """The answer that waits for the reader or was marked by them; None where it does no more. Raises Http404."""
    for answers in (answers_to_mark(request.user), answers_marked_by(request.user)):
        found = answers.filter(pk=pk).first()
        if found:
            return found
    visible = attempts_visible_to(request.user).exclude(user=request.user)
    if not Response.objects.filter(pk=pk, attempt__in=visible, hand_marks__isnull=False).exists():
        raise Http404
    return None


def _nothing_saved(request: HttpRequest) -> HttpResponse:
    messages.error(request, gettext("Nothing was saved: somebody else has marked this answer, or it was opened again."))
    return redirect(_queue_url(request))


def _save(request: HttpRequest, response: Response, form: HandMarkForm, *, draft: bool) -> HttpResponse:
    try:
        save_hand_mark(
            response=response,
            marker=request.user,
            scores=form.scores,
            comment=form.cleaned_data["comment"],
            draft=draft,
            seen_version=form.cleaned_data["version"],
        )
    except (NotToMark, AnswerChanged):
        return _nothing_saved(request)
    if draft:
        messages.success(request, gettext("Draft saved. Only you can see it."))
        return redirect(request.get_full_path())
    if _far_apart(response):
        text = gettext("Saved. The two marks are more than 25 per cent apart. Both are shown below, and either may be changed.")
        messages.warning(request, text)
        return redirect(request.get_full_path())
    messages.success(request, gettext("Points saved."))
    return redirect(_next_url(request, response) or _queue_url(request))


def _far_apart(response: Response) -> bool:
    current = Response.objects.get(pk=response.pk)
    return differ_much(exact_shares(mark.fraction for mark in given_marks(current, list(current.hand_marks.all()))))


def _show(
    request: HttpRequest, response: Response, form: HandMarkForm, marks: list[HandMark], own: HandMark | None
) -> HttpResponse:
    given = given_marks(response, marks)
    revises = own in given
    both = given if revises and len(given) > 1 else []
    context = {
        "code": try_code(response.attempt),
        "response": response,
        "parts": read_parts(response.snapshot, response.answer),
        "form": form,
        "revises": revises,
        "needs_two": markers_needed(response.attempt) > 1,
        "both": [(mark, mark.marker_id == request.user.pk, mark.fraction * 100) for mark in both],
        "far_apart": differ_much(exact_shares(mark.fraction for mark in both)),
        "next_url": _next_url(request, response),
        "previous_url": _next_url(request, response, back=True),
        "queue_url": _queue_url(request),
        "left": _filtered(request)[1].count(),
    }
    return render(request, "quizzes/admin/mark.html", context, status=422 if form.errors else 200)


def _queue_url(request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return reverse("quizzes_desk:queue") + (f"?{query}" if query else "")


def _next_url(request: HttpRequest, response: Response, *, back: bool = False) -> str:
    """The answer after this one among those that wait, by the same filters; before it with ``back``; nothing at the end."""
    keys = list(_filtered(request)[1].values_list("attempt__submitted_at", "pk"))
    here = (response.attempt.submitted_at, response.pk)
    if back:
        pk = max((key for key in keys if key < here), default=(None, None))[1]
    else:
        pk = min((key for key in keys if key > here), default=(None, None))[1]
    query = request.GET.urlencode()
    return (reverse("quizzes_desk:mark", args=[pk]) + (f"?{query}" if query else "")) if pk else ""
