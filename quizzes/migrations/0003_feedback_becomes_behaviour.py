"""The old choice of feedback becomes a behaviour, in quizzes and in the rules of attempts; questions name their picture."""

import json

from django.db import migrations

BEHAVIOUR = {"end": "deferred", "each": "immediate"}
FEEDBACK = {"deferred": "end", "immediate": "each", "interactive": "each", "adaptive": "end"}
NO_PICTURE = {"image": None, "alt_text": None, "decorative": None}


def forwards(apps, schema_editor):
    quiz, attempt = apps.get_model("quizzes", "Quiz"), apps.get_model("quizzes", "Attempt")
    for old, new in BEHAVIOUR.items():
        quiz.objects.filter(feedback=old).update(behaviour=new)
        attempt.objects.filter(feedback=old).update(rules={"behaviour": new})
    _set_pictures(apps, add=True)


def backwards(apps, schema_editor):
    quiz, attempt = apps.get_model("quizzes", "Quiz"), apps.get_model("quizzes", "Attempt")
    for new, old in FEEDBACK.items():
        quiz.objects.filter(behaviour=new).update(feedback=old)
        attempt.objects.filter(rules__behaviour=new).update(feedback=old)
    _set_pictures(apps, add=False)


def _set_pictures(apps, add):
    """wagtail-localize cannot read a picture that the JSON leaves out. The JSON is read raw: the blocks of today are not those of then."""
    question = apps.get_model("quizzes", "Question")
    for pk, body in list(question.objects.values_list("pk", "body")):
        raw = [dict(block) for block in body.raw_data]
        for block in raw:
            value = dict(block["value"])
            if add:
                value.setdefault("image", NO_PICTURE)
            else:
                value.pop("image", None)
            block["value"] = value
        question.objects.filter(pk=pk).update(body=json.dumps(raw))


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0002_settings_versions_and_marking")]
    operations = [migrations.RunPython(forwards, backwards)]
