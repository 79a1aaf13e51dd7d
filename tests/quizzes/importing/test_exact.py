"""Every kind of question goes out as an item and comes into an empty bank as it was, entry by entry."""

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Locale

from quizzes.exporting import export, items_of
from quizzes.formats import FORMATS
from quizzes.formats.base import Enclosed, File, Item, Picture, State
from quizzes.importing import Step, check, write
from quizzes.kinds import KINDS
from quizzes.models import Question
from tests.factories.courses import QuestionBankFactory
from tests.factories.kinds import example
from tests.factories.quizzes import make_question, translated, true_false

pytestmark = pytest.mark.django_db
ABOUT = {
    "name": "Kind under test",
    "difficulty": 2,
    "jurisdiction": "BE",
    "source": "Закон, чл. 3",
    "checked_by": "İpek Şahin",
    "checked_on": date(2026, 3, 1),
    "review_by": date(2027, 3, 1),
    "penalty": Decimal("0.25"),
    "keep_order": True,
}


def picture(name="sign.png"):
    file = get_test_image_file(name)
    image = get_image_model().objects.create(title=name, file=SimpleUploadedFile(name, file.file.getvalue()))
    image.get_file_hash()  # as an upload in the editor leaves it
    return image


def body_of(kind):
    image = picture()
    image.contextual_alt_text, image.decorative = "A sign", False
    return example(kind, image=image)


def bring(items, bank=None):
    bank = bank or QuestionBankFactory()
    return bank, write(check(items, Locale.get_default()), bank)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_out_and_in_is_exact(kind):
    question = make_question(body_of(kind), **ABOUT)
    question.tags.add("Signs", "category: Law/Guardians")
    question.save()
    sent = items_of(question.bank)
    bank, [decision] = bring(items_of(question.bank))
    assert decision.step == Step.NEW, decision.checked.item.notes
    came = items_of(bank)
    assert sent[0].image == came[0].image
    for item in (*sent, *came):
        item.reference = ""
    assert came == sent
    [new] = bank.questions.all()
    assert new.snapshot()["image"] == question.snapshot()["image"], "the same picture is kept once"


def test_coming_back_into_the_bank_it_left_changes_nothing():
    question = make_question(body_of("single_choice"), **ABOUT)
    _bank, [decision] = bring(items_of(question.bank), question.bank)
    assert (decision.step, decision.question_id) == (Step.UNCHANGED, question.pk)


PNG = get_test_image_file().file.getvalue()
PDF = File("rules.pdf", b"%PDF-1.7", "The rules of the house")
ATTACHED = [Picture("sign.png", PNG, "A sign"), PDF]


def case_item():
    [item] = items_of(make_question(example("case_study")).bank)
    item.reference, item.attachments = "case", list(ATTACHED)
    item.value["parts"] = item.value["parts"][:2]  # the third is a scale, which packages cannot say
    item.in_parts = {0: Enclosed(Picture("sign.png", PNG, "A sign")), 1: Enclosed(None, [PDF])}
    return item


def test_all_pictures_and_files_of_a_question_and_its_parts_arrive_and_go_out_again():
    bank, _decisions = bring([case_item()])
    [came] = items_of(bank)
    told = [(one.content, getattr(one, "alt", "") or one.title) for one in came.attachments]
    assert told == [(PNG, "A sign"), (b"%PDF-1.7", "The rules of the house")]
    assert list(came.in_parts) == [0, 1]
    assert came.in_parts[0].image.alt == "A sign" and came.in_parts[1].attachments[0].title == PDF.title
    assert (get_image_model().objects.count(), get_document_model().objects.count()) == (1, 1), "each is kept once"
    assert get_document_model().objects.get().get_usage()[0][0] == bank.questions.get()


@pytest.mark.parametrize("name", ["qti22", "qti30"])
def test_a_package_that_comes_back_changes_nothing_until_a_file_changes(name):
    bank, _decisions = bring([case_item()])
    package = export(bank, FORMATS[name]).content
    _bank, [decision] = bring(FORMATS["qti"].read(package, "a.zip").items, bank)
    assert decision.step == Step.UNCHANGED
    [item] = FORMATS["qti"].read(package, "a.zip").items
    item.in_parts[1].attachments[0] = replace(PDF, content=b"%PDF-1.7 new")
    _bank, [decision] = bring([item], bank)
    assert decision.step == Step.CHANGED


def test_a_case_that_comes_back_into_the_bank_it_left_changes_nothing():
    question = make_question(example("case_study"))
    _bank, [decision] = bring(items_of(question.bank), question.bank)
    assert decision.step == Step.UNCHANGED


