"""What learning tells the layers above it."""

from django.dispatch import Signal

# Sent once per enrolment, on commit, with ``enrolment``. May be heard again after a crash, so listeners are idempotent.
course_completed = Signal()
