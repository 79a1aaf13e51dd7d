"""Templates: every visible word is marked for translation, nothing is inline, none is longer than a screen or two."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TEXTS = sorted([*(ROOT / "templates").rglob("*.txt"), *(ROOT / "templates").rglob("*.svg")])

STYLE_GUIDE = re.compile(r"^home/styleguide")  # names the parts of the design as developers do
SERVER_ERROR = "500.html"  # depends on nothing, so its style is in it; its policy allows exactly that (home/errors.py)
COMMENTS = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
TRANSLATED = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
CLASSES = re.compile(r"\{%\s*block page_class\s*%\}.*?\{%\s*endblock\s*%\}")
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
VISIBLE = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
# Names and abbreviations that are the same in every language of the site.
SAME_EVERYWHERE = {"ReACT", "PDF", "CSV", "XLSX", "QR", "TOTP", "URL", "EU", "CC", "BY", "SA", "px", "rem"}


def words_of(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if word not in SAME_EVERYWHERE]


class VisibleWords(HTMLParser):
    """Collects the words a visitor would see or hear: text, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in {"script", "style"}
        for name, value in attrs:
            if (
                name in VISIBLE
                or name.startswith("data-text")
                or (tag == "input" and name == "value" and ("type", "submit") in attrs)
            ):
                self.found += [f'{name}="{word}"' for word in words_of(value or "")]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found += words_of(data)


def unmarked(source: str) -> list[str]:
    """The visible words of a template that are neither marked for translation nor computed."""
    parser = VisibleWords()
    parser.feed(CODE.sub("", CLASSES.sub("", TRANSLATED.sub("", COMMENTS.sub("", source)))))
    parser.close()
    return parser.found


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


@pytest.mark.parametrize("path", [path for path in TEMPLATES if not STYLE_GUIDE.match(name_of(path))], ids=name_of)
def test_visible_words_are_marked_for_translation(path: Path) -> None:
    found = unmarked(path.read_text())
    assert not found, f"not translatable: {' '.join(found[:20])}"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_comments_of_one_line_end_on_it(path: Path) -> None:
    """Django prints the others on the page. Longer ones stand between comment and endcomment."""
    assert not [line for line in path.read_text().splitlines() if line.count("{#") != line.count("#}")]


ARGUMENT = re.compile(r"""\{%[^%]*\b(?:text|label|title|heading|hint|caption|action|summary)="([^"]*)"[^%]*%\}""")


@pytest.mark.parametrize("path", [path for path in TEMPLATES if not STYLE_GUIDE.match(name_of(path))], ids=name_of)
def test_words_given_to_components_are_marked_for_translation(path: Path) -> None:
    """Write text=_("Words"), not text="Words"."""
    found = [text for text in ARGUMENT.findall(COMMENTS.sub("", path.read_text())) if words_of(text)]
    assert not found


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_words_of_mails_and_drawings_are_marked_for_translation(path: Path) -> None:
    found = unmarked(path.read_text())
    assert not found, f"not translatable: {' '.join(found[:20])}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>Hello there</p>", ["Hello", "there"]),
        ('<p>{% trans "Hello" %} {{ name }} {% blocktranslate %}you{% endblocktranslate %}</p>', []),
        ('<img alt="A door">', ['alt="door"']),
        ("{# Hello #}{% comment %}Hello{% endcomment %}", []),
        ('<input type="submit" value="Send">', ['value="Send"']),
        ('<p class="{% if a %}big{% endif %}">ReACT</p>', []),
    ],
)
def test_the_search_for_unmarked_words_finds_them(source: str, expected: list[str]) -> None:
    assert unmarked(source) == expected


INLINE = re.compile(r"""<style\b|<script(?![^>]*(?:\bsrc=|type="application/json"))|\sstyle=["']|\son[a-z]+=["']|javascript:""")


@pytest.mark.parametrize("path", [path for path in TEMPLATES if name_of(path) != SERVER_ERROR], ids=name_of)
def test_no_inline_script_or_style(path: Path) -> None:
    """The content security policy would refuse it."""
    found = INLINE.findall(COMMENTS.sub("", path.read_text()))
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_is_at_most_120_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 120
