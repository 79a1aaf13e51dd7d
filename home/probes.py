"""For machines that watch the site: is the process alive, can it do its work. Neither tells a stranger anything but yes or no."""

import logging
import uuid
from functools import cache

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

OK, FAILED = "ok", "failed"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else, so that a slow database does not get a healthy process killed."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether to send readers here: database reachable, migrations applied, storage writable. 503 when one is not."""
    checks = {**_database_checks(), "storage": _storage_check()}
    return JsonResponse(checks, status=200 if set(checks.values()) == {OK} else 503)


@cache
def expected_migrations() -> frozenset[tuple[str, str]]:
    """App and name of the last migration of every app, as the code on disk has them."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _database_checks() -> dict[str, str]:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error:
        logger.warning("Not ready: the database cannot be reached.", exc_info=True)
        return {"database": FAILED, "migrations": FAILED}
    missing = sorted(expected_migrations() - applied.keys())
    if missing:
        logger.warning("Not ready: migrations are not applied: %s", ", ".join(f"{app}.{name}" for app, name in missing))
    return {"database": OK, "migrations": FAILED if missing else OK}


def _storage_check() -> str:
    try:
        name = default_storage.save(f"ready/{uuid.uuid4().hex}", ContentFile(b"ok"))
        default_storage.delete(name)
    except Exception:  # every storage has exceptions of its own, and all mean the same here
        logger.warning("Not ready: files cannot be stored.", exc_info=True)
        return FAILED
    return OK
