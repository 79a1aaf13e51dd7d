"""What looks like details of a real person in a text, and what does not."""

import pytest
from django.core.exceptions import ValidationError

from training.personal import Detail, Kind, details_in, refuse_personal_details


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to maria.k@example.org.", "maria.k@example.org"),
        ("maria (at) example.org", "maria (at) example.org"),
        ("мария@пример.бг", "мария@пример.бг"),
    ],
)
def test_email_addresses(text: str, found: str) -> None:
    assert details_in(text) == [Detail(Kind.EMAIL, found)]


@pytest.mark.parametrize(
    "number",
    ["+359 88 812 3456", "0888123456", "02/123.45.67", "(020) 7946 0958", "0032 2 123 45 67", "8501011234", "12\u200b345678"],
)
def test_numbers_of_telephones_and_papers(number: str) -> None:
    (found,) = details_in(f"Her number is {number}, I think")
    assert (found.kind, found.text) == (Kind.NUMBER, number.replace("\u200b", ""))


@pytest.mark.parametrize(
    "date",
    ["12.03.2009", "12/3/09", "2009-03-12", "12 March 2009", "March 3rd, 2010", "1er août 2008", "12. Mai 2009", "12 март 2009"],
)
def test_full_dates(date: str) -> None:
    assert details_in(f"Born {date} in a village") == [Detail(Kind.DATE, date)]


@pytest.mark.parametrize(
    "text",
    [
        "Call 112, 116 000 or 116 111.",
        "Between 2015-2016, and in May 2009",
        "12 000 000 children, 1.500.000 euros, 18 or 21 years",
        "Directive 2011/36/EU, article 13(1), CETS 197, nos. 77587/12 and 74603/12",
        "On 3 May at 10.30, and 24/7; between 10 and 2020",
        "",
    ],
)
def test_what_leads_to_nobody(text: str) -> None:
    assert details_in(text) == []


def test_several_come_in_their_order_and_are_asked_for_one_by_one() -> None:
    text = "Born 1.2.2009, 0888123456, a@example.org"
    assert [detail.kind for detail in details_in(text)] == [Kind.DATE, Kind.NUMBER, Kind.EMAIL]
    with pytest.raises(ValidationError) as refused:
        refuse_personal_details(text)
    assert refused.value.messages[0] == (
        "“1.2.2009” looks like a full date. Take it out: nothing here should lead to a real person."
    )
    assert len(refused.value.messages) == 3
    refuse_personal_details("Nothing of the kind")


def test_long_texts_take_no_long_time() -> None:
    for piece in ("1", "1 ", "a@", "1.1.", "a.", "(1"):
        details_in(piece * 20_000)
