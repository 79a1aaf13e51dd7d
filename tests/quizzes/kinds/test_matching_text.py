"""What a trainer accepts and what a learner types: case, accents, spelling of signs, and ``*``."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds.matching_text import accepts, readable, samples

LETTERS = st.text(
    st.characters(categories=("Lu", "Ll", "Nd"), max_codepoint=0x52F, exclude_characters="İıI"), min_size=1, max_size=6
)
WORDS = st.lists(st.one_of(LETTERS, st.sampled_from([" ", "*", "\\*", "-", "("])), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("pattern", "typed"),
    [
        ("guardian", "  Guardian. "),
        ("30 days", "30\u00a0 days"),
        ("the child's guardian", "The child’s  guardian"),
        ("«tuteur»", "“tuteur”"),
        ("follow-up", "follow–up"),
        ("Fußball", "FUSSBALL"),
        ("ﬁle", "file"),
        ("e\u0301cole", "École"),
        ("école", "ecole"),
        ("für", "fur"),
        ("настойник", "НАСТОЙНИК"),
        ("Ще ѝ кажа", "ще и кажа"),
        ("настоятель всё", "настоятель все"),
        ("ılık", "ILIK"),
        ("İstanbul", "istanbul"),
        ("istanbul", "İSTANBUL"),
        ("kış", "kis"),
        ("guar\u00addian", "guardian\u200b"),
    ],
)
def test_what_never_matters(pattern, typed):
    assert accepts(pattern, typed)


@pytest.mark.parametrize(
    ("pattern", "typed", "rules"),
    [
        ("guardian", "guardians", {}),
        ("guardian", "", {}),
        ("", "guardian", {}),
        ("  ", " ", {}),
        ("мои", "мой", {}),
        ("ії", "іі", {}),
        ("меѓу", "мегу", {}),
        ("Court", "court", {"match_case": True}),
        ("ile", "île", {"match_accents": True}),
        ("ılık", "ilik", {"match_accents": True}),
        ("kış", "kiş", {"match_accents": True, "match_case": True}),
        ("a.c", "abc", {}),
        ("(a+)+$", "aaaa", {}),
    ],
)
def test_what_is_another_word(pattern, typed, rules):
    assert not accepts(pattern, typed, **rules)


@pytest.mark.parametrize("typed", ["ILIK", "ılık", "Ilık"])
def test_a_turkish_capital_is_that_of_either_letter_where_accents_count(typed):
    assert accepts("ılık", typed, match_accents=True)
    assert accepts("iran", "IRAN", match_accents=True) and accepts("iran", "İRAN", match_accents=True)


@pytest.mark.parametrize(
    ("pattern", "fits", "other"),
    [
        ("guardian*", ["guardian", "guardians", "guardian of the child."], ["the guardian"]),
        ("* guardian", ["guardian", "her guardian"], ["safeguardian", "guardian angel"]),
        ("* guardian *", ["guardian", "a guardian is here"], ["guardians"]),
        ("in * days", ["in days", "in 30 days", "in about 30 days"], ["indays", "in 30days"]),
        ("30*days", ["30days", "30 days", "30 full days"], ["30 day"]),
        ("a*b*c", ["abc", "a b c", "axxbyyc"], ["acb", "ab"]),
        ("aba*aba", ["abaaba"], ["aba", "abaa"]),
        ("No.*", ["No. 5", "No."], ["No 5"]),
        ("5 \\* 3", ["5 * 3"], ["5 x 3", "5 * * 3"]),
        ("*", ["anything"], [""]),
        ("* *", ["anything", "at all"], [""]),
    ],
)
def test_an_asterisk_stands_for_any_words_or_none(pattern, fits, other):
    assert [typed for typed in fits if not accepts(pattern, typed)] == []
    assert [typed for typed in other if accepts(pattern, typed)] == []


def test_what_a_learner_types_is_never_a_pattern():
    assert not accepts("guardian", "g*") and not accepts("guardian", "*") and accepts("g\\*", "g*")


@pytest.mark.parametrize(
    ("pattern", "read", "shortest", "longer"),
    [
        ("guardian*", "guardian…", "guardian", "guardian(…)"),
        ("* guardian *", "guardian", "guardian", "(…) guardian (…)"),
        ("in * days", "in … days", "in days", "in (…) days"),
        ("5 \\* 3", "5 * 3", "5 * 3", "5 * 3"),
        ("*", "…", "…", "(…)"),
    ],
)
def test_a_pattern_is_readable_and_has_examples(pattern, read, shortest, longer):
    assert readable(pattern) == read and samples(pattern) == [shortest, longer]


@given(WORDS)
def test_the_examples_of_a_pattern_fit_it(pattern):
    if pattern.strip():
        assert all(accepts(pattern, text) for text in samples(pattern))


@given(st.lists(LETTERS, min_size=1, max_size=5), st.lists(LETTERS, min_size=0, max_size=4))
def test_any_words_may_stand_for_an_asterisk(words, further):
    pattern = " * ".join(words)
    typed = words[0] + "".join(f" {' '.join(further)} {word}" for word in words[1:])
    assert accepts(pattern, typed) and accepts(pattern, typed.upper())


@given(st.lists(st.sampled_from("ab*"), max_size=8).map("".join), st.text("ab", max_size=10))
def test_it_agrees_with_the_slow_way_of_trying_everything(pattern, typed):
    slow = re.fullmatch(re.sub(r"\*+", ".*", pattern), typed) is not None and bool(pattern.strip() and typed)
    assert not typed or accepts(pattern, typed) is slow


@given(st.text(max_size=40), st.text(max_size=40), st.booleans(), st.booleans())
def test_nothing_that_is_written_raises(pattern, typed, case, accents):
    assert accepts(pattern, typed, match_case=case, match_accents=accents) in {True, False}


def test_a_wicked_pattern_takes_no_longer_than_a_good_one():
    started = time.monotonic()
    assert not accepts("a*" * 1_000 + "b", "a" * 20_000)
    assert not accepts("*a" * 1_000 + "*b*", "a" * 20_000)
    assert time.monotonic() - started < 5
