"""A bank as a file: what the format cannot say is told before the download."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from quizzes.exporting import export
from quizzes.formats import FORMATS, Writing
from quizzes.models import QuestionBank

from .transfer_forms import ExportForm


def _bank(request: HttpRequest, pk: int) -> QuestionBank:
    if not request.user.has_perm("quizzes.view_question"):  # the file holds the right answers
        raise PermissionDenied
    return get_object_or_404(QuestionBank, pk=pk)


def _writing(bank: QuestionBank, form: ExportForm) -> Writing:
    language = form.cleaned_data["language"]
    return export(bank, FORMATS[form.cleaned_data["file_format"]], [language] if language else ())


@never_cache
@require_GET
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; once a format is chosen, what the file will not hold, and the link to it."""
    bank = _bank(request, pk)
    form = ExportForm(request.GET if "file_format" in request.GET else None)
    context = {"bank": bank, "form": form}
    if form.is_valid():
        context |= {"writing": _writing(bank, form), "query": urlencode(form.cleaned_data)}
    return render(request, "quizzes/transfer/export.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    bank = _bank(request, pk)
    form = ExportForm(request.GET)
    if not form.is_valid():
        return render(request, "quizzes/transfer/export.html", {"bank": bank, "form": form}, status=422)
    file_format = FORMATS[form.cleaned_data["file_format"]]
    response = HttpResponse(_writing(bank, form).content, content_type=file_format.content_type)
    response["Content-Disposition"] = f'attachment; filename="{bank.slug}{file_format.extensions[0]}"'
    return response
