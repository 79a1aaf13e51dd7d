"""Items and packages as other programs write them: what arrives, and what is named because it does not."""

from pathlib import Path

import pytest

from quizzes.formats.archive import pack
from quizzes.formats.base import Enclosed, File, FormatError, Item, Picture, Reading, State
from quizzes.formats.qti import QTI

from .qti_examples import MATCH, SCORE, choices, item, only, picture, response

SAMPLES = Path(__file__).parent / "samples" / "qti"
MAP = MATCH.replace("match_correct", "map_response")


def package(**more: bytes) -> bytes:
    """The sample package, with ``more`` files by a name in which __ stands for a slash."""
    files = {path.relative_to(SAMPLES).as_posix(): path.read_bytes() for path in sorted(SAMPLES.rglob("*.xml"))}
    return pack({**files, "images/station.png": picture(), **{name.replace("__", "/"): data for name, data in more.items()}})


@pytest.fixture(scope="module")
def sample() -> Reading:
    return QTI.read(package(), "exam.zip")


def named(reading: Reading, name: str) -> Item:
    return next(item for item in reading.items if item.reference.endswith(name))


def reasons(found: Item) -> str:
    return " ".join(note.reason for note in found.notes)


# The sample package


def test_a_choice_arrives_with_picture_feedback_section_and_metadata(sample: Reading) -> None:
    found = named(sample, "first-call")
    assert (found.kind, found.state, found.reference) == ("single_choice", State.READY, "pack-7/first-call")
    assert found.value["text"] == "<p>A girl of <i>fifteen</i> is found alone at a bus station.</p><p>Who is told first?</p>"
    assert [(one["text"], one["correct"], one["feedback"]) for one in found.value["choices"]] == [
        ("The guardianship service", True, "It appoints her guardian."),
        ("The newspapers", False, "Her name must stay private."),
        ("Nobody", False, ""),
    ]
    assert (found.value["when_right"], found.value["when_wrong"]) == ("Well done.", "Read lesson two again.")
    assert found.image and (found.image.name, found.image.alt, found.image.content) == (
        "station.png",
        "A bus station at night",
        picture(),
    )
    assert (found.name, found.category, found.tags, found.difficulty) == (
        "The first call",
        "First steps",
        ("arrival", "guardian"),
        3,
    )
    assert found.language == "en"


def test_a_mapping_becomes_credits_and_points(sample: Reading) -> None:
    found = named(sample, "signs")
    assert (found.kind, str(found.points), found.category) == ("multiple_response", "2", "Everything")
    assert [(one["correct"], one["credit"]) for one in found.value["choices"]] == [(True, "75"), (True, "25"), (False, "-100")]


def test_many_cards_for_few_boxes_are_sorted(sample: Reading) -> None:
    found = named(sample, "who-does-what")
    assert found.kind == "categorise"
    assert [(box["name"], [card["text"] for card in box["cards"]]) for box in found.value["boxes"]] == [
        ("Guardian", ["Visits the home", "Speaks with the school"]),
        ("Lawyer", ["Writes the appeal"]),
    ]


def test_gaps_to_drag_words_into_become_gaps_to_choose_in(sample: Reading) -> None:
    found = named(sample, "rights")
    assert (found.kind, found.value["text"]) == ("gap_choice", "<p>Put the words in.</p>")
    assert found.value["passage"] == "<p>To be [1] is the right of every [2].</p>"
    assert [[one["text"] for one in gap["choices"] if one["correct"]] for gap in found.value["gaps"]] == [["heard"], ["child"]]
    assert found.state == State.PARTLY and "own way of marking" in reasons(found)  # all or nothing there, each gap its share here


def test_a_number_keeps_its_tolerances_and_what_each_earns(sample: Reading) -> None:
    found = named(sample, "days")
    assert (found.kind, str(found.points)) == ("numeric", "2")
    assert [note.reason for note in found.notes] == ["Not kept: how long an answer is expected to be."]
    assert [(one["value"], one["tolerance"], one["credit"]) for one in found.value["accepted"]] == [
        ("30.5", "1.5", None),  # 29 to 32
        ("30", "10", "50"),
    ]


