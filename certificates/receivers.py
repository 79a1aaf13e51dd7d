"""What certificates do when a course is completed."""

import logging

from django.db import DatabaseError
from django.dispatch import receiver

from learning.models import Enrolment
from learning.signals import course_completed

from .awards import award_certificate

logger = logging.getLogger(__name__)


@receiver(course_completed)
def award_on_completion(sender, *, enrolment: Enrolment, **kwargs) -> None:
    """The course is done whatever happens here; what could not be written now, ``award_missing_certificates`` brings."""
    try:
        award_certificate(enrolment)
    except DatabaseError:
        logger.exception("No certificate could be awarded for enrolment %s", enrolment.pk)
