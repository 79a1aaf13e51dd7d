"""Tests: development without its mail files, cheap hashing, tasks at once."""

import atexit
import shutil
import tempfile
from pathlib import Path

from .dev import *  # noqa: F403
from .dev import env

DEVELOPMENT = env.bool("DEVELOPMENT", default=False)
# A folder of its own for each run, gone when it ends; one that stays lets `pytest --reuse-db` spare the migrations.
DATA_DIR = Path(env("TEST_DATA_DIR", default="") or tempfile.mkdtemp(prefix="react-test-"))
if not env("TEST_DATA_DIR", default=""):
    atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
DATA_DIR.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = DATA_DIR / "media"
if not env("DATABASE_URL", default=""):
    DATABASES["default"]["NAME"] = DATA_DIR / "db.sqlite3"  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_AUTOREFRESH = True
# Wagtail's reference index and ours run at once instead of waiting for a commit that a test transaction never makes.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "ENQUEUE_ON_COMMIT": False}}
ACCOUNT_RATE_LIMITS = False
LOGGING["root"]["level"] = "WARNING"  # noqa: F405 - what a failed test prints should be about the failure