def test_several_questions_become_a_case_with_its_shared_text(sample: Reading) -> None:
    found = named(sample, "file-note")
    assert (found.kind, found.state) == ("case_study", State.READY)
    assert found.value["text"] == "<p>Mira, 16, lives with her aunt in Varna.</p><p>Read the note.</p>"
    first, second = found.value["parts"]
    assert (first["type"], first["value"]["text"]) == ("single_choice", "<p>Is Mira a child?</p>")
    assert (second["type"], second["value"]["text"]) == ("short_text", "<p>Where does she live?</p><p>She lives in _____.</p>")
    assert [one["text"] for one in second["value"]["accepted"]] == ["Varna", "Варна"]
    assert second["value"]["match_case"] is False


def test_an_essay_keeps_the_notes_for_markers_and_names_other_notes(sample: Reading) -> None:
    found = named(sample, "letter")
    assert (found.kind, found.value["marker_notes"], str(found.points)) == ("essay", "<p>Look for the <b>date</b>.</p>", "5")
    assert found.value["text"] == "<p>You write to the court.</p><p>Write the letter.</p>"
    assert [(note.place, note.reason) for note in found.notes] == [
        ("items/letter.xml, line 9, rubricBlock", "Notes for “proctor” were left out."),
        ("items/letter.xml, line 11, extendedTextInteraction", "Not kept: how long an answer is expected to be."),
    ]


def test_areas_of_a_picture_are_rectangles_in_per_cent(sample: Reading) -> None:
    found = named(sample, "door")
    assert found.kind == "hotspot" and found.image
    assert [
        (area["name"], area["x"], area["y"], area["width"], area["height"], area["correct"]) for area in found.value["areas"]
    ] == [
        ("Area 1", "0", "0", "25", "50", False),
        ("The door", "65", "30", "20", "40", True),
    ]
    assert "rectangle around it" in reasons(found)


def test_partners_and_marked_words(sample: Reading) -> None:
    partners, statement = named(sample, "partners"), named(sample, "statement")
    assert [(pair["left"], pair["right"]) for pair in partners.value["pairs"]] == [("Police", "Complaint"), ("Doctor", "Report")]
    assert (statement.kind, statement.value["passage"]) == (
        "mark_words",
        "I work (here). I [owe money].\n\nI like {football}.",
    )


def test_an_unsupported_interaction_is_refused_by_name_and_loses_no_neighbour(sample: Reading) -> None:
    found = named(sample, "clock")
    assert found.state == State.REFUSED
    assert [(note.place, note.reason) for note in found.notes] == [
        ("items/clock.xml, line 8, qti-portable-custom-interaction", "“qti-portable-custom-interaction” is not supported.")
    ]
    assert [one.reference for one in sample.items if one.state == State.REFUSED] == ["pack-7/clock"]


def test_the_test_itself_is_named_as_not_taken(sample: Reading) -> None:
    assert [note.place for note in sample.notes] == ["test.xml"]


# Packages that are not as they should be


def test_files_that_nobody_needs_missing_ones_broken_ones_and_unlisted_ones_are_named() -> None:
    more = {
        "style.css": b"p {}",
        "items__signs.xml": b"<assessmentItem",
        "items__days.xml": b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><assessmentItem>&e;</assessmentItem>",
        "items__extra.xml": (SAMPLES / "items" / "letter.xml").read_bytes().replace(b'"letter"', b'"extra"'),
    }
    reading = QTI.read(package(**more), "exam.zip")
    refused = {found.place: reasons(found) for found in reading.items if found.state == State.REFUSED}
    assert "not well-formed" in refused["items/signs.xml"] and "declares" in refused["items/days.xml"]
    assert named(reading, "extra").kind == "essay"
    places = {note.place: note.reason for note in reading.notes}
    assert "not needed" in places["style.css"] and "does not list" in places["items/extra.xml"]


def test_a_file_that_the_manifest_promises_but_is_not_there_is_refused() -> None:
    manifest = (SAMPLES / "imsmanifest.xml").read_bytes()
    reading = QTI.read(
        pack({"imsmanifest.xml": manifest, "items/letter.xml": (SAMPLES / "items/letter.xml").read_bytes()}), "a.zip"
    )
    assert "is not in the package" in reasons(next(one for one in reading.items if one.place == "items/days.xml"))
    assert named(reading, "letter").kind == "essay"


@pytest.mark.parametrize("manifest", [None, b"<manifest", b"<!DOCTYPE a><manifest/>"])
def test_without_a_manifest_that_can_be_read_every_item_is_read(manifest: bytes | None) -> None:
    files = {"a/letter.xml": (SAMPLES / "items/letter.xml").read_bytes(), "b.xml": b"<other/>"}
    reading = QTI.read(pack(files if manifest is None else {**files, "imsmanifest.xml": manifest}), "a.zip")
    assert [(found.reference, found.kind) for found in reading.items] == [("letter", "essay")]
    assert "anifest" in reading.notes[0].reason


