"""Trainers submit, reviewers publish: one workflow for the whole tree, in place of Wagtail's "Moderators approval"."""

from django.db import migrations

NAME = "Review before publishing"
REPLACED = "Moderators approval"


def create_workflow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Task = apps.get_model("wagtailcore", "Task")
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")

    WorkflowPage.objects.filter(workflow__name=REPLACED).delete()
    Workflow.objects.filter(name=REPLACED).update(active=False)
    Task.objects.filter(name=REPLACED).update(active=False)

    content_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    task = GroupApprovalTask.objects.create(name=NAME, active=True, content_type=content_type)
    task.groups.add(Group.objects.get(name="Reviewers"))
    workflow = Workflow.objects.create(name=NAME, active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=Page.objects.get(depth=1), defaults={"workflow": workflow})


def remove_workflow(apps, schema_editor):
    """Only if it was never used: a workflow with a history is part of the record and stays."""
    Page = apps.get_model("wagtailcore", "Page")
    Task = apps.get_model("wagtailcore", "Task")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")

    WorkflowPage.objects.filter(workflow__name=NAME).delete()
    Workflow.objects.filter(name=NAME, workflow_states__isnull=True).delete()
    Task.objects.filter(name=NAME, task_states__isnull=True).delete()
    for workflow in Workflow.objects.filter(name=REPLACED):
        Workflow.objects.filter(pk=workflow.pk).update(active=True)
        Task.objects.filter(name=REPLACED).update(active=True)
        WorkflowPage.objects.update_or_create(page=Page.objects.get(depth=1), defaults={"workflow": workflow})


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_groups")]

    operations = [migrations.RunPython(create_workflow, remove_workflow)]
