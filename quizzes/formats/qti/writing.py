"""Questions as packages of QTI 2.2 and 3.0."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from quizzes.kinds.matching_text import segments

from .. import wording, xml
from ..archive import is_safe, pack
from ..base import Enclosed, Item, Note, Writing
from ..checks import problem_with
from ..shapes import filled
from .building import Part, assign, base, condition, fill, make, plain, variable
from .dialects import LOM, XSI, Version, in_version, kebab
from .enclosing import Shelf, writable
from .extension import as_json, kept, names_of
from .item import read_item
from .kinds import WRITERS, place_on
from .metadata import IN_WORDS, MANIFEST_NAME, SYSTEM, digest, take_lom
from .order import keep_order
from .source import size_of

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,62}")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
QTI_METADATA = {
    "2.2": "http://www.imsglobal.org/xsd/imsqti_metadata_v2p2",
    "3.0": "http://www.imsglobal.org/xsd/imsqti_metadata_v3p0",
}
TITLE = 100
FULL = "0.9999"
ONLY_IN_BODY = "rubricBlock"  # the schemas allow it nowhere deeper
WORDS_INSIDE = frozenset({
    "p", "li", "b", "i", "em", "strong", "a", "span", "prompt", "simpleChoice", "simpleAssociableChoice", "inlineChoice",
    "hottext", "feedbackInline", "value",
})  # fmt: skip
TOGETHER = WORDS_INSIDE | {"qti-" + kebab(name) for name in WORDS_INSIDE}
FEEDBACK_TO_ALL = (("RIGHT", "when_right"), ("PARTLY", "when_partly"), ("WRONG", "when_wrong"))


class NotSaid(Exception):
    """Why a question cannot be written, in words for people."""


def write(items: Sequence[Item], version: Version) -> Writing:
    """A package of ``items``; those that QTI cannot say are left out and named, and what only this site reads is named too."""
    files: dict[str, bytes] = {"imsmanifest.xml": b""}
    resources, notes, taken = [], [], set()
    for item in items:
        name, place = identifier_for(item, taken), item.place or item.reference or item.name
        fitting, lost = writable(item)
        if lost:
            notes.append(
                Note(
                    place, _("Only pictures in PNG, JPEG, GIF or WebP go out. Left out: %(names)s.") % {"names": ", ".join(lost)}
                )
            )
        try:
            resource, unread = write_item(fitting, name, version, files)
        except NotSaid as problem:
            notes.append(Note(place, str(problem)))
            continue
        resources.append(resource)
        if unread:
            notes.append(Note(place, _("Other programs will not read: %(what)s.") % {"what": ", ".join(unread)}))
        if any(len(segments(text)) > 1 for text in accepted_in(item.value)):
            notes.append(Note(place, _("A * that stands for any words is a plain * for other programs.")))
    files["imsmanifest.xml"] = manifest(resources, version)
    return Writing(pack(files), notes)


def identifier_for(item: Item, taken: set[str]) -> str:
    """A name for the item that QTI and file systems allow: its own reference where that is one."""
    fits = IDENTIFIER.fullmatch(item.reference) and is_safe(item.reference)
    name = item.reference if fits else "q_" + hashlib.sha256(item.reference.encode("utf-8", "replace")).hexdigest()[:16]
    while name.casefold() in taken:
        name = name[:50] + "_" + str(len(taken) + 1)
    taken.add(name.casefold())
    return name


def accepted_in(value: dict[str, Any]) -> Iterator[str]:
    """Every text that an answer is compared with, in parts of a case too."""
    fields = [value, *value.get("gaps", ())]
    yield from (str(one.get("text", "")) for field in fields for one in field.get("accepted", ()))
    for part in value.get("parts", ()):
        yield from accepted_in(part["value"])


def write_item(item: Item, name: str, version: Version, files: dict[str, bytes]) -> tuple[Element, Sequence[str]]:
    """Add the files of ``item`` to ``files``; its resource in the manifest, and the names of what only this site reads."""
    path = f"items/{name}.xml"
    own: dict[str, bytes] = {}
    root = build_item(item, name, own)
    interactions = dict.fromkeys(node.tag for node in root.iter() if node.tag.endswith("Interaction"))
    own[path] = xml.write(in_version(framed(root, item, name, version), version), together=TOGETHER)
    lom = lom_of(item)
    back = read_item(own[path], path, own)
    take_lom(back, lom)
    found = kept(item, back)
    if found or back.notes:
        lom.append(classification(digest(own[path]), as_json(found)))
    files |= own
    resource = resource_of(interactions, name, path, [path, *(one for one in own if one != path)], lom, version)
    return resource, names_of(item, back, found)


def build_item(item: Item, name: str, files: dict[str, bytes]) -> Element:
    """The item as 2.x has it, without what frames it; its pictures and files go into ``files``."""
    value = item.value
    if item.kind not in WRITERS and item.kind != "case_study":
        raise NotSaid(_("QTI has no such kind of question. It was left out."))
    shelf = Shelf(name, files)
    picture = shelf.picture(item.image)
    parts = [(item.kind, value, "")]
    if item.kind == "case_study":
        parts = [(part["type"], part["value"], f"P{number}_") for number, part in enumerate(value["parts"], 1)]
        if unsaid := [str(number) for number, one in enumerate(parts, 1) if one[0] not in WRITERS or one[0] == "hotspot"]:
            reason = _("Parts of the case are of a kind that QTI cannot say there: %(numbers)s. The case was left out.")
            raise NotSaid(reason % {"numbers": ", ".join(unsaid)})
    built = [written_part(kind, own, prefix) for kind, own, prefix in parts]
    body = make("itemBody")
    if picture is not None and item.kind != "hotspot":
        body.append(make("p", make("img", **picture)))
    body.extend(shelf.further(Enclosed(None, item.attachments)))
    if item.kind == "case_study":
        fill(body, value.get("text", ""))
        for number, part in enumerate(built):
            body.extend(block for block in part.body if block.tag == ONLY_IN_BODY)
            pictures = shelf.further(item.in_parts.get(number, Enclosed()))
            body.append(make("div", *pictures, *(block for block in part.body if block.tag != ONLY_IN_BODY)))
    else:
        body.extend(built[0].body)
    if item.kind == "hotspot":
        draw(body, picture, item)
    if item.keep_order:
        keep_order(body)
    return assemble(item, body, built)


def written_part(kind: str, value: dict, prefix: str) -> Part:
    part = Part(prefix)
    try:
        WRITERS[kind](part, value)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError, StopIteration) as problem:
        reason = problem_with(kind, filled(kind, **value)) or _("Something that is needed is missing.")
        raise NotSaid(_("The question is not complete: %(reason)s It was left out.") % {"reason": reason}) from problem
    return part


def draw(body: Element, picture: dict[str, str] | None, item: Item) -> None:
    interaction = next(body.iter("hotspotInteraction"))
    size = size_of(item.image.content) if item.image and picture else None
    if picture is None or size is None:
        raise NotSaid(_("Its picture is missing. The question was left out."))
    kind = "image/" + picture["src"].rpartition(".")[2].lower().replace("jpg", "jpeg")
    place_on(interaction, make("object", picture["alt"], data=picture["src"], type=kind), *size)


def assemble(item: Item, body: Element, parts: list[Part]) -> Element:
    """Declarations, body, rules and feedback in the order that QTI asks for."""
    whole = parts[0] if item.kind != "case_study" else total(parts)
    to_all = [(name, item.value.get(field)) for name, field in FEEDBACK_TO_ALL if item.value.get(field)]
    if item.value.get("explanation"):
        whole.rules.append(whole.show(base("identifier", "EXPLANATION")))
        whole.add_modal("EXPLANATION", fill(make("div"), item.value["explanation"]))
    if to_all:
        whole.rules += by_score(whole, [name for name, _words in to_all])
        for name, words in to_all:
            whole.add_modal(name, plain(make("p"), words))
    every = parts if whole is parts[0] else [*parts, whole]
    root = make("assessmentItem", *(response for part in every for response in part.responses))
    root.extend(
        make("outcomeDeclaration", identifier=part.score, cardinality="single", baseType="float") for part in every if part.rules
    )
    root.extend(
        make("outcomeDeclaration", identifier=part.name("FEEDBACK"), cardinality="multiple", baseType="identifier")
        for part in every
        if part.feedback
    )
    root.append(body)
    rules = [rule for part in every for rule in part.rules]
    if rules:
        plainly = len(every) == 1 and whole.template and not whole.feedback
        root.append(make("responseProcessing", template=whole.template) if plainly else make("responseProcessing", *rules))
    for part in every:
        root.extend(boxed(feedback) for feedback in part.modal)
    return root


def boxed(feedback: Element) -> Element:
    """Feedback whose words stand in a paragraph."""
    if len(feedback) and feedback[0].tag in {"p", "ul", "ol"} and not feedback.text:
        return feedback
    paragraph = make("p")
    paragraph.text, feedback.text = feedback.text, None
    paragraph.extend(feedback)
    feedback[:] = [paragraph]
    return feedback


def total(parts: list[Part]) -> Part:
    """The case as a whole: the mean of its parts that have points."""
    whole = Part()
    scored = [part for part in parts if part.rules]
    if scored:
        mean = make("divide", make("sum", *(variable(part.score) for part in scored)), base("float", str(len(scored))))
        whole.rules.append(assign(whole.score, mean))
    return whole


def by_score(part: Part, names: list[str]) -> Iterable[Element]:
    """Rules that bring up feedback to the whole answer. Thirds add up to a little less than one."""

    def compared(how: str, mark: str) -> Element:
        return make(how, variable(part.score), base("float", mark))

    tests = {
        "RIGHT": compared("gte", FULL),
        "PARTLY": make("and", compared("gt", "0"), compared("lt", FULL)),
        "WRONG": compared("lte", "0"),
    }
    return [condition((tests[name], part.show(base("identifier", name)))) for name in names]


def framed(root: Element, item: Item, name: str, version: Version) -> Element:
    """``root`` with names, title and address of its version."""
    text = " ".join(wording.plain(item.value.get("text", ""))[0].split())
    processing = root.find("responseProcessing")
    if processing is not None and "template" in processing.attrib:
        processing.set("template", version.templates % processing.attrib["template"])
    root.attrib = {
        "xmlns": version.item,
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{version.item} {version.item_schema}",
        "identifier": name,
        "title": item.name or text[:TITLE] or item.kind,
        "adaptive": "false",
        "timeDependent": "false",
        **({"xml:lang": item.language} if LANGUAGE.fullmatch(item.language) else {}),
    }
    return root


# The manifest


def lom_of(item: Item) -> Element:
    general = make("general", make("title", language_string(item.name)) if item.name else "")
    general.extend(make("keyword", language_string(tag)) for tag in item.tags)
    lom = make("lom", general, xmlns=LOM)
    if item.difficulty in IN_WORDS:
        difficulty = make("difficulty", make("source", "LOMv1.0"), make("value", IN_WORDS[item.difficulty]))
        lom.append(make("educational", difficulty))
    return lom


def language_string(words: str) -> Element:
    return make("string", xml.legal(words), language="x-none")


def classification(name: str, text: str) -> Element:
    taxon = make("taxon", make("id", name), make("entry", language_string(text)))
    return make("classification", make("taxonPath", make("source", language_string(SYSTEM)), taxon))


def resource_of(interactions: Iterable[str], name: str, path: str, files: list[str], lom: Element, version: Version) -> Element:
    qti = make("qtiMetadata", *(make("interactionType", tag) for tag in interactions), xmlns=QTI_METADATA[version.name])
    return make(
        "resource",
        make("metadata", qti, lom),
        *(make("file", href=file) for file in files),
        identifier=name, type=version.resource, href=path,
    )  # fmt: skip


def manifest(resources: list[Element], version: Version) -> bytes:
    root = make(
        "manifest",
        make("metadata", make("schema", version.package[0]), make("schemaversion", version.package[1])),
        make("organizations"),
        make("resources", *resources),
        **{
            "xmlns": version.manifest,
            "xmlns:xsi": XSI,
            "xsi:schemaLocation": f"{version.manifest} {version.manifest_schema}",
            "identifier": MANIFEST_NAME,
        },
    )
    return xml.write(root, together={"string", "entry", "id"})
