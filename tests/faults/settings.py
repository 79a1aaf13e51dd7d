"""The settings of the tests for a server and a worker in processes of their own: tasks wait for the worker, as in production."""

from training.settings.test import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WHITENOISE_USE_FINDERS = True  # nobody collects the static files of a test
