"""Any HTML as the rich text or the plain text that questions hold, and what of it was lost, in words.

Rich text knows ``p ul ol li b i a br`` and nothing else. It is rebuilt from the words up, never passed through: whatever is
not written down here cannot arrive. All ways in take any text at all and never raise.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser
from itertools import takewhile

import nh3
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i"}
LISTS = {"ul", "ol"}
BREAKS = {
    "p", "div", "blockquote", "pre", "table", "tr", "td", "th", "caption", "hr", "dl", "dt", "dd", "section", "article", "main",
    "header", "footer", "aside", "address", "center", "figure", "figcaption", "fieldset", "legend", "details", "summary",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LINKS = re.compile(r"(https?://|mailto:|tel:)\S", re.I)
DEEPEST = 6  # lists within lists
NESTED = 100  # tags within tags: a cleaner's work grows with the square of it
FLAT = {"p", "li", "tr", "td", "th", "dt", "dd", "br", "img", "hr", "input", "col", "embed", "wbr", "meta", "link", "source"}
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
SPACES = re.compile(r"[ \t\n\r\f]+")

CUT = {  # what is cut out with everything in it
    "script": "script", "noscript": "script", "style": "", "template": "", "title": "", "head": "",
    "iframe": "embedded", "object": "embedded", "applet": "embedded", "noembed": "embedded", "noframes": "embedded",
    "frameset": "embedded", "video": "recording", "audio": "recording", "svg": "drawing", "canvas": "drawing",
    "math": "formula", "select": "field", "textarea": "field", "xmp": "", "plaintext": "",
}  # fmt: skip
NAMED = {  # what goes while the words in it stay
    "img": "picture", "table": "table", "sub": "raised", "sup": "raised", "pre": "typewriter", "code": "typewriter",
    "blockquote": "quotation", "u": "underlined", "s": "struck", "del": "struck", "strike": "struck", "input": "field",
    "button": "field", "embed": "embedded", "mark": "underlined", **dict.fromkeys(HEADINGS, "heading"),
    "ins": "underlined", "kbd": "typewriter", "samp": "typewriter", "tt": "typewriter", "cite": "bold", "dfn": "bold",
    "var": "bold", "address": "bold", "ruby": "raised", "font": "look", "big": "look", "small": "look", "center": "look",
}  # fmt: skip
QUOTED = {"q": ("“", "”")}  # for which browsers write marks
PLAIN_CLASSES = ("text_to_html", "no-overflow", "nolink", "msonormal")  # which editors write and which change no looks
# What attributes say about how words look; names of the loss by pattern of "attribute: value" or "property: value".
LOOKS = ("style", "align", "bgcolor", "color", "dir", "title", "start", "type", "value", "reversed", "class", "lang")
LOST_LOOKS = (
    ("bold", re.compile(r"font-weight: *(bold|[6-9]00)|font-style: *(italic|oblique)")),
    ("struck", re.compile(r"text-decoration[a-z-]*: *[^;]*line-through")),
    ("underlined", re.compile(r"text-decoration[a-z-]*: *[^;]*underline")),
    ("raised", re.compile(r"vertical-align: *(sub|super)")),
    ("look", re.compile(r"(bg)?color: *\S|background[a-z-]*: *\S|font-(size|family): *\S|align: *(center|right)")),
    ("direction", re.compile(r"(dir|direction): *rtl")),
    ("title", re.compile(r"title: *\S")),
    ("language", re.compile(r"lang: *\S")),
    ("class", re.compile(rf"class: *(?!({'|'.join(PLAIN_CLASSES)})?$)\S", re.I)),
    (
        "numbers",
        re.compile(r"start: *(?!1$)\S|reversed:|(?<!-)type: *[aAiI]$|value: *\S|list-style[a-z-]*: *[a-z-]*(alpha|roman)"),
    ),
)
UNSEEN = {"a": {"title"}, "img": {"class"}}  # losses that are none, or are named otherwise
NAMES = {
    "script": ngettext_lazy("a script", "%(number)d scripts", "number"),
    "embedded": ngettext_lazy("an embedded page", "%(number)d embedded pages", "number"),
    "recording": ngettext_lazy("a recording", "%(number)d recordings", "number"),
    "drawing": ngettext_lazy("a drawing", "%(number)d drawings", "number"),
    "formula": ngettext_lazy("a formula", "%(number)d formulas", "number"),
    "field": ngettext_lazy("a form field", "%(number)d form fields", "number"),
    "picture": ngettext_lazy("a picture", "%(number)d pictures", "number"),
    "table": ngettext_lazy("a table (its words stay)", "%(number)d tables (their words stay)", "number"),
    "heading": ngettext_lazy("a heading (its words stay)", "%(number)d headings (their words stay)", "number"),
    "quotation": ngettext_lazy("an indented quotation (its words stay)", "%(number)d indented quotations", "number"),
    "link": ngettext_lazy("a link (its words stay)", "%(number)d links (their words stay)", "number"),
    "raised": _("raised or lowered letters"),
    "typewriter": _("typewriter letters"),
    "underlined": _("underlined or highlighted words"),
    "struck": _("crossed-out words"),
    "look": _("colours, sizes or alignment of words"),
    "direction": _("the direction of writing"),
    "class": _("looks that a style sheet gave"),
    "language": _("the language of single words"),
    "unknown": _("marks that are not known here (their words stay)"),
    "title": _("words that appear on pointing"),
    "numbers": _("the numbers of a list"),
    "everything": _("all mark-up, for it is nested too deeply"),
    "bold": _("bold or italic letters"),
}
KEPT = {*STYLES, *LISTS, "li", "a", "br", "span", "abbr", *QUOTED, *BREAKS, *HEADINGS, *NAMED}
NEUTRAL = {  # which say nothing that words could lose
    "html", "body", "nav", "tbody", "thead", "tfoot", "col", "colgroup", "label", "form", "time", "data", "bdi", "wbr", "nobr",
    "hgroup", "meta", "link", "base", "source", "track", "param", "picture", "map", "area", "optgroup", "option", "output",
    "rt", "rp", "o",
}  # fmt: skip
KNOWN = {*KEPT, *CUT, *NEUTRAL}
EVENT = re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.I)
CUT_TAG = re.compile(rf"<({'|'.join(CUT)})\b", re.I)


@dataclass
class Line:
    """Words in one paragraph or list item. ``path``: (tag, number of the list, number of the item) from the outermost list.

    ``own``: a tag of the file says that this is a paragraph or an item, even if it is empty.
    """

    path: tuple[tuple[str, int, int], ...]
    runs: list[tuple[tuple[str, ...], str]] = field(default_factory=list)  # (open tags, words); a line break is "\n"
    own: bool = False

    def stays(self) -> bool:
        """Whether the line is more than the space between two others. Changes nothing in it."""
        return self.own or bool(self.words().strip())

    def tidy(self) -> bool:
        """Fold spaces as browsers do; whether any words are left."""
        runs: list[tuple[tuple[str, ...], str]] = []
        before = "\n"
        for tags, words in self.runs:
            if words != "\n":
                words = SPACES.sub(" ", words)
                words = words[1:] if words.startswith(" ") and before[-1] in " \n" else words
            elif runs:
                _strip_end(runs, " ")
            if words:
                runs.append((tags, words))
                before = words
        _strip_end(runs, " \n")
        while runs and runs[0][1] == "\n":
            runs.pop(0)
        self.runs = runs
        return bool("".join(words for _tags, words in runs).strip())

    def html(self) -> str:
        out: list[str] = []
        now: tuple[str, ...] = ()
        for tags, words in self.runs:
            same = _common(now, tags)
            out += [f"</{tag[0]}>" for tag in reversed(now[same:])]
            out += [f"<{tag}>" for tag in tags[same:]]
            out.append("<br>" if words == "\n" else escape(words, quote=False))
            now = tags
        return "".join(out) + "".join(f"</{tag[0]}>" for tag in reversed(now))

    def words(self) -> str:
        return "".join(words for _tags, words in self.runs)


def _strip_end(runs: list[tuple[tuple[str, ...], str]], what: str) -> None:
    while runs:
        tags, words = runs.pop()
        if words := words.rstrip(what):
            runs.append((tags, words))
            return


def _common(one: Iterable, other: Iterable) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


class _Lines(HTMLParser):
    """Reads clean HTML into ``lines`` and counts what had to go in ``lost``. ``exact``: spaces stay that no browser shows."""

    def __init__(self, exact: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.exact = exact
        self.lines: list[Line] = []
        self.lost: Counter[str] = Counter()
        self.styles: list[tuple[str, str]] = []  # (tag as written, tag to write)
        self.lists: list[tuple[str, int, int]] = []
        self.too_deep = 0
        self.number = 0
        self.line = Line(())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if name := NAMED.get(tag):
            self.lost[name] += 1
        self.lost.update(_looks(attrs) - UNSEEN.get(tag, set()))
        if tag == "br":
            self.line.runs.append((self.tags, "\n"))
        elif tag == "a":
            self.start_link(dict(attrs))
        elif tag in STYLES:
            self.styles.append((tag, STYLES[tag]))
        elif tag in LISTS:
            self.start_list(tag)
        elif tag == "li":
            self.start_item()
        elif tag == "p" and self.line.own and not self.line.runs:
            return  # the paragraph of a list item
        elif tag in BREAKS or tag in HEADINGS:
            self.end_line()
            self.line.own = tag == "p" and not self.lists  # an item of a list has lines, not paragraphs
        elif tag in QUOTED:
            self.handle_data(QUOTED[tag][0])

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" or tag in STYLES:
            written = [name for name, _tag in self.styles]
            if tag in written:
                del self.styles[len(written) - 1 - written[::-1].index(tag)]
        elif tag in LISTS:
            self.end_line(self.lists[:-1] if not self.too_deep else self.lists)
            self.too_deep = max(self.too_deep - 1, 0)
        elif tag in BREAKS or tag in HEADINGS or tag == "li":
            self.end_line()
        elif tag in QUOTED:
            self.handle_data(QUOTED[tag][1])

    def handle_data(self, data: str) -> None:
        self.line.runs.append((self.tags, data))

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags to write around words here: each kind once."""
        once: dict[str, str] = {}
        for _written, tag in self.styles:
            once.setdefault(tag[0], tag)
        return tuple(once.values())

    def start_link(self, attributes: dict[str, str | None]) -> None:
        href = (attributes.get("href") or "").strip()
        if LINKS.match(href):
            safe = href.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
            self.styles.append(("a", f'a href="{safe}"'))
        else:
            self.lost["link"] += not attributes.keys() & {"name", "id"}  # a target is no link

    def start_list(self, tag: str) -> None:
        if len(self.lists) >= DEEPEST:
            self.too_deep += 1
            return
        self.number += 1
        self.end_line([*self.lists, (tag, self.number, 0)])

    def start_item(self) -> None:
        if self.lists:
            tag, number, item = self.lists[-1]
            self.end_line([*self.lists[:-1], (tag, number, item + 1)])
        else:
            self.end_line()
        self.line.own = True

    def end_line(self, lists: list[tuple[str, int, int]] | None = None) -> None:
        """Finish the line; the next one stands in ``lists``, or where this one stood."""
        if self.exact:
            self.join_item()
        if self.line.stays() if self.exact else self.line.tidy():
            self.lines.append(self.line)
        if lists is not None:
            self.lists = lists
        self.line = Line(tuple(self.lists))

    def join_item(self) -> None:
        """Between two lines of one list item stands one line break and no further one."""
        if self.line.path and self.lines and self.lines[-1].path == self.line.path and self.line.words().strip():
            _strip_end(self.lines[-1].runs, " \n\t\r\f")
            while self.line.runs and not self.line.runs[0][1].strip():
                self.line.runs.pop(0)

    def close(self) -> None:
        super().close()
        self.end_line()


