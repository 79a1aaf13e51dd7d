"""The workflow of the site in two steps, each with specialists of its own beside the reviewers; and no mail for each event.

Names as in accounts/permissions.py. Repeating it changes nothing: whatever is there by its name is kept as it is.
"""

from django.db import migrations

NAME = "Review before publishing"
STEPS = [("Legal check", "Legal reviewers"), ("Safeguarding and language", "Safeguarding reviewers")]
REVIEWERS = "Reviewers"
OPEN = "in_progress"
MAILS = ["submitted_notifications", "approved_notifications", "rejected_notifications", "updated_comments_notifications"]


def access_to_admin(apps):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    return Permission.objects.get_or_create(
        content_type=content_type, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )[0]


def two_steps(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    ReviewTask = apps.get_model("courses", "ReviewTask")
    Task = apps.get_model("wagtailcore", "Task")
    TaskState = apps.get_model("wagtailcore", "TaskState")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")

    content_type, _ = ContentType.objects.get_or_create(app_label="courses", model="reviewtask")
    reviewers, _ = Group.objects.get_or_create(name=REVIEWERS)
    workflow = Workflow.objects.filter(name=NAME).order_by("pk").first()
    if workflow is None:  # somebody put another one in its place
        return
    before = WorkflowTask.objects.filter(workflow=workflow)
    for task in Task.objects.filter(name=NAME, workflow_tasks__in=before):
        before.filter(task=task).delete()
        if not TaskState.objects.filter(task=task, status=OPEN).exists():  # what is under review comes to its end
            Task.objects.filter(pk=task.pk).update(active=False)
    for place, (name, specialists) in enumerate(STEPS):
        group, _ = Group.objects.get_or_create(name=specialists)
        group.permissions.add(access_to_admin(apps))
        task, is_new = ReviewTask.objects.get_or_create(name=name, defaults={"active": True, "content_type": content_type})
        if is_new:
            task.groups.add(reviewers, group)
        WorkflowTask.objects.get_or_create(workflow=workflow, task_id=task.pk, defaults={"sort_order": place})


def quiet(apps, schema_editor):
    apps.get_model("wagtailusers", "UserProfile").objects.update(**dict.fromkeys(MAILS, False))


def one_step(apps, schema_editor):
    """The earlier step comes back into the workflow; what was reviewed in two stays on record."""
    Group = apps.get_model("auth", "Group")
    ReviewTask = apps.get_model("courses", "ReviewTask")
    Task = apps.get_model("wagtailcore", "Task")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    names = [name for name, _group in STEPS]
    WorkflowTask.objects.filter(workflow__name=NAME, task__name__in=names).delete()
    for task in Task.objects.filter(name=NAME):
        Task.objects.filter(pk=task.pk).update(active=True)
        for workflow in Workflow.objects.filter(name=NAME):
            WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    ReviewTask.objects.filter(name__in=names).delete()
    Group.objects.filter(name__in=[group for _name, group in STEPS], user__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0012_review_in_two_steps"),
        ("accounts", "0003_review_workflow"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [
        migrations.RunPython(two_steps, one_step),
        migrations.RunPython(quiet, migrations.RunPython.noop),
    ]
