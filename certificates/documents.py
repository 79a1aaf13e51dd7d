"""The one document of a certificate: made by a task, or by whoever needs it first."""

import hashlib
import logging

from django.db import DatabaseError, transaction

from . import pdf
from .models import Certificate, CertificateDocument

logger = logging.getLogger(__name__)


class DocumentNotMade(Exception):
    """The file could not be made or kept. The certificate is valid all the same, and the next try may succeed."""


def document_of(certificate: Certificate) -> CertificateDocument:
    """The document of an issued certificate; made now when there is none yet. Two makers leave one: the loser gets the winner's.

    Nothing half-written can be left: the whole file is one value of one row. Raises DocumentNotMade.
    """
    try:
        if found := CertificateDocument.objects.filter(pk=certificate.pk).first():
            return found
        content = pdf.render(certificate.details)
        with transaction.atomic():
            document, _created = CertificateDocument.objects.get_or_create(
                certificate=certificate, defaults={"pdf": content, "sha256": hashlib.sha256(content).hexdigest()}
            )
    except (pdf.PdfNotMade, DatabaseError, OSError) as error:
        logger.exception("The document of certificate %s could not be made", certificate.public_id)
        raise DocumentNotMade from error
    return document
