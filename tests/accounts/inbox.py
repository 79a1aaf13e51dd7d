"""What the newest mail asks its reader to type or to open."""

import re

from django.core import mail


def mailed_code() -> str:
    return re.search(r"Your code:\s+(\S+)", mail.outbox[-1].body).group(1)


def mailed_link() -> str:
    return re.search(r"http\S+", mail.outbox[-1].body).group()
