"""Questions of every kind as hypothesis makes them up: Cyrillic, Turkish, signs that formats use themselves, rich text."""

from html import escape

from hypothesis import strategies as st

from quizzes.formats.base import Item
from quizzes.formats.shapes import filled
from quizzes.formats.text_files import SPACE, controls
from quizzes.formats.wording import rich_text

AWKWARD = "=~#{}:\\\"'<>&;,|*[]()%-+@$/.!?→ \n\tабвЩѝçğİışŞé0123456789aZ\u00a0\u2028\ue000\ue001👧"
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

shares = st.none() | percent.filter(lambda text: 0 < float(text) < 100)
any_share = st.none() | percent
reasons = choices(st.just(False), any_share).map(with_one_right)
cards = st.lists(st.fixed_dictionaries({"text": said, "feedback": plain}), max_size=3)
a_passage = st.lists(said.map(lambda text: text.replace("[", "(")), min_size=1, max_size=3)


@st.composite
def with_gaps(draw, kind: str, gap: st.SearchStrategy):
    """Items of a kind with gaps, whose passage holds each gap once."""
    gaps = draw(st.lists(gap, min_size=1, max_size=3))
    parts = draw(a_passage)
    words = " ".join(f"{parts[number % len(parts)]} [{number + 1}]" for number in range(len(gaps)))
    item = draw(question(kind, gaps=st.just(gaps)))
    item.value["passage"] = rich_text(f"<p>{escape(words)} <b>end</b></p>")[0]
    return item


@st.composite
def boxes(draw):
    names = draw(st.lists(said.filter(lambda text: text != "?"), min_size=2, max_size=4, unique=True))
    return [{"name": name, "cards": draw(cards)} for name in names]


@st.composite
def sorting(draw):
    item = draw(question("categorise", boxes=boxes(), depends=cards, offer_depends=st.booleans()))
    item.value["offer_depends"] = item.value["offer_depends"] or bool(item.value["depends"])
    return item


@st.composite
def marking(draw):
    item = draw(question("mark_words", look=st.sampled_from(["statement", "chat", "note"])))
    item.value["passage"] = tidy(f"{draw(said)} [{draw(said)}] {{may}} end")
    feedback = draw(st.lists(plain, max_size=2))
    item.value["feedback"] = feedback if feedback and feedback[-1] else []
    return item


def every(text: st.SearchStrategy = said, units: st.SearchStrategy = line) -> dict[str, st.SearchStrategy]:
    """Items of each kind that stands in one row or one block of lines."""
    unit = st.fixed_dictionaries({"name": units, "factor": width.filter(lambda text: float(text) > 0)})
    rubric = st.fixed_dictionaries({"name": text, "description": plain, "points": st.integers(0, 100)})
    words = st.none() | st.integers(0, 9999)
    several = choices(st.booleans(), any_share).filter(lambda rows: any(row["correct"] for row in rows))
    gap_text = st.fixed_dictionaries({"accepted": accepted(any_share), "feedback": plain})
    flags = {"match_case": st.booleans(), "match_accents": st.booleans()}
    one = st.lists(st.fixed_dictionaries({"text": text}), min_size=2, max_size=4)
    steps = st.lists(st.fixed_dictionaries({"text": text, "feedback": plain}), min_size=2, max_size=4)
    pair = st.fixed_dictionaries({"left": text, "right": text, "feedback": plain})
    judged = {"answer": st.sampled_from(["true", "false"]), "feedback_true": plain, "feedback_false": plain}
    return {
        "single_choice": question("single_choice", choices=reasons),
        "multiple_response": question("multiple_response", choices=several),
        "true_false": question("true_false", reasons=st.just([]) | reasons, **judged),
        "matching": question("matching", pairs=st.lists(pair, min_size=2, max_size=4), distractors=st.lists(text, max_size=2)),
        "ordering": question("ordering", steps=steps),
        "categorise": sorting(),
        "gap_choice": with_gaps("gap_choice", st.fixed_dictionaries({"choices": reasons})),
        "gap_text": with_gaps("gap_text", gap_text),
        "short_text": question("short_text", accepted=accepted(any_share), **flags),
        "numeric": question("numeric", accepted=numbers, units=st.lists(unit, max_size=2), ask_unit=st.booleans()),
        "mark_words": marking(),
        "essay": question(
            "essay",
            rubric=st.lists(rubric, max_size=3),
            words_from=words,
            words_to=words,
            start=plain,
            model_answer=rich(),
            marker_notes=rich(),
        ),
        "poll": question("poll", choices=one, several=st.booleans()),
        "confidence": question("confidence", low=plain, high=plain, steps=st.integers(3, 7)),
        "information": question("information"),
    }