@pytest.mark.parametrize(
    "file", [File("run.exe", b"MZ"), File("page.html", b"<script>"), File("x.pdf", b"no pdf"), File("x.pdf", b""), File("", b"x")]
)
def test_a_file_that_may_not_be_uploaded_is_left_out_and_named(file):
    item = item_with(attachments=[file, PDF])
    bank, _decisions = bring([item])
    [note] = item.notes
    assert f"The file “{file.name}” was left out." in note.reason
    [kept] = bank.questions.get().snapshot()["attachments"]
    assert kept["title"] == PDF.title and get_document_model().objects.count() == 1


def test_more_files_than_a_question_holds_are_named():
    item = item_with(attachments=[PDF] * 14)
    bank, _decisions = bring([item])
    assert len(bank.questions.get().snapshot()["attachments"]) == 12
    assert "Left out: 2 (rules.pdf, rules.pdf)" in item.notes[0].reason


def test_a_file_that_only_some_may_open_is_not_taken_for_the_one_that_learners_get():
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    item = item_with(attachments=[PDF])
    bring([item])
    get_document_model().objects.update(collection=closed)
    bank, _decisions = bring([item])
    used = bank.questions.get().body[0].value["attachments"][0]["file"]
    assert used.collection != closed and get_document_model().objects.count() == 2


def test_an_edited_copy_changes_the_question_it_came_from():
    question = make_question(true_false())
    [item] = items_of(question.bank)
    item.value["explanation"] = "<p>Better said.</p>"
    bring([item], question.bank)
    assert Question.objects.count() == 1
    assert Question.objects.get().get_latest_revision_as_object().body[0].value["explanation"].source == "<p>Better said.</p>"


def test_a_second_category_goes_out_as_a_tag():
    question = make_question(true_false())
    question.tags.add("Signs", "category: Law", "category: Health")
    question.save()
    [item] = items_of(question.bank)
    bank, _decisions = bring([item])
    assert {tag.name for tag in bank.questions.get().tags.all()} == {"Signs", "category: Law", "category: Health"}


def test_spaces_around_a_reference_make_no_second_question():
    item = item_with(reference="one ")
    bank, _decisions = bring([item])
    _bank, [decision] = bring([replace(item, reference="one")], bank)
    assert decision.step == Step.UNCHANGED


def test_a_lesson_to_look_at_again_stays_at_home_and_is_named():
    question = make_question(true_false(), review_key=uuid.uuid4())
    assert any("lesson to look at again" in note.reason for note in export(question.bank, FORMATS["csv"]).notes)


def test_words_about_pictures_and_files_that_are_too_long_are_cut_and_named():
    item = item_with(Picture("sign.png", PNG, "a" * 300), attachments=[replace(PDF, title="t" * 300)])
    bring([item])
    assert [note.reason for note in item.notes] == [
        f"What is said of “{name}” is longer than 255 letters and was cut." for name in ("sign.png", "rules.pdf")
    ]


def test_retired_questions_stay_at_home_and_are_counted():
    question = make_question(true_false(), retired=True)
    assert items_of(question.bank) == []
    [note] = export(question.bank, FORMATS["gift"]).notes
    assert note.reason == "Retired questions were left out: 1."


def test_a_question_that_was_never_published_goes_out_as_its_newest_draft():
    question = make_question(true_false(), live=False, outcome="Older words")
    question.outcome = "Newer words"
    question.tags.add("papers")
    question.save_revision()
    [item] = items_of(question.bank)
    assert (item.outcome, item.tags) == ("Newer words", ["papers"])


def test_only_the_chosen_languages_go_out():
    question = make_question(true_false())
    translated(question, "fr")
    assert [item.language for item in items_of(question.bank)] == ["en", "fr"]
    assert [item.language for item in items_of(question.bank, ["fr"])] == ["fr"]


def test_links_to_this_site_go_out_with_their_whole_address(site):
    link = f'<p><a linktype="page" id="{site.home.pk}">Home</a> and <a href="https://example.org/">elsewhere</a></p>'
    [item] = items_of(make_question(true_false(explanation=link)).bank)
    assert f'href="{settings.SITE_URL}/en/"' in item.value["explanation"]
    assert 'href="https://example.org/"' in item.value["explanation"]


@pytest.mark.parametrize("name", ["csv", "xlsx", "qti30", "moodle_xml"])
def test_what_the_editor_writes_for_itself_is_neither_lost_nor_changed_on_the_way(name):
    link = '<a href="http://example.org/?a=1&amp;b=2">See</a>'
    text = (
        f'<p data-block-key="a1b2c">Who said\u00a0“no”<br/>&quot;here&quot;?</p><ul><li data-block-key="d3e4f">{link}</li></ul>'
    )
    question = make_question(true_false(text=text, hints=["one\r\ntwo"]))
    writing = export(question.bank, FORMATS[name])
    assert not [note for note in writing.notes if "question" in note.reason or "hints 1" in note.reason]
    [item] = FORMATS[name].read(writing.content, "a").items
    assert link in item.value["text"] and "block-key" not in item.value["text"]
    _bank, [decision] = bring([item], question.bank)
    assert decision.step == Step.UNCHANGED


