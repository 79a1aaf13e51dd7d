"""A draft keeps every block as the editor has just put it in: empty. Only submitting and publishing ask for all fields."""

import pytest
from django.core.exceptions import ValidationError

from courses.blocks import LessonBlocks

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
