"""Read a pack from a folder. Nothing here touches the database; a pack is hostile until it has been read whole."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FORMAT = 1
MAX_FILE_BYTES = 512 * 1024
MAX_FILES = 2000
KEY = re.compile(r"^[a-z0-9][a-z0-9-]{0,79}$")
NAMESPACE = uuid.UUID("5d0f3a0e-7f0b-5c5e-9a52-0f3f6f0e6a11")  # never change: learners' records hang on what is derived from it


class PackError(Exception):
    """The pack cannot be used. ``problems``: one sentence each, with the file that it is about."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class PlainLoader(yaml.SafeLoader):
    """YAML without anchors: a few bytes of them can unfold into gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "aliases are not allowed", self.peek_event().start_mark)
        return super().compose_node(parent, index)


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
    """A course. ``modules`` in order; an item whose values hold ``questions`` is a quiz."""

    folder: Path
    slug: str
    source_language: str
    languages: list[str]
    course: Item
    modules: list[Module]
    meta: dict[str, Any]

    def uuid(self, *parts: str) -> uuid.UUID:
        """The stable identity of a thing in this pack, the same on every site that imports it."""
        return uuid.uuid5(NAMESPACE, "/".join([self.slug, *parts]))

    def items(self) -> Iterator[Item]:
        yield self.course
        for module in self.modules:
            yield module.item
            yield from module.lessons


def read_yaml(path: Path, root: Path) -> dict[str, Any]:
    """Return the mapping in ``path``. Raises PackError when it is too large, outside ``root``, not YAML or not a mapping."""
    name = path.relative_to(root)
    if not path.is_file():
        raise PackError([f"{name}: there is no such file."])
    if path.is_symlink() or root.resolve() not in path.resolve().parents:
        raise PackError([f"{name}: links are not followed."])
    if path.stat().st_size > MAX_FILE_BYTES:
        raise PackError([f"{name}: larger than {MAX_FILE_BYTES // 1024} KB."])
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: letters that are not UTF-8, days that no month has
        raise PackError([f"{name}: not readable as YAML: {' '.join(str(error).split())}"]) from error
    if not isinstance(values, dict):
        raise PackError([f"{name}: must be a list of fields and values."])
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
        raise PackError([f"{where}: the translation has another shape than the source."])
    return translation if isinstance(source, str) else source


def _merged_lists(source: list, translation: list, where: str) -> list:
    name = next((n for n in ("id", "key") if source and isinstance(source[0], dict) and n in source[0]), None)
    if name is None:
        if len(source) != len(translation):
            raise PackError([f"{where}: {len(source)} items in the source, {len(translation)} in the translation."])
        return [merged(s, t, f"{where}[{i}]") for i, (s, t) in enumerate(zip(source, translation, strict=True))]
    by_name = {t.get(name): t for t in translation if isinstance(t, dict)}
    unknown = set(by_name) - {s[name] for s in source}
    if unknown:
        raise PackError([f"{where}: {', '.join(sorted(map(str, unknown)))}: not in the source."])
    return [merged(s, by_name.get(s[name]), f"{where}.{s[name]}") for s in source]


class _Reader:
    """Reads one file after the other and keeps every problem, so that an author sees them all at once."""

    def __init__(self, root: Path, source: str, languages: list[str]) -> None:
        self.root, self.source, self.languages = root, source, languages
        self.problems: list[str] = []

    def item(self, relative: str) -> Item | None:
        try:
            values = read_yaml(self.root / self.source / relative, self.root)
            if not KEY.match(str(values.get("key", ""))):
                raise PackError([f"{self.source}/{relative}: needs a key of lower-case letters, digits and hyphens."])
        except PackError as error:
            self.problems += error.problems
            return None
        item = Item(path=relative, values=values)
        for language in self.languages:
            path = self.root / language / relative
            if language != self.source and path.exists():
                try:
                    item.translations[language] = merged(values, read_yaml(path, self.root), f"{language}/{relative}")
                except PackError as error:
                    self.problems += error.problems
        return item

    def modules(self) -> list[Module]:
        found = []
        for module_file in sorted((self.root / self.source).glob("*/module.yaml")):
            folder = module_file.parent
            module = self.item(f"{folder.name}/module.yaml")
            files = [path.name for path in sorted(folder.glob("*.yaml")) if path.name != "module.yaml"]
            lessons = [self.item(f"{folder.name}/{name}") for name in files]
            if module:
                found.append(Module(module, [lesson for lesson in lessons if lesson]))
        return found


def read_pack(folder: Path) -> Pack:
    """Read the pack in ``folder``. Raises PackError with every problem that keeps it from being understood."""
    folder = Path(folder)
    if not (folder / "pack.yaml").is_file():
        raise PackError([f"{folder}: there is no pack.yaml here."])
    if sum(1 for _ in folder.rglob("*")) > MAX_FILES:
        raise PackError([f"{folder}: more than {MAX_FILES} files."])
    meta = read_yaml(folder / "pack.yaml", folder)
    source, languages = str(meta.get("source_language", "")), [str(code) for code in meta.get("languages") or []]
    if meta.get("format") != FORMAT or not KEY.match(str(meta.get("slug", ""))) or source not in languages:
        raise PackError([f"pack.yaml: needs format: {FORMAT}, a slug, and source_language among languages."])
    reader = _Reader(folder, source, languages)
    course, modules = reader.item("course.yaml"), reader.modules()
    if course is None or reader.problems:
        raise PackError(reader.problems)
    pack = Pack(folder, meta["slug"], source, languages, course, modules, meta)
    _refuse_doubles(pack)
    return pack


def _refuse_doubles(pack: Pack) -> None:
    seen: dict[str, str] = {}
    problems = []
    for item in pack.items():
        if item.key in seen:
            problems.append(f"{item.path}: the key {item.key} is already used by {seen[item.key]}.")
        seen[item.key] = item.path
    if problems:
        raise PackError(problems)
