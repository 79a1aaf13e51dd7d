"""A question of any kind, from the example that its editor's block shows in the picker."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from quizzes.kinds import KINDS

from .courses import block


def example(kind: str, **fields: Any) -> dict[str, Any]:
    """The raw body block of the example question of ``kind``; ``fields`` replace parts of its value (Python values, no ids)."""
    editor = KINDS[kind].block()
    value = editor.normalize({**editor.meta.preview_value, **fields})
    return block(kind, json.loads(json.dumps(editor.get_prep_value(value), cls=DjangoJSONEncoder)))
