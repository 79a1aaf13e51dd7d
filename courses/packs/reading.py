"""Read a pack from a folder or a zip. Nothing here touches the database; a pack is hostile until it has been read whole."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from .files import FolderFiles, PackError, PackFiles, ZipFiles, shaped

FORMAT = 1
KEY = re.compile(r"^[a-z0-9][a-z0-9-]{0,79}$")
UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
NAMESPACE = uuid.UUID("5d0f3a0e-7f0b-5c5e-9a52-0f3f6f0e6a11")  # never change: learners' records hang on what is derived from it


NEVER_STORED = re.compile("[\0\ud800-\udfff]")  # what a database refuses or cannot give back


class PlainLoader(yaml.SafeLoader):
    """YAML without anchors: a few bytes of them can unfold into gigabytes. Every text in it can be stored."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "aliases are not allowed", self.peek_event().start_mark)
        return super().compose_node(parent, index)

    def construct_scalar(self, node: Any) -> Any:
        if NEVER_STORED.search(node.value):
            raise yaml.constructor.ConstructorError(None, None, "no text may hold this character", node.start_mark)
        return super().construct_scalar(node)


@dataclass
class Item:
    """A file of the pack: its values in the source language, and merged with each translation."""

    path: str
    values: dict[str, Any]
    translations: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.values["key"]

    def in_language(self, language: str, source: str) -> dict[str, Any] | None:
        return self.values if language == source else self.translations.get(language)


@dataclass
class Module:
    item: Item
    lessons: list[Item] = field(default_factory=list)


@dataclass
class Pack:
    """A course. ``modules`` in order; an item of a module whose values hold ``questions`` is a quiz and the lesson made from it.

    ``quizzes``, ``banks`` and ``shared`` stand beside the modules: quizzes that lessons name by their key, questions to draw
    from, and reusable content.
    """

    files: PackFiles
    slug: str
    source_language: str
    languages: list[str]
    course: Item
    modules: list[Module]
    meta: dict[str, Any]
    quizzes: list[Item] = field(default_factory=list)
    banks: list[Item] = field(default_factory=list)
    shared: list[Item] = field(default_factory=list)

    def uuid(self, *parts: str) -> uuid.UUID:
        """The stable identity of a thing in this pack, the same on every site that imports it.

        A name that is a UUID already, as in packs that a site exported, is the identity itself.
        """
        if UUID.match(parts[-1]):
            return uuid.UUID(parts[-1])
        return uuid.uuid5(NAMESPACE, "/".join([self.slug, *parts]))

    def items(self) -> Iterator[Item]:
        yield self.course
        for module in self.modules:
            yield module.item
            yield from module.lessons
        yield from self.quizzes
        yield from self.banks
        yield from self.shared


