"""Every block introduces itself in the picker: group, icon, a sentence, and a preview that renders."""

from collections.abc import Iterator

import pytest
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageBlockAdapter

from courses.blocks import LessonBlocks

WITHOUT_WORDS = {"contacts"}  # one chooses, and writes nothing
ALONE = {"gate"}  # has no field, and says in its place what it does
BLOCKS = LessonBlocks().child_blocks


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_introduces_itself(name):
    block = BLOCKS[name]
    assert block.meta.group and block.meta.icon != "placeholder" and block.get_description()
    assert block.is_previewable
    assert str(block.render(block.get_preview_value(), {})).strip()


def test_the_groups_come_in_the_order_of_teaching():
    groups = [str(group) for group, _blocks in LessonBlocks().grouped_child_blocks()]
    assert groups == [
        "Text",
        "Picture and media",
        "Practice",
        "Stories and law",
        "Live and reflection",
        "Structure",
    ]
    assert sum(len(found) for _group, found in LessonBlocks().grouped_child_blocks()) == len(BLOCKS)


def help_in(block: blocks.Block) -> Iterator[str]:
    """What the editor reads below the name of ``block`` and of its fields, however deep."""
    field = getattr(block, "field", None)
    yield str((field.help_text if field else getattr(block.meta, "help_text", "")) or "")
    if isinstance(block, blocks.StructBlock | blocks.StreamBlock):
        for child in block.child_blocks.values():
            yield from help_in(child)
    elif isinstance(block, blocks.ListBlock):
        yield from help_in(block.child_block)


@pytest.mark.parametrize("name", sorted({*BLOCKS} - ALONE))
def test_a_block_helps_its_author_with_an_example(name):
    first, *others = help_in(BLOCKS[name])
    assert first
    assert any("xample" in said for said in [first, *others]) or name in WITHOUT_WORDS


@pytest.mark.parametrize("name", BLOCKS)
def test_parts_of_a_block_can_be_told_apart_when_collapsed(name):
    """A label of its own, or a field of words that the editor takes for one."""

    def nameless(block: blocks.Block, path: str) -> Iterator[str]:
        if isinstance(block, blocks.ListBlock):
            child = block.child_block
            if isinstance(child, blocks.StructBlock) and not (child.meta.label_format or has_words(child)):
                yield path
            yield from nameless(child, f"{path}[]")
        elif isinstance(block, blocks.StructBlock):
            for name, child in block.child_blocks.items():
                yield from nameless(child, f"{path}.{name}")

    def has_words(block: blocks.StructBlock) -> bool:
        return any(isinstance(child, blocks.FieldBlock) for child in block.child_blocks.values())

    assert set(nameless(BLOCKS[name], name)) <= NUMBERED


NUMBERED = {"gaps.gaps", "case_file.stages", "table.rows"}  # known by their number, which the editor shows


def pictures_in(block: blocks.Block) -> Iterator[ImageBlock]:
    if isinstance(block, ImageBlock):
        yield block
        return
    inner = getattr(block, "child_blocks", {}).values() if not isinstance(block, blocks.ListBlock) else [block.child_block]
    for child in inner:
        yield from pictures_in(child)


def test_a_folded_picture_is_called_a_picture_and_nothing_more():
    """Wagtail would add what its first tick says: "Picture No"."""
    found = list(pictures_in(LessonBlocks()))
    assert len(found) > 5
    assert {ImageBlockAdapter().js_args(block)[2]["labelFormat"] for block in found} == {""}
