"""Texts that break careless programs, and how to ask for a message in a language."""

from django.utils import translation
from django.utils.html import escape

SCRIPT = "<script>alert(1)</script>"
NASTY = {
    "script": SCRIPT,
    "attribute": '"><img src=x onerror=alert(1)>',
    "emoji": "👩‍👧 😀 🏳️‍🌈",
    "right to left": "מרים שלום محمد",
    "turned round": "Ann\u202egpj.exe",
    "invisible": "a\u200b\u2060\ufeffb",
    "null": "a\x00b",
    "accents": "Z" + "\u0301" * 100,
    "ten thousand letters": "Ж" * 10_000,
    "template": "{{ 7*7 }}{% load x %}%(x)s{0}",
    "database": "'; DROP TABLE accounts_user; --",
    "lost characters": "\ufffd\ufffe",
    "header": "a\r\nSet-Cookie: planted=1\r\n\r\nb",
    "formula": '=HYPERLINK("http://evil.example")',
}
FIVE_MEGABYTES = "x" * 5_000_000


def said(text: str, language: str) -> str:
    """``text`` as a page in ``language`` says it."""
    with translation.override(language):
        return escape(translation.gettext(text))


def is_harmless(html: str) -> bool:
    """Whether no planted markup stands in ``html`` as markup."""
    return SCRIPT not in html and "<img src=x" not in html
