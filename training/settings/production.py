"""Production: the base as it is. Refuses to start without its secret and its host names."""

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, SECRET_KEY, ImproperlyConfigured, require_secret

require_secret(SECRET_KEY)
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS in the environment to the site's host names, separated by commas.")
