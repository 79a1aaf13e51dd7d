"""Any name that can be printed is printed as typed; any other is refused before it is issued, in words that help."""

import pytest
from django.core.exceptions import ValidationError
from fontTools.ttLib import TTFont

from certificates import fonts
from certificates.names import clean_name
from tests.factories.certificates import LONGEST_NAME


@pytest.mark.parametrize(
    "name",
    [
        "Li",
        "van der Berg",
        "O'Brien",
        "d’Artagnan",
        "maria elena",
        "ŞAHİN ığüşöç",
        "Ångström-Łukasiewicz",
        "Иванова Ѝ Ѓорѓи",
        "Gëzim Çela",
        "Αλέξανδρος",
        "Nguyễn Thị Ánh",
        "Ẽ M̃bóé",
        "John Smith 2nd",
        LONGEST_NAME,
    ],
)
def test_kept_as_typed(name):
    assert clean_name(name) == name


def test_spaces_are_single_and_accents_composed():
    assert clean_name("  Ame\u0301lie \t Dubois\n") == "Amélie Dubois"


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("Amélie 🌻", "🌻"),
        ("محمد Ali", "م"),
        ("陳 Li", "陳"),
        ("Li\u202eevil", "RIGHT-TO-LEFT OVERRIDE"),
        ("Li\u200bna", "ZERO WIDTH SPACE"),
        ("Li\x00", "U+0000"),
    ],
)
def test_what_the_font_lacks_is_named(name, named):
    with pytest.raises(ValidationError, match="cannot print") as refused:
        clean_name(name)
    assert named in refused.value.messages[0]


@pytest.mark.parametrize("name", ["", "   ", "--", "12345", "'"])
def test_no_letter_is_no_name(name):
    with pytest.raises(ValidationError, match="Write your name"):
        clean_name(name)


@pytest.mark.parametrize("name", [LONGEST_NAME + " " + "Weber" * 8, "W" * 90, "Li " * 60, "x" * 5_000_000])
def test_too_long_is_said_before_issuing(name):
    with pytest.raises(ValidationError, match="longer than"):
        clean_name(name)


def test_both_fonts_have_the_same_characters():
    regular, bold = (set(TTFont(fonts.path(name)).getBestCmap()) for name in fonts.FILES)
    assert regular == bold


def test_sizes_shrink_with_length():
    sizes = [fonts.name_size("n" * length) for length in range(1, 130)]
    known = [size for size in sizes if size]
    assert known == sorted(known, reverse=True) and known[0] == 36 and known[-1] == 20
    assert None in sizes
