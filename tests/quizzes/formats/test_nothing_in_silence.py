"""What a file says and a question here does not hold is named when it is read, format by format."""

import io
import json
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from quizzes.formats import FORMATS
from quizzes.formats.archive import pack
from quizzes.formats.base import State
from quizzes.formats.qti import QTI
from tests.quizzes.formats.qti_examples import choices, response
from tests.quizzes.formats.test_qti_reading import item, reasons
from tests.quizzes.formats.test_spreadsheet import changed


def read(name: str, text: str):
    return FORMATS[name].read(text.encode(), "a")


def noted(reading) -> str:
    return " ".join(note.reason for note in [*reading.notes, *(note for found in reading.items for note in found.notes)])


CHOICES = '<answer fraction="100"><text>a</text>{0}</answer><answer fraction="0"><text>b</text></answer>'


def moodle(inside: str = CHOICES.format(""), kind: str = "multichoice", text: str = "<text>Which?</text>") -> str:
    return f'<quiz><question type="{kind}"><questiontext>{text}</questiontext>{inside}</question></quiz>'


NUMBERS = '<answer fraction="100"><text>5</text></answer>'
OTHERS = '<answer fraction="{}"><text>*</text><feedback><text>No</text></feedback></answer>'
JUDGED = '<answer fraction="100"><text>true</text></answer><answer fraction="{}"><text>false</text></answer>'
PAIRS = "".join(f"<subquestion><text>{left}</text><answer><text>{left}</text></answer></subquestion>" for left in "ab")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (moodle(CHOICES.format("<mark>2</mark>")), "The part <mark> in line 1"),
        (moodle(CHOICES.format('<link href="x"/>')), "The part <link> in line 1"),
        (moodle(text="<text>Which?</text><speech>wich</speech>"), "The part <speech> in line 1"),
        (moodle(CHOICES.format("") + "stray"), "Words between the parts"),
        (moodle(CHOICES.format("") + "<hint><text>h</text><price>1</price></hint>"), "The part <price>"),
        (moodle(JUDGED.format("25"), "truefalse"), "The wrong answer has points of its own"),
        (moodle(JUDGED.format("0") + '<answer fraction="0"><text>perhaps</text></answer>', "truefalse"), "Further answers"),
        (moodle(NUMBERS + OTHERS.format("-50"), "numerical"), "any other number costs points"),
        (moodle(NUMBERS + OTHERS.format("0") * 2, "numerical"), "several feedbacks"),
        (moodle("<maxwordlimit>many</maxwordlimit>", "essay"), "The number of words “many” is no number"),
        (
            moodle(PAIRS + "<subquestion><text/><answer><text>c</text></answer><feedback>f</feedback></subquestion>", "matching"),
            "Feedback to a right side that belongs nowhere",
        ),
        (
            '<quiz><question type="category"><category><text>$course$/top/A</text></category><idnumber>7</idnumber></question>'
            "</quiz>",
            "The number “7” of the category “A”",
        ),
    ],
)
def test_moodle(text, words):
    assert words in noted(read("moodle_xml", text))


@pytest.mark.parametrize("inside", [CHOICES.format("<feedback><text/></feedback>"), CHOICES.format("<empty/>\n")])
def test_moodle_without_a_loss_gets_no_note(inside):
    assert noted(read("moodle_xml", moodle(inside))) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How many? {#=5 ~%50%6#nearly}", "a wrong answer that is named (“%50%6”)"),
        ("// [id:a] [id:b]\nTrue? {T}", "A second identity"),
        ("// [tag:<b>]\nTrue? {T}", "a tag that cannot be read"),
    ],
)
def test_gift(text, words):
    assert words in noted(read("gift", text))


@pytest.mark.parametrize("text", ["How many? {#=5 ~#no}", "// [id:a] [tag:x]\nTrue? {T}", "// as we said\nTrue? {T}"])
def test_gift_without_a_loss_gets_no_note(text):
    assert noted(read("gift", text)) == ""


def test_typed_details_that_stand_there_twice():
    reading = read("text", "@tags: a\n@Tags: b\nTrue?\nT")
    [found] = reading.items
    assert list(found.tags) == ["b"] and [note.place for note in found.notes] == ["line 1"]


