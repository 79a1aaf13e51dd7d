"""Reusable content stands in published lessons, so it goes through their review."""

from django.db import migrations

NAME = "Review before publishing"


def assign(apps, schema_editor):
    workflow = apps.get_model("wagtailcore", "Workflow").objects.filter(name=NAME).order_by("pk").first()
    if workflow is None:  # somebody put another one in its place
        return
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="courses", model="sharedcontent"
    )
    apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
        content_type=content_type, defaults={"workflow": workflow}
    )


def take_back(apps, schema_editor):
    given = apps.get_model("wagtailcore", "WorkflowContentType").objects.filter(workflow__name=NAME)
    given.filter(content_type__app_label="courses", content_type__model="sharedcontent").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0029_how_to_describe_a_picture"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [migrations.RunPython(assign, take_back)]