def test_a_manifest_in_a_folder_is_found_and_identifiers_that_come_twice_are_told_apart() -> None:
    letter = (SAMPLES / "items/letter.xml").read_bytes()
    resources = "".join(f'<resource identifier="{name}" type="imsqti_item_xmlv2p2" href="{name}.xml"/>' for name in ("a", "b"))
    manifest = f'<manifest identifier="m"><resources>{resources}</resources></manifest>'.encode()
    reading = QTI.read(pack({"folder/imsmanifest.xml": manifest, "folder/a.xml": letter, "folder/b.xml": letter}), "a.zip")
    assert [found.reference for found in reading.items] == ["m/letter", "m/letter#2"]
    assert "same identifier" in reasons(reading.items[1])


def test_old_qti_is_named_and_files_without_questions_are_refused_in_plain_words() -> None:
    old = pack({"a.xml": b"<questestinterop/>", "letter.xml": (SAMPLES / "items/letter.xml").read_bytes()})
    assert "QTI 1.2" in reasons(QTI.read(old, "a.zip").items[0])
    for content in (b"<questestinterop/>", b"<manifest/>", b"hello", b"", pack({"a.txt": b"x"}), pack({}), b"PK\x03\x04"):
        with pytest.raises(FormatError):
            QTI.read(content, "a.xml")


def test_what_it_looks_like_is_told_by_its_content() -> None:
    assert QTI.sniff(package(), "a.zip") and QTI.sniff((SAMPLES / "items/door.xml").read_bytes(), "door.xml")
    assert not QTI.sniff(b"<quiz/>", "moodle.xml") and not QTI.sniff(
        pack({"[Content_Types].xml": b"", "xl/a.xml": b""}), "a.xlsx"
    )


# Single items


def test_true_and_false_are_a_statement_only_with_those_words() -> None:
    body = '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Asked.</prompt>'
    body += (
        '<simpleChoice identifier="true">%s</simpleChoice><simpleChoice identifier="false">%s</simpleChoice></choiceInteraction>'
    )
    found = item(body % ("True", "False"), response(right="false"))
    assert (found.kind, found.value["answer"], found.state) == ("true_false", "false", State.READY)
    assert item(body % ("Always", "Never"), response(right="false")).kind == "single_choice"


def test_a_choice_without_right_answer_and_rules_is_a_poll_and_with_rules_is_refused() -> None:
    poll = item(choices("Yes", "No"), response(), processing="")
    assert (poll.kind, poll.state) == ("poll", State.PARTLY)
    assert item(choices("Yes", "No"), response()).state == State.REFUSED


def test_several_right_answers_marked_all_or_nothing_are_marked_by_the_own_rule_and_that_is_said() -> None:
    found = item(choices("a", "b", "c", several=True), response(cardinality="multiple", right="A|B"))
    assert [one["credit"] for one in found.value["choices"]] == [None, None, None]
    assert [note.place for note in found.notes] == ["one.xml, line 1, responseProcessing"]


def test_the_usual_rule_written_as_a_mapping_needs_no_credits() -> None:
    entries = "".join(f'<mapEntry mapKey="{name}" mappedValue="0.5"/>' for name in "AB")
    mapping = f'<mapping lowerBound="0" defaultValue="-0.5">{entries}</mapping>'
    found = item(choices("a", "b", "c", several=True), response(cardinality="multiple", right="A|B", mapping=mapping), MAP)
    assert (found.state, [one["credit"] for one in found.value["choices"]]) == (State.READY, [None, None, None])


def test_rules_that_are_not_followed_are_said_and_the_right_answer_still_arrives() -> None:
    rules = "<responseProcessing><setOutcomeValue identifier='SCORE'><customOperator/></setOutcomeValue></responseProcessing>"
    found = item(choices("a", "b"), response(right="B"), rules)
    assert (found.state, [one["correct"] for one in found.value["choices"]]) == (State.PARTLY, [False, True])
    assert item(choices("a", "b"), response(), rules).state == State.REFUSED


