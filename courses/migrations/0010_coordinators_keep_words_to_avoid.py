"""Coordinators keep the list of words to avoid; trainers read it."""

from django.db import migrations

GRANTS = {"Trainers": ["view"], "Coordinators": ["add", "change", "delete", "view"]}


def permissions(apps, acts):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="courses", model="unwantedword")
    for act in acts:
        yield Permission.objects.get_or_create(
            content_type=content_type, codename=f"{act}_unwantedword", defaults={"name": f"Can {act} word to avoid"}
        )[0]


def grant(apps, schema_editor):
    for name, acts in GRANTS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions(apps, acts))


def take_back(apps, schema_editor):
    for name, acts in GRANTS.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.remove(*permissions(apps, acts))


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0009_words_to_avoid"),
        ("accounts", "0005_trainers_translate_and_delete"),
    ]
    operations = [migrations.RunPython(grant, take_back)]
