"""A draft keeps every block as the editor has just put it in: empty. Only submitting and publishing ask for all fields."""

import pytest
from django.core.exceptions import ValidationError

from courses.blocks import LessonBlocks
from courses.unfinished import missing_in
from tests.factories.pictures import make_picture

BLOCKS = LessonBlocks().child_blocks


@pytest.mark.parametrize("name", BLOCKS)
def test_an_empty_block_stays_in_a_draft(db, name):
    block = BLOCKS[name]
    block.clean_deferred(block.get_default())


@pytest.mark.parametrize("name", ["text", "key_message", "image", "quiz"])
def test_an_empty_block_is_not_published(db, name):
    block = BLOCKS[name]
    with pytest.raises(ValidationError):
        block.clean(block.get_default())


def test_a_table_and_a_picture_that_are_not_finished_stay_in_a_draft(db):
    """What is asked for at the review: rows as wide as the headings, words instead of the name of a file."""
    table = BLOCKS["table"].get_preview_value()
    table["rows"] = BLOCKS["table"].child_blocks["rows"].to_python([{"cells": ["Two", "cells"]}])
    picture = make_picture()
    picture.contextual_alt_text, picture.decorative = "IMG_2041.jpg", False
    image = BLOCKS["image"].normalize({"image": picture, "caption": "", "people": "nobody"})
    for name, value, said in [("table", table, "Rows 1 – Cells: Every row needs"), ("image", image, "This is a file name")]:
        BLOCKS[name].clean_deferred(value)
        assert said in " ".join(missing_in(BLOCKS[name], value))