@pytest.mark.parametrize(
    ("sort", "body"),
    [
        ("sliderInteraction", '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="9"/>'),
        ("drawingInteraction", '<drawingInteraction responseIdentifier="RESPONSE"><object data="a.png"/></drawingInteraction>'),
        ("uploadInteraction", '<uploadInteraction responseIdentifier="RESPONSE"/>'),
        ("mediaInteraction", '<mediaInteraction responseIdentifier="RESPONSE"/>'),
        ("customInteraction", '<customInteraction responseIdentifier="RESPONSE"/>'),
        ("graphicGapMatchInteraction", '<graphicGapMatchInteraction responseIdentifier="RESPONSE"/>'),
        ("positionObjectInteraction", '<positionObjectInteraction responseIdentifier="RESPONSE"/>'),
    ],
)
def test_interactions_without_a_kind_are_refused_by_name(sort: str, body: str) -> None:
    found = item(f"<p>Do it.</p><div>{body}</div>", response())
    assert (found.state, reasons(found)) == (State.REFUSED, f"“{sort}” is not supported.")
    assert found.notes[0].place == f"one.xml, line 1, {sort}"


def test_random_items_are_refused_and_adaptive_ones_noted() -> None:
    template = '<templateDeclaration identifier="N" cardinality="single" baseType="integer"/>'
    assert "random" in reasons(item(choices("a", "b"), response(right="A") + template))
    steps = f"{response(right='A')}{SCORE}<itemBody>{choices('a', 'b')}</itemBody>{MATCH}</assessmentItem>"
    assert "several steps" in reasons(only(f'<assessmentItem identifier="one" title="One" adaptive="true">{steps}'))


def test_an_order_arrives_in_its_right_order() -> None:
    body = (
        '<orderInteraction responseIdentifier="RESPONSE"><prompt>Sort.</prompt><simpleChoice identifier="A">first</simpleChoice>'
    )
    body += '<simpleChoice identifier="B">second</simpleChoice></orderInteraction>'
    found = item(body, response(cardinality="ordered", right="B|A"))
    assert (found.kind, [step["text"] for step in found.value["steps"]]) == ("ordering", ["second", "first"])
    assert item(body, response(cardinality="ordered", right="B")).state == State.REFUSED


def test_one_to_one_columns_are_matched_and_those_left_over_distract() -> None:
    one = '<simpleAssociableChoice identifier="{0}" matchMax="{1}">{0}</simpleAssociableChoice>'
    columns = [
        f"<simpleMatchSet>{''.join(one.format(name, most) for name in names)}</simpleMatchSet>"
        for names, most in (("AB", 1), ("XYZ", 2))
    ]
    body = f'<matchInteraction responseIdentifier="RESPONSE"><prompt>Match.</prompt>{"".join(columns)}</matchInteraction>'
    mapping = (
        '<mapping defaultValue="0"><mapEntry mapKey="A Y" mappedValue="1"/><mapEntry mapKey="B X" mappedValue="1"/></mapping>'
    )
    found = item(body, response("directedPair", "multiple", "A Y|B X", mapping), MAP)
    assert (found.kind, found.state, found.value["distractors"]) == ("matching", State.READY, ["Z"])
    assert [(pair["left"], pair["right"]) for pair in found.value["pairs"]] == [("A", "Y"), ("B", "X")]
    assert item(body, response("directedPair", "multiple", "A Y|A X|B X|B Y", mapping), MAP).state == State.REFUSED


def test_gaps_with_choices_and_gaps_to_write_in_keep_their_places() -> None:
    inline = '<inlineChoiceInteraction responseIdentifier="{0}"><inlineChoice identifier="A">old</inlineChoice>'
    inline += '<inlineChoice identifier="B">new</inlineChoice></inlineChoiceInteraction>'
    declared = response(right="A", name="R1") + response(right="B", name="R2")
    body = f"<p>Read this.</p><p>The {inline.format('R1')} law and the {inline.format('R2')} one.</p>"
    found = item(body, declared, processing="")
    assert (found.kind, found.value["passage"]) == ("gap_choice", "<p>The [1] law and the [2] one.</p>")
    field = '<textEntryInteraction responseIdentifier="{0}"/>'
    declared = response("string", right="Sofia", name="R1") + response("string", right="Varna", name="R2")
    found = item(f"<p>From {field.format('R1')} [north] to {field.format('R2')}.</p>", declared, processing="")
    assert (found.kind, found.value["passage"]) == ("gap_text", "<p>From [1] (north) to [2].</p>")
    assert [[one["text"] for one in gap["accepted"]] for gap in found.value["gaps"]] == [["Sofia"], ["Varna"]]
    assert found.value["text"] == "<p>Fill in the gaps.</p>"


