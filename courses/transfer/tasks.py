"""Work that must not hold up a page. Every task may run twice."""

from django_tasks import task

from . import jobs


@task()
def check_course_file(public_id: str) -> None:
    jobs.check_file(public_id)


@task()
def bring_course_in(public_id: str) -> None:
    jobs.bring_in(public_id)