def _looks(attrs: list[tuple[str, str | None]]) -> set[str]:
    """What the attributes of an element say about how its words look."""
    said = [part.strip().lower() for name, value in attrs if name == "style" for part in (value or "").split(";")]
    said += [f"{name}: {value or ''}" for name, value in attrs if name != "style"]
    return {lost for part in said for lost, pattern in LOST_LOOKS if pattern.match(part)}


def _is_deep(html: str) -> bool:
    """Whether tags stand more than ``NESTED`` deep within each other; what closes by itself does not count."""
    open_now: Counter[str] = Counter()
    total = 0
    for closing, name in TAG.findall(html):
        name = name.lower()
        if name in FLAT:
            continue
        step = 1 if not closing else -(open_now[name] > 0)
        open_now[name] += step
        total += step
        if total > NESTED:
            return True
    return False


def _read(html: str, exact: bool = False) -> tuple[list[Line], Counter[str]]:
    if _is_deep(html):
        lines, _none = _read(escape(unescape(re.sub(r"<[^<>]*>", " ", html))), exact)
        return lines, Counter(everything=1)
    lost = Counter(CUT[tag.lower()] for tag in CUT_TAG.findall(html))
    lost["script"] += len(EVENT.findall(html))
    lost["unknown"] += sum(not closing and name.lower() not in KNOWN for closing, name in TAG.findall(html))
    text = html.encode("utf-8", "replace").decode()  # half of a surrogate pair is no letter
    parser = _Lines(exact)
    attributes = {"a": {"href", "name", "id"}, "*": set(LOOKS)}
    parser.feed(nh3.clean(text, tags=KEPT, clean_content_tags=set(CUT), attributes=attributes, link_rel=None))
    parser.close()
    parser.lost.update(lost)
    del parser.lost[""]
    return parser.lines, parser.lost


