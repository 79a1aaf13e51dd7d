"""Fault F22: an import is killed in the middle of its writing. Nothing of it is there, and the next run makes no duplicates.

On a real PostgreSQL: on SQLite the killed writer would hold the only lock that the test could wait for.
"""

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

from quizzes.models import ImportedQuestion, Question, QuestionBank
from tests.quizzes.importing.files import gift

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
COUNT = 300
PATIENCE = 120  # seconds until a process that does not get where it should counts as lost


def many(folder):
    return gift(folder, "\n\n".join(f"::S{n}::Statement {n} is true.{{TRUE}}" for n in range(COUNT)))


def address():
    """Of the database that this test uses, for another process."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@contextmanager
def importing(path):
    """The command in a process of its own."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_questions", str(path), "--bank", "guardians"]
    environment = {**os.environ, "DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "training.settings.test"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def waiting_writers():
    """How many connections wait for a lock in the middle of a transaction that has written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else this transaction sees what it saw first
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            " AND backend_xid IS NOT NULL"
        )
        return cursor.fetchone()[0]


def wait_until(condition, process):
    pause, ends = threading.Event(), time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, process.stderr.read().decode()[-2000:]
        assert time.monotonic() < ends, "the import never came to where it is killed"
        pause.wait(0.05)


def test_killed_in_the_middle_leaves_nothing_and_runs_again(tmp_path):
    assert connection.vendor == "postgresql"
    path = many(tmp_path)
    with transaction.atomic(), importing(path) as process:
        with connection.cursor() as cursor:  # written last, when the questions already are
            cursor.execute("LOCK TABLE quizzes_importedquestion IN SHARE MODE")
        wait_until(waiting_writers, process)
        process.kill()
        process.wait(timeout=30)
    connections.close_all()
    assert not Question.objects.exists()
    assert not QuestionBank.objects.exists()
    for _again in range(2):
        call_command("import_questions", str(path), "--bank", "guardians", verbosity=0)
        assert Question.objects.count() == ImportedQuestion.objects.count() == COUNT