def read_yaml(files: PackFiles, name: str) -> dict[str, Any]:
    """Return the mapping in the file ``name``. Raises PackError when it is missing, too large, not YAML or not a mapping."""
    try:
        values = yaml.load(files.read(name).decode(), Loader=PlainLoader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: no UTF-8, days that no month has
        told = {"file": name, "error": " ".join(str(error).split())}
        raise PackError([_("%(file)s: not readable as YAML: %(error)s") % told]) from error
    if not isinstance(values, dict):
        raise PackError([_("%(file)s: must be a list of fields and values.") % {"file": name}])
    return values


def merged(source: Any, translation: Any, where: str) -> Any:
    """``source`` with the words of ``translation``. Lists match by ``id`` or ``key`` where they have one, else by place."""
    if translation is None:
        return source
    if isinstance(source, dict) and isinstance(translation, dict):
        return {k: merged(v, translation.get(k), f"{where}.{k}") for k, v in source.items()}
    if isinstance(source, list) and isinstance(translation, list):
        return _merged_lists(source, translation, where)
    if isinstance(source, dict | list) or isinstance(translation, dict | list):
        raise PackError([_("%(place)s: the translation has another shape than the source.") % {"place": where}])
    return translation if isinstance(source, str) else source


def _merged_lists(source: list, translation: list, where: str) -> list:
    name = next((n for n in ("id", "key") if source and isinstance(source[0], dict) and n in source[0]), None)
    if name is None:
        if len(source) != len(translation):
            told = {"place": where, "source": len(source), "translation": len(translation)}
            raise PackError([_("%(place)s: items in the source: %(source)d, in the translation: %(translation)d.") % told])
        return [merged(s, t, f"{where}[{i}]") for i, (s, t) in enumerate(zip(source, translation, strict=True))]
    if any(not isinstance(s, dict) or name not in s for s in source):
        raise PackError([_("%(place)s: every entry of the source needs its %(name)s.") % {"place": where, "name": name}])
    by_name = {str(t.get(name)): t for t in translation if isinstance(t, dict)}
    if unknown := set(by_name) - {str(s[name]) for s in source}:
        raise PackError([_("%(place)s: %(names)s: not in the source.") % {"place": where, "names": ", ".join(sorted(unknown))}])
    return [merged(s, by_name.get(str(s[name])), f"{where}.{s[name]}") for s in source]


class _Reader:
    """Reads one file after the other and keeps every problem, so that an author sees them all at once.

    ``whole``: translations are complete files, as a site exports them; otherwise only the words stand in them.
    """

    def __init__(self, files: PackFiles, source: str, languages: list[str], *, whole: bool) -> None:
        self.files, self.source, self.languages, self.whole = files, source, languages, whole
        self.problems: list[str] = []

    def item(self, relative: str) -> Item | None:
        try:
            values = read_yaml(self.files, f"{self.source}/{relative}")
            if not KEY.match(str(values.get("key", ""))):
                said = _("%(file)s: needs a key of lower-case letters, digits and hyphens.")
                raise PackError([said % {"file": f"{self.source}/{relative}"}])
        except PackError as error:
            self.problems += error.problems
            return None
        item = Item(path=relative, values=values)
        for language in self.languages:
            name = f"{language}/{relative}"
            if language != self.source and name in self.files.names:
                try:
                    translation = read_yaml(self.files, name)
                    item.translations[language] = translation if self.whole else merged(values, translation, name)
                except PackError as error:
                    self.problems += error.problems
        return item

    def beside(self, folder: str) -> list[Item]:
        """The items in ``folder``, which stands beside the modules, in the order of their names."""
        start = f"{self.source}/{folder}/"
        names = [name.removeprefix(f"{self.source}/") for name in self.files.names if name.startswith(start)]
        return [item for item in map(self.item, names) if item]

    def modules(self) -> list[Module]:
        found = []
        start = f"{self.source}/"
        parts = [name.removeprefix(start).split("/") for name in self.files.names if name.startswith(start)]
        for folder in sorted(p[0] for p in parts if len(p) == 2 and p[1] == "module.yaml"):
            module = self.item(f"{folder}/module.yaml")
            names = sorted(p[1] for p in parts if len(p) == 2 and p[0] == folder and p[1].endswith(".yaml"))
            lessons = [self.item(f"{folder}/{name}") for name in names if name != "module.yaml"]
            if module:
                found.append(Module(module, [lesson for lesson in lessons if lesson]))
        return found


def read_pack(source: Path | PackFiles) -> Pack:
    """Read the pack in ``source``: a folder, a zip file, or its files. Raises PackError with every problem that was found."""
    files = source if isinstance(source, PackFiles) else files_in(Path(source))
    if "pack.yaml" not in files.names:
        raise PackError([_("There is no pack.yaml here.")])
    meta = read_yaml(files, "pack.yaml")
    with shaped():
        language, languages = str(meta.get("source_language", "")), [str(code) for code in meta.get("languages") or []]
    if meta.get("format") != FORMAT or not KEY.match(str(meta.get("slug", ""))) or language not in languages:
        raise PackError(
            [_("pack.yaml: needs format: %(format)d, a slug, and source_language among languages.") % {"format": FORMAT}]
        )
    reader = _Reader(files, language, languages, whole=meta.get("translations") == "whole")
    course, modules = reader.item("course.yaml"), reader.modules()
    quizzes, banks, shared = (reader.beside(folder) for folder in ("quizzes", "banks", "shared"))
    if course is None or reader.problems:
        raise PackError(reader.problems)
    pack = Pack(files, meta["slug"], language, languages, course, modules, meta, quizzes, banks, shared)
    _refuse_doubles(pack)
    return pack


def files_in(path: Path) -> PackFiles:
    if path.is_dir():
        return FolderFiles(path)
    try:
        return ZipFiles(path.read_bytes())
    except OSError as error:
        raise PackError([_("%(file)s: cannot be read.") % {"file": path}]) from error


def _refuse_doubles(pack: Pack) -> None:
    seen: dict[str, str] = {}
    problems = []
    for item in pack.items():
        if item.key in seen:
            told = {"file": item.path, "key": item.key, "other": seen[item.key]}
            problems.append(_("%(file)s: the key %(key)s is already used by %(other)s.") % told)
        seen[item.key] = item.path
    if problems:
        raise PackError(problems)
