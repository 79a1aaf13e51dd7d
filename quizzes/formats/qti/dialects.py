"""The versions of QTI, which mostly say the same under other names. Inside this package everything has the names of 2.x."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

XSI = "http://www.w3.org/2001/XMLSchema-instance"
LOM = "http://ltsc.ieee.org/xsd/LOM"
PREFIX = "qti-"
KEBAB = re.compile(r"-([a-z])")
CAMEL = re.compile(r"(?<=[a-z0-9])([A-Z])")
OURS = re.compile(r"(data|aria)-")  # attributes that every version leaves to others

# What is written and has a name of its own in QTI 3; the rest is HTML.
QTI_NAMES = frozenset({
    "and", "assessmentItem", "baseValue", "choiceInteraction", "contentBody", "correct", "correctResponse", "divide",
    "equal", "extendedTextInteraction", "feedbackInline", "gt", "gte", "hotspotChoice", "hotspotInteraction", "hottext",
    "hottextInteraction", "inlineChoice", "inlineChoiceInteraction", "itemBody", "lt", "lte", "mapEntry", "mapResponse",
    "mapping", "match", "matchInteraction", "modalFeedback", "multiple", "orderInteraction", "outcomeDeclaration",
    "prompt", "responseCondition", "responseDeclaration", "responseElse", "responseElseIf", "responseIf",
    "responseProcessing", "rubricBlock", "setOutcomeValue", "simpleAssociableChoice", "simpleChoice", "simpleMatchSet",
    "stringMatch", "sum", "textEntryInteraction", "value", "variable",
})  # fmt: skip
WRAPPED = {"modalFeedback", "rubricBlock"}  # hold a content body in QTI 3


@dataclass(frozen=True)
class Version:
    """What differs between packages. ``templates``: address of the response processing templates, with ``%s`` for the name."""

    name: str
    item: str
    item_schema: str
    manifest: str
    manifest_schema: str
    package: tuple[str, str]
    resource: str
    templates: str


QTI_22 = Version(
    name="2.2",
    item="http://www.imsglobal.org/xsd/imsqti_v2p2",
    item_schema="http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd",
    manifest="http://www.imsglobal.org/xsd/imscp_v1p1",
    manifest_schema="http://www.imsglobal.org/xsd/qti/qtiv2p2/qtiv2p2_imscpv1p2_v1p0.xsd",
    package=("QTIv2.2 Package", "1.0.0"),
    resource="imsqti_item_xmlv2p2",
    templates="http://www.imsglobal.org/question/qti_v2p2/rptemplates/%s",
)
QTI_30 = Version(
    name="3.0",
    item="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    item_schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    manifest="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    manifest_schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    package=("QTI Package", "3.0.0"),
    resource="imsqti_item_xmlv3p0",
    templates="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/%s.xml",
)


def canonical(root: Element) -> Element:
    """``root`` with the names of 2.x and without namespaces, whatever version it was written in. Changes it in place."""
    for node in root.iter():
        name = node.tag.rpartition("}")[2]
        three = name.startswith(PREFIX)
        node.named = name
        node.tag = camel(name.removeprefix(PREFIX)) if three else name
        attributes = {key.rpartition("}")[2]: value for key, value in node.attrib.items()}
        node.attrib = {camel(key) if three and not OURS.match(key) else key: value for key, value in attributes.items()}
    return root


def named(node: Element) -> str:
    """What ``node`` is called in its file."""
    return getattr(node, "named", node.tag)


def in_version(root: Element, version: Version) -> Element:
    """An item with the names of 2.x as ``version`` has it. Changes it in place."""
    if version is QTI_30:
        for node in list(root.iter()):
            if node.tag in WRAPPED:
                wrap(node)
            elif node.tag == "object":
                as_image(node)
        for node in root.iter():
            if node.tag in QTI_NAMES:
                node.tag = PREFIX + kebab(node.tag)
                node.attrib = {key if ":" in key else kebab(key): value for key, value in node.attrib.items()}
    return root


def wrap(node: Element) -> None:
    body = Element("contentBody")
    body.text, node.text = node.text, None
    body.extend(node)
    node[:] = [body]


def as_image(node: Element) -> None:
    node.tag = "img"
    node.attrib = {
        "src": node.attrib["data"],
        "alt": node.text or "",
        **{name: node.attrib[name] for name in ("width", "height") if name in node.attrib},
    }
    node.text = None


def camel(name: str) -> str:
    return KEBAB.sub(lambda found: found[1].upper(), name)


def kebab(name: str) -> str:
    return CAMEL.sub(lambda found: "-" + found[1].lower(), name)
