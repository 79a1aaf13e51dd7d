"""A film in the library: three seconds of silence, small, and playable by every browser, which look at what is in a file."""

import io
import wave

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

RATE = 8000  # samples a second


def make_film(seconds: int = 3):
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 1, RATE, 0, "NONE", ""))
        sound.writeframes(b"\x80" * RATE * seconds)
    return get_document_model().objects.create(title="A film", language="en", file=ContentFile(file.getvalue(), "film.mp4"))


def make_captions():
    text = "WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning.\n"
    return get_document_model().objects.create(title="Captions", language="en", file=ContentFile(text, "film.vtt"))