@pytest.mark.parametrize("name", ["aiken", "gift", "text", "csv"])
def test_a_text_that_is_too_long_is_named_by_its_field(name):
    long = "x" * 20_001
    texts = {
        "aiken": f"Q?\nA. {long}\nB. b\nANSWER: A",
        "gift": "Q? {=" + long + " ~b}",
        "text": f"Q?\n- [x] {long}\n- [ ] b",
        "csv": f"kind,text,answer 1,right 1,answer 2\nsingle_choice,Q?,{long},x,b",
    }
    assert "choices 1 (choice)" in noted(read(name, texts[name]))


def test_a_table_says_which_accepted_answers_earn_nothing():
    [found] = read("csv", "kind,text,answer 1,answer 2,right 2,answer 3,right 3\nshort_text,Q?,a,b,no,c,0").items
    assert [row["credit"] for row in found.value["accepted"]] == [None, "0", "0"]


SHARED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(change) -> bytes:
    book = Workbook()
    book.active.append(["kind", "text"])
    book.active.append(["information", "A"])
    change(book.active)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_looks_of_words_in_a_cell_and_links_behind_it():
    def bold(sheet):
        sheet["B2"] = CellRichText("Say ", TextBlock(InlineFont(b=True), "no"), ".")

    def linked(sheet):
        sheet["B2"].hyperlink = "https://example.org/"

    bolded = FORMATS["xlsx"].read(workbook(bold), "a.xlsx")
    assert ([found.text for found in bolded.items], [note.place for note in bolded.notes]) == (["<p>Say no.</p>"], ["B2"])
    assert [(note.place, "Links" in note.reason) for note in FORMATS["xlsx"].read(workbook(linked), "a.xlsx").notes] == [
        ("B2", True)
    ]


def test_looks_of_words_in_a_text_that_cells_share():
    """As spreadsheet programs write it: the text stands apart from the cell."""
    shared = b"<si><t>%s</t></si>"
    runs = b"<si><r><t>Say </t></r><r><rPr><b/></rPr><t>no</t></r></si>"
    strings = b"".join([shared % b"kind", shared % b"text", shared % b"information", runs])
    table = f'<sst xmlns="{SHEETS}">'.encode() + strings + b"</sst>"
    cells = [f'<c r="{place}" t="s"><v>{number}</v></c>' for number, place in enumerate(("A1", "B1", "A2", "B2"))]
    rows = f'<row r="1">{"".join(cells[:2])}</row><row r="2">{"".join(cells[2:])}</row>'
    sheet = f'<worksheet xmlns="{SHEETS}"><sheetData>{rows}</sheetData></worksheet>'
    content = changed(workbook(lambda sheet: None), "xl/sharedStrings.xml", table)
    types = zipfile.ZipFile(io.BytesIO(content)).read("[Content_Types].xml")
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED}"/></Types>'
    content = changed(content, "[Content_Types].xml", types.replace(b"</Types>", part.encode()))
    [found] = FORMATS["xlsx"].read(changed(content, "xl/worksheets/sheet1.xml", sheet.encode()), "a.xlsx").items
    assert (found.text, [note.place for note in found.notes]) == ("<p>Say no</p>", ["B2"])


def test_old_dumps():
    rows = [
        {"model": "quiz.question", "pk": 1, "fields": {"content": "Q?", "explanation": "", "weight": 3}},
        {"model": "true_false.tf_question", "pk": 1, "fields": {"correct": True}},
        {"model": "multichoice.answer", "pk": 9, "fields": {"question": 77, "content": "a"}},
        {"model": "shop.order", "pk": 1, "fields": {}},
        "stray",
    ]
    reading = FORMATS["django-quiz-app"].read(json.dumps(rows).encode(), "a.json")
    for words in ("not known here and were left out: weight", "Choices without their question", "Rows of this kind", "no rows"):
        assert words in noted(reading)
    assert [note.place for note in reading.notes] == ["shop.order", "multichoice.answer", "whole file"]


BODY, RIGHT = choices("a", "b"), response(right="A")
ENTRY = '<p>Where?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
MAPPED = '<mapping><mapEntry mapKey="x" mappedValue="1"/><mapEntry mapKey="y" mappedValue="0"/></mapping>'
MAP = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'