def _in_words(lost: Counter[str]) -> list[str]:
    return [str(name % {"number": lost[key]}) for key, name in NAMES.items() if lost[key]]


def _blocks(lines: Iterable[Line]) -> Iterator[str]:
    """Paragraphs and lists. A second line of one list item follows after a line break."""
    now: tuple[tuple[str, int, int], ...] = ()
    for line in lines:
        path = line.path
        again = bool(path) and path == now
        if not again:
            yield from _between(now, path)
        if not path:
            yield f"<p>{line.html()}</p>"
        else:
            yield f"<br>{line.html()}" if again else line.html()
        now = path
    yield from _between(now, ())


def _between(now: tuple[tuple[str, int, int], ...], then: tuple[tuple[str, int, int], ...]) -> Iterator[str]:
    """The list tags that close and open on the way from one list item to another one."""
    same = _common(now, then)
    sibling = same < min(len(now), len(then)) and now[same][:2] == then[same][:2]  # another item of the same list
    for depth in range(len(now) - 1, same - 1, -1):
        yield "</li>" if sibling and depth == same else f"</li></{now[depth][0]}>"
    for depth in range(same, len(then)):
        yield "<li>" if sibling and depth == same else f"<{then[depth][0]}><li>"


def rich_text(html: str) -> tuple[str, list[str]]:
    """``html`` as rich text, and what was lost ("a table", "2 pictures"). Rich text that this made stays as it is."""
    lines, lost = _read(html)
    return "".join(_blocks(lines)), _in_words(lost)


def exact(html: str) -> tuple[str, list[str]]:
    """As ``rich_text``, but with the spaces, line breaks and empty paragraphs that no browser shows.

    What ``rich_text`` or this made stays as it is.
    """
    lines, lost = _read(html, exact=True)
    return "".join(_blocks(lines)), _in_words(lost)


def plain(html: str) -> tuple[str, list[str]]:
    """The words of ``html``, a line for each paragraph, list item and line break, and what was lost."""
    lines, lost = _read(html)
    words, now = [], ()
    for line in lines:
        words.append((_mark(line.path) if line.path and line.path != now else "") + line.words())
        now = line.path
        for tags, _words in line.runs:
            lost.update("link" if tag[0] == "a" else "bold" for tag in tags)
    return "\n".join(words), _in_words(lost)


def _mark(path: tuple[tuple[str, int, int], ...]) -> str:
    """What stands before an item of a list in plain text."""
    tag, _list, item = path[-1]
    return f"{item}. " if tag == "ol" else "- "


def from_plain(text: str) -> str:
    """Plain text as rich text: an empty line ends a paragraph, the end of a line stays one."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return rich_text("".join(f"<p>{escape(paragraph.strip()).replace(chr(10), '<br>')}</p>" for paragraph in paragraphs))[0]