def test_a_star_in_an_accepted_answer_stays_a_star() -> None:
    found = item('<p>Which?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>', response("string", right="2*3"))
    assert found.value["accepted"] == [{"text": r"2\*3", "credit": None, "feedback": ""}]
    assert (found.value["match_case"], found.value["match_accents"]) == (True, True)


def test_a_star_in_a_gap_stays_a_star() -> None:
    field = '<textEntryInteraction responseIdentifier="{0}"/>'
    declared = response("string", right="2*3", name="R1") + response("string", right="6", name="R2")
    found = item(f"<p>{field.format('R1')} is {field.format('R2')}.</p>", declared, processing="")
    assert [[one["text"] for one in gap["accepted"]] for gap in found.value["gaps"]] == [[r"2\*3"], ["6"]]


def test_an_order_that_is_to_stay_is_kept_and_places_of_single_choices_are_named() -> None:
    body, right = choices("a", "b", "c"), response(right="A")
    assert (item(body, right).keep_order, item(body, right).notes) == (False, [])
    kept = body.replace("maxChoices", 'shuffle="false" maxChoices')
    assert (item(kept, right).keep_order, item(kept, right).notes) == (True, [])
    fixed = body.replace('identifier="C"', 'identifier="C" fixed="true"')
    assert "some choices keep their place" in reasons(item(fixed, right))
    sides = kept.replace('"A"', '"true"').replace('"B"', '"false"').replace('<simpleChoice identifier="C">c</simpleChoice>', "")
    assert item(sides, response(right="true")).notes == []


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ('expectedLength="20"', "how long an answer is expected to be"),
        ('expectedLength="20" expectedLines="3"', "Not kept: how long an answer is expected to be."),
        ('patternMask="[0-9]+"', "the pattern that an answer has to follow"),
        ('placeholderText="Name"', "the words in the empty field"),
        ('minStrings="2"', "how many answers are asked for"),
        ('format="xhtml"', "the format of the answer"),
        ('format="plain"', ""),
    ],
)
def test_what_a_field_asks_for_and_questions_here_do_not_is_named(attributes: str, told: str) -> None:
    found = item(f'<extendedTextInteraction responseIdentifier="RESPONSE" {attributes}/>', response("string"), processing="")
    assert found.kind == "essay"
    assert reasons(found).endswith(told) if told.endswith(".") else told in reasons(found)
    assert found.state == (State.PARTLY if told else State.READY)


@pytest.mark.parametrize(
    ("limits", "told"), [("", False), ("0 3", False), ("1 0", False), ("2 0", True), ("0 2", True), ("x 9", False)]
)
def test_how_many_may_be_chosen_is_named(limits: str, told: bool) -> None:
    least, most = limits.split() or ("", "")
    entries = "".join(f'<mapEntry mapKey="{name}" mappedValue="0.5"/>' for name in "AB")
    right = response(
        cardinality="multiple", right="A|B", mapping=f'<mapping lowerBound="0" defaultValue="-0.5">{entries}</mapping>'
    )
    body = choices("a", "b", "c", several=True).replace('maxChoices="0"', f'minChoices="{least}" maxChoices="{most}"')
    assert ("how many may be chosen" in reasons(item(body, right, MAP))) == told


def test_places_to_point_at_and_areas_too_few() -> None:
    areas = '<areaMapping><areaMapEntry shape="rect" coords="0,0,100,50" mappedValue="1"/>%s</areaMapping>'
    second = '<areaMapEntry shape="poly" coords="100,50,200,50,150,100" mappedValue="0"/>'
    body = '<selectPointInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Point.</prompt>'
    body += '<object type="image/png" data="images/station.png">A plan</object></selectPointInteraction>'
    head = '<assessmentItem identifier="one" title="One">%s' + SCORE + f"<itemBody>{body}</itemBody></assessmentItem>"
    files = {"images/station.png": picture()}
    for more, state in ((second, State.PARTLY), ("", State.REFUSED)):
        xml = head % response("point", mapping=areas % more)
        [found] = QTI.read(pack({**files, "one.xml": xml.encode()}), "a.zip").items
        assert found.state == state
    assert "two to twelve areas" in reasons(found)