def test_packages_name_answers_that_earn_nothing():
    assert "earns nothing was left out: “y”" in reasons(
        item(ENTRY, response("string", right="x", mapping=MAPPED), processing=MAP)
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"{BODY}<div><catalogInfo><catalog id='c'/></catalogInfo></div>", "“catalogInfo” is not supported"),
        (f'<p style="color: red">Look.</p>{BODY}', "colours, sizes or alignment of words"),
        (f'<ol start="4"><li>Look.</li></ol>{BODY}', "the numbers of a list"),
    ],
)
def test_packages_name_what_stands_around(body, words):
    assert words in reasons(item(body, RIGHT))


def test_an_essay_with_rules_of_its_own():
    essay = '<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>Write.</prompt></extendedTextInteraction>'
    assert "own way of marking" in reasons(item(essay, response("string", right="x")))
    assert "own way of marking" not in reasons(item(essay, response("string", right="x"), processing=""))


ITEM = (
    '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="t" adaptive="false"{0}>'
    f"{RIGHT}<itemBody>{BODY}</itemBody>{{1}}"
    '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>'
)


@pytest.mark.parametrize(
    ("attributes", "more", "words"),
    [
        (' timeDependent="true"', "", "the time that an answer takes counts"),
        ("", "<apipAccessibility/>", "“apipAccessibility” is not supported"),
        (' timeDependent="false"', "", ""),
    ],
)
def test_packages_name_what_an_item_says_of_itself(attributes, more, words):
    found = QTI.read(ITEM.format(attributes, more).encode(), "i.xml")
    assert words in noted(found) and bool(words) == bool(noted(found))


LOM = (
    '<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><title><string>t</string></title>'
    "<description><string>{0}</string></description></general>"
    "<rights><description><string>{1}</string></description></rights>"
    "<educational><difficulty><value>{2}</value></difficulty></educational></lom>"
)
MANIFEST = (
    '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><resources>'
    '<resource identifier="r" type="imsqti_item_xmlv2p1" href="i.xml"><metadata>{}</metadata><file href="i.xml"/></resource>'
    "</resources></manifest>"
)


@pytest.mark.parametrize(
    ("lom", "words"),
    [
        (LOM.format("About law", "", "easy"), "Metadata that were not taken along: general/description."),
        (LOM.format("", "All", ""), "Metadata that were not taken along: rights/description."),
        (LOM.format("", "", "fiendish"), "Metadata that were not taken along: educational/difficulty (fiendish)."),
        (LOM.format("", "", "easy"), ""),
    ],
)
def test_packages_name_metadata_that_are_not_taken(lom, words):
    content = pack({"imsmanifest.xml": MANIFEST.format(lom).encode(), "i.xml": ITEM.format("", "").encode()})
    [found] = QTI.read(content, "a.zip").items
    assert words in reasons(found) and (found.state == State.PARTLY) == bool(words)


SAID_OF_ALL = (
    "<metadata><schema>QTI Package</schema><lom xmlns='http://ltsc.ieee.org/xsd/LOM'><general><title><string>All</string></title>"
    "</general></lom></metadata><organizations><organization/></organizations><resources>"
)
OF_ITEM = (
    '<qtiMetadata xmlns="http://www.imsglobal.org/xsd/imsqti_metadata_v2p1"><interactionType>choiceInteraction</interactionType>'
    "<toolName>Maker</toolName></qtiMetadata>"
)


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        (
            MANIFEST.format("").replace("<resources>", SAID_OF_ALL),
            "package that were not taken along: general/title, organ",
        ),
        (MANIFEST.format(OF_ITEM), "of the questions that were not taken along: toolName."),
        (MANIFEST.format("<curriculumStandardsMetadataSet/>"), "not taken along: curriculumStandardsMetadataSet."),
        (MANIFEST.format(OF_ITEM.replace("<toolName>Maker</toolName>", "")), ""),
    ],
)
def test_packages_name_in_one_line_what_their_manifest_says(manifest, words):
    reading = QTI.read(pack({"imsmanifest.xml": manifest.encode(), "i.xml": ITEM.format("", "").encode()}), "a.zip")
    assert words in noted(reading) and len(reading.notes) == bool(words)
    assert reading.items[0].state == State.READY


