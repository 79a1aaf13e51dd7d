"""Every block introduces itself in the picker: group, icon, a sentence, and a preview that renders."""

import pytest

from courses.blocks import LessonBlocks

BLOCKS = LessonBlocks().child_blocks


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_introduces_itself(name):
    block = BLOCKS[name]
    assert block.meta.group and block.meta.icon != "placeholder" and block.get_description()
    assert block.is_previewable
    assert str(block.render(block.get_preview_value(), {})).strip()