def test_further_pictures_are_attached_and_those_that_are_none_or_elsewhere_are_named() -> None:
    addresses = ("a.png", "b.png", "x.svg", "https://example.org/c.png", "../../etc/passwd")
    body = "".join(f'<img src="{address}" alt=""/>' for address in addresses)
    xml = f'<assessmentItem identifier="one" title="One"><itemBody><p>{body}Read.</p></itemBody></assessmentItem>'
    files = {"one.xml": xml.encode(), "a.png": picture(), "b.png": picture(5, 5), "x.svg": b"<svg onload='alert(1)'/>"}
    [found] = QTI.read(pack(files), "a.zip").items
    assert (found.kind, found.image and found.image.name, found.value["text"]) == ("information", "a.png", "<p>Read.</p>")
    assert found.attachments == [Picture("b.png", picture(5, 5))]
    for words in (
        "“x.svg” is no picture",
        "“https://example.org/c.png” is not in",
        "“../../etc/passwd” is not in",
    ):
        assert words in reasons(found)


def test_files_that_the_text_links_to_are_attached() -> None:
    body = '<p>Read <a href="files/the%20rules.pdf">the rules</a> and <a href="https://example.org/">more</a>.</p>'
    body += '<object data="files/talk.mp3" type="audio/mpeg">A talk</object><p><a href="files/missing.pdf">Gone</a></p>'
    xml = f'<assessmentItem identifier="one" title="One"><itemBody>{body}</itemBody></assessmentItem>'
    files = {"one.xml": xml.encode(), "files/the rules.pdf": b"%PDF-1.7", "files/talk.mp3": b"ID3"}
    [found] = QTI.read(pack(files), "a.zip").items
    assert found.attachments == [File("the rules.pdf", b"%PDF-1.7", "the rules"), File("talk.mp3", b"ID3", "A talk")]
    assert "Read the rules and" in found.value["text"] and "https://example.org/" in found.value["text"]
    assert "a link" in reasons(found)


def test_pictures_and_files_of_feedback_and_of_notes_for_markers_never_come_before_the_answer() -> None:
    secret = '<p>Why: <a href="why.pdf">this</a><img src="why.png" alt="The answer"/></p>'
    body = f'<rubricBlock view="scorer">{secret}</rubricBlock><p>Say.</p><extendedTextInteraction responseIdentifier="RESPONSE"/>'
    xml = (
        f'<assessmentItem identifier="one" title="One"><responseDeclaration identifier="RESPONSE" cardinality="single" '
        f'baseType="string"/><itemBody>{body}</itemBody><modalFeedback outcomeIdentifier="F" identifier="f" showHide="hide">'
        f"{secret}</modalFeedback></assessmentItem>"
    )
    [found] = QTI.read(pack({"one.xml": xml.encode(), "why.pdf": b"%PDF", "why.png": picture()}), "a.zip").items
    assert (found.kind, found.image, found.attachments) == ("essay", None, [])
    assert "A picture or file in feedback, or in notes for markers, was left out." in reasons(found)
    assert "this" in found.value["marker_notes"]


def test_pictures_within_a_part_of_a_case_belong_to_that_part() -> None:
    asks = '<extendedTextInteraction responseIdentifier="{}"/>'
    body = '<p><img src="a.png" alt="All"/>A case.</p>'
    body += f'<div><p>One<img src="b.png" alt="One"/></p>{asks.format("A")}</div><div><p>Two</p>{asks.format("B")}</div>'
    declared = "".join(f'<responseDeclaration identifier="{name}" cardinality="single" baseType="string"/>' for name in "AB")
    xml = f'<assessmentItem identifier="one" title="One">{declared}<itemBody>{body}</itemBody></assessmentItem>'
    [found] = QTI.read(pack({"one.xml": xml.encode(), "a.png": picture(), "b.png": picture(5, 5)}), "a.zip").items
    assert (found.kind, found.image) == ("case_study", Picture("a.png", picture(), "All"))
    assert found.in_parts == {0: Enclosed(Picture("b.png", picture(5, 5), "One"))}


def test_scripts_and_markup_are_cleaned_and_said() -> None:
    body = '<p onclick="alert(1)">Read <a href="javascript:alert(1)">this</a><script>alert(1)</script></p>'
    body += "<table><tr><td>x</td></tr></table>"
    found = item(body)
    assert (found.kind, found.value["text"]) == ("information", "<p>Read this</p><p>x</p>")
    assert "a script" in reasons(found) and "a table" in reasons(found)


def test_feedback_under_an_unknown_condition_is_named_with_its_words() -> None:
    feedback = '<modalFeedback outcomeIdentifier="OTHER" identifier="x" showHide="show">Ask your <b>mentor</b>.</modalFeedback>'
    found = item(choices("a", "b", "c"), response(right="A"), feedback=feedback)
    assert "“Ask your mentor.”" in reasons(found)