PAIRS_OF = (
    '<matchInteraction responseIdentifier="RESPONSE" shuffle="true" {0}><prompt>Which?</prompt>'
    '<simpleMatchSet><simpleAssociableChoice identifier="A" matchMax="{1}">a</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="B" matchMax="1">b</simpleAssociableChoice></simpleMatchSet>'
    '<simpleMatchSet><simpleAssociableChoice identifier="C" matchMax="{2}">c</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="D" matchMax="0">d</simpleAssociableChoice></simpleMatchSet></matchInteraction>'
)
PAIRED = (
    '<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="directedPair"><correctResponse>'
    "<value>A C</value><value>B D</value></correctResponse></responseDeclaration>"
)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (("", "1", "0"), ""),
        (('maxAssociations="2"', "1", "2"), ""),
        (("", "1", "1"), "how often each may be used"),
        (("", "2", "0"), "how often each may be used"),
        (('maxAssociations="1"', "1", "0"), "how often each may be used"),
        (('minAssociations="2"', "1", "0"), "how often each may be used"),
    ],
)
def test_packages_name_limits_of_pairs(how, words):
    noted = reasons(item(PAIRS_OF.format(*how), PAIRED))
    assert words in noted and ("Not kept" in noted) == bool(words)


def test_packages_name_what_an_element_says_of_itself_and_nobody_reads():
    body = BODY.replace("<choiceInteraction ", '<choiceInteraction class="qti-labels-none" orientation="horizontal" ')
    assert "the attribute “class”, the attribute “orientation”" in reasons(item(body, RIGHT))
    declared = RIGHT.replace("</responseDeclaration>", "<defaultValue><value>A</value></defaultValue></responseDeclaration>")
    assert "the part “defaultValue”" in reasons(item(BODY, declared))


RESULT = (
    "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/><correct identifier='RESPONSE'/>"
    "</match><setOutcomeValue identifier='SCORE'><baseValue baseType='float'>1</baseValue></setOutcomeValue>{}</responseIf>"
    "</responseCondition></responseProcessing>"
)
GRADE = "<setOutcomeValue identifier='GRADE'><baseValue baseType='identifier'>good</baseValue></setOutcomeValue>"


@pytest.mark.parametrize(("more", "named"), [("", False), (GRADE, True)])
def test_packages_name_results_that_are_not_taken(more, named):
    assert ("beside the points were left out: GRADE." in reasons(item(BODY, RIGHT, processing=RESULT.format(more)))) == named


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<p class="big-red">Which?</p>', "looks that a style sheet gave"),
        ('<p class="MsoNormal">Which?</p>', ""),
        ('<p lang="nl">Welke?</p>', "the language of single words"),
        ("<p>Which <acronym>NRM</acronym>?</p>", "marks that are not known here"),
        ('<p onclick="go()">Which?</p>', "a script"),
    ],
)
def test_html_names_what_its_attributes_gave(html, words):
    found = noted(read("moodle_xml", moodle(text=f"<text><![CDATA[{html}]]></text>").replace("<questiontext>", FORMATTED)))
    assert words in found and bool(words) == bool(found)


FORMATTED = '<questiontext format="html">'


def test_numbers_of_a_list_stay_in_plain_text():
    feedback = '<feedback format="html"><text><![CDATA[<ol><li>Ask.</li><li>Listen.</li></ol>]]></text></feedback>'
    [found] = read("moodle_xml", moodle(CHOICES.format(feedback))).items
    assert found.value["choices"][0]["feedback"] == "1. Ask.\n2. Listen."


@pytest.mark.parametrize("line", ["Reference: page 3", "ANSWER_EXPLANATION: because", "SCORE: 2"])
def test_aiken_names_what_other_programs_write_under_an_answer(line):
    one = "Which?\nA. a\nB. b\nANSWER: A\n"
    first, second = read("aiken", f"{one}{line}\n{line}\n{one}").items
    assert [note.place for note in first.notes] == ["line 5", "line 6"] and line in first.notes[0].reason
    assert second.text == "<p>Which?</p>" and not second.notes
    assert read("aiken", f"{one}\n{line}\n{one}").items[1].text.startswith(f"<p>{line}")