def test_the_library_knows_where_an_imported_picture_is_used():
    bank, _decisions = bring([item_with(Picture("sign.png", get_test_image_file().file.getvalue(), "A sign"))])
    assert [usage[0] for usage in get_image_model().objects.get().get_usage()] == [bank.questions.get()]


def test_nobody_was_asked_whom_an_imported_picture_shows():
    picture = Picture("sign.png", get_test_image_file().file.getvalue(), "A sign")
    further = Picture("room.png", get_test_image_file("b.png", size=(9, 9)).file.getvalue(), "A room")
    bring([item_with(picture, attachments=[further])])
    assert [image.shows_person for image in get_image_model().objects.all()] == [None, None]


def item_with(image=None, **fields):
    [item] = items_of(make_question(true_false()).bank)
    item.reference, item.image = "one", image
    for name, value in fields.items():
        setattr(item, name, value)
    return item


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n" + b"0" * 99]
)
def test_a_picture_that_may_not_be_uploaded_is_left_out_and_named(content):
    item = item_with(Picture("images/sign.png", content, "A sign"))
    bank, [decision] = bring([item])
    assert decision.step == Step.NEW
    assert item.state == State.PARTLY
    assert "images/sign.png" in item.notes[0].reason
    assert bank.questions.get().body[0].value["image"] is None


def test_a_picture_without_a_description_is_named():
    item = item_with(Picture("sign.png", get_test_image_file().file.getvalue()))
    bank, _decisions = bring([item])
    assert "no description" in item.notes[0].reason
    assert bank.questions.get().body[0].value["image"].decorative


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"points": Decimal(3)}, "3 points"),
        ({"country": "ZZ"}, "ZZ"),
        ({"language": "tlh"}, "tlh"),
        ({"penalty": Decimal(2)}, "wrong try"),
        ({"name": "n" * 300}, "255"),
        ({"tags": ["t" * 101]}, "100"),
        ({"category": "Deep/" * 40}, "category"),
    ],
)
def test_what_does_not_fit_is_named_and_the_question_arrives(fields, told):
    item = item_with(**fields)
    bank, [decision] = bring([item])
    assert decision.step == Step.NEW
    assert item.state == State.PARTLY
    assert any(told in note.reason for note in item.notes)
    assert bank.questions.count() == 1


def test_a_reference_that_a_file_uses_twice_stands_for_two_questions():
    item = item_with()
    items = [item, replace(item, value={**item.value, "text": "<p>Something else.</p>"})]
    bank, decisions = bring(items)
    assert [decision.step for decision in decisions] == [Step.NEW, Step.NEW]
    assert bank.questions.values("translation_key").distinct().count() == 2


def test_a_kind_that_nobody_knows_is_refused():
    item = Item(place="line 1", reference="x", kind="telepathy", value={"text": "<p>?</p>"})
    _bank, [decision] = bring([item])
    assert decision.step == Step.REFUSED
    assert "telepathy" in item.notes[0].reason


CASE = {"text": "<p>A case.</p>", "parts": [{"type": "single_choice", "value": {"text": "<p>?</p>", "choices": [{"text": ""}]}}]}


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("single_choice", {"text": "<p>?</p>", "choices": [{"text": "a", "correct": True}]}, ["Choices: Write at least two"]),
        ("information", {"text": ""}, ["Question: This field is required."]),
        ("case_study", CASE, ["Parts 1, Choices 1, Choice: This field is required."]),
        ("numeric", {"text": "<p>?</p>", "accepted": [{"value": "many"}]}, ["Number: “many” is not a number."]),
        ("case_study", {**CASE, "parts": [{"type": "telepathy"}]}, ["Questions of the kind “telepathy” cannot be asked here."]),
    ],
)
def test_a_refusal_names_the_field_as_the_editor_does(kind, value, told):
    item = item_with(kind=kind, value=value)
    [checked] = check([item], Locale.get_default())
    assert checked.refused
    reasons = " ".join(note.reason for note in item.notes)
    assert all(words in reasons for words in told), reasons


def test_a_refusal_names_the_field_in_the_language_of_the_trainer():
    with override("fr"):
        item = item_with(kind="single_choice", value={"text": "<p>?</p>", "choices": []})
        check([item], Locale.get_default())
        label = str(KINDS["single_choice"].block().child_blocks["choices"].label)
    assert label != "Choices"
    assert item.notes[0].reason.startswith(f"{label}: ")
