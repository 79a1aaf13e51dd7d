"""Corrections as jobs with visible progress. A job first works out who changes and then waits to be confirmed.

Each try is corrected whole or not at all. A stage that stops with an error says so; begun again, it goes on with what is left.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from .corrections import Correction, Exclusion, Regrade, Totals, batches, effects
from .models import JobState, QuizReport
from .visibility import attempts_visible_to

REGRADE, EXCLUDE = "regrade", "exclude"
KINDS_OF_JOB = [REGRADE, EXCLUDE]
PREVIEW, CHANGE = "preview", "change"  # the stages of a job
TOLD_EVERY = 25  # attempts between two notes of the progress


def correction_of(job: QuizReport) -> Correction:
    key = UUID(job.parameters["question"])
    if job.kind == REGRADE:
        return Regrade(key)
    return Exclusion(job.quiz_key, key, excluded=job.parameters["excluded"])


@transaction.atomic
def begin(*, kind: str, quiz_key: UUID, question_key: UUID, by: Any, excluded: bool = False) -> QuizReport:
    """Work out, in the background, what a correction would change.

    A regrade is about a question in whatever quiz; its ``quiz_key`` is then the question's own.
    """
    job = QuizReport.objects.create(
        kind=kind,
        format="json",
        quiz_key=quiz_key,
        by=by,
        state=JobState.RUNNING,
        parameters={"question": str(question_key), "excluded": excluded, "stage": PREVIEW},
    )
    transaction.on_commit(lambda: work_out.enqueue(job.pk))
    return job


@transaction.atomic
def confirm(*, job: QuizReport, reason: str, take_away: bool) -> bool:
    """Start the correction that ``job`` previewed; False where somebody has started it before. ``take_away``: passes too."""
    locked = QuizReport.objects.select_for_update().get(pk=job.pk)
    if locked.state != JobState.READY:
        return False
    locked.parameters |= {"stage": CHANGE, "reason": reason, "take_away": take_away}
    locked.state, locked.done = JobState.RUNNING, 0
    locked.save()
    transaction.on_commit(lambda: carry_out.enqueue(locked.pk))
    return True


def restart(*, job: QuizReport) -> bool:
    """Begin a stage that stopped or failed once more; False where there is none. What is done is not done again."""
    stopped = QuizReport.objects.filter(pk=job.pk, state__in=[JobState.RUNNING, JobState.FAILED])
    if not stopped.update(state=JobState.RUNNING, finished_at=None):
        return False
    (carry_out if job.parameters["stage"] == CHANGE else work_out).enqueue(job.pk)
    return True


@contextmanager
def _or_failed(job: QuizReport) -> Iterator[None]:
    """Whatever stops the work is raised to the task queue, which logs it; the page must not wait for ever."""
    stage = job.parameters["stage"]
    try:
        yield
    finally:
        running = QuizReport.objects.filter(pk=job.pk, state=JobState.RUNNING, parameters__stage=stage)
        running.update(state=JobState.FAILED, done=job.done, finished_at=timezone.now())


@task()
def work_out(pk: int) -> None:
    """The preview of the job ``pk``; writes nothing but the job."""
    job = QuizReport.objects.select_related("by").get(pk=pk)
    if job.state == JobState.RUNNING and job.parameters["stage"] == PREVIEW:
        with _or_failed(job):
            _work_out(job)


def _work_out(job: QuizReport) -> None:
    correction, attempts = correction_of(job), attempts_visible_to(job.by)
    totals, rows = Totals(), []
    _note(job, 0, total=correction.responses(attempts).count())
    for effect in effects(correction, attempts):
        totals.add(effect)
        if effect.changes:
            rows.append([effect.code, str(effect.before), str(effect.after), effect.passed, effect.passes])
        if totals.checked % TOLD_EVERY == 0:
            _note(job, totals.checked)
    job.parameters |= {"totals": totals.as_json()}
    job.content = json.dumps(rows).encode()
    job.state, job.done = JobState.READY, totals.checked
    job.save()


@task()
def carry_out(pk: int) -> None:
    """The change itself, one transaction for each attempt; after a stop it goes on where it stood."""
    job = QuizReport.objects.select_related("by").get(pk=pk)
    if job.state == JobState.RUNNING and job.parameters["stage"] == CHANGE:
        with _or_failed(job):
            _carry_out(job)


def _carry_out(job: QuizReport) -> None:
    correction = correction_of(job)
    left = correction.responses(attempts_visible_to(job.by))
    keep_pass = not job.parameters["take_away"]
    _note(job, max(job.total - left.count(), 0))
    for batch in batches(left):
        for response in batch:
            correction.apply(response, by=job.by, reason=job.parameters["reason"], keep_pass=keep_pass)
            job.done += 1
            if job.done % TOLD_EVERY == 0:
                _note(job, job.done)
    QuizReport.objects.filter(pk=job.pk).update(
        state=JobState.DONE, done=job.done, total=max(job.done, job.total), finished_at=timezone.now()
    )


def _note(job: QuizReport, done: int, **fields: int) -> None:
    QuizReport.objects.filter(pk=job.pk).update(done=done, **fields)
    job.done = done
    for name, value in fields.items():
        setattr(job, name, value)
