"""Whoever writes courses and questions may send them to translation, and delete a question that nothing refers to.

What learners answered or a quiz asks stays: see ``quizzes.admin.guards``.
"""

from django.db import migrations

GROUPS = ["Trainers", "Coordinators"]
GRANTS = [("wagtail_localize", "translation", "submit_translation"), ("quizzes", "question", "delete_question")]


def permissions(apps):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    for app_label, model, codename in GRANTS:
        content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
        yield Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
        )[0]


def grant(apps, schema_editor):
    for name in GROUPS:
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions(apps))


def take_back(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_coordinators_work_on_quizzes"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]
    operations = [migrations.RunPython(grant, take_back)]
