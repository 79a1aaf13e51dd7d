"""A finding: what somebody should look at, and where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``advice``: a sentence in the editor's language.

    ``place``: the id of the block or the name of the field, empty for the whole. ``url``: where it is put right, if elsewhere.
    """

    advice: str
    place: str = ""
    url: str = ""
