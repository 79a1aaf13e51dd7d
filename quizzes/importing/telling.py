"""The report of an import for programs and for people at a command line."""

import json
from typing import Any

from .planning import Step


def as_json(report: dict[str, Any]) -> str:
    """The shape that ``docs/question-formats.md`` promises."""
    items = report["items"]
    told = {
        **{name: value for name, value in report.items() if name != "items"},
        "imported": [_entry(item) for item in items if item["result"] != Step.REFUSED],
        "partly": [_entry(item) for item in items if item["partly"]],
        "refused": [_entry(item) for item in items if item["result"] == Step.REFUSED],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _entry(item: dict[str, Any]) -> dict[str, Any]:
    reason = " ".join(note["reason"] for note in item["notes"])
    return {**{name: value for name, value in item.items() if name != "partly"}, "reason": reason}


def as_text(report: dict[str, Any]) -> str:
    lines = []
    for item in report["items"]:
        lines.append(f"{item['result']}: {item['place']}: {item['kind'] or '?'}: {item['text']}")
        word = "refused" if item["result"] == Step.REFUSED else "partly"
        lines += [f"    {word}: {note['place']}: {note['reason']}" for note in item["notes"]]
    lines += [f"note: {note['place']}: {note['reason']}" for note in report["notes"]]
    lines += [f"quiz: {title}" for title in report.get("quizzes", [])]
    if "tries" in report:
        lines.append(f"tries: {report['tries']}")
    counts = ", ".join(f"{number} {name}" for name, number in report["counts"].items())
    ending = " Nothing was written: dry run." if report["dry_run"] else ""
    return "\n".join([*lines, f"{report['file']} ({report['format']}) into {report['bank']}: {counts}.{ending}"])
