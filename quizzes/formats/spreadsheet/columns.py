"""The columns of the spreadsheet. Headings are the same in every language, so that files can be passed on."""

import re

ABOUT = (
    "kind", "reference", "name", "category", "language", "outcome", "tags", "difficulty", "country", "source", "checked by",
    "checked on", "review by", "points", "penalty", "keep order",
)  # fmt: skip
AROUND = ("explanation", "when right", "when partly", "when wrong")
TEXTS = ("passage", "look", "start", "model answer", "marker notes", "low", "high", "units")
FLAGS = ("match case", "match accents", "ask unit", "it depends", "several")
NUMBERS = ("words from", "words to", "steps")
OWN = (*TEXTS, *FLAGS, *NUMBERS)
PER_ANSWER = ("answer", "right", "match", "feedback")
MOST_ANSWERS = 40
MOST_HINTS = 10
TEMPLATE_ANSWERS = 4  # what every file has, so that an export is a template too

HEADINGS = {
    "text", *ABOUT, *AROUND, *OWN,
    *(f"hint {number}" for number in range(1, MOST_HINTS + 1)),
    *(f"{name} {number}" for name in PER_ANSWER for number in range(1, MOST_ANSWERS + 1)),
}  # fmt: skip
FIELDS = {"it depends": "offer_depends"}  # where the field is not the heading with an underscore


def field_name(heading: str) -> str:
    return FIELDS.get(heading, heading.replace(" ", "_"))


def heading_of(typed: str) -> str:
    """The heading that is meant by what stands in the first row: "Choice_1" is "answer 1"."""
    words = " ".join(re.sub(r"[_\-:*]", " ", typed).casefold().split())
    words = re.sub(r"(?<=[a-z])(?=\d+$)", " ", words)
    return re.sub(r"^choice (?=\d+$)", "answer ", words)
