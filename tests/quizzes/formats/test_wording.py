"""Rich text and plain text from whatever HTML another system wrote."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.formats.wording import exact, from_plain, plain, rich_text

MARKUP = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "<a href='https://a.org'>",
    "</a>",
    "<ul>",
    "<ol>",
    "<li>",
    "</li>",
    "</ul>",
    "<br>",
]
MARKUP += [
    "<table><tr><td>",
    "<img src=x onerror=alert(1)>",
    "<script>",
    "</script>",
    "<svg>",
    "<!--",
    "-->",
    "&lt;",
    "&#0;",
    "<",
    "\x00",
]
soup = st.lists(st.one_of(st.sampled_from(MARKUP), st.text(max_size=5)), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("just words", "<p>just words</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("<div>One<div>Two</div></div>", "<p>One</p><p>Two</p>"),
        ("<p><strong>Now</strong> or <em>never</em></p>", "<p><b>Now</b> or <i>never</i></p>"),
        ("<p class='nolink' style='margin:0'>a\n   b</p><p>&nbsp;</p>", "<p>a b</p>"),
        (
            "<ul><li>a<ol><li>b</li></ol></li><li><p>c</p><p>d</p></li></ul>",
            "<ul><li>a<ol><li>b</li></ol></li><li>c<br>d</li></ul>",
        ),
        ("<a href='mailto:a@b.org'>write</a>", '<p><a href="mailto:a@b.org">write</a></p>'),
        ("Дете ığüşöç ë", "<p>Дете ığüşöç ë</p>"),
        ("", ""),
    ],
)
def test_html_becomes_paragraphs_and_lists(html, expected):
    assert rich_text(html) == (expected, [])


@pytest.mark.parametrize(
    ("html", "expected", "lost"),
    [
        ("<p>x</p><script>steal()</script>", "<p>x</p>", ["a script"]),
        ("<img src=a><p>x<img src=b></p>", "<p>x</p>", ["2 pictures"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a</p><p>b</p>", ["a table (its words stay)"]),
        ("<a href='javascript:x()'>x</a>", "<p>x</p>", ["a link (its words stay)"]),
        ("<h2>Title</h2><p>x</p>", "<p>Title</p><p>x</p>", ["a heading (its words stay)"]),
        ("<iframe src='https://a.org'></iframe>x<sub>2</sub>", "<p>x2</p>", ["an embedded page", "raised or lowered letters"]),
    ],
)
def test_what_cannot_be_kept_is_named(html, expected, lost):
    assert rich_text(html) == (expected, lost)


def test_plain_text_has_a_line_for_each_paragraph_and_names_lost_emphasis():
    assert plain("<p>One &amp; <b>two</b></p><ul><li>three</li></ul>four<br>five") == (
        "One & two\n- three\nfour\nfive",
        ["bold or italic letters"],
    )


def test_plain_text_becomes_paragraphs():
    assert from_plain("one <b>\ntwo\n\nthree") == "<p>one &lt;b&gt;<br>two</p><p>three</p>"


@settings(deadline=None)
@given(soup)
def test_rich_text_of_any_text_is_clean_and_stays_as_it_is(html):
    made, _lost = rich_text(html)
    assert rich_text(made) == (made, [])
    assert "onerror" not in made.replace("onerror=alert(1)&gt;", "") and "<script" not in made
    plain(html)


@settings(deadline=None)
@given(st.text())
def test_rich_text_of_plain_text_stays_as_it_is(text):
    assert rich_text(from_plain(text)) == (from_plain(text), [])


@pytest.mark.parametrize(
    "part", ["<b>", "<ul><li>", "<table>", "<!--", "<", "&", "<p><b>", "<div><object></div>", "<a href=https://a>"]
)
def test_hostile_mark_up_costs_little_time(part):
    start = time.monotonic()
    rich_text(part * 50_000)
    assert time.monotonic() - start < 10


def test_mark_up_nested_too_deeply_leaves_its_words():
    assert rich_text("<b>" * 500 + "words &amp; more") == (
        "<p>words &amp; more</p>",
        ["all mark-up, for it is nested too deeply"],
    )


@settings(deadline=None)
@given(soup)
def test_exact_text_of_any_text_is_clean_says_the_same_and_stays_as_it_is(html):
    made, lost = exact(html)
    assert exact(made) == (made, [])
    assert (rich_text(made)[0], lost) == rich_text(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a  b </p>\n<p></p> <p> </p>", "<p>a  b </p><p></p><p> </p>"),
        ("<p><br>a<br></p>", "<p><br>a<br></p>"),
        ("<ul>\n<li> a\n b</li>\n<li></li><li>c<ol><li>d </li></ol></li></ul>",
         "<ul><li> a\n b</li><li></li><li>c<ol><li>d </li></ol></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"),
    ],
)  # fmt: skip
def test_exact_text_keeps_spaces_breaks_and_empty_lines(html, expected):
    assert exact(html) == (expected, [])


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<p style="color: red">a</p>', "colours, sizes or alignment of words"),
        ('<p align="center">a</p>', "colours, sizes or alignment of words"),
        ('<font size="7">a</font>', "colours, sizes or alignment of words"),
        ('<span style="margin: 0; font-size: 9px">a</span>', "colours, sizes or alignment of words"),
        ('<span style="font-weight: bold">a</span>', "bold or italic letters"),
        ('<span style="text-decoration: line-through">a</span>', "crossed-out words"),
        ("<ins>a</ins>", "underlined or highlighted words"),
        ('<p dir="rtl">a</p>', "the direction of writing"),
        ('<abbr title="United Nations">UN</abbr>', "words that appear on pointing"),
        ('<ol start="3"><li>a</li></ol>', "the numbers of a list"),
        ('<ol style="list-style-type: upper-roman"><li>a</li></ol>', "the numbers of a list"),
    ],
)
def test_what_words_look_like_is_named(html, words):
    assert rich_text(html)[1] == [words]


@pytest.mark.parametrize(
    "html",
    ['<p dir="ltr" style="text-align: left; margin: 0" class="text_to_html">a</p>', '<ol start="1" type="1"><li>a</li></ol>'],
)
def test_what_changes_nothing_for_readers_is_not_named(html):
    assert rich_text(html)[1] == []


@pytest.mark.parametrize("html", ["<ul>0</p>0", "<ul>0<p><br>1", "<ul><li>0<br><p> <br>1</p></li></ul>"])
def test_lines_of_one_item_stay_the_same_when_exact(html):
    assert rich_text(exact(html)[0]) == rich_text(html)


def test_quotation_marks_that_browsers_write_are_kept():
    assert rich_text("<p>He said <q>go</q>.</p>") == ("<p>He said “go”.</p>", [])
