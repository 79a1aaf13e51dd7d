"""Texts and contacts of countries. The words are examples, no law and nobody's number."""

from typing import Any

import factory

from countries.models import AnnexEntry, Contact, ContactWords


class EntryFactory(factory.django.DjangoModelFactory):
    country = "BE"
    slot = "guardian"
    language = "en"
    means = factory.LazyAttribute(lambda own: f"<p>Rule of {own.country} about {own.slot} in {own.language}.</p>")

    class Meta:
        model = AnnexEntry


def make_contact(name: str = "Example line", country: str = "BE", kind: str = "helpline", **fields: Any) -> Contact:
    """A contact with one row of words that holds in every language; ``words`` has further ones by language."""
    words = fields.pop("words", {})
    contact = Contact.objects.create(country=country, kind=kind, **{"number": "0800 12 345", **fields})
    for language, said in {"": {"name": name}, **words}.items():
        ContactWords.objects.create(contact=contact, language=language, **said)
    return contact
