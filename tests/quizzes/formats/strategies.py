"""Questions of every kind as hypothesis makes them up: Cyrillic, Turkish, signs that formats use themselves, rich text."""

from html import escape

from hypothesis import strategies as st

from quizzes.formats.base import Item
from quizzes.formats.shapes import filled
from quizzes.formats.text_files import SPACE, controls
from quizzes.formats.wording import rich_text

AWKWARD = "=~#{}:\\\"'<>&;,|*[]()%-+@$/.!?→ \n\tабвЩѝçğİışŞé0123456789aZ\u00a0\u2028👧"
nothing = st.none()
letters = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]) | st.sampled_from(AWKWARD)
MEANS = ["[html]", "[plain]", "->", "::", "####", "//", "\\n", "&amp;", "<b>", "%50%", "=>", "---", "[x]", "'=", "\n\n"]
anything = st.lists(st.text(letters, max_size=6) | st.sampled_from(MEANS), max_size=4).map("".join)


def tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(SPACE)


plain = anything.map(tidy).filter(lambda text: not controls(text))
said = plain.filter(bool)
line = said.map(lambda text: " ".join(text.split("\n")).strip(SPACE)).filter(bool)
identity = line.map(lambda text: text.replace("\t", " "))
tag = line.filter(lambda text: not set(text) & set("<>`\t,"))
percent = st.decimals(-100, 100, places=2).map(lambda number: f"{number.normalize():f}").filter(lambda text: float(text) != 0)
number = st.decimals(-(10**6), 10**6, places=3).map(lambda value: f"{value:f}")
width = st.decimals(0, 1000, places=3).map(lambda value: f"{value:f}")


@st.composite
def rich(draw, least: int = 0):
    """Rich text: paragraphs and lists with bold and italic words, links and line breaks."""
    blocks = []
    for _number in range(draw(st.integers(least, 2))):
        words = escape(draw(said)).replace("\n", "<br>")
        tag = draw(st.sampled_from(["", "b", "i", 'a href="https://example.org/?a=1&amp;b={2}"']))
        words = f"<{tag}>{words}</{tag[0]}>" if tag else words
        shape = draw(st.sampled_from(["<p>{}</p>", "<ul><li>{}</li><li>x</li></ul>", "<ol><li>{}</li></ol>", "<p>a {} c</p>"]))
        blocks.append(shape.replace("{}", words, 1))
    return rich_text("".join(blocks))[0]


asked = rich(1).filter(bool)


def choices(right: st.SearchStrategy, credit: st.SearchStrategy = nothing, least: int = 2) -> st.SearchStrategy:
    one = st.fixed_dictionaries({"text": said, "correct": right, "feedback": plain, "credit": credit})
    return st.lists(one, min_size=least, max_size=5)


def with_one_right(rows: list[dict]) -> list[dict]:
    return [{**row, "correct": index == 0, "credit": None if index == 0 else row["credit"]} for index, row in enumerate(rows)]


def question(kind: str, **own: st.SearchStrategy) -> st.SearchStrategy:
    """Items of ``kind`` with the fields ``own``, a name of their own and no more."""
    values = st.fixed_dictionaries({"text": asked, "explanation": rich(), **own})
    return st.builds(
        lambda value, name, tags: Item("", name, kind, filled(kind, **value), name=name, tags=tags),
        values,
        identity,
        st.lists(tag, max_size=2),
    )


def accepted(credit: st.SearchStrategy) -> st.SearchStrategy:
    one = st.fixed_dictionaries({"text": said, "credit": credit, "feedback": plain})
    return st.lists(one, min_size=1, max_size=4)


numbers = st.lists(
    st.fixed_dictionaries({"value": number, "tolerance": width, "credit": st.none() | percent, "feedback": plain}),
    min_size=1,
    max_size=3,
)
pairs = st.lists(st.fixed_dictionaries({"left": said, "right": said, "feedback": st.just("")}), min_size=2, max_size=4)
