"""Coordinators answer for the national text, and so for the questions about their law: they may do with quizzes what trainers may."""

from django.db import migrations

MODELS = {"question": ["add", "change", "view", "publish"], "quiz": ["add", "change", "view", "publish"],
          "questionbank": ["add", "change", "view"]}


def permissions(apps):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    for model, verbs in MODELS.items():
        content_type, _ = ContentType.objects.get_or_create(app_label="quizzes", model=model)
        for verb in verbs:
            name = f"Can {verb} {model}"
            yield Permission.objects.get_or_create(
                content_type=content_type, codename=f"{verb}_{model}", defaults={"name": name}
            )[0]


def grant(apps, schema_editor):
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Coordinators")
    group.permissions.add(*permissions(apps))


def take_back(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="Coordinators"):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_review_workflow")]
    operations = [migrations.RunPython(grant, take_back)]
